/**
 * The default network on TensorFlow.js (its formulas: assembly/network.ts), as a function of one flat
 * list of weights, so that a gradient is one tensor. Sums over neighbours are sparse: the gradient of a
 * sum along edges is the sum against them. All matrix products are of plain matrices, also in
 * gradients, because products of transposed ones are slow on the WebAssembly back end.
 *
 * Call everything inside `tf.tidy`. O(N·7,000) multiplications forwards, about three times that with
 * gradients.
 */
import { networkSizes, weightParts } from '../../../core/network-types.ts';
import { byName, productWithGradient } from '../matrices.ts';
import type { Neighbours, PositionBatch } from './position-batch.ts';
import type { Tensor1D, Tensor2D, TensorFlow } from '../../tensorflow.ts';

/** Exponents of costs are held to ± this, as in the core. */
export const mostExponent = 16;

/** What the network says of each row of a batch. */
export interface NetworkOutput {
  /** [N] */
  readonly logits: Tensor1D;
  /** [N]: logarithms of the expected costs in units, held to ± 16. */
  readonly logCosts: Tensor1D;
}

/** Neighbours as tensors. */
interface NeighbourTensors {
  readonly sources: Tensor1D;
  readonly targets: Tensor1D;
  /** [N, 1] */
  readonly factors: Tensor2D;
}

/** A batch as tensors: made before a gradient is asked for, because gradients need them later. */
export interface BatchTensors {
  readonly rows: number;
  readonly features: Tensor2D;
  readonly predecessors: NeighbourTensors;
  readonly successors: NeighbourTensors;
}

/** Moves a batch to TensorFlow.js. */
export function batchTensors(tf: TensorFlow, batch: PositionBatch): BatchTensors {
  const neighbours = ({ sources, targets, factors }: Neighbours): NeighbourTensors => ({
    sources: tf.tensor1d(sources, 'int32'),
    targets: tf.tensor1d(targets, 'int32'),
    factors: tf.tensor2d(factors, [batch.rows, 1]),
  });
  return {
    rows: batch.rows,
    features: tf.tensor2d(batch.features, [batch.rows, networkSizes.features]),
    predecessors: neighbours(batch.predecessors),
    successors: neighbours(batch.successors),
  };
}

/** Means over neighbours, and back. */
function meansOver(
  tf: TensorFlow,
  along: NeighbourTensors,
  against: NeighbourTensors,
): (hidden: Tensor2D) => Tensor2D {
  const rows = along.factors.shape[0];
  const sums = (x: Tensor2D, { sources, targets }: NeighbourTensors): Tensor2D => {
    const closed = tf.concat([x, tf.zeros([1, networkSizes.width])]);
    const all = tf.sparse.sparseSegmentSum(closed, sources, targets) as Tensor2D;
    return tf.slice(all, [0, 0], [rows, networkSizes.width]);
  };
  const sum = tf.customGrad((x) => ({
    value: sums(x as Tensor2D, along),
    gradFunc: (upstream) => sums(upstream as Tensor2D, against),
  }));
  return (hidden) => tf.mul(sum(hidden), along.factors);
}

/** Evaluates all rows of a batch. */
export function evaluateBatch(
  tf: TensorFlow,
  weights: readonly Tensor2D[],
  batch: BatchTensors,
): NetworkOutput {
  const part = byName(weights, weightParts);
  const product = productWithGradient(tf);
  const dense = (x: Tensor2D, name: string): Tensor2D =>
    tf.relu(tf.add(product(x, part(`${name}.matrix`)), part(`${name}.bias`)));
  const { features } = batch;
  const before = meansOver(tf, batch.predecessors, batch.successors);
  const after = meansOver(tf, batch.successors, batch.predecessors);
  let hidden = dense(features, 'embedding');
  for (let round = 0; round < networkSizes.rounds; round += 1) {
    const joined = tf.concat([hidden, before(hidden), after(hidden)], 1);
    hidden = tf.add(hidden, dense(joined, `round${round}`));
  }
  const head = (name: string): Tensor1D => {
    const fromHidden = product(hidden, part(`${name}.hidden`));
    const fromFeatures = product(features, part(`${name}.features`));
    const sum = tf.add(tf.add(fromHidden, fromFeatures), part(`${name}.bias`));
    return tf.reshape(sum, [batch.rows]);
  };
  return {
    logits: head('policy'),
    logCosts: tf.clipByValue(head('cost'), -mostExponent, mostExponent),
  };
}
