/**
 * Pieces that networks on TensorFlow.js are made of. All matrix products are of plain matrices, also in
 * gradients, because products of transposed ones are slow on the WebAssembly back end.
 */
import type { WeightPart } from '../../core/network-types.ts';
import type { Tensor1D, Tensor2D, Tensor3D, TensorFlow } from '../tensorflow.ts';

/**
 * The parts of a flat list of weights, a matrix each: cut before they are moved to TensorFlow.js, because
 * a slice of a tensor reads all of it on the WebAssembly back end.
 */
export function weightMatrices(
  tf: TensorFlow,
  weights: Float32Array,
  parts: readonly WeightPart[],
): readonly Tensor2D[] {
  let next = 0;
  return parts.map(({ rows, columns }) => {
    const part = weights.subarray(next, next + rows * columns);
    next += part.length;
    return tf.tensor2d(part, [rows, columns]);
  });
}

/** Matrices by the name of their part. */
export function byName(
  matrices: readonly Tensor2D[],
  parts: readonly WeightPart[],
): (name: string) => Tensor2D {
  const named = new Map(parts.map(({ name }, index) => [name, matrices[index]]));
  return (name) => {
    const found = named.get(name);
    if (found === undefined) throw new Error(`the network has no part ${name}`);
    return found;
  };
}

/** Products whose gradients are products with what `turned` makes of the factors. */
function productsOf<T extends Tensor2D | Tensor3D>(
  tf: TensorFlow,
  turned: (factor: T) => T,
): (x: T, y: T) => T {
  return tf.customGrad<T>((left, right, save) => {
    const [x, y] = [left as T, right as T];
    if (typeof save === 'function') save([x, y]);
    return {
      value: tf.matMul(x, y),
      gradFunc: (upstream, saved) => {
        const [own, other] = saved as [T, T];
        return [tf.matMul(upstream, turned(other)), tf.matMul(turned(own), upstream)];
      },
    };
  });
}

/** The product of two matrices. */
export function productWithGradient(tf: TensorFlow): (x: Tensor2D, w: Tensor2D) => Tensor2D {
  return productsOf(tf, (matrix: Tensor2D) => tf.transpose(matrix));
}

/** The products of two lists of matrices, [B, m, k] and [B, k, n]. */
export function productsWithGradient(tf: TensorFlow): (x: Tensor3D, y: Tensor3D) => Tensor3D {
  return productsOf(tf, (matrices: Tensor3D) => tf.transpose(matrices, [0, 2, 1]));
}

/**
 * Rows of another matrix by index; `inverse` says for each row of the matrix where it went, and for
 * one that went nowhere how many rows went.
 */
export function rearrange(
  tf: TensorFlow,
  matrix: Tensor2D,
  index: Tensor1D,
  inverse: Tensor1D,
): Tensor2D {
  const gather = tf.customGrad((x) => ({
    value: tf.gather(x as Tensor2D, index),
    gradFunc: (upstream) => {
      const rows = upstream as Tensor2D;
      return tf.gather(tf.concat([rows, tf.zeros([1, rows.shape[1]])]), inverse);
    },
  }));
  return gather(matrix) as Tensor2D;
}
