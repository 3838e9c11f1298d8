/**
 * AlphaGrad's state machine restricted to scalar edges: its 22 sparsity types shrink to two, a
 * general number (type 1) and a copy (type −1, from `convert` equations). A product with a copy is
 * free; a copy after a copy stays a copy, and so does the sum of two copies.
 */
import { finiteAlgebra } from '../finite-algebra.ts';
import type { EdgeAlgebra, EdgeState } from '../types.ts';

/** State of a general edge. */
export const general: EdgeState = 0;

/** State of a copy. */
export const copy: EdgeState = 1;

/** For graphs with copy edges. */
export const copyAlgebra: EdgeAlgebra = finiteAlgebra({
  states: 2,
  compose: (outgoing, incoming) => ({
    state: outgoing === copy && incoming === copy ? copy : general,
    cost: outgoing === copy || incoming === copy ? 0 : 1,
  }),
  add: (existing, added) => (existing === copy && added === copy ? copy : general),
});

/** For graphs without: every product costs 1. */
export const generalAlgebra: EdgeAlgebra = finiteAlgebra({
  states: 1,
  compose: () => ({ state: general, cost: 1 }),
  add: () => general,
});
