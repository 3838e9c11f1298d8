/**
 * Layers of the paper's two neural networks, equation by equation as JAX prints them for the paper's
 * programs: every repetition of a tensor is a vertex, and what is used twice is repeated twice. All
 * tensors are matrices; statistics are taken along their rows (axis 1).
 */
import {
  add,
  convert,
  div,
  exp,
  log,
  mul,
  neg,
  sqrt,
  square,
  stopGradient,
} from '../src/program/ops.ts';
import {
  broadcastInDim,
  dotGeneral,
  reduceMax,
  reduceSum,
  transpose,
} from '../src/program/tensor-primitives.ts';
import type { Traced } from '../src/program/trace.ts';

/** 10⁻⁶ as a 32-bit float, in which the paper's programs compute. */
const epsilon = 9.999999974752427e-7;

/** A vector as a matrix of one column: [n] to [n, 1]. */
export function asColumn(x: Traced): Traced {
  return broadcastInDim(x, [...x.shape, 1], [0]);
}

/** A vector as a matrix of one row, [n] to [1, n]: how NumPy fits a vector to a matrix. */
export function asRow(x: Traced): Traced {
  return broadcastInDim(x, [1, ...x.shape], [1]);
}

/** a b */
export function matrixProduct(a: Traced, b: Traced): Traced {
  return dotGeneral(a, b, { contract: [[1], [0]] });
}

/** aᵀ */
export function transposed(a: Traced): Traced {
  return transpose(a, [1, 0]);
}

/** exp(xᵢⱼ) / Σₖ exp(xᵢₖ); the largest of a row is taken off first, as a constant. */
export function softmax(x: Traced): Traced {
  const largest = stopGradient(asColumn(reduceMax(x, [1])));
  const exponentials = exp(x.sub(largest));
  return exponentials.div(asColumn(reduceSum(exponentials, [1])));
}

/** −Σⱼ labelsᵢⱼ log(softmax(logits)ᵢⱼ), one number a row. */
export function softmaxCrossEntropy(logits: Traced, labels: Traced): Traced {
  return neg(reduceSum(mul(labels, log(softmax(logits))), [1]));
}

/**
 * γ (x − μ) / √(σ² + ε) + β with mean μ and variance σ² of the rows (Ba, Kiros and Hinton, Layer
 * Normalization, arXiv 1607.06450). γ and β are scalars here.
 * @param spread how one number a row becomes a matrix that fits x
 */
export function layerNorm(
  x: Traced,
  gamma: Traced,
  beta: Traced,
  spread: (statistic: Traced) => Traced,
): Traced {
  const length = x.shape[1] ?? 1;
  const mean = reduceSum(x, [1]).div(length);
  const variance = reduceSum(square(x.sub(spread(mean))), [1]).div(length);
  return x
    .sub(spread(mean))
    .div(spread(sqrt(variance.add(epsilon))))
    .mul(convert(gamma))
    .add(convert(beta));
}

/** x / (1 + exp(−x)) */
export function silu(x: Traced): Traced {
  return x.mul(div(1, add(1, exp(neg(x)))));
}
