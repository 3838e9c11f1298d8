/**
 * Searches that play the elimination game (play-types.ts) and go by what positions promise: a beam,
 * greedy orders with look-ahead, nested rollout policy adaptation. Two implementations make the same
 * choices from the same seed: the WASM core (beam.ts, greedy.ts, nested.ts) and slow, obvious twins
 * (the same names with -reference).
 *
 * The outlook after eliminating v at a position of cost g is
 *
 *   g + price(v) + w · (Φ + D(v) − |P(v)|·|S(v)|)
 *
 * where Φ is the sum of |P|·|S| over the vertices that remain, so that the bracket is Φ after v (D:
 * search/heuristics/damage.ts), and w is `damage` times what a product costs on average in the whole
 * graph. The least outlook is the Markowitz rule where `damage` is 0 and minimal damage where it is
 * 0.6.
 */
import type { CostedGraph } from '../cost/types.ts';
import type { EliminationOrder } from '../order/types.ts';

/** What all of them have. */
interface PlaySearch {
  /** Frees what the engine holds; the search must not be used afterwards. */
  dispose(): void;
}

/** One pass of a beam. */
export interface BeamPass {
  /** Most positions of a level; at least 1, at most the beam's width. */
  readonly width: number;
  /** Equal moves go by chance, from this seed; by parent and vertex where it is left out. */
  readonly seed?: number;
}

/** Positions with equally many vertices eliminated, extended level by level. */
export interface BeamSearch extends PlaySearch {
  /** The greatest width that the engine has memory for. */
  readonly widest: number;
  /** Begins a pass at the whole graph. */
  start(pass: BeamPass): void;
  /** Opens positions and makes moves, about `most` together; true where the pass has come to its end. */
  extend(most: number): boolean;
  /** Goes on with the most promising position alone. */
  narrow(): void;
  /** At the end: what the best order costs. */
  readonly cost: number;
  /** At the end: the best order. */
  order(): EliminationOrder;
  /**
   * At the end: whether no position was left out, so that nothing costs less (up to a collision of
   * hashes of 64 bits).
   */
  readonly isExhaustive: boolean;
}

/** What a beam is made with. */
export interface BeamOptions {
  /** Most positions that it has room for; at least 1. */
  readonly width: number;
  /** Weight of what remains; 0 for none. */
  readonly damage: number;
}

/** How greedy orders look ahead. */
export interface GreedyOptions {
  /** Weight of what remains; 0 for none. */
  readonly damage: number;
  /** How many moves beyond the one that is chosen; 0 for none. */
  readonly depth: number;
  /** How many moves of a position are tried where it looks ahead; at least 1. */
  readonly breadth: number;
}

/** One greedy order after the other. */
export interface GreedySearch extends PlaySearch {
  /** Begins an order; equals go by chance. `share` of the damage counts, all of it as a rule. */
  start(seed: number, share?: number): void;
  /** Chooses up to `most` vertices; true where the order is complete. */
  extend(most: number): boolean;
  /** What the vertices so far cost. */
  readonly cost: number;
  /** The order, once it is complete. */
  order(): EliminationOrder;
}

/** How a policy is adapted. */
export interface NestedOptions {
  /** Nested levels above the rollouts; at least 1. */
  readonly levels: number;
  /** How often each level calls the one below; at least 1. */
  readonly iterations: number;
  /** How far a policy is moved towards an order. */
  readonly rate: number;
  /** Bias of a vertex: −strength times its outlook; 0 for none. */
  readonly strength: number;
  /** Weight of what remains in the outlook; 0 for none: the bias is then by price. */
  readonly damage: number;
}

/** Nested rollout policy adaptation. */
export interface NestedSearch extends PlaySearch {
  /** Begins anew with an even policy. */
  start(seed: number): void;
  /** Makes up to `most` rollouts; returns how many, fewer where the search has finished. */
  search(most: number): number;
  /** Whether the topmost level has made all of its iterations. */
  readonly isFinished: boolean;
  /** What the best order since the start costs; infinite before the first. */
  readonly bestCost: number;
  /** The best order since the start, once there is one. */
  bestOrder(): EliminationOrder;
  /** The policy of a level, 1 … levels, by vertex of the graph. */
  policy(level: number): readonly number[];
}

/** Something that makes such searches. */
export interface PlaySearchEngine {
  readonly name: string;
  /** @throws UserError where the graph or the width is beyond the engine's limits */
  beam(costed: CostedGraph, options: BeamOptions): BeamSearch;
  /** @throws UserError where the graph is beyond the engine's limits */
  greedy(costed: CostedGraph, options: GreedyOptions): GreedySearch;
  /** @throws UserError where the graph is beyond the engine's limits */
  nested(costed: CostedGraph, options: NestedOptions): NestedSearch;
}
