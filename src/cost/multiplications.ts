/**
 * `multiplications`: the multiplications that have to be executed. A product of two edges costs the
 * product of the sizes of all indices that either stored value depends on, after the axes of the
 * vertex between them have been identified (src/notation/compose.ts); it is free where one factor is
 * ±1 along deltas, and where both are constants, which are folded. Sums cost nothing.
 *
 * On scalars that is 1 or 0 by a class unit < constant < variable for each edge: the larger class
 * wins, and the sum of two units is a constant because signs are not tracked. Scalar graphs use that
 * algebra of three states, all others the blocks themselves.
 */
import { coefficientRank } from '../graph/partial.ts';
import type { Graph } from '../graph/types.ts';
import { costedByBlocks } from './block-algebra.ts';
import { finiteAlgebra } from './finite-algebra.ts';
import { onceAGraph } from './prepared.ts';
import { isScalarGraph } from './scalar-graph.ts';
import type { CostedGraph, CostModel } from './types.ts';

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

/** Multiplications by blocks, of graphs of any shapes. */
export function blockMultiplications(graph: Graph): CostedGraph {
  return costedByBlocks(graph, { product: ({ multiplications: count }) => count });
}

/** Counts executed multiplications. */
export const multiplications: CostModel = {
  name: 'multiplications',
  summary: 'executed multiplications: ±1 is free, constants are folded',
  graph: 'true',
  prepare: onceAGraph((graph) =>
    isScalarGraph(graph)
      ? {
          graph,
          algebra: scalarMultiplications,
          states: graph.edges.map(({ partial }) => coefficientRank(partial.coefficient)),
        }
      : blockMultiplications(graph),
  ),
};
