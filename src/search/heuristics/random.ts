/** A uniformly random order, the baseline that any rule has to beat. O(V). */
import { eliminableVertices, orderFromPositions } from '../../order/orders.ts';
import { createRandom } from '../../support/random.ts';
import type { Heuristic } from './types.ts';

/** Vertices shuffled by the seed. */
export const random: Heuristic = {
  name: 'random',
  summary: 'uniformly random, by the seed',
  random: true,
  order: (graph, { seed }) =>
    orderFromPositions(graph, createRandom(seed).shuffle(eliminableVertices(graph))),
};
