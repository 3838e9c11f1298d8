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
  expandDims,
  log,
  mean,
  mul,
  neg,
  softmax,
  sqrt,
  square,
  sum,
} from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';

/** 10⁻⁶ as a 32-bit float, in which the paper's programs compute. */
const epsilon = 9.999999974752427e-7;

/** A vector as a matrix of one column: [n] to [n, 1]. */
export function asColumn(x: Traced): Traced {
  return expandDims(x, 1);
}

/** A vector as a matrix of one row, [n] to [1, n]: how NumPy fits a vector to a matrix. */
export function asRow(x: Traced): Traced {
  return expandDims(x, 0);
}

/** −Σⱼ labelsᵢⱼ log(softmax(logits)ᵢⱼ), one number a row. */
export function softmaxCrossEntropy(logits: Traced, labels: Traced): Traced {
  return neg(sum(mul(labels, log(softmax(logits))), { axes: 1 }));
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
  const mu = mean(x, { axes: 1 });
  const variance = mean(square(x.sub(spread(mu))), { axes: 1 });
  return x
    .sub(spread(mu))
    .div(spread(sqrt(variance.add(epsilon))))
    .mul(convert(gamma))
    .add(convert(beta));
}

/** x / (1 + exp(−x)) */
export function silu(x: Traced): Traced {
  return x.mul(div(1, add(1, exp(neg(x)))));
}
