/**
 * The operations as functions of traced values and numbers, in any mixture: `sin(x)`, `sub(1, x)`.
 * With numbers alone they give numbers, so that one function serves tracing and plain evaluation.
 * Tensors are combined element by element, with NumPy's broadcasting.
 */
import type { BinaryName, UnaryName } from './primitive.ts';
import { applyElementwise } from './recording.ts';
import { reduceMax, reduceMin, type ReductionOptions } from './tensor-reductions.ts';
import { Traced, type Value } from './traced.ts';

export {
  gelu,
  type GeluOptions,
  layerNorm,
  type LayerNormOptions,
  logSoftmax,
  relu,
  silu,
  softmax,
} from './tensor-activations.ts';
export { eye, full, type NestedNumbers, ones, tensor, zeros } from './tensor-constants.ts';
export {
  dot,
  dotGeneral,
  type DimensionNumbers,
  einsum,
  matmul,
  outer,
} from './tensor-products.ts';
export { logsumexp, mean, prod, type ReductionOptions, sum } from './tensor-reductions.ts';
export {
  at,
  broadcastInDim,
  broadcastTo,
  concatenate,
  expandDims,
  type Index,
  reshape,
  slice,
  split,
  squeeze,
  stack,
  transpose,
} from './tensor-shapes.ts';
export { vmap, type VmapOptions } from './vmap.ts';

/** f(x) */
export interface UnaryOperation {
  (x: number): number;
  (x: Traced): Traced;
  (x: Value): Value;
}

/** f(x, y) */
export interface BinaryOperation {
  (x: number, y: number): number;
  (x: Traced, y: Value): Traced;
  (x: Value, y: Traced): Traced;
  (x: Value, y: Value): Value;
}

/** f(a, b, c) */
export interface TernaryOperation {
  (a: number, b: number, c: number): number;
  (a: Traced, b: Value, c: Value): Traced;
  (a: Value, b: Traced, c: Value): Traced;
  (a: Value, b: Value, c: Traced): Traced;
  (a: Value, b: Value, c: Value): Value;
}

/** f(x, y) of two values element by element; f(x) or f(x, options) along axes of a tensor. */
export interface ExtremeOperation extends BinaryOperation {
  (x: number): number;
  (x: Traced, options?: ReductionOptions): Traced;
}

// Results are numbers for numbers and traced otherwise, which applyElementwise sees to and the
// overloads say.
const unary = (name: UnaryName) => ((x: Value) => applyElementwise(name, [x])) as UnaryOperation;
const binary = (name: BinaryName) =>
  ((x: Value, y: Value) => applyElementwise(name, [x, y])) as BinaryOperation;

/** −x. */
export const neg = unary('neg');
/** Square root. */
export const sqrt = unary('sqrt');
/** Cube root. */
export const cbrt = unary('cbrt');
/** e to the power x. */
export const exp = unary('exp');
/** exp(x) − 1, exact near 0. */
export const expm1 = unary('expm1');
/** Natural logarithm. */
export const log = unary('log');
/** log(1 + x), exact near 0. */
export const log1p = unary('log1p');
/** Logarithm to base 2. */
export const log2 = unary('log2');
/** Logarithm to base 10. */
export const log10 = unary('log10');
/** 1 / (1 + exp(−x)). */
export const sigmoid = unary('sigmoid');
/** Sine. */
export const sin = unary('sin');
/** Cosine. */
export const cos = unary('cos');
/** Tangent. */
export const tan = unary('tan');
/** Inverse sine. */
export const asin = unary('asin');
/** Inverse cosine. */
export const acos = unary('acos');
/** Inverse tangent. */
export const atan = unary('atan');
/** Hyperbolic sine. */
export const sinh = unary('sinh');
/** Hyperbolic cosine. */
export const cosh = unary('cosh');
/** Hyperbolic tangent. */
export const tanh = unary('tanh');
/** Inverse hyperbolic sine. */
export const asinh = unary('asinh');
/** Inverse hyperbolic cosine. */
export const acosh = unary('acosh');
/** Inverse hyperbolic tangent. */
export const atanh = unary('atanh');
/** Error function. */
export const erf = unary('erf');
/** 1 − erf(x), exact where erf is near 1. */
export const erfc = unary('erfc');
/** Absolute value; its derivative at 0 is 0. */
export const abs = unary('abs');
/** −1, 0 or 1, without derivative. */
export const sign = unary('sign');
/** x, taken as a constant by differentiation. */
export const stopGradient = unary('stopGradient');
/** A copy of x, which is a vertex of its own. */
export const convert = unary('convert');
/** x + y. */
export const add = binary('add');
/** x − y. */
export const sub = binary('sub');
/** x · y. */
export const mul = binary('mul');
/** x / y. */
export const div = binary('div');
/** The smaller of both; at a tie each gets half of the derivative. */
export const minimum = binary('min');
/** The larger of both; at a tie each gets half of the derivative. */
export const maximum = binary('max');

const extreme = (elementwise: BinaryOperation, reduce: typeof reduceMax) =>
  ((x: Value, y?: Value | ReductionOptions) => {
    if (y instanceof Traced || typeof y === 'number') return elementwise(x, y);
    return typeof x === 'number' ? x : reduce(x, y);
  }) as ExtremeOperation;

/** The smaller of two values, or the smallest element of one along axes; ties share the derivative. */
export const min = extreme(minimum, reduceMin);
/** The larger of two values, or the largest element of one along axes; ties share the derivative. */
export const max = extreme(maximum, reduceMax);
/** 1 if x < y, else 0. */
export const lt = binary('lt');
/** 1 if x ≤ y, else 0. */
export const le = binary('le');
/** 1 if x > y, else 0. */
export const gt = binary('gt');
/** 1 if x ≥ y, else 0. */
export const ge = binary('ge');
/** 1 if x = y, else 0. */
export const eq = binary('eq');
/** 1 if x ≠ y, else 0. */
export const ne = binary('ne');
/** Angle of the point (x, y), in (−π, π]; the first operand is y. */
export const atan2 = binary('atan2');
/** `a` where the condition is not 0, else `b`. */
export const where = ((condition: Value, a: Value, b: Value) =>
  applyElementwise('where', [condition, a, b])) as TernaryOperation;
/** x to the power y; a traced x to an integer number is `integerPow`, which is not differentiated by. */
export const pow = ((x: Value, y: Value) =>
  x instanceof Traced ? x.pow(y) : applyElementwise('pow', [x, y])) as BinaryOperation;
/** x² */
export const square = ((x: Value) =>
  applyElementwise('integerPow', [x], { exponent: 2 })) as UnaryOperation;
/** 1 / x */
export const reciprocal = ((x: Value) => applyElementwise('div', [1, x])) as UnaryOperation;
