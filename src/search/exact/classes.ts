/**
 * Classes of edges on scalar graphs whose products are not all alike. An edge is of class 0 (a
 * product with it is free: ±1, or a copy under `paper`), 1 (a constant: free with another constant)
 * or 2 (every product with 1 or 2 costs one). A product has the larger class of its factors, a sum
 * the larger class of its terms, at least `doubled` (two ±1 add up to a constant; two copies stay
 * one). So the class of the edge u → w after a set E of vertices has been eliminated depends on E
 * only: it is the largest class of any edge on any path u → w through E, at least `doubled` where
 * there are two paths; and it never falls as E grows.
 */
import { isScalarGraph } from '../../cost/scalar-graph.ts';
import type { CostedGraph, EdgeAlgebra, EdgeState } from '../../cost/types.ts';

/** Classes of a graph's edges. */
export interface EdgeClasses {
  /** Aligned with `graph.edges`. */
  readonly edges: readonly number[];
  /** Class of the sum of two edges of class 0. */
  readonly doubled: number;
}

/** More states than the scalar part of any model has. */
const mostStates = 16;

/** All states that edges can get. */
function reachable(algebra: EdgeAlgebra, starts: Iterable<EdgeState>): EdgeState[] | undefined {
  const known = new Set(starts);
  // The set grows while it is walked along.
  for (const a of known) {
    if (known.size > mostStates) return undefined;
    for (const b of [...known]) {
      for (const state of [
        algebra.compose(a, b).state,
        algebra.compose(b, a).state,
        algebra.add(a, b).state,
        algebra.add(b, a).state,
      ]) {
        if (state === null) return undefined;
        known.add(state);
      }
    }
  }
  return [...known];
}

/**
 * The classes of a costed graph's edges, where its algebra follows the laws above: found by trying
 * all pairs of states. `undefined` for an algebra that does not, such as those of tensors.
 */
export function classesOf({ graph, algebra, states }: CostedGraph): EdgeClasses | undefined {
  if (!isScalarGraph(graph)) return undefined;
  const all = reachable(algebra, states);
  if (all === undefined) return undefined;
  const costs = (a: EdgeState, b: EdgeState): number => algebra.compose(a, b).cost;
  const classOf = new Map(
    all.map((state) => {
      const free = all.every((other) => costs(state, other) === 0 && costs(other, state) === 0);
      return [state, free ? 0 : costs(state, state) === 0 ? 1 : 2] as const;
    }),
  );
  const rank = (state: EdgeState | null): number =>
    state === null ? -1 : (classOf.get(state) ?? -1);
  const units = all.filter((state) => rank(state) === 0);
  const doubled = Math.max(
    0,
    ...units.flatMap((a) => units.map((b) => rank(algebra.add(a, b).state))),
  );
  const lawful = all.every((a) =>
    all.every((b) => {
      const [low, high] = [Math.min(rank(a), rank(b)), Math.max(rank(a), rank(b))];
      const product = algebra.compose(a, b);
      const sum = algebra.add(a, b);
      return (
        rank(product.state) === high &&
        product.cost === (low === 0 || high === 1 ? 0 : 1) &&
        rank(sum.state) === Math.max(high, doubled) &&
        sum.cost === 0
      );
    }),
  );
  return lawful && doubled < 2 ? { edges: states.map(rank), doubled } : undefined;
}
