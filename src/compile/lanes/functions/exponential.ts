/**
 * exp, expm1 and the logistic function: x = n·ln 2 + r, |r| ≤ ln(2)/2 (Cody and Waite, 1980, chapter 6),
 * a minimax polynomial in r, and 2^n added to the exponent field. Results that are not normal numbers
 * are left to a guarded routine.
 *
 * expm1(x) = 2^n·((1 − 2^−n + r) + r²·P(r)): the sum in the inner parentheses is exact as a double
 * word, so nothing is lost where it cancels (n = 1).
 */
import { at, type LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import { EXPONENTIAL, EXPONENTIAL_LESS_ONE, LN2_PARTS } from './coefficients.ts';
import { collapse, divide, fastTwoSum, type DoubleWord } from './double-word.ts';
import { coefficient, polynomial } from './polynomial.ts';
import { powerOfTwo, roundProduct, scale, scaleNormal, type RoundedInteger } from './rounding.ts';
import type { LaneUnary } from './types.ts';

/** |x| up to here gives a normal result. */
export const normalRange = { f64: 708, f32: 87 } as const;

/** Beyond these exp(x) is 0 or ∞, rounded. */
const clampRange = { f64: [-746, 710], f32: [-104, 89] } as const;

/** x = n·ln 2 + r */
export interface ReducedExponent {
  readonly n: RoundedInteger;
  /** r rounded, or high part and what that leaves. */
  readonly r: DoubleWord;
}

/** n and r; the low part of r is worth its two operations where a result is small against r. */
export function reduceExponent(b: LaneBuilder, x: LaneValue): ReducedExponent {
  const n = roundProduct(b, x, b.real(Math.LOG2E));
  const rest = b.multiplySubtract(n.real, coefficient(b, LN2_PARTS, 0), x);
  const last = coefficient(b, LN2_PARTS, 1);
  const high = b.multiplySubtract(n.real, last, rest);
  const low = b.multiplySubtract(n.real, last, b.sub(rest, high));
  return { n, r: { high, low } };
}

/** r + r²·P(r), so that exp r = 1 + it. */
export function exponentialExcess(b: LaneBuilder, r: LaneValue): LaneValue {
  return b.multiplyAdd(b.mul(r, r), polynomial(b, EXPONENTIAL, r), r);
}

/** x between bounds; NaN stays. */
export function clamp(b: LaneBuilder, x: LaneValue, low: number, high: number): LaneValue {
  return b.binary('pseudoMax', b.binary('pseudoMin', x, b.real(high)), b.real(low));
}

/** exp for every x, without a guard: two scalings, the first exact. */
function exponentialAnywhere(b: LaneBuilder, x: LaneValue): LaneValue {
  const [low, high] = clampRange[b.precision];
  const { n, r } = reduceExponent(b, clamp(b, x, low, high));
  return scale(b, b.add(b.real(1), exponentialExcess(b, r.high)), n.real);
}

/** Exponential function. */
export const exp: LaneUnary = (b, x) => {
  const { n, r } = reduceExponent(b, x);
  const usual = scaleNormal(b, b.add(b.real(1), exponentialExcess(b, r.high)), n.integer);
  const isUsual = b.compare('le', b.abs(x), b.real(normalRange[b.precision]));
  const results = b.guarded(b.not(isUsual), 'exp-extreme', [x], [usual], (inner, args) => [
    exponentialAnywhere(inner, at(args, 0)),
  ]);
  return at(results, 0);
};

/** exp(x) − 1 = 2^n·(high + low). */
export interface ScaledExpm1 extends DoubleWord {
  readonly n: RoundedInteger;
  /** 2^−n */
  readonly unit: LaneValue;
}

/** exp(x) − 1 as a scaled double word, for x between −40 and the exponent range. */
export function scaledExpm1(b: LaneBuilder, x: LaneValue): ScaledExpm1 {
  const { n, r } = reduceExponent(b, x);
  // 2^(1 − n) is 0 where n is the largest, 1 above the format's exponents.
  const twice = powerOfTwo(b, b.integers('integerSub', b.integer(1n), n.integer));
  const unit = b.mul(twice, b.real(0.5));
  const lead = fastTwoSum(b, b.sub(b.real(1), unit), r.high);
  const square = b.mul(r.high, r.high);
  const low = b.multiplyAdd(square, polynomial(b, EXPONENTIAL_LESS_ONE, r.high), r.low);
  return { n, unit, high: lead.high, low: b.add(lead.low, low) };
}

/** exp(x) − 1. */
export const expm1: LaneUnary = (b, x) => {
  // Below −40 the result is −1 rounded; above, 2^n may be too large by one power.
  const { n, high, low } = scaledExpm1(b, clamp(b, x, -40, clampRange[b.precision][1]));
  const one = b.integers('integerSub', n.integer, b.integer(1n));
  const sum = b.mul(b.add(high, low), powerOfTwo(b, one));
  return b.copysign(b.add(sum, sum), x);
};

/**
 * 1 / (1 + exp(−x)) as z / (1 + z) or 1 / (1 + z) with z = exp(−|x|), in double words; z's power of two
 * is put back at the end, so that subnormal results are rounded once.
 */
export const sigmoid: LaneUnary = (b, x) => {
  const { n, r } = reduceExponent(b, clamp(b, b.neg(b.abs(x)), clampRange[b.precision][0], 0));
  const z = fastTwoSum(b, b.real(1), exponentialExcess(b, r.high));
  const negative = b.compare('lt', x, b.real(0));
  const zero = b.real(0);
  const small = b.binary('pseudoMax', n.real, b.real(1 - b.format.bias));
  const unit = powerOfTwo(b, b.toInteger(small));
  const denominator = fastTwoSum(b, b.real(1), b.mul(z.high, unit));
  const quotient = divide(
    b,
    {
      high: b.select(negative, z.high, b.real(1)),
      low: b.select(negative, z.low, zero),
    },
    { high: denominator.high, low: b.multiplyAdd(z.low, unit, denominator.low) },
  );
  return scale(b, collapse(b, quotient), b.select(negative, n.real, zero));
};
