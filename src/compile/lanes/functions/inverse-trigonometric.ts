/**
 * atan, atan2, asin and acos.
 *
 * atan(t) for 0 ≤ t ≤ 1 is one polynomial in t² (after Shibata and Petrogalli, SLEEF, 2019); larger t go by
 * π/2 − atan(1/t), so atan2 needs one division of the smaller by the larger coordinate, and the octants
 * are put together from multiples of π/2 in two parts.
 *
 * asin(x) for |x| ≤ ½ is a polynomial in x²; beyond, π/2 − 2·asin(√((1 − x)/2)) (the form of fdlibm
 * 5.3, e_asin.c, Sun 1993), where 1 − x is exact.
 */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import { ARCSINE, ARCTANGENT, HALF_PI_FUSED, PI_PARTS } from './coefficients.ts';
import { coefficient, polynomial, type Coefficients } from './polynomial.ts';
import { signBit } from './reduction.ts';
import type { LaneBinary, LaneUnary } from './types.ts';

/** x + x³·P(x²) */
function oddPolynomial(b: LaneBuilder, table: Coefficients, x: LaneValue): LaneValue {
  const square = b.mul(x, x);
  return b.multiplyAdd(b.mul(x, square), polynomial(b, table, square), x);
}

/** (high + low) ± x, high + low a multiple of π/2 or 0. */
function offset(b: LaneBuilder, high: LaneValue, low: LaneValue, x: LaneValue): LaneValue {
  return b.add(high, b.add(low, x));
}

function negatedBy(b: LaneBuilder, x: LaneValue, sign: LaneValue): LaneValue {
  return b.realOf(b.integers('integerXor', b.bitsOf(x), sign));
}

/** Arc tangent. */
export const atan: LaneUnary = (b, x) => {
  const size = b.abs(x);
  const isLarge = b.compare('gt', size, b.real(1));
  const one = b.real(1);
  const t = b.div(b.select(isLarge, one, size), b.select(isLarge, size, one));
  const angle = oddPolynomial(b, ARCTANGENT, t);
  const high = coefficient(b, HALF_PI_FUSED, 0);
  const low = coefficient(b, HALF_PI_FUSED, 1);
  const turned = offset(b, high, low, b.neg(angle));
  return b.copysign(b.select(isLarge, turned, angle), x);
};

/** The angle of the point (x, y). */
export const atan2: LaneBinary = (b, y, x) => {
  const zero = b.real(0);
  const one = b.real(1);
  const width = b.abs(x);
  const height = b.abs(y);
  const isSteep = b.compare('gt', height, width);
  const smaller = b.select(isSteep, width, height);
  const larger = b.select(isSteep, height, width);
  // 0/0 stands for 0 and ∞/∞ for 1, as the limits that Math.atan2 takes.
  const isEqual = b.compare('eq', smaller, larger);
  const ofEqual = b.select(b.compare('eq', larger, zero), zero, one);
  const t = b.select(isEqual, ofEqual, b.div(smaller, larger));
  const angle = oddPolynomial(b, ARCTANGENT, t);

  // First quadrant a or π/2 − a; second π − a or π/2 + a.
  const isLeft = b.compareIntegers('integerLt', b.bitsOf(x), b.integer(0n));
  const choose = (place: number): LaneValue => {
    const flat = b.select(isLeft, coefficient(b, PI_PARTS, place), zero);
    return b.select(isSteep, coefficient(b, HALF_PI_FUSED, place), flat);
  };
  const steepSign = b.select(isSteep, b.real(-0), zero);
  const sign = b.integers('integerXor', b.bitsOf(steepSign), signBit(b, x));
  return b.copysign(offset(b, choose(0), choose(1), negatedBy(b, angle, sign)), y);
};

/** What asin and acos share: asin t = t + bend, where t is |x| up to ½ or √((1 − |x|)/2). */
function arc(
  b: LaneBuilder,
  size: LaneValue,
): { readonly isLarge: LaneValue; readonly t: LaneValue; readonly bend: LaneValue } {
  const isLarge = b.compare('gt', size, b.real(0.5));
  const rest = b.mul(b.sub(b.real(1), size), b.real(0.5));
  const square = b.select(isLarge, rest, b.mul(size, size));
  const t = b.select(isLarge, b.sqrt(rest), size);
  const bend = b.mul(b.mul(t, square), polynomial(b, ARCSINE, square));
  return { isLarge, t, bend };
}

/** Arc sine; NaN beyond ±1. */
export const asin: LaneUnary = (b, x) => {
  const { isLarge, t, bend } = arc(b, b.abs(x));
  // π/2 − 2t is exact where it is below 1; only then the small parts.
  const lead = b.sub(coefficient(b, HALF_PI_FUSED, 0), b.add(t, t));
  const rest = b.sub(coefficient(b, HALF_PI_FUSED, 1), b.add(bend, bend));
  const value = b.select(isLarge, b.add(lead, rest), b.add(t, bend));
  return b.copysign(value, x);
};

/** Arc cosine; NaN beyond ±1. */
export const acos: LaneUnary = (b, x) => {
  const { isLarge, t, bend } = arc(b, b.abs(x));
  const angle = b.add(t, bend);
  const zero = b.real(0);
  // π/2 − asin x near 0; 2·asin(…) for positive x, π less that for negative.
  const isNegative = b.compare('lt', x, zero);
  const turned = b.add(angle, angle);
  const size = b.select(isLarge, turned, angle);
  const plus = b.integers(
    'integerXor',
    signBit(b, x),
    b.bitsOf(b.select(isLarge, zero, b.real(-0))),
  );
  const choose = (place: number): LaneValue => {
    const large = b.select(isNegative, coefficient(b, PI_PARTS, place), zero);
    return b.select(isLarge, large, coefficient(b, HALF_PI_FUSED, place));
  };
  return offset(b, choose(0), choose(1), negatedBy(b, size, plus));
};
