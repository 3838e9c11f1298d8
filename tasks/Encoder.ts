/**
 * The loss of two transformer encoder blocks on a sequence of four tokens, one a column (Vaswani et
 * al., Attention is all you need, arXiv 1706.03762; Lohoff and Neftci, Optimizing automatic
 * differentiation with deep reinforcement learning, arXiv 2406.05027, task "Encoder"): attention with
 * a residual connection, layer normalisation, and a layer with the activation x / (1 + exp(−x)).
 *
 * The paper's program departs from the text-book, and so does this: scores are not scaled by the
 * width; softmax(Qᵀ K) is multiplied by V from the right, so that values are mixed along the
 * features; and mean and deviation of row i are taken off column i, because NumPy fits a vector to a
 * matrix as a row.
 */
import { matmul, softmax, transpose } from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';
import { asRow, layerNorm, silu, softmaxCrossEntropy } from './layers.ts';
import { seededNumbers, tensorTask } from './tensor-task.ts';

type Weights = Readonly<Record<'WQ' | 'WK' | 'WV' | 'W' | 'b' | 'gamma' | 'beta', Traced>>;

type Arguments = Readonly<
  Record<
    | 'x'
    | 'y'
    | 'WQ1'
    | 'WQ2'
    | 'WK1'
    | 'WK2'
    | 'WV1'
    | 'WV2'
    | 'W1'
    | 'W2'
    | 'b1'
    | 'b2'
    | 'gamma1'
    | 'beta1'
    | 'gamma2'
    | 'beta2',
    Traced
  >
>;

/** softmax(qᵀ k) v */
function attention(q: Traced, k: Traced, v: Traced): Traced {
  return matmul(softmax(matmul(transpose(q), k)), v);
}

/** One block; `b` is a column, or a vector that fits as a row. */
function encoderBlock(x: Traced, { WQ, WK, WV, W, b, gamma, beta }: Weights): Traced {
  const q = matmul(WQ, x);
  const k = matmul(WK, x);
  const v = matmul(WV, x);
  const attended = layerNorm(x.add(attention(q, k, v)), gamma, beta, asRow);
  const product = matmul(W, attended);
  return silu(product.add(b.shape.length === 1 ? asRow(b) : b));
}

function loss(inputs: Arguments) {
  const { x, y, WQ1, WQ2, WK1, WK2, WV1, WV2, W1, W2, b1, b2 } = inputs;
  const { gamma1, beta1, gamma2, beta2 } = inputs;
  const first = { WQ: WQ1, WK: WK1, WV: WV1, W: W1, b: b1, gamma: gamma1, beta: beta1 };
  const second = { WQ: WQ2, WK: WK2, WV: WV2, W: W2, b: b2, gamma: gamma2, beta: beta2 };
  return { loss: softmaxCrossEntropy(encoderBlock(encoderBlock(x, first), second), y) };
}

const square = (seed: number) => ({ shape: [4, 4], sample: seededNumbers(seed, 16, -1, 1) });

/** The paper's task. */
export const encoder = tensorTask({
  name: 'Encoder',
  suite: 'paper',
  source: 'Loss of two transformer encoder blocks (Lohoff and Neftci, arXiv 2406.05027)',
  trace: loss,
  // The paper draws weights at random too, but takes x = 1, gamma = 0 and beta = 1, where the rows
  // tie, the deviation is 0 and most of the Jacobian vanishes.
  inputs: {
    x: square(21),
    y: { shape: [2, 4], sample: seededNumbers(22, 8, -1, 1) },
    WQ1: square(23),
    WQ2: square(24),
    WK1: square(25),
    WK2: square(26),
    WV1: square(27),
    WV2: square(28),
    W1: square(29),
    W2: { shape: [2, 4], sample: seededNumbers(30, 8, -1, 1) },
    b1: { shape: [4], sample: seededNumbers(31, 4, -1, 1) },
    b2: { shape: [2, 1], sample: seededNumbers(32, 2, -1, 1) },
    gamma1: { shape: [], sample: [0.8] },
    beta1: { shape: [], sample: [0.1] },
    gamma2: { shape: [], sample: [1.2] },
    beta2: { shape: [], sample: [-0.1] },
  },
  publishedFigures: { forward: 135010, reverse: 4688, markowitz: 51869, published: 4656 },
  publishedNotes: { markowitz: 'given by neither program; AlphaGrad gives 51896' },
  publishedOrder: [
    60, 81, 8, 59, 58, 41, 69, 85, 1, 46, 25, 51, 37, 17, 56, 22, 12, 75, 78, 82, 7, 66, 47, 64, 20,
    88, 65, 31, 38, 6, 63, 71, 87, 19, 90, 24, 80, 83, 27, 48, 77, 49, 29, 23, 76, 9, 79, 67, 61,
    26, 89, 86, 18, 34, 39, 84, 74, 70, 30, 36, 35, 72, 50, 73, 68, 62, 57, 28, 5, 55, 13, 11, 54,
    53, 43, 52, 45, 44, 42, 40, 33, 32, 21, 16, 15, 14, 3, 10, 4, 2,
  ],
});
