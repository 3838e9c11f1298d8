/** Heuristics: elimination orders by a fixed rule. One file each, listed in heuristics.ts. */
import type { Graph } from '../../graph/types.ts';
import type { EliminationOrder } from '../../order/types.ts';

/** A rule that orders the vertices of any graph. */
export interface Heuristic {
  /** Name on the command line, with its tie rule: `markowitz`, `markowitz-high`. */
  readonly name: string;
  /** One line with the source. */
  readonly summary: string;
  /** True where `seed` matters. */
  readonly random: boolean;
  /** A complete, legal order of the graph; without `random` the same for every seed. */
  order(graph: Graph, options: { readonly seed: number }): EliminationOrder;
}
