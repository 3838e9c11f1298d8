/**
 * Generalised advantage estimation (Schulman, Moritz, Levine, Jordan and Abbeel, High-dimensional
 * continuous control using generalized advantage estimation, ICLR 2016, equation 16) along one game
 * that came to its end, without discounting, because every game of a graph has the same number of
 * moves and what counts is the sum of their costs:
 *
 *   Â_t = Σ_{l ≥ 0} λ^l · δ_{t+l},   δ_t = r_t + V(s_{t+1}) − V(s_t),   V(end) = 0.
 *
 * λ = 1 gives what the rest really brought less what was expected of it, λ = 0 what one move changed.
 */

/**
 * Advantages of all moves of a game. O(moves).
 * @param rewards [moves]
 * @param values [moves]: what was expected of the rest before each move
 */
export function advantagesOf(
  rewards: ArrayLike<number>,
  values: ArrayLike<number>,
  lambda: number,
): Float64Array {
  const advantages = new Float64Array(rewards.length);
  let later = 0;
  let next = 0;
  for (let move = rewards.length - 1; move >= 0; move -= 1) {
    const value = values[move] ?? 0;
    later = (rewards[move] ?? 0) + next - value + lambda * later;
    advantages[move] = later;
    next = value;
  }
  return advantages;
}

/** Shifted and scaled to mean 0 and standard deviation 1; where all are equal, zeros. */
export function standardised(advantages: readonly number[]): readonly number[] {
  const number = Math.max(1, advantages.length);
  const mean = advantages.reduce((sum, one) => sum + one, 0) / number;
  const variance = advantages.reduce((sum, one) => sum + (one - mean) ** 2, 0) / number;
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  return advantages.map((one) => scale * (one - mean));
}
