/** PPO among the ways of learning. */
import type { LearningAlgorithm } from '../learning/types.ts';
import { ppoOptions, ppoParameters } from './parameters.ts';

/** The algorithm. */
export const ppo: LearningAlgorithm = {
  name: 'ppo',
  summary: 'proximal policy optimisation, learning from nothing (Schulman et al. 2017)',
  parameters: ppoParameters,
  control: 'epochs',
  takesJudge: true,
  open: async ({ tf, graphs, parameters, state, threads, judge }) => {
    const { Ppo } = await import('./ppo.ts');
    return new Ppo(tf, graphs, state, ppoOptions(parameters), { threads, judge });
  },
};
