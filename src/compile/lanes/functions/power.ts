/**
 * pow as exp(y·log x) with the logarithm and its product in double words (logarithmic.ts), so that the
 * exponential gets its argument to a fraction of a last place. Positive normal x and results
 * well inside the range are computed at once; everything else (negative, zero, subnormal or infinite
 * x, huge y, results that over- or underflow, NaN) by a guarded routine. Special values are
 * JavaScript's: 1 and −1 to the ±∞ are NaN, and so is every power with a NaN in it but x⁰ = 1.
 */
import { at, type LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import { LN2_PARTS } from './coefficients.ts';
import { fastTwoSum, twoProduct, type DoubleWord } from './double-word.ts';
import { clamp, exponentialExcess } from './exponential.ts';
import { doubleWordLogarithm, isPositiveNormal, splitAnywhere } from './logarithmic.ts';
import { coefficient } from './polynomial.ts';
import { roundProduct, scale, scaleNormal, splitExponent } from './rounding.ts';
import { signBit } from './reduction.ts';
import { tableExponential } from './table-exponential.ts';
import { splitForTable, tableLogarithm } from './table-logarithm.ts';
import type { LaneBinary } from './types.ts';

/** Below these |y·log x| gives a normal result; beyond the clamp 0 or ∞. */
const usualRange = { f64: 700, f32: 84 } as const;
const clampRange = { f64: [-760, 720], f32: [-110, 95] } as const;
/** |y| from here on over- or underflows for every x but 1, −1, 0 and ±∞. */
const largestPower = { f64: 2 ** 64, f32: 2 ** 33 } as const;

function timesLogarithm(b: LaneBuilder, y: LaneValue, logarithm: DoubleWord): DoubleWord {
  const product = twoProduct(b, y, logarithm.high);
  return fastTwoSum(b, product.high, b.multiplyAdd(y, logarithm.low, product.low));
}

/** exp(high + low) = significand·2^n */
function exponentialOfSum(
  b: LaneBuilder,
  { high, low }: DoubleWord,
): { readonly significand: LaneValue; readonly n: ReturnType<typeof roundProduct> } {
  const n = roundProduct(b, high, b.real(Math.LOG2E));
  const rest = b.multiplySubtract(n.real, coefficient(b, LN2_PARTS, 0), high);
  const r = b.add(b.multiplySubtract(n.real, coefficient(b, LN2_PARTS, 1), rest), low);
  return { significand: b.add(b.real(1), exponentialExcess(b, r)), n };
}

/** ln x as a double word, x positive and normal. */
function usualLogarithm(b: LaneBuilder, x: LaneValue): DoubleWord {
  return b.precision === 'f64'
    ? tableLogarithm(b, splitForTable(b, x))
    : doubleWordLogarithm(b, splitExponent(b, x));
}

/** exp(high + low) where it is a normal number. */
function usualExponential(b: LaneBuilder, exponent: DoubleWord): LaneValue {
  if (b.precision === 'f64') return tableExponential(b, exponent.high, exponent.low);
  const { significand, n } = exponentialOfSum(b, exponent);
  return scaleNormal(b, significand, n.integer);
}

/** x to the power y. */
export const pow: LaneBinary = (b, x, y) => {
  const exponent = timesLogarithm(b, y, usualLogarithm(b, x));
  const usual = usualExponential(b, exponent);
  const small = b.compare('lt', b.abs(exponent.high), b.real(usualRange[b.precision]));
  const rare = b.not(b.and(isPositiveNormal(b, x), small));
  return withRarePower(b, rare, x, y, usual);
};

/** x to the power y by the guarded routine where it is asked for, else the value. */
export function withRarePower(
  b: LaneBuilder,
  rare: LaneValue,
  x: LaneValue,
  y: LaneValue,
  usual: LaneValue,
): LaneValue {
  const results = b.guarded(rare, 'pow-special', [x, y], [usual], (inner, args) => [
    powerAnywhere(inner, at(args, 0), at(args, 1)),
  ]);
  return at(results, 0);
}

/** x to the power y for every x and y. */
function powerAnywhere(b: LaneBuilder, x: LaneValue, y: LaneValue): LaneValue {
  const zero = b.real(0);
  const one = b.real(1);
  const infinity = b.real(Infinity);
  const size = b.abs(x);
  const limit = largestPower[b.precision];
  const logarithm = doubleWordLogarithm(b, splitAnywhere(b, size));
  const exponent = timesLogarithm(b, clamp(b, y, -limit, limit), logarithm);
  const [low, high] = clampRange[b.precision];
  const clamped = clamp(b, exponent.high, low, high);
  const isInside = b.compare('eq', clamped, exponent.high);
  const { significand, n } = exponentialOfSum(b, {
    high: clamped,
    low: b.select(isInside, exponent.low, zero),
  });
  let value = scale(b, significand, n.real);

  // 0 and ∞ as base: 0, 1 or ∞ by the sign of y.
  const positive = b.compare('gt', y, zero);
  const ofZero = b.select(positive, zero, infinity);
  const ofInfinity = b.select(positive, infinity, zero);
  value = b.select(b.compare('eq', size, zero), ofZero, value);
  value = b.select(b.compare('eq', size, infinity), ofInfinity, value);
  const isOne = b.compare('eq', size, one);
  const isUnbounded = b.compare('eq', b.abs(y), infinity);
  value = b.select(b.and(isOne, isUnbounded), b.real(NaN), value);

  // Negative bases: odd integers keep the sign, other integers lose it, the rest is NaN.
  const half = b.mul(y, b.real(0.5));
  const isInteger = b.compare('eq', b.unary('trunc', y), y);
  const isOdd = b.and(isInteger, b.compare('ne', b.unary('trunc', half), half));
  const signed = b.realOf(b.integers('integerOr', b.bitsOf(value), signBit(b, x)));
  value = b.select(isOdd, signed, value);
  const isNegative = b.and(b.compare('lt', x, zero), b.compare('lt', size, infinity));
  value = b.select(b.and(isNegative, b.not(isInteger)), b.real(NaN), value);

  const isNaN = b.or(b.compare('ne', x, x), b.compare('ne', y, y));
  value = b.select(isNaN, b.real(NaN), value);
  return b.select(b.compare('eq', y, zero), one, value);
}
