/** Imitation among the ways of learning. */
import type { LearningAlgorithm } from '../learning/types.ts';
import { imitationOptions, imitationParameters } from './parameters.ts';

/** The algorithm. */
export const imitation: LearningAlgorithm = {
  name: 'imitation',
  summary: 'learning what annealing does, without a subject on generated graphs (Ross et al. 2011)',
  parameters: imitationParameters,
  control: 'gradient-steps',
  takesJudge: false,
  gamesWithoutTask: (parameters) => imitationOptions(parameters).lessons,
  open: async ({ tf, graphs, parameters, state, memory }) => {
    const [{ Imitation, graphOfLesson }, { readMemory }] = await Promise.all([
      import('./imitation.ts'),
      import('./memory.ts'),
    ]);
    const graphOf = graphOfLesson(graphs, state.seed);
    const lessons = memory === undefined ? [] : readMemory(memory, graphOf);
    return new Imitation(tf, graphs, state, { options: imitationOptions(parameters), lessons });
  },
};
