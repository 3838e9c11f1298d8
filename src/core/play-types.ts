/**
 * The elimination game: a graph at some prefix of an order. Three implementations make the same
 * choices from the same seed: the WASM core (play.ts), plain JavaScript bitsets, which the core is
 * measured against (play-bitset.ts), and a slow, obvious twin (play-reference.ts).
 */
import type { CostedGraph } from '../cost/types.ts';
import type { Position } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { NetworkEvaluation, NetworkPosition, NetworkWeights } from './network-types.ts';

/**
 * How a vertex is chosen among those that remain. `random`: each with equal chance. By a score, the
 * Markowitz degree |P(v)|·|S(v)| or the damage score 0.6·D(v) + 0.4·|P(v)|·|S(v)| (D of
 * play-rows.ts in assembly/): at temperature 0 the least, equals by chance; above, each with a chance
 * proportional to e^(−score / temperature). Degrees and damage are those of edges, whatever the edges
 * cost.
 */
export type RulePolicy =
  | { readonly kind: 'random' }
  | { readonly kind: 'markowitz' | 'damage'; readonly temperature: number };

/** The same by a network, whose score is minus the logit; the play has to have one. */
export interface NetworkPolicy {
  readonly kind: 'network';
  readonly temperature: number;
}

/**
 * The same on large graphs: one evaluation is good for a round of moves, of which none is a neighbour
 * of another (assembly/network-round.ts).
 */
export interface NetworkRounds extends NetworkPolicy {
  /** How much of what remains goes in a round, 0 … 1; at least one vertex does. */
  readonly share: number;
}

/** How a vertex is chosen among those that remain. */
export type RolloutPolicy = RulePolicy | NetworkPolicy;

/** What a play keeps up to date; each includes the ones before. */
export type Tracking = 'nothing' | 'degrees' | 'damage';

/** A position that was saved. */
export interface PlaySnapshot {
  /** Frees what the engine holds; the snapshot must not be used afterwards. */
  dispose(): void;
}

/** One game. */
export interface Play {
  /** Number of vertices in a whole order. */
  readonly length: number;
  /** Number of vertices eliminated so far. */
  readonly eliminated: number;
  /** What they cost together. */
  readonly cost: number;
  /** Back to the first position; the random stream goes on. */
  reset(): void;
  /**
   * Eliminates a vertex; returns what it costs.
   * @throws Error where it does not remain
   */
  eliminate(vertex: Position): number;
  /** Vertices that may be eliminated, ascending. */
  remaining(): readonly Position[];
  /** The vertices eliminated so far, in order. */
  moves(): readonly Position[];
  /** |P(v)|·|S(v)| of a vertex that remains, infinite of others; only where degrees are tracked. */
  markowitz(vertex: Position): number;
  /**
   * Five times the damage score, 3·D(v) + 2·|P(v)|·|S(v)|, a whole number; infinite where v does not
   * remain. Only where damage is tracked.
   */
  damage(vertex: Position): number;
  /** |P(v)| and |S(v)| of any vertex; only where degrees are tracked. */
  degrees(vertex: Position): { readonly in: number; readonly out: number };
  /** Keeps the position, not the random stream; into `snapshot` where there is one to overwrite. */
  save(snapshot?: PlaySnapshot): PlaySnapshot;
  /** Back to a position of this play. */
  restore(snapshot: PlaySnapshot): void;
  /** Begins the random stream anew; any integer, its low 32 bits matter. */
  seed(seed: number): void;
  /**
   * Plays to the end `number` times and comes back; what each whole order costs, the moves so far
   * included.
   */
  rollouts(policy: RolloutPolicy | NetworkRounds, number: number): Float64Array;
  /** What the best order of all rollouts costs; infinite before the first. */
  readonly bestCost: number;
  /**
   * The best order of all rollouts.
   * @throws UserError where there was no rollout
   */
  bestOrder(): EliminationOrder;
  /** Forgets the best of all rollouts. */
  forgetBest(): void;
  /** Frees what the engine holds; neither play nor snapshots must be used afterwards. */
  dispose(): void;
}

/** A game whose positions a network can evaluate. */
export interface NetworkPlay extends Play {
  /**
   * Gives the play a network, or its network other weights; the first time before the first move.
   * @throws Error where a play that tracks no degrees is given one
   */
  loadNetwork(weights: NetworkWeights): void;
  /**
   * What the network says of the position; O(n·7,000) operations and those of the features.
   * @throws Error where the play has no network
   */
  evaluate(): NetworkEvaluation;
  /**
   * What the network is told of the position, and what it says of it.
   * @throws Error where the play has no network
   */
  networkPosition(): NetworkPosition & NetworkEvaluation;
}

/** Something that plays. */
export interface PlayEngine {
  readonly name: string;
  /**
   * @throws UserError where the graph is beyond the engine's limits.
   */
  play(costed: CostedGraph, tracking: Tracking): Play;
}
