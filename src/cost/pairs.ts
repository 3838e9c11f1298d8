/**
 * `pairs`: every pair of an in-edge and an out-edge is multiplied, whatever the numbers are. On
 * scalars eliminating v costs |P(v)|·|S(v)|: Griewank and Walther, Evaluating Derivatives, 2nd ed.,
 * section 10.2.
 *
 * On tensors the pair u → v → w costs the product of the sizes of all distinct indices on the axes
 * of u, v and w, after the axes of v have been identified and windows cut to what they share: the
 * entries (i, k, j) of ∂w/∂v · ∂v/∂u that the deltas and windows of both leave. ±1, constants and
 * pure deltas cost like everything else, an index that is summed away counts once, a structurally
 * zero product costs nothing and makes no edge. Stored values play no part, only structure does.
 */
import { axisIndices, volume } from '../notation/block.ts';
import type { ComposedOperand, Composition } from '../notation/compose.ts';
import type { Graph } from '../graph/types.ts';
import { costedByBlocks } from './block-algebra.ts';
import { finiteAlgebra } from './finite-algebra.ts';
import { onceAGraph } from './prepared.ts';
import { isScalarGraph } from './scalar-graph.ts';
import type { CostedGraph, CostModel } from './types.ts';

const scalarPairs = finiteAlgebra({
  states: 1,
  compose: () => ({ state: 0, cost: 1 }),
  add: () => 0,
});

/** Classes of the composition on the axes of one operand. */
function classesOf({ block, places }: ComposedOperand): number[] {
  return axisIndices(block).map((index) => {
    const place = places[index];
    if (place === undefined) throw new Error(`index ${index} was not placed`);
    return place.class;
  });
}

function allIndices({ classSizes, outer, inner }: Composition): number {
  return volume(classSizes, [...classesOf(outer), ...classesOf(inner)]);
}

/** Pairs by blocks, of graphs of any shapes. */
export function blockPairs(graph: Graph): CostedGraph {
  return costedByBlocks(graph, {
    remember: (block) => ({ ...block, value: [], coefficient: 'unit' }),
    product: allIndices,
  });
}

/** Counts pairs of edges. */
export const pairs: CostModel = {
  name: 'pairs',
  summary: 'every pair of an in-edge and an out-edge is multiplied, ±1 included',
  graph: 'peer',
  prepare: onceAGraph((graph) =>
    isScalarGraph(graph)
      ? { graph, algebra: scalarPairs, states: graph.edges.map(() => 0) }
      : blockPairs(graph),
  ),
};
