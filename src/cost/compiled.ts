/**
 * The cost model `compiled`: weighted operations of values and Jacobian that are left when values
 * are interned by what they mean (src/compiled). It counts functions: a graph alone has no values.
 */
import { UserError } from '../support/user-error.ts';
import type { CostModel } from './types.ts';

/** What is said to somebody who has no function to count. */
export function needsFunction(): UserError {
  return new UserError({
    code: 'compiled-no-function',
    message:
      'the cost model compiled counts what a function computes, and a graph does not say which ' +
      'values are equal; name a task or a module, or use --cost multiplications',
  });
}

/** The model; orders are counted by src/compiled, not by states of edges. */
export const compiled: CostModel = {
  name: 'compiled',
  summary: 'weighted operations of values and Jacobian left when equal values are computed once',
  graph: 'true',
  prepare: () => {
    throw needsFunction();
  },
};
