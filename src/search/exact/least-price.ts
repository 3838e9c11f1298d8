/**
 * What a vertex costs at least, whichever of some other vertices have gone before it: the price with
 * Menger numbers for numbers of neighbours. Where edges have classes, only paths count that leave v
 * by an edge of class 1 or 2 (or 2): the last vertex on such a path that is still there has an edge
 * of at least that class, since classes along a path go to the largest (classes.ts). The price grows
 * with each of its numbers, so it is a lower bound.
 */
import type { DisjointPaths } from './disjoint-paths.ts';
import { classedPrice } from './eliminate.ts';
import type { Rows } from './instance.ts';
import { at } from './words.ts';

/**
 * The least price of v.
 * @param through the vertices that may have gone; v is not in it
 */
export function leastPrice(
  paths: DisjointPaths,
  rows: Rows,
  v: number,
  through: Int32Array,
): number {
  const { layers, predecessors, successors, ownEnd } = rows;
  if (layers === 1) {
    const into = paths.count(predecessors, v, through);
    return into * (paths.count(successors, v, through) - at(ownEnd, v));
  }
  const n = paths.count(predecessors, v, through, 1);
  const m = n === 0 ? 0 : paths.count(successors, v, through, 1);
  if (m === 0) return 0;
  const n2 = paths.count(predecessors, v, through, 2);
  return classedPrice(n, n2, m, paths.count(successors, v, through, 2));
}
