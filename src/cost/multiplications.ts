/**
 * `multiplications`: the multiplications that have to be executed. Products with ±1 are free and
 * constant times constant is folded; every other product costs 1 (scalar part of the definition in
 * docs: a class unit < constant < variable for each edge, the larger class wins, and the sum of two
 * units is a constant because signs are not tracked).
 */
import { coefficientRank } from '../graph/partial.ts';
import { finiteAlgebra } from './finite-algebra.ts';
import { requireScalarGraph } from './scalar-graph.ts';
import type { CostModel } from './types.ts';

const unit = 0;
const constant = 1;

const scalarMultiplications = finiteAlgebra({
  states: 3,
  compose: (outgoing, incoming) => {
    const free =
      outgoing === unit || incoming === unit || (outgoing === constant && incoming === constant);
    return { state: Math.max(outgoing, incoming), cost: free ? 0 : 1 };
  },
  add: (existing, added) => Math.max(existing, added, constant),
});

/** Counts executed multiplications. */
export const multiplications: CostModel = {
  name: 'multiplications',
  summary: 'executed multiplications: ±1 is free, constants are folded',
  graph: 'true',
  prepare: (graph) => {
    requireScalarGraph(graph, 'multiplications');
    return {
      graph,
      algebra: scalarMultiplications,
      states: graph.edges.map(({ partial }) => coefficientRank(partial.coefficient)),
    };
  },
};
