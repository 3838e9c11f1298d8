/**
 * sin, cos and tan: |x| is reduced to r in [−π/4, π/4] (reduction.ts), both kernels are polynomials in
 * r² (minimax; the forms are those of Cody and Waite, 1980, chapters 8 and 9), and the quadrant
 * decides which one is taken with which sign. sin and cos of the same value share all but three
 * operations. Odd and even to the bit; NaN at ±∞.
 *
 * tan is the quotient of both kernels in double words: r with its tail and sin and cos with their
 * rounding errors, because each rounding would cost up to a last place.
 */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import { COSINE, SINE } from './coefficients.ts';
import { collapse, divide, fastTwoSum, type DoubleWord } from './double-word.ts';
import { polynomial } from './polynomial.ts';
import { reduceAngle, signBit, type Reduced } from './reduction.ts';
import type { LaneUnary } from './types.ts';

/** sin r = r + r³·P(r²) */
function sineKernel(b: LaneBuilder, r: LaneValue): LaneValue {
  const square = b.mul(r, r);
  return b.multiplyAdd(b.mul(r, square), polynomial(b, SINE, square), r);
}

/** cos r = 1 + r²·(−½ + r²·P(r²)) */
function cosineKernel(b: LaneBuilder, r: LaneValue): LaneValue {
  const square = b.mul(r, r);
  const inner = b.multiplyAdd(square, polynomial(b, COSINE, square), b.real(-0.5));
  return b.multiplyAdd(square, inner, b.real(1));
}

/** Whether n is even. */
function isEven(b: LaneBuilder, { quadrant }: Reduced): LaneValue {
  const bit = b.integers('integerAnd', quadrant, b.integer(1n));
  return b.compareIntegers('integerEq', bit, b.integer(0n));
}

/** Bit 1 of an integer as a sign bit. */
function signOfQuadrant(b: LaneBuilder, quadrant: LaneValue): LaneValue {
  const bit = b.integers('integerAnd', quadrant, b.integer(2n));
  return b.shift('shiftLeft', bit, b.format.width - 2);
}

function withSign(b: LaneBuilder, x: LaneValue, sign: LaneValue): LaneValue {
  return b.realOf(b.integers('integerXor', b.bitsOf(x), sign));
}

/** Sine. */
export const sin: LaneUnary = (b, x) => {
  const reduced = reduceAngle(b, b.abs(x), false);
  const r = reduced.high;
  const size = b.select(isEven(b, reduced), sineKernel(b, r), cosineKernel(b, r));
  const sign = b.integers('integerXor', signOfQuadrant(b, reduced.quadrant), signBit(b, x));
  return withSign(b, size, sign);
};

/** Cosine. */
export const cos: LaneUnary = (b, x) => {
  const reduced = reduceAngle(b, b.abs(x), false);
  const r = reduced.high;
  const size = b.select(isEven(b, reduced), cosineKernel(b, r), sineKernel(b, r));
  const next = b.integers('integerAdd', reduced.quadrant, b.integer(1n));
  return withSign(b, size, signOfQuadrant(b, next));
};

/** Tangent. */
export const tan: LaneUnary = (b, x) => {
  const reduced = reduceAngle(b, b.abs(x), true);
  const { high: r, low: tail } = reduced;
  const square = b.mul(r, r);
  // sin(r + tail) = r + (r³·P + tail), the tail's factor cos r ≈ 1 − r²/2 kept.
  const half = b.mul(square, b.real(0.5));
  const tailOfSine = b.multiplySubtract(tail, half, tail);
  const bend = b.multiplyAdd(b.mul(r, square), polynomial(b, SINE, square), tailOfSine);
  const sine = fastTwoSum(b, r, bend);
  // cos(r + tail) = (1 − r²/2) + (r⁴·P − r·tail), with what r² loses.
  const one = fastTwoSum(b, b.real(1), b.neg(half));
  const quartic = b.mul(b.mul(square, square), polynomial(b, COSINE, square));
  const cosine = fastTwoSum(b, one.high, b.add(one.low, b.multiplySubtract(r, tail, quartic)));
  const even = isEven(b, reduced);
  const choose = (yes: DoubleWord, no: DoubleWord): DoubleWord => ({
    high: b.select(even, yes.high, no.high),
    low: b.select(even, yes.low, no.low),
  });
  const quotient = collapse(b, divide(b, choose(sine, cosine), choose(cosine, sine)));
  // tan(r + π/2) = −1/tan r.
  const odd = b.shift('shiftLeft', reduced.quadrant, b.format.width - 1);
  return withSign(b, quotient, b.integers('integerXor', odd, signBit(b, x)));
};
