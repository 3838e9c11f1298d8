/** Random graphs for tests of exact search: many of them do not reduce to nothing. */
import { randomGraph } from '../../../src/graph/generators.ts';
import type { Graph } from '../../../src/graph/types.ts';
import { createRandom, type Random } from '../../../src/support/random.ts';

/**
 * A scalar graph of at most ten vertices to eliminate, of a shape that the seed decides.
 * @param most how many intermediates at most
 */
export function smallGraph(seed: number, most = 8): Graph {
  const random = createRandom(seed);
  return randomGraph({
    seed: seed + 1,
    inputs: 1 + random.integer(4),
    intermediates: 2 + random.integer(most - 1),
    outputs: 1 + random.integer(3),
    density: [0.15, 0.25, 0.35, 0.5, 0.7][random.integer(5)] ?? 0.3,
    outputsFeedOthers: random.next() < 0.3,
    loose: random.next() < 0.2,
    inputIsOutput: random.next() < 0.1,
    doubleOutput: random.next() < 0.1,
    units: [0.2, 0.5, 0.8][random.integer(3)] ?? 0.5,
    constants: [0, 0.2][random.integer(2)] ?? 0,
    copies: 0.9,
  });
}

/** Disjoint groups of at most `most` of the vertices 0 … size − 1; some may be in none. */
export function randomPartition(size: number, most: number, random: Random): number[][] {
  const all = random.shuffle(Array.from({ length: size }, (_, vertex) => vertex));
  const used = random.next() < 0.2 ? all.slice(1) : all;
  const groups: number[][] = [];
  for (let start = 0; start < used.length;) {
    const length = 1 + random.integer(most);
    groups.push(used.slice(start, start + length));
    start += length;
  }
  return groups;
}
