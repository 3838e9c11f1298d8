/**
 * erf and erfc. Up to |x| = ½ an odd polynomial. Beyond, (1 + 2x)·exp(x²)·erfc(x) is a smooth function of
 * t = (x − k)/(x + k), between 1 and 1.3 (Shepherd and Laframboise, Chebyshev Approximation of
 * (1 + 2x)exp(x²)erfc x in 0 ≤ x < ∞, Math. Comp. 36, 1981; here a minimax polynomial). x² and the
 * quotient are double words, so that the exponential's argument is not rounded. erf in double precision goes
 * by a table instead (table-error-function.ts).
 */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import { ERROR_COMPLEMENT_F32, ERROR_COMPLEMENT_F64, ERROR_FUNCTION } from './coefficients.ts';
import {
  collapse,
  divide,
  fastTwoSum,
  multiply,
  twoProduct,
  type DoubleWord,
} from './double-word.ts';
import { exponentialExcess, reduceExponent } from './exponential.ts';
import { polynomial } from './polynomial.ts';
import { scale } from './rounding.ts';
import { tableErrorFunction } from './table-error-function.ts';
import type { LaneUnary } from './types.ts';

/** From here on erfc is 0, rounded, and the polynomial ends. */
const largest = { f64: 27.3, f32: 10.1 } as const;

/** k of t = (x − k)/(x + k). */
const middle = { f64: 3.75, f32: 2 } as const;

/** Up to here the odd polynomial is taken. */
const small = 0.5;

/** erfc(x)·2^−n as a double word, and n, for ½ ≤ x. */
function tail(b: LaneBuilder, size: LaneValue): DoubleWord & { readonly n: LaneValue } {
  const one = b.real(1);
  const clamped = b.binary('pseudoMin', size, b.real(largest[b.precision]));
  const x = b.binary('pseudoMax', clamped, b.real(small));
  const k = b.real(middle[b.precision]);
  const t = b.div(b.sub(x, k), b.add(x, k));
  const table = { f64: ERROR_COMPLEMENT_F64.f64, f32: ERROR_COMPLEMENT_F32.f32 };
  const factor = fastTwoSum(b, one, polynomial(b, table, t));

  const square = twoProduct(b, x, x);
  const { n, r } = reduceExponent(b, b.neg(square.high));
  const rest = b.sub(r.low, square.low);
  // exp(r + rest) = 1 + e + rest·(1 + e)
  const e = exponentialExcess(b, r.high);
  const lead = fastTwoSum(b, one, e);
  const bell = { high: lead.high, low: b.multiplyAdd(rest, lead.high, lead.low) };

  const twice = b.add(x, x);
  const denominator = fastTwoSum(b, twice, one);
  const quotient = divide(b, multiply(b, bell, factor), denominator);
  return { ...quotient, n: n.real };
}

/** erf x = x + x·P(x²), |x| ≤ ½ */
function smallErf(b: LaneBuilder, x: LaneValue): LaneValue {
  return b.multiplyAdd(x, polynomial(b, ERROR_FUNCTION, b.mul(x, x)), x);
}

/** Error function. */
export const erf: LaneUnary = (b, x) => {
  const size = b.abs(x);
  if (b.precision === 'f64') {
    const known = b.select(b.compare('eq', x, x), tableErrorFunction(b, size), x);
    return b.copysign(known, x);
  }
  const { high, low, n } = tail(b, size);
  const beyond = b.sub(b.real(1), b.add(scale(b, high, n), scale(b, low, n)));
  const isSmall = b.compare('le', size, b.real(small));
  const large = b.copysign(b.select(b.compare('eq', x, x), beyond, x), x);
  return b.select(isSmall, smallErf(b, x), large);
};

/** 1 − erf(x) without cancellation. */
export const erfc: LaneUnary = (b, x) => {
  const size = b.abs(x);
  const word = tail(b, size);
  const value = scale(b, collapse(b, word), word.n);
  const isNegative = b.compare('lt', x, b.real(0));
  const beyond = b.select(isNegative, b.sub(b.real(2), value), value);
  const isSmall = b.compare('le', size, b.real(small));
  const near = b.sub(b.real(1), smallErf(b, x));
  const known = b.select(isSmall, near, beyond);
  return b.select(b.compare('eq', x, x), known, x);
};
