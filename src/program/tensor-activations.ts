/** Layers of networks as functions of tensors, built of the other operations. */
import type { Elementwise } from './elementwise-methods.ts';
import type { Operable } from './recording.ts';
import type { Axes } from './tensor-axes.ts';
import { mean, shift, sum } from './tensor-reductions.ts';

/** Which axes a normalisation is over. */
export interface AxesOption {
  /** One or several, negative from the end; the last if left out. */
  readonly axes?: Axes;
}

/**
 * exp(x) / Σ exp(x) over the axes; large elements are shifted by the largest. The equations are
 * those of jax.nn.softmax.
 */
export function softmax<T extends Elementwise>(x: T, { axes = -1 }: AxesOption = {}): T {
  const unnormalised = x.sub(shift(x, axes)).exp();
  return unnormalised.div(sum(unnormalised, { axes, keepdims: true }));
}

/** Logarithm of the softmax, exact where that is near 0. */
export function logSoftmax<T extends Elementwise>(x: T, { axes = -1 }: AxesOption = {}): T {
  const shifted = x.sub(shift(x, axes));
  return shifted.sub(sum(shifted.exp(), { axes, keepdims: true }).log());
}

/** Settings of `layerNorm`. */
export interface LayerNormOptions extends AxesOption {
  /** Added to the variance; 1e-5 if left out. */
  readonly epsilon?: number;
  /** What the normalised value is multiplied by; nothing if left out. */
  readonly scale?: Operable;
  /** What is added in the end; nothing if left out. */
  readonly offset?: Operable;
}

/** (x − mean) / √(variance + ε) · scale + offset over the axes (Ba, Kiros and Hinton 2016). */
export function layerNorm<T extends Elementwise>(x: T, options: LayerNormOptions = {}): T {
  const { axes = -1, epsilon = 1e-5, scale, offset } = options;
  const centred = x.sub(mean(x, { axes, keepdims: true }));
  const variance = mean(centred.square(), { axes, keepdims: true });
  let result = centred.div(variance.add(epsilon).sqrt());
  if (scale !== undefined) result = result.mul(scale);
  return offset === undefined ? result : result.add(offset);
}

/** max(x, 0); its derivative at 0 is ½. */
export function relu<T extends Elementwise>(x: T): T {
  return x.maximum(0);
}

/** x · sigmoid(x). */
export function silu<T extends Elementwise>(x: T): T {
  return x.mul(x.sigmoid());
}

/** Settings of `gelu`. */
export interface GeluOptions {
  /** Whether the normal distribution is approximated with tanh; no if left out. */
  readonly approximate?: boolean;
}

/** x · Φ(x), Φ the normal distribution (Hendrycks and Gimpel 2016, with their approximation). */
export function gelu<T extends Elementwise>(x: T, { approximate = false }: GeluOptions = {}): T {
  if (!approximate) return x.mul(0.5).mul(x.mul(-Math.SQRT1_2).erfc());
  const inner = x.add(x.pow(3).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
  return x.mul(0.5).mul(inner.tanh().add(1));
}
