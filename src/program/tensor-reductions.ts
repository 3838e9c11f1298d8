/** Sums, means, products and extremes along axes, and what is built of them. */
import type { Elementwise } from './elementwise-methods.ts';
import type { StructuralName } from './primitive.ts';
import { record } from './recording.ts';
import { type Axes, lengthOf, resolveAxes, upTo } from './tensor-axes.ts';
import { broadcastInDim, broadcastTo, sliceAxis, squeeze } from './tensor-shapes.ts';
import { literalTensor } from './values.ts';

/** Which axes a reduction is over. */
export interface ReductionOptions {
  /** One or several, negative from the end; all if left out. */
  readonly axes?: Axes;
  /** Whether the axes stay, with length 1; no if left out. */
  readonly keepdims?: boolean;
}

/** The axes of a reduction in ascending order. */
function reducedAxes(operation: string, x: Elementwise, axes?: Axes): number[] {
  if (axes === undefined) return upTo(x.shape.length);
  return resolveAxes(operation, x.shape, axes).sort((a, b) => a - b);
}

function reduce<T extends Elementwise>(
  operation: string,
  name: StructuralName,
  x: T,
  { axes, keepdims = false }: ReductionOptions,
): T {
  const { shape } = x;
  const dropped = reducedAxes(operation, x, axes);
  if (dropped.length === 0) return x;
  const reduced = record(x, name, [x], { axes: dropped });
  if (!keepdims) return reduced;
  return broadcastInDim(
    reduced,
    shape.map((length, axis) => (dropped.includes(axis) ? 1 : length)),
    upTo(shape.length).filter((axis) => !dropped.includes(axis)),
  );
}

/** Sum over axes; with keepdims a `broadcast` puts them back with length 1. */
export function sum<T extends Elementwise>(x: T, options: ReductionOptions = {}): T {
  return reduce('sum', 'sum', x, options);
}

/** Mean over axes: the sum divided by the number of elements. */
export function mean<T extends Elementwise>(x: T, options: ReductionOptions = {}): T {
  const axes = reducedAxes('mean', x, options.axes);
  const count = axes.reduce((product, axis) => product * lengthOf(x.shape, axis), 1);
  return axes.length === 0 ? x : reduce('mean', 'sum', x, options).div(count);
}

/** Largest element over axes; tied elements share the derivative equally. */
export function reduceMax<T extends Elementwise>(x: T, options: ReductionOptions = {}): T {
  return reduce('max', 'reduceMax', x, options);
}

/** Smallest element over axes; tied elements share the derivative equally. */
export function reduceMin<T extends Elementwise>(x: T, options: ReductionOptions = {}): T {
  return reduce('min', 'reduceMin', x, options);
}

/**
 * Product over axes, made of slices and multiplications, so that its derivatives are right where
 * elements are 0. n slices and n − 1 multiplications an axis of length n.
 */
export function prod<T extends Elementwise>(x: T, options: ReductionOptions = {}): T {
  const axes = reducedAxes('prod', x, options.axes);
  let product = x;
  for (const axis of axes) {
    const length = lengthOf(product.shape, axis);
    if (length === 0) {
      const shape = product.shape.map((own, k) => (k === axis ? 1 : own));
      product = broadcastTo(x.another(undefined, literalTensor([], [1])), shape);
    } else if (length > 1) {
      const whole = product;
      product = upTo(length)
        .map((k) => sliceAxis(whole, axis, k, k + 1))
        .reduce((left, right) => left.mul(right));
    }
  }
  return options.keepdims === true ? product : squeeze(product, axes);
}

/** The largest element over axes, kept as axes of length 1 and taken as a constant. */
export function shift<T extends Elementwise>(x: T, axes: Axes | undefined): T {
  return reduceMax(x, { ...(axes !== undefined && { axes }), keepdims: true }).stopGradient();
}

/** log Σ exp over axes; exact for large elements, which are shifted by the largest. */
export function logsumexp<T extends Elementwise>(x: T, options: ReductionOptions = {}): T {
  const axes = reducedAxes('logsumexp', x, options.axes);
  const largest = shift(x, axes);
  const total = sum(x.sub(largest).exp(), { ...options, axes }).log();
  return total.add(options.keepdims === true ? largest : squeeze(largest, axes));
}
