/**
 * Self-play: games under Gumbel search with the network, each move after some simulations, with the
 * improved policy of every position that was moved from (Danihelka, Guez, Schrittwieser and Silver,
 * Policy improvement by planning with Gumbel, ICLR 2022, equation 11). Sequential halving and completed
 * values are the core's (assembly/tree-select.ts). Here are games with a network that the core
 * evaluates; hosted-self-play.ts has those with any other.
 */
import { createWasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { Position } from '../../graph/types.ts';
import { orderFromPositions } from '../../order/orders.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { coreWeights } from '../networks/message-passing.ts';
import type { Policy } from '../networks/policy-network.ts';
import type { AlphaZeroOptions } from './options.ts';

/** A game that was played. */
export interface Episode {
  readonly order: EliminationOrder;
  /** What the order costs. */
  readonly count: number;
  /** What each of its eliminations costs. */
  readonly steps: Float64Array;
  /** The improved policy before each move, over the vertices that remained, ascending. */
  readonly policies: readonly Float32Array[];
}

/** What a game found and took. */
export interface PlayedEpisode {
  readonly episode: Episode;
  /** The best order that its search met; mostly the one that was played. */
  readonly best: { readonly order: EliminationOrder; readonly count: number };
  /** Evaluations of the network. */
  readonly evaluations: number;
}

/** How a game that takes long lets others run, and knows that nobody waits for it any more. */
export interface Pace {
  breathe(): Promise<void>;
  isOver(): boolean;
}

/** Plays games of one graph. */
export interface GamePlayer {
  /**
   * Plays a game for each seed; O(moves · simulations) evaluations each.
   * @returns nothing where it was over before the games were
   */
  play(
    policy: Policy,
    seeds: readonly number[],
    pace: Pace,
  ): Promise<readonly PlayedEpisode[] | undefined>;
  /** Frees what the core holds. */
  dispose(): void;
}

/** What a game was, from its moves and policies and the steps' costs. */
export function playedEpisode(
  order: EliminationOrder,
  steps: Float64Array,
  policies: readonly Float32Array[],
): Episode {
  const count = steps.reduce((sum, one) => sum + one, 0);
  return { order, count, steps, policies };
}

/** Bytes for the nodes of a tree; some thousand simulations on a hundred vertices. */
const treeBytes = 2 ** 24;

/**
 * A player with a network that the core evaluates, one game after the other.
 * @throws UserError for graphs of more than 4,096 vertices, and for other networks
 */
export function corePlayer(
  costed: CostedGraph,
  { scale, considered, simulations }: AlphaZeroOptions,
  policy: Policy,
): GamePlayer {
  const engine = createWasmEngine();
  const tree = engine.treeSearch(costed, {
    method: { kind: 'gumbel', scale, considered },
    prior: { kind: 'network', temperature: 1 },
    rollout: { kind: 'value' },
    network: coreWeights(policy),
    bytes: treeBytes,
  });
  const handle = engine.load(costed);
  const playOne = (seed: number): PlayedEpisode => {
    tree.start(seed);
    const moves: Position[] = [];
    const policies: Float32Array[] = [];
    let evaluations = 0;
    for (let remaining = tree.remaining; remaining > 0; remaining -= 1) {
      evaluations += tree.beginMove(simulations);
      evaluations += tree.search(Infinity);
      policies.push(Float32Array.from(tree.improvedPolicy()));
      moves.push(tree.play());
    }
    const order = orderFromPositions(costed.graph, moves);
    const episode = playedEpisode(order, handle.steps(order), policies);
    // Where there is nothing to eliminate, nothing was searched.
    const best = moves.length === 0 ? episode : { order: tree.bestOrder(), count: tree.bestCost };
    return { episode, best: { order: best.order, count: best.count }, evaluations };
  };
  return {
    play: (now, seeds) => {
      tree.loadNetwork(coreWeights(now));
      return Promise.resolve(seeds.map(playOne));
    },
    dispose: () => {
      handle.dispose();
      tree.dispose();
    },
  };
}
