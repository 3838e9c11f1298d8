/** What changes how PPO plays and learns, and its standards. */

/** Numbers that a run is made with; the same and the same seed give the same curve. */
export interface PpoOptions {
  /** Games that are played with the same weights, one after the other. */
  readonly games: number;
  /** How often each of their positions is learned from; 0 never learns, which is the control. */
  readonly epochs: number;
  /** Positions in a step. */
  readonly batch: number;
  readonly learningRate: number;
  /** How far the chance of a move may go from what it was, as a ratio, and still be rewarded (ε). */
  readonly clip: number;
  /** λ of generalised advantage estimation. */
  readonly lambda: number;
  /** Weight of the policy's entropy. */
  readonly entropyWeight: number;
  /** Weight of the costs' loss beside the policy's. */
  readonly costWeight: number;
}

/** Where nothing else is asked for. */
export const standardOptions: PpoOptions = {
  games: 8,
  epochs: 1,
  batch: 16,
  learningRate: 2e-3,
  clip: 0.2,
  lambda: 0.6,
  entropyWeight: 0.01,
  costWeight: 1,
};
