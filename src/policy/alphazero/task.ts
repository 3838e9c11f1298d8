/** A graph that AlphaZero plays: what plays it and what observes it, made once and freed together. */
import { createWasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import { initialWeights } from '../networks/message-passing.ts';
import type { Policy, PositionObserver } from '../networks/policy-network.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { hostedPlayer } from './hosted-self-play.ts';
import type { AlphaZeroOptions } from './options.ts';
import { corePlayer, type GamePlayer } from './self-play.ts';

/** A graph in play. */
export interface PlayedTask {
  readonly player: GamePlayer;
  /** Walks along orders that were played, for what the network is told of them. */
  readonly observer: PositionObserver;
  /** What one unit of cost is in the cost model. */
  readonly unit: number;
  dispose(): void;
}

/**
 * Loads a graph, with a core of its own.
 * @throws UserError for graphs of more than 4,096 vertices, and for those that the network can't take
 */
export function loadTask(
  tf: TensorFlow,
  costed: CostedGraph,
  options: AlphaZeroOptions,
  policy: Policy,
): PlayedTask {
  const { network } = policy;
  const observer = network.observe(costed);
  const unit = unitOf(costed);
  const player = network.architecture.inCore
    ? corePlayer(costed, options, policy)
    : hostedPlayer(tf, costed, options, { network, unit });
  return {
    player,
    observer,
    unit,
    dispose: () => {
      player.dispose();
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
