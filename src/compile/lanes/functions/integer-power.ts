/**
 * x to an integer. Exponents from −2 to 4 are the products that the JavaScript target and the
 * interpreter write. Up to ±32 it is repeated squaring in double words (Knuth, TAOCP 2, 4.6.3), rounded
 * once; beyond, and where that would over- or underflow, `pow` of |x| with the sign put back.
 */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import { collapse, divide, fastTwoSum, multiply, type DoubleWord } from './double-word.ts';
import { pow, withRarePower } from './power.ts';
import { signBit } from './reduction.ts';

/** Longest chain of products that is shorter than `pow`. */
const largestChain = 32;

/** Between these no partial result or rounding error leaves the normal range. */
const safe = { f64: [2 ** -900, 2 ** 900], f32: [2 ** -75, 2 ** 120] } as const;

/** x to the power of an integer. */
export function integerPower(b: LaneBuilder, x: LaneValue, exponent: number): LaneValue {
  const square = (y: LaneValue): LaneValue => b.mul(y, y);
  switch (exponent) {
    case 0:
      return b.real(1);
    case 1:
      return x;
    case 2:
      return square(x);
    case 3:
      return b.mul(square(x), x);
    case 4:
      return square(square(x));
    case -1:
      return b.div(b.real(1), x);
    case -2:
      return b.div(b.real(1), square(x));
    default:
      return withSignOf(b, x, exponent, powerOfSize(b, b.abs(x), exponent));
  }
}

function withSignOf(b: LaneBuilder, x: LaneValue, exponent: number, size: LaneValue): LaneValue {
  if (exponent % 2 === 0) return size;
  return b.realOf(b.integers('integerXor', b.bitsOf(size), signBit(b, x)));
}

function powerOfSize(b: LaneBuilder, size: LaneValue, exponent: number): LaneValue {
  const y = b.real(exponent);
  if (Math.abs(exponent) > largestChain) return pow(b, size, y);
  const power = chain(b, { high: size, low: b.real(0) }, Math.abs(exponent));
  const [least, most] = safe[b.precision];
  const isSafe = b.and(
    b.compare('gt', power.high, b.real(least)),
    b.compare('lt', power.high, b.real(most)),
  );
  const result = exponent > 0 ? power : divide(b, { high: b.real(1), low: b.real(0) }, power);
  return withRarePower(b, b.not(isSafe), size, y, collapse(b, result));
}

function chain(b: LaneBuilder, x: DoubleWord, exponent: number): DoubleWord {
  if (exponent === 1) return x;
  const half = chain(b, x, Math.floor(exponent / 2));
  const product = multiply(b, half, half);
  const square = fastTwoSum(b, product.high, product.low);
  return exponent % 2 === 0 ? square : multiply(b, square, x);
}
