/** What changes how AlphaZero plays and learns, and its standards. */

/** Numbers that a run is made with; the same and the same seed give the same curve. */
export interface AlphaZeroOptions {
  /** Evaluations of the network before each move. */
  readonly simulations: number;
  /** Most moves considered at a position to move from. */
  readonly considered: number;
  /** Weight of values beside logits in the search (c_scale of Danihelka et al. 2022). */
  readonly scale: number;
  /** Games side by side in an episode. */
  readonly games: number;
  /** Steps of gradient descent after each episode; 0 never learns, which is the control. */
  readonly gradientSteps: number;
  /** Positions in a step. */
  readonly batch: number;
  readonly learningRate: number;
  /** Weight of the costs' loss beside the policy's. */
  readonly costWeight: number;
  /** Games to learn from, the last ones. */
  readonly replay: number;
  /** Share of positions taken from the best game instead (self-imitation), 0 … 1. */
  readonly imitation: number;
}

/** Where nothing else is asked for. */
export const standardOptions: AlphaZeroOptions = {
  simulations: 16,
  considered: 8,
  scale: 0.1,
  games: 1,
  gradientSteps: 12,
  batch: 16,
  learningRate: 2e-3,
  costWeight: 1,
  replay: 30,
  imitation: 0,
};
