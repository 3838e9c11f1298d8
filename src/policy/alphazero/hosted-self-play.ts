/**
 * Self-play with a network that the core does not evaluate: the trees are the core's, their leaves are
 * evaluated on TensorFlow.js, those of all games side by side in one batch. A game is what it would be
 * alone, up to what rounding in a larger batch does.
 */
import type { HostedTreeSearch } from '../../core/tree-types.ts';
import { nodeBytes } from '../../core/tree-types.ts';
import { createWasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { Position } from '../../graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../../order/orders.ts';
import { evaluatePositions } from '../evaluate.ts';
import type { GamePlan, Pace } from '../games/types.ts';
import type { ObservedPosition, Policy, PositionObserver } from '../networks/policy-network.ts';
import type { TensorFlow } from '../tensorflow.ts';
import type { AlphaZeroOptions } from './options.ts';
import { type PlayedEpisode, playedEpisode, seedOfGame } from './self-play.ts';

/** Room for nodes, in simulations of a move: a kept subtree and the next move's need about two. */
const roomInMoves = 8;

/** One game on its way. */
interface HostedGame {
  readonly tree: HostedTreeSearch;
  readonly moves: Position[];
  readonly policies: Float32Array[];
  evaluations: number;
}

/** Plays rounds of games of one graph. */
export interface HostedPlayer {
  /**
   * Plays a round; O(moves · simulations) evaluations a game.
   * @returns nothing where it was over before the games were
   */
  play(
    policy: Policy,
    plans: readonly GamePlan[],
    pace: Pace,
  ): Promise<readonly PlayedEpisode[] | undefined>;
  /** Frees what the core holds. */
  dispose(): void;
}

/** Makes moves until a leaf is to be evaluated; nothing where the game has come to its end. */
function leafOf({ tree, moves, policies }: HostedGame, simulations: number) {
  while (tree.remaining > 0) {
    const leaf = tree.nextLeaf();
    if (leaf !== undefined) return leaf;
    policies.push(Float32Array.from(tree.improvedPolicy()));
    moves.push(tree.play());
    tree.beginMove(simulations);
  }
  return undefined;
}

/** What is seen after some moves. */
function observeAfter(observer: PositionObserver, moves: readonly Position[]): ObservedPosition {
  observer.reset();
  for (const move of moves) observer.eliminate(move);
  return observer.observe();
}

/**
 * A player with any network, several games at once.
 * @throws UserError for graphs that the core keeps as lists, and for those that the network can't take
 */
export function hostedPlayer(
  tf: TensorFlow,
  costed: CostedGraph,
  options: AlphaZeroOptions,
  { network, unit }: Pick<Policy, 'network'> & { readonly unit: number },
): HostedPlayer {
  const { scale, considered, simulations } = options;
  const engine = createWasmEngine();
  const observer = network.observe(costed);
  const handle = engine.load(costed);
  const bytes = roomInMoves * simulations * nodeBytes(eliminableVertices(costed.graph).length);
  const trees = Array.from({ length: options.games }, () =>
    engine.hostedTreeSearch(costed, { method: { kind: 'gumbel', scale, considered }, bytes }),
  );
  const begin = (plan: GamePlan, index: number): HostedGame => {
    const tree = trees[index];
    if (tree === undefined) throw new Error(`there is no room for game ${index}`);
    tree.start(seedOfGame(plan));
    tree.beginMove(simulations);
    return { tree, moves: [], policies: [], evaluations: 0 };
  };
  const end = ({ tree, moves, policies, evaluations }: HostedGame): PlayedEpisode => {
    const order = orderFromPositions(costed.graph, moves);
    const episode = playedEpisode(order, handle.steps(order), policies);
    const best = tree.bestCost < episode.count ? tree.bestOrder() : order;
    return {
      episode,
      best: { order: best, count: Math.min(tree.bestCost, episode.count) },
      evaluations,
    };
  };
  return {
    play: async (policy, plans, pace) => {
      const games = plans.map(begin);
      for (;;) {
        const waiting = games.flatMap((game) => {
          const leaf = leafOf(game, simulations);
          return leaf === undefined ? [] : [{ game, leaf }];
        });
        if (waiting.length === 0) return games.map(end);
        if (pace.isOver()) return undefined;
        const positions = waiting.map(({ leaf }) => observeAfter(observer, leaf));
        evaluatePositions(tf, policy, positions).forEach(({ logits, rest }, index) => {
          const game = waiting[index]?.game;
          if (game === undefined) return;
          game.tree.answer(logits, rest * unit);
          game.evaluations += 1;
        });
        await pace.breathe();
      }
    },
    dispose: () => {
      for (const tree of trees) tree.dispose();
      handle.dispose();
      observer.dispose();
    },
  };
}
