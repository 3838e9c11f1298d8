/** A graph that AlphaZero plays: the engine's handles on it, made once and freed together. */
import type { NetworkWeights } from '../../core/network-types.ts';
import type { NetworkPlay } from '../../core/play-types.ts';
import type { NetworkTreeSearch } from '../../core/tree-types.ts';
import type { EliminationHandle } from '../../core/types.ts';
import { createWasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { AlphaZeroOptions } from './options.ts';

/** Bytes for the nodes of a tree; some thousand simulations on a hundred vertices. */
const treeBytes = 2 ** 24;

/** A graph in play. */
export interface PlayedTask {
  readonly costed: CostedGraph;
  readonly tree: NetworkTreeSearch;
  /** Walks along orders that were played, for what the network is told of them. */
  readonly play: NetworkPlay;
  readonly handle: EliminationHandle;
  /** What one unit of cost is in the cost model. */
  readonly unit: number;
  dispose(): void;
}

/**
 * Loads a graph, with a core of its own.
 * @throws UserError for graphs of more than 4,096 vertices
 */
export function loadTask(
  costed: CostedGraph,
  options: AlphaZeroOptions,
  weights: NetworkWeights,
): PlayedTask {
  const engine = createWasmEngine();
  const play = engine.play(costed, 'degrees');
  play.loadNetwork(weights);
  const tree = engine.treeSearch(costed, {
    method: { kind: 'gumbel', scale: options.scale, considered: options.considered },
    prior: { kind: 'network', temperature: 1 },
    rollout: { kind: 'value' },
    network: weights,
    bytes: treeBytes,
  });
  const handle = engine.load(costed);
  return {
    costed,
    tree,
    play,
    handle,
    unit: play.evaluate().unit,
    dispose: () => {
      handle.dispose();
      tree.dispose();
      play.dispose();
    },
  };
}
