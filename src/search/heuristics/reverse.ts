/** Reverse elimination: topological order backwards, the accumulation of reverse mode. O(V). */
import { eliminableVertices, orderFromPositions } from '../../order/orders.ts';
import type { Heuristic } from './types.ts';

/** Vertices by descending position. */
export const reverse: Heuristic = {
  name: 'reverse',
  summary: 'from the outputs to the inputs, by descending position',
  random: false,
  order: (graph) => orderFromPositions(graph, eliminableVertices(graph).toReversed()),
};
