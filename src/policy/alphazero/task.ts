/** A graph that AlphaZero plays: the engine's handles on it, made once and freed together. */
import type { NetworkTreeSearch } from '../../core/tree-types.ts';
import type { EliminationHandle } from '../../core/types.ts';
import { createWasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import { coreWeights, initialWeights } from '../networks/message-passing.ts';
import type { Policy, PositionObserver } from '../networks/policy-network.ts';
import type { AlphaZeroOptions } from './options.ts';

/** Bytes for the nodes of a tree; some thousand simulations on a hundred vertices. */
const treeBytes = 2 ** 24;

/** A graph in play. */
export interface PlayedTask {
  readonly costed: CostedGraph;
  readonly tree: NetworkTreeSearch;
  /** Walks along orders that were played, for what the network is told of them. */
  readonly observer: PositionObserver;
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
  policy: Policy,
): PlayedTask {
  const engine = createWasmEngine();
  const network = coreWeights(policy);
  const tree = engine.treeSearch(costed, {
    method: { kind: 'gumbel', scale: options.scale, considered: options.considered },
    prior: { kind: 'network', temperature: 1 },
    rollout: { kind: 'value' },
    network,
    bytes: treeBytes,
  });
  const handle = engine.load(costed);
  const observer = policy.network.observe(costed);
  return {
    costed,
    tree,
    observer,
    handle,
    unit: unitOf(costed),
    dispose: () => {
      handle.dispose();
      tree.dispose();
      observer.dispose();
    },
  };
}

/** About the price of one product of the whole graph; the core tells it with every evaluation. */
function unitOf(costed: CostedGraph): number {
  const play = createWasmEngine().play(costed, 'degrees');
  play.loadNetwork(initialWeights(0));
  const { unit } = play.evaluate();
  play.dispose();
  return unit;
}
