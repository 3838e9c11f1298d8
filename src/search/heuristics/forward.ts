/** Forward elimination: topological order, the accumulation of sparse forward mode. O(V). */
import { eliminableVertices, orderFromPositions } from '../../order/orders.ts';
import type { Heuristic } from './types.ts';

/** Vertices by ascending position. */
export const forward: Heuristic = {
  name: 'forward',
  summary: 'from the inputs to the outputs, by ascending position',
  random: false,
  order: (graph) => orderFromPositions(graph, eliminableVertices(graph)),
};
