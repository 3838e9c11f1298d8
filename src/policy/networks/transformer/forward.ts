/**
 * The transformer's forward pass on TensorFlow.js; transformer.ts says what it computes. Tokens of all
 * positions are the rows of one matrix; only attention looks at positions one by one, in products of
 * lists of matrices.
 */
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, TensorFlow } from '../../tensorflow.ts';
import { byName, productsWithGradient, productWithGradient } from '../matrices.ts';
import {
  headWidth,
  type TransformerFrame,
  transformerParts,
  type TransformerShape,
  windowCount,
} from './sizes.ts';

/** Beside a variance, so that nothing is divided by 0. */
export const epsilon = 1e-5;

/** A batch as tensors; observation.ts says what is in them. */
export interface AdjacencyTensors {
  readonly positions: number;
  /** [P · W, windowLength] */
  readonly windows: Tensor2D;
  /** [P · heads, 1, V] */
  readonly hidden: Tensor3D;
  /** [P · V, width] */
  readonly places: Tensor2D;
}

/** What the network says of each column of each position. */
export interface TokenOutput {
  /** [P · V, 1] */
  readonly logits: Tensor2D;
  /** [P]: the transformed value of each position. */
  readonly values: Tensor1D;
}

/**
 * Sines and cosines of the places 0 … V − 1, [V, width] (Vaswani et al., Attention is all you need,
 * 2017, section 3.5).
 */
export function placeCodes(vertices: number, width: number): Float32Array {
  return Float32Array.from({ length: vertices * width }, (_, index) => {
    const place = Math.floor(index / width);
    const channel = index % width;
    const angle = place / 10_000 ** ((channel - (channel % 2)) / width);
    return channel % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}

/** The pieces of a forward pass with these weights. */
function pieces(
  tf: TensorFlow,
  weights: readonly Tensor2D[],
  shape: TransformerShape,
  frame: TransformerFrame,
) {
  const part = byName(weights, transformerParts(shape, frame));
  const product = productWithGradient(tf);
  const products = productsWithGradient(tf);
  const { vertices } = frame;
  const { heads, layers } = shape;
  const own = headWidth(shape);

  const swish = (x: Tensor2D): Tensor2D => tf.mul(x, tf.sigmoid(x));
  const normalised = (x: Tensor2D, name: string): Tensor2D => {
    const centred = tf.sub(x, tf.mean(x, 1, true));
    const variance = tf.mean(tf.square(centred), 1, true);
    const scaled = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
    return tf.add(tf.mul(scaled, part(`${name}.scale`)), part(`${name}.bias`));
  };

  const attention = (x: Tensor2D, name: string, hidden: Tensor3D): Tensor2D => {
    const positions = hidden.shape[0] / heads;
    /** [P · heads, V, own] or, transposed, [P · heads, own, V]. */
    const byHead = (kind: string, order: readonly [number, number, number, number]): Tensor3D => {
      const all = tf.reshape(product(x, part(`${name}.${kind}`)), [
        positions,
        vertices,
        heads,
        own,
      ]);
      const moved = tf.transpose(all, [...order]);
      return tf.reshape(moved, [positions * heads, moved.shape[2] ?? 0, moved.shape[3] ?? 0]);
    };
    const query = byHead('query', [0, 2, 1, 3]);
    const key = byHead('key', [0, 2, 3, 1]);
    const value = byHead('value', [0, 2, 1, 3]);
    const scores: Tensor = tf.add(tf.mul(products(query, key), 1 / Math.sqrt(own)), hidden);
    const seen = products(tf.softmax(scores) as Tensor3D, value);
    const together = tf.transpose(
      tf.reshape(seen, [positions, heads, vertices, own]),
      [0, 2, 1, 3],
    );
    const rows: Tensor2D = tf.reshape(together, [positions * vertices, heads * own]);
    return product(rows, part(`${name}.output`));
  };

  const gated = (x: Tensor2D, name: string): Tensor2D => {
    const gate = swish(product(x, part(`${name}.gate`)));
    return product(tf.mul(gate, product(x, part(`${name}.up`))), part(`${name}.down`));
  };

  return {
    embed: (windows: Tensor2D, positions: number): Tensor2D => {
      const count = windowCount(frame);
      const embedded = tf.add(product(windows, part('embedding.matrix')), part('embedding.bias'));
      const turned = tf.transpose(tf.reshape(embedded, [positions, count, vertices]), [0, 2, 1]);
      return product(tf.reshape(turned, [positions * vertices, count]), part('projection'));
    },
    encode: (tokens: Tensor2D, hidden: Tensor3D): Tensor2D => {
      let x = tokens;
      for (let layer = 0; layer < layers; layer += 1) {
        const name = `layer${layer}`;
        x = tf.add(x, attention(normalised(x, `${name}.attention`), name, hidden));
        x = tf.add(x, gated(normalised(x, `${name}.gated`), name));
      }
      return x;
    },
    head: (x: Tensor2D, name: string, between: readonly number[]): Tensor2D => {
      let y = x;
      for (let index = 0; index <= between.length; index += 1) {
        const line = `${name}${index}`;
        y = tf.add(product(y, part(`${line}.matrix`)), part(`${line}.bias`));
        if (index < between.length) y = swish(y);
      }
      return y;
    },
  };
}

/** Evaluates all tokens of a batch. About 50 million multiplications a position of a hundred vertices. */
export function evaluateTokens(
  tf: TensorFlow,
  weights: readonly Tensor2D[],
  { positions, windows, hidden, places }: AdjacencyTensors,
  { shape, frame }: { readonly shape: TransformerShape; readonly frame: TransformerFrame },
): TokenOutput {
  const { embed, encode, head } = pieces(tf, weights, shape, frame);
  const encoded = encode(tf.add(embed(windows, positions), places), hidden);
  const shares = tf.reshape(head(encoded, 'value', shape.value), [positions, frame.vertices]);
  return { logits: head(encoded, 'policy', shape.policy), values: tf.mean(shares, 1) };
}
