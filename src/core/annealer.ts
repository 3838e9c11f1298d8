/**
 * Annealing over the orders of one graph, as both engines do it: the WASM core (anneal.ts) and its
 * slow, obvious twin (anneal-reference.ts). From the same order and seed both make the same choices
 * and come to the same orders and counts.
 */
import type { CostedGraph } from '../cost/types.ts';
import type { EliminationOrder } from '../order/types.ts';

/** One order under improvement. */
export interface Annealer {
  /** Starts anew from an order; what came before is forgotten. Returns what the order costs. */
  start(order: EliminationOrder, seed: number): number;
  /**
   * Goes on with the sweep over the order's places, or begins one.
   * @param temperature in the unit of costs, ≥ 0; 0 never makes the order worse
   * @param limit most proposals to make; the next call then goes on with the same sweep
   * @returns proposals made; 0 where the order is too short for any
   */
  sweep(temperature: number, limit?: number): number;
  /** Whether a sweep has begun and not ended. */
  readonly sweeping: boolean;
  /** What the current order costs. */
  readonly cost: number;
  /** What the best order since the start costs. */
  readonly bestCost: number;
  /** The order under improvement, as it is now. */
  order(): EliminationOrder;
  /** The best order since the start. */
  bestOrder(): EliminationOrder;
  /** Frees what the engine holds; the annealer must not be used afterwards. */
  dispose(): void;
}

/** What an annealer proposes. */
export interface Proposals {
  /** How many at each place of the order. */
  readonly tries: number;
  /** Largest number of places that a vertex moves at once; the order's length where left out. */
  readonly farthest?: number;
}

/** Something that makes annealers. */
export interface AnnealingEngine {
  readonly name: string;
  /**
   * @throws UserError where the graph is beyond the engine's limits.
   */
  annealer(costed: CostedGraph, proposals: Proposals): Annealer;
}

/**
 * −ln of the middles of 256 equal steps of [½, 1), from below: thresholds are drawn from a table, so
 * that the core and its twin agree to the last bit.
 */
export const logarithms: Float64Array = Float64Array.from(
  { length: 256 },
  (_, step) => -Math.log((256.5 + step) / 512),
);
