/** PPO among the ways of learning. */
import type { LearningAlgorithm } from '../learning/types.ts';
import { ppoOptions, ppoParameters } from './parameters.ts';

/** The algorithm. */
export const ppo: LearningAlgorithm = {
  name: 'ppo',
  summary: 'proximal policy optimisation, learning from nothing (Schulman et al. 2017)',
  parameters: ppoParameters,
  control: 'epochs',
  open: async ({ tf, graphs, parameters, state }) => {
    const { Ppo } = await import('./ppo.ts');
    return new Ppo(tf, graphs, state, ppoOptions(parameters));
  },
};
