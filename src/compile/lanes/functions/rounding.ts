/** Rounding to integers, powers of two, and exponents: the steps between reals and their bits. */
import type { LaneBuilder } from '../builder.ts';
import { bitsOfReal } from '../format.ts';
import type { LaneValue } from '../types.ts';

/** An integral real and an integer that agrees with it in the low 32 (f64) or all (f32) bits. */
export interface RoundedInteger {
  readonly real: LaneValue;
  readonly integer: LaneValue;
}

/**
 * x·c rounded to an integer, to nearest but for the rounding of the product; |x·c| < 2^31 (f64) or
 * 2^22 (f32), beyond that a real near x·c and any integer. In f64 1.5·2^52 is added and taken away, and
 * the bits in between hold the integer; f32 goes by operations that survive a shader compiler's
 * liberties.
 */
export function roundProduct(b: LaneBuilder, x: LaneValue, c: LaneValue): RoundedInteger {
  if (b.precision === 'f32') {
    const real = b.unary('nearest', b.mul(x, c));
    return { real, integer: b.toInteger(real) };
  }
  const magic = b.real(1.5 * 2 ** 52);
  const shifted = b.multiplyAdd(x, c, magic);
  return { real: b.sub(shifted, magic), integer: b.bitsOf(shifted) };
}

/** n·2^(fraction bits): what is added to the bits of a number to multiply it by 2^n. */
export function exponentBits(b: LaneBuilder, n: LaneValue): LaneValue {
  return b.shift('shiftLeft', n, b.format.fractionBits);
}

/** x·2^n by its bits; x and the result normal. */
export function scaleNormal(b: LaneBuilder, x: LaneValue, n: LaneValue): LaneValue {
  return b.realOf(b.integers('integerAdd', b.bitsOf(x), exponentBits(b, n)));
}

/** 2^n for an integer within the normal exponents. */
export function powerOfTwo(b: LaneBuilder, n: LaneValue): LaneValue {
  const biased = b.integers('integerAdd', n, b.integer(BigInt(b.format.bias)));
  return b.realOf(exponentBits(b, biased));
}

/** x·2^n for an integral real |n| ≤ 2·bias, rounded once: in two steps, the first exact. */
export function scale(b: LaneBuilder, x: LaneValue, n: LaneValue): LaneValue {
  const half = roundProduct(b, n, b.real(0.5));
  const rest = b.toInteger(b.sub(n, half.real));
  return b.mul(b.mul(x, powerOfTwo(b, half.integer)), powerOfTwo(b, rest));
}

/** x = m·2^k, √½ ≤ m < √2. */
export interface SplitNumber {
  readonly k: LaneValue;
  readonly m: LaneValue;
}

/** A positive normal number's m and k, k as a real. 7 operations (after musl's log). */
export function splitExponent(b: LaneBuilder, x: LaneValue): SplitNumber {
  return splitExponentAt(b, x, bitsOfReal(b.precision, Math.SQRT1_2));
}

/** The same for m between the number of some bits, which lies between ½ and 1, and twice that. */
export function splitExponentAt(b: LaneBuilder, x: LaneValue, start: bigint): SplitNumber {
  const { precision, fractionBits, bias } = b.format;
  const moved = b.integers('integerAdd', b.bitsOf(x), b.integer(bitsOfReal(precision, 1) - start));
  const field = b.shift('shiftRightLogical', moved, fractionBits);
  const fraction = b.integers('integerAnd', moved, b.integer((1n << BigInt(fractionBits)) - 1n));
  return {
    k: b.sub(smallToReal(b, field), b.real(2 ** fractionBits + bias)),
    m: b.realOf(b.integers('integerAdd', fraction, b.integer(start))),
  };
}

/** n + 2^(fraction bits) as a real, for 0 ≤ n < 2^(fraction bits): n written into its fraction. */
function smallToReal(b: LaneBuilder, n: LaneValue): LaneValue {
  const { precision, fractionBits } = b.format;
  return b.realOf(b.integers('integerOr', n, b.integer(bitsOfReal(precision, 2 ** fractionBits))));
}
