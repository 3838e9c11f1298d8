/** A graph that AlphaZero learns from: what observes it and its unit, made once. */
import type { CostedGraph } from '../../cost/types.ts';
import type { PolicyNetwork, PositionObserver } from '../networks/policy-network.ts';
import { unitOf } from '../unit.ts';

/** A graph in play. */
export interface PlayedTask {
  /** Walks along orders that were played, for what the network is told of them. */
  readonly observer: PositionObserver;
  /** What one unit of cost is in the cost model. */
  readonly unit: number;
}

/**
 * Loads a graph, with a core of its own; who asks has to dispose of the observer.
 * @throws UserError for graphs of more than 4,096 vertices, and for those that the network can't take
 */
export function loadTask(costed: CostedGraph, network: PolicyNetwork): PlayedTask {
  return { observer: network.observe(costed), unit: unitOf(costed) };
}
