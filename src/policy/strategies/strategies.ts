/** The strategies that learn or go by what was learned. A new one is a file beside this and a line here. */
import type { SearchStrategy } from '../../search/strategy.ts';
import { learningAlgorithms } from '../algorithms.ts';
import { learningStrategy } from '../learning/strategy.ts';
import { policyAnnealStrategy, policyStrategy } from './policy-search.ts';

/** In the order of help texts. */
export const learnedStrategies: readonly SearchStrategy[] = [
  ...learningAlgorithms.map(learningStrategy),
  policyStrategy,
  policyAnnealStrategy,
];
