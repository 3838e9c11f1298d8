/** The ways of learning. A new one is a folder beside this and a line here. */
import { entryNamed } from '../support/named.ts';
import { alphaZero } from './alphazero/algorithm.ts';
import { imitation } from './imitation/algorithm.ts';
import type { LearningAlgorithm } from './learning/types.ts';
import { ppo } from './ppo/algorithm.ts';

/** In the order of help texts, the standard first. */
export const learningAlgorithms: readonly LearningAlgorithm[] = [alphaZero, ppo, imitation];

/**
 * The algorithm of a name.
 * @throws UserError unknown-name, with a suggestion
 */
export function learningAlgorithmNamed(name: string): LearningAlgorithm {
  return entryNamed(learningAlgorithms, 'algorithm', name);
}
