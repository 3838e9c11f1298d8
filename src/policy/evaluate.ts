/** What a network says of positions, in plain numbers: for games that are played outside of the core. */
import { weightMatrices } from './networks/matrices.ts';
import type { ObservedPosition, Policy } from './networks/policy-network.ts';
import type { TensorFlow } from './tensorflow.ts';

/** What a network says of one position. */
export interface PositionEvaluation {
  /** Of the vertices that remain, ascending; others may stand behind them. */
  readonly logits: Float32Array;
  /** What they are expected to cost together, in units. */
  readonly rest: number;
}

/** Evaluates positions together, at least one, none without vertices. Leaves no tensors behind. */
export function evaluatePositions(
  tf: TensorFlow,
  { network, weights }: Policy,
  positions: readonly ObservedPosition[],
): readonly PositionEvaluation[] {
  let evaluations: readonly PositionEvaluation[] = [];
  // What tidy returns is searched for tensors, number by number; so it returns nothing.
  tf.tidy(() => {
    const batch = network.batch(tf, positions);
    const output = batch.evaluate(weightMatrices(tf, weights, network.parts));
    const logits = output.logits.dataSync<'float32'>();
    const rests = output.rest().dataSync<'float32'>();
    evaluations = positions.map((_, index) => ({
      logits: logits.subarray(index * batch.longest, (index + 1) * batch.longest),
      rest: rests[index] ?? NaN,
    }));
  });
  return evaluations;
}
