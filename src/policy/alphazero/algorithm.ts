/** AlphaZero among the ways of learning. */
import type { LearningAlgorithm } from '../learning/types.ts';
import { alphaZeroOptions, alphaZeroParameters } from './parameters.ts';

/** The algorithm. */
export const alphaZero: LearningAlgorithm = {
  name: 'alphazero',
  summary: 'Gumbel AlphaZero, learning from nothing (Danihelka et al. 2022)',
  parameters: alphaZeroParameters,
  control: 'gradient-steps',
  takesJudge: false,
  open: async ({ tf, graphs, parameters, state, memory, threads }) => {
    const [{ AlphaZero }, { readMemory }] = await Promise.all([
      import('./alphazero.ts'),
      import('./memory.ts'),
    ]);
    const games =
      memory === undefined
        ? { replay: [], favourites: graphs.map(() => undefined) }
        : readMemory(memory, graphs);
    const options = alphaZeroOptions(parameters);
    return new AlphaZero(tf, graphs, { ...state, ...games, options }, threads);
  },
};
