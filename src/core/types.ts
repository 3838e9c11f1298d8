/**
 * The interface that both elimination engines speak: the WASM core and the slow, obvious reference
 * in TypeScript. Positions and states are plain integers here; they were checked when the graph and
 * the order were parsed.
 */
import type { CostedGraph } from '../cost/types.ts';
import type { EliminationOrder } from '../order/types.ts';

/** Which of several vertices of equal degree is taken: the lowest or the highest position. */
export type TieRule = 'low' | 'high';

/** One graph loaded into an engine. */
export interface EliminationHandle {
  /** Multiplications of each order. Cost O(Σ in·out) an order; exact below 2^53. */
  count(orders: readonly EliminationOrder[]): Float64Array;
  /** Cost of each elimination of one order, aligned with it. */
  steps(order: EliminationOrder): Float64Array;
  /**
   * Greedy elimination by least Markowitz degree, in × out neighbours (Griewank and Walther,
   * Evaluating Derivatives, 2nd ed., section 10.2), whatever the cost model counts. On scalar graphs
   * that is the heuristic `markowitz`.
   * @throws Error on a graph with tensors: their degree is the heuristic's affair
   */
  markowitz(tie: TieRule): EliminationOrder;
  /** Frees what the engine holds; the handle must not be used afterwards. */
  dispose(): void;
}

/** Something that loads graphs and eliminates their vertices. */
export interface EliminationEngine {
  readonly name: string;
  /**
   * @throws UserError where the graph is beyond the engine's limits.
   */
  load(costed: CostedGraph): EliminationHandle;
}

/**
 * What a greedy elimination on adjacency lists minimises: a sum of the Markowitz degree, the damage
 * and the fill-in of a vertex (src/search/heuristics), each times its weight, less an offset.
 */
export interface GreedyWeights {
  readonly degree: number;
  readonly damage: number;
  readonly fill: number;
  /** One a vertex of the graph. */
  readonly offsets?: Float64Array;
}
