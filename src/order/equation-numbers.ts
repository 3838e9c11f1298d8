/**
 * Graphax names an elimination order by equation numbers: 1, 2, 3 … in the order of the traced
 * equations. A graph without a program is numbered the same way, over its vertices that are no
 * inputs.
 */
import type { Graph } from '../graph/types.ts';
import type { EliminationOrder } from './types.ts';

/** The 1-based equation numbers of an order, as Graphax takes them; O(V). */
export function equationNumbers(graph: Graph, order: EliminationOrder): number[] {
  let equations = 0;
  const numbers = graph.vertices.map(({ kind }) => {
    if (kind === 'input') return 0;
    equations += 1;
    return equations;
  });
  return order.map((vertex) => numbers[vertex] ?? 0);
}
