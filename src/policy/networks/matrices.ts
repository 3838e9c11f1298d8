/**
 * Pieces that networks on TensorFlow.js are made of. All matrix products are of plain matrices, also in
 * gradients, because products of transposed ones are slow on the WebAssembly back end.
 */
import type { WeightPart } from '../../core/network-types.ts';
import type { Tensor1D, Tensor2D, TensorFlow } from '../tensorflow.ts';

/** The parts of a flat list of weights as matrices, by name. */
export function weightMatrices(
  tf: TensorFlow,
  weights: Tensor1D,
  parts: readonly WeightPart[],
): (name: string) => Tensor2D {
  let next = 0;
  const matrices = new Map<string, Tensor2D>();
  for (const { name, rows, columns } of parts) {
    const part = tf.slice(weights, [next], [rows * columns]);
    matrices.set(name, tf.reshape(part, [rows, columns]));
    next += rows * columns;
  }
  return (name) => {
    const found = matrices.get(name);
    if (found === undefined) throw new Error(`the network has no part ${name}`);
    return found;
  };
}

/** The product of two matrices. */
export function productWithGradient(tf: TensorFlow): (x: Tensor2D, w: Tensor2D) => Tensor2D {
  return tf.customGrad<Tensor2D>((left, right, save) => {
    const [x, w] = [left as Tensor2D, right as Tensor2D];
    if (typeof save === 'function') save([x, w]);
    return {
      value: tf.matMul(x, w),
      gradFunc: (upstream, saved) => {
        const [input, weights] = saved as [Tensor2D, Tensor2D];
        return [
          tf.matMul(upstream, tf.transpose(weights)),
          tf.matMul(tf.transpose(input), upstream),
        ];
      },
    };
  });
}

/** Rows of another matrix by index; `inverse` says for each row of the matrix where it went. */
export function rearrange(
  tf: TensorFlow,
  matrix: Tensor2D,
  index: Tensor1D,
  inverse: Tensor1D,
): Tensor2D {
  const gather = tf.customGrad((x) => ({
    value: tf.gather(x as Tensor2D, index),
    gradFunc: (upstream) => tf.gather(upstream as Tensor2D, inverse),
  }));
  return gather(matrix) as Tensor2D;
}
