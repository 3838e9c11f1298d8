/**
 * `pairs`: every pair of an in-edge and an out-edge costs one multiplication (on tensors, the
 * product of the distinct index sizes), products with ±1 too. Eliminating v in a scalar graph costs
 * |P(v)|·|S(v)|: Griewank and Walther, Evaluating Derivatives, 2nd ed., section 10.2.
 */
import { finiteAlgebra } from './finite-algebra.ts';
import { requireScalarGraph } from './scalar-graph.ts';
import type { CostModel } from './types.ts';

const scalarPairs = finiteAlgebra({
  states: 1,
  compose: () => ({ state: 0, cost: 1 }),
  add: () => 0,
});

/** Counts pairs of edges. */
export const pairs: CostModel = {
  name: 'pairs',
  summary: 'every pair of an in-edge and an out-edge is one multiplication, ±1 included',
  graph: 'peer',
  prepare: (graph) => {
    requireScalarGraph(graph, 'pairs');
    return { graph, algebra: scalarPairs, states: graph.edges.map(() => 0) };
  },
};
