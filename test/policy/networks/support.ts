/** Positions and targets by chance, for tests of networks. */
import type { CostedGraph } from '../../../src/cost/types.ts';
import type { TrainingPosition } from '../../../src/policy/alphazero/objective.ts';
import type {
  ObservedPosition,
  PolicyNetwork,
} from '../../../src/policy/networks/policy-network.ts';
import type { Random } from '../../../src/support/random.ts';

/** All positions of a game of moves by chance that have a vertex left. */
export function positionsOf(
  network: PolicyNetwork,
  costed: CostedGraph,
  random: Random,
): readonly ObservedPosition[] {
  const observer = network.observe(costed);
  const positions: ObservedPosition[] = [];
  for (;;) {
    const position = observer.observe();
    const vertex = position.vertices[random.integer(Math.max(1, position.vertices.length))];
    if (vertex === undefined) break;
    positions.push(position);
    observer.eliminate(vertex);
  }
  observer.dispose();
  return positions;
}

/** A position with targets by chance. */
export function exampleOf(position: ObservedPosition, random: Random): TrainingPosition {
  const weights = position.vertices.map(() => random.next() + 0.01);
  const total = weights.reduce((sum, one) => sum + one, 0);
  return {
    position,
    policy: Float32Array.from(weights, (one) => one / total),
    costs: Float32Array.from(weights, (one) => 6 * one),
  };
}
