/**
 * Self-play with a network that the core evaluates: the trees are the core's, and so are the
 * evaluations of their leaves.
 */
import { createWasmEngine, type WasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { Position } from '../../graph/types.ts';
import { type NetworkWeights, parseWeights } from '../../core/network-types.ts';
import { orderFromPositions } from '../../order/orders.ts';
import type { GameMaker } from '../games/types.ts';
import type { AlphaZeroOptions } from './options.ts';
import { type PlayedEpisode, playedEpisode, seedOfGame } from './self-play.ts';

/** Bytes for the nodes of a tree; some thousand simulations on a hundred vertices. */
const treeBytes = 2 ** 24;

/** A graph in play. */
interface SearchedGraph {
  loadWeights(weights: NetworkWeights): void;
  /** O(moves · simulations) evaluations. */
  play(seed: number): PlayedEpisode;
  dispose(): void;
}

function searchedGraph(
  engine: WasmEngine,
  costed: CostedGraph,
  { scale, considered, simulations }: AlphaZeroOptions,
  weights: NetworkWeights,
): SearchedGraph {
  const tree = engine.treeSearch(costed, {
    method: { kind: 'gumbel', scale, considered },
    prior: { kind: 'network', temperature: 1 },
    rollout: { kind: 'value' },
    network: weights,
    bytes: treeBytes,
  });
  const handle = engine.load(costed);
  return {
    loadWeights: (now) => {
      tree.loadNetwork(now);
    },
    play: (seed) => {
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
    },
    dispose: () => {
      handle.dispose();
      tree.dispose();
    },
  };
}

/**
 * Games on some graphs, each with a core of its own.
 * @throws UserError for graphs of more than 4,096 vertices
 */
export function searchedGames(
  graphs: readonly CostedGraph[],
  options: AlphaZeroOptions,
  weights: Float32Array,
): GameMaker<PlayedEpisode> {
  const loaded = graphs.map((costed) =>
    searchedGraph(createWasmEngine(), costed, options, parseWeights(weights)),
  );
  return {
    loadWeights: (now) => {
      for (const graph of loaded) graph.loadWeights(parseWeights(now));
    },
    play: (plan) => {
      const graph = loaded[plan.task];
      if (graph === undefined) throw new Error(`there is no task ${plan.task}`);
      return graph.play(seedOfGame(plan));
    },
    dispose: () => {
      for (const graph of loaded) graph.dispose();
    },
  };
}
