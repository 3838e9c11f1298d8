/**
 * A game that PPO learns from: every move is drawn from the policy, in the core. Only vertices that
 * remain have a chance, so that no order is illegal and nothing has to be punished.
 */
import { exponentialOfMinus } from '../../core/portable.ts';
import type { NetworkPosition } from '../../core/network-types.ts';
import type { NetworkPlay } from '../../core/play-types.ts';
import { orderFromPositions } from '../../order/orders.ts';
import type { EliminationOrder } from '../../order/types.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { Random } from '../../support/random.ts';

/** A move as it was made. */
export interface RolloutMove {
  readonly position: NetworkPosition;
  /** Which of the vertices that remained was eliminated, by row. */
  readonly row: number;
  readonly logChance: number;
  /** What the rest was expected to bring before it, in units: minus the expected costs. */
  readonly value: number;
  /** Minus what it cost, in units. */
  readonly reward: number;
}

/** A game from the start to the end. */
export interface Rollout {
  readonly order: EliminationOrder;
  /** What the order costs. */
  readonly count: number;
  readonly moves: readonly RolloutMove[];
}

/** A choice by softmax: which, and the logarithm of its chance. */
export function drawByLogits(
  logits: ArrayLike<number>,
  random: Random,
): { readonly row: number; readonly logChance: number } {
  const all = Array.from(logits);
  const top = Math.max(...all);
  const weights = all.map((logit) => exponentialOfMinus(top - logit));
  const total = weights.reduce((sum, one) => sum + one, 0);
  let rest = random.next() * total;
  let row = weights.findIndex((weight) => (rest -= weight) < 0);
  // Rounding may leave something over behind the last one that has a chance.
  if (row < 0) row = weights.findLastIndex((weight) => weight > 0);
  return { row, logChance: Math.log((weights[row] ?? 0) / total) };
}

/** Plays a game from the start. O(moves) evaluations. */
export function playRollout(costed: CostedGraph, play: NetworkPlay, random: Random): Rollout {
  play.reset();
  const moves: RolloutMove[] = [];
  while (play.eliminated < play.length) {
    const position = play.networkPosition();
    const { logits, unit, rest, vertices } = position;
    const { row, logChance } = drawByLogits(logits, random);
    const vertex = vertices[row];
    if (vertex === undefined) throw new Error('a move that is none was drawn');
    const cost = play.eliminate(vertex);
    moves.push({ position, row, logChance, value: -rest / unit, reward: -cost / unit });
  }
  return { order: orderFromPositions(costed.graph, play.moves()), count: play.cost, moves };
}
