/**
 * The loss of a perceptron with one hidden layer, layer normalisation and tanh (Lohoff and Neftci,
 * Optimizing automatic differentiation with deep reinforcement learning, arXiv 2406.05027, task
 * "Perceptron"): softmax cross-entropy of tanh(W₂ norm(tanh(W₁ x + b₁)) + b₂) against the labels y.
 * The paper maps it over a batch of one point, so x and y are rows.
 */
import { dotGeneral, tanh, transpose } from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';
import { asColumn, asRow, layerNorm, softmaxCrossEntropy } from './layers.ts';
import { seededNumbers, tensorTask } from './tensor-task.ts';

type Arguments = Readonly<Record<'x' | 'y' | 'W1' | 'b1' | 'W2' | 'b2' | 'gamma' | 'beta', Traced>>;

/** W x + b for every row x of a batch: (W xᵀ)ᵀ + b. */
function affine(W: Traced, x: Traced, b: Traced): Traced {
  return transpose(dotGeneral(W, x, [[[1], [1]]])).add(asRow(b));
}

function loss({ x, y, W1, b1, W2, b2, gamma, beta }: Arguments) {
  const hidden = layerNorm(tanh(affine(W1, x, b1)), gamma, beta, asColumn);
  return { loss: softmaxCrossEntropy(tanh(affine(W2, hidden, b2)), y) };
}

/** The paper's task. */
export const perceptron = tensorTask({
  name: 'Perceptron',
  suite: 'paper',
  source: 'Loss of a two-layer perceptron (Lohoff and Neftci, arXiv 2406.05027)',
  trace: loss,
  // The paper draws weights at random too, but takes gamma = 0, which would make most of the
  // Jacobian vanish.
  inputs: {
    x: { shape: [1, 4], sample: [1, 1, 1, 1] },
    y: { shape: [1, 4], sample: seededNumbers(11, 4, -1, 1) },
    W1: { shape: [8, 4], sample: seededNumbers(12, 32, -1, 1) },
    b1: { shape: [8], sample: seededNumbers(13, 8, -1, 1) },
    W2: { shape: [4, 8], sample: seededNumbers(14, 32, -1, 1) },
    b2: { shape: [4], sample: seededNumbers(15, 4, -1, 1) },
    gamma: { shape: [], sample: [0.8] },
    beta: { shape: [], sample: [0.1] },
  },
  publishedFigures: { forward: 10930, reverse: 392, markowitz: 4796, published: 389 },
  publishedOrder: [
    21, 29, 17, 15, 3, 28, 25, 30, 19, 34, 13, 8, 12, 36, 38, 31, 37, 35, 27, 33, 10, 32, 26, 20,
    24, 23, 22, 18, 16, 14, 11, 9, 7, 6, 5, 4, 2, 1,
  ],
});
