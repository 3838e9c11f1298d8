/**
 * Adam (Kingma and Ba, ICLR 2015, algorithm 1) on a flat list of weights in plain numbers: its whole
 * state is three lists and a count, so that a training that was stopped goes on to the last bit.
 * TensorFlow.js's own keeps running powers that it does not give away.
 */

/** What Adam remembers. */
export interface AdamState {
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly steps: number;
}

/** How it goes. */
export interface AdamOptions {
  readonly rate: number;
  /** Gradients of a larger norm are scaled down to it. */
  readonly mostNorm: number;
}

const decayFirst = 0.9;
const decaySecond = 0.999;
const epsilon = 1e-8;

/** Before the first step. */
export function startAdam(weights: number): AdamState {
  return { first: new Float32Array(weights), second: new Float32Array(weights), steps: 0 };
}

/** One step: moves `weights` and returns what to remember. O(weights). */
export function stepAdam(
  weights: Float32Array,
  gradient: Float32Array,
  state: AdamState,
  { rate, mostNorm }: AdamOptions,
): AdamState {
  const { first, second } = state;
  const steps = state.steps + 1;
  const norm = Math.sqrt(gradient.reduce((sum, one) => sum + one * one, 0));
  const scale = norm > mostNorm ? mostNorm / norm : 1;
  const correctFirst = 1 - decayFirst ** steps;
  const correctSecond = 1 - decaySecond ** steps;
  for (let index = 0; index < weights.length; index += 1) {
    const slope = scale * (gradient[index] ?? 0);
    const mean = decayFirst * (first[index] ?? 0) + (1 - decayFirst) * slope;
    const square = decaySecond * (second[index] ?? 0) + (1 - decaySecond) * slope * slope;
    first[index] = mean;
    second[index] = square;
    const move = mean / correctFirst / (Math.sqrt(square / correctSecond) + epsilon);
    weights[index] = (weights[index] ?? 0) - rate * move;
  }
  return { first, second, steps };
}
