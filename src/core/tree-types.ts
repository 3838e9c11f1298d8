/**
 * Tree search over elimination orders, as the WASM core (tree.ts) and its slow, obvious twin
 * (tree-reference.ts) do it: from the same seed both make the same choices.
 */
import type { CostedGraph } from '../cost/types.ts';
import type { Position } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { NetworkWeights } from './network-types.ts';
import type { RolloutPolicy } from './play-types.ts';

/** How a tree is searched; assembly/tree-select.ts has the formulas and their sources. */
export interface TreeOptions {
  readonly method:
    | {
        readonly kind: 'uct';
        /** Weight of priors beside values, ≥ 0: more tries more moves. */
        readonly exploration: number;
      }
    | {
        readonly kind: 'gumbel';
        /** Weight of values beside priors, ≥ 0: more trusts the rollouts earlier. */
        readonly scale: number;
        /** Most moves that a root considers, ≥ 1. */
        readonly considered: number;
      };
  /** Likely moves: the chances of this policy; where it goes by a score, its temperature is > 0. */
  readonly prior: RolloutPolicy;
  /** How a leaf is played to its end; `value`: not at all, it is worth what the network expects. */
  readonly rollout: RolloutPolicy | { readonly kind: 'value' };
  /** There where prior or rollout go by a network. */
  readonly network?: NetworkWeights;
  /** Bytes for nodes; where they are used up, simulations add none. One node there is always. */
  readonly bytes: number;
}

/** A position in the tree. Totals are costs of whole orders. */
export interface TreeNode {
  /** Simulations that came here. */
  readonly visits: number;
  /** Sum of their totals. */
  readonly sum: number;
  /** The total of the first. */
  readonly first: number;
  /** The legal moves, ascending by vertex. */
  readonly children: readonly TreeChild[];
}

/** A move from a position in the tree. */
export interface TreeChild {
  readonly vertex: Position;
  /** UCT: its probability; Gumbel: its logit, 0 for the likeliest. */
  readonly prior: number;
  readonly visits: number;
  readonly sum: number;
  /** Nothing where no simulation came here, or there was no room. */
  readonly node: TreeNode | undefined;
}

/** A search in progress. A simulation is a way down the tree and a rollout. */
export interface TreeSearch {
  /** Begins anew before the first move, without a tree and a best order. */
  start(seed: number): void;
  /** Vertices that remain at the root. */
  readonly remaining: number;
  /**
   * Begins to search the next move. A root without statistics gets them by a simulation of its own.
   * @returns how many simulations that took: 0 or 1
   */
  beginMove(simulations: number): number;
  /** Makes at most `limit` simulations of the move; returns how many, 0 where the move is searched. */
  search(limit: number): number;
  /**
   * Plays the best move of the root; its subtree is kept.
   * @throws Error where nothing remains
   */
  play(): Position;
  /** What the best order since the start costs; infinite before the first simulation. */
  readonly bestCost: number;
  bestOrder(): EliminationOrder;
  /** Nodes in use. */
  readonly nodes: number;
  /**
   * The improved policy of the root of a Gumbel search that was searched (Danihelka et al. 2022,
   * equation 11): a chance for each of its children, in their order.
   */
  improvedPolicy(): Float64Array;
  /** The tree as it is; nothing before the first simulation of a root without statistics. */
  root(): TreeNode | undefined;
  /** Frees what the engine holds; the search must not be used afterwards. */
  dispose(): void;
}

/** A search whose network can be given other weights, between games. */
export interface NetworkTreeSearch extends TreeSearch {
  /** @throws Error where the search has no network */
  loadNetwork(weights: NetworkWeights): void;
}

/** How a tree is searched whose leaves the host evaluates. */
export type HostedTreeOptions = Pick<TreeOptions, 'method' | 'bytes'>;

/**
 * A search whose leaves the host evaluates, with the logits and the expected rest of a network of its
 * own: the same search as one with a network as prior and value.
 */
export interface HostedTreeSearch extends Omit<TreeSearch, 'beginMove' | 'search'> {
  /** Begins to search the next move. A root without statistics is a leaf to evaluate as well. */
  beginMove(simulations: number): void;
  /**
   * Goes on with the move until a leaf is to be evaluated.
   * @returns the moves that lead there from the first position; nothing where the move is searched
   */
  nextLeaf(): readonly Position[] | undefined;
  /**
   * Answers for the leaf that `nextLeaf` told last, once.
   * @param logits of the vertices that remain there, ascending; what stands behind them is not read
   * @param rest what they are expected to cost together, in the cost model's terms, ≥ 0
   */
  answer(logits: ArrayLike<number>, rest: number): void;
}

/** Something that searches trees. */
export interface TreeSearchEngine {
  readonly name: string;
  /**
   * @throws UserError where the graph is beyond the engine's limits.
   */
  treeSearch(costed: CostedGraph, options: TreeOptions): TreeSearch;
}

/** Bytes of a node in the core: its header, and a record for each vertex of an order. */
export function nodeBytes(length: number): number {
  return 32 + 32 * length;
}
