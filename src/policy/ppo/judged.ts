/**
 * Games whose return is what a judge says of the whole order, a measured run time for one. Told at the end
 * alone it would hardly reach the first of a hundred moves, so it is shared out among the moves, to each
 * the same: the return of the game is the judge's, and so is the best policy (return-equivalent
 * redistribution: Arjona-Medina et al., RUDDER, NeurIPS 2019, theorem 1). Which move of a game was the good one
 * nobody says; that shows over many games. Shares by what moves cost under a cost model would teach
 * faster where it and the judge agree, and taught the cost model's way where they do not.
 */
import type { Rollout } from './rollout.ts';

/**
 * A game with another return.
 * @param cost what the judge says of the order, in units
 * @returns the game with rewards that add up to −cost
 */
export function judgedRollout(rollout: Rollout, cost: number): Rollout {
  const { order, count, moves } = rollout;
  return { order, count, moves: moves.map((move) => ({ ...move, reward: -cost / moves.length })) };
}
