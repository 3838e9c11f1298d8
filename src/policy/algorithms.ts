/** The ways of learning. A new one is a folder beside this and a line here. */
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
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
  const found = learningAlgorithms.find((algorithm) => algorithm.name === name);
  if (found !== undefined) return found;
  const names = learningAlgorithms.map((algorithm) => algorithm.name);
  throw new UserError({
    code: 'unknown-name',
    message:
      `there is no algorithm ${JSON.stringify(name)}; use one of ${names.join(', ')}.` +
      suggestion(name, names),
  });
}
