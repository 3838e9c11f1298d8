/**
 * cbrt: x = m·8^q·2^s with 1 ≤ m < 2; m^(−1/3) from a polynomial, one iteration of fourth order for
 * z ≈ m^(−1/3) (with h = 1 − m·z³: z·(1 + h/3 + 2h²/9 + 14h³/81), the series of (1 − h)^(−1/3)), times 2^(s/3), and a last Newton step whose
 * residue is computed in double words. No division. Odd; keeps zeros, infinities and NaN.
 */
import { bitsOfReal } from '../format.ts';
import { INVERSE_CUBE_ROOT } from './coefficients.ts';
import { twoProduct } from './double-word.ts';
import { polynomial } from './polynomial.ts';
import { powerOfTwo } from './rounding.ts';
import type { LaneUnary } from './types.ts';

/** Cube root. */
export const cbrt: LaneUnary = (b, x) => {
  const { precision, fractionBits, bias, smallestNormal } = b.format;
  const size = b.abs(x);
  // 3·⌈bits/3⌉ more exponents make subnormal numbers normal.
  const lift = 3 * Math.ceil(fractionBits / 3);
  const isSmall = b.compare('lt', size, b.real(smallestNormal));
  const normal = b.select(isSmall, b.mul(size, b.real(2 ** lift)), size);
  const bits = b.bitsOf(normal);
  const mask = b.integer((1n << BigInt(fractionBits)) - 1n);
  const fraction = b.integers('integerAnd', bits, mask);
  const m = b.realOf(b.integers('integerOr', fraction, b.integer(bitsOfReal(precision, 1))));
  const exponent = b.sub(
    b.toReal(b.shift('shiftRightLogical', bits, fractionBits)),
    b.select(isSmall, b.real(bias + lift), b.real(bias)),
  );
  // q = ⌊exponent / 3⌋; the third keeps the quotient clear of integers.
  const q = b.unary('floor', b.mul(b.add(exponent, b.real(1 / 3)), b.real(1 / 3)));
  const s = b.multiplySubtract(q, b.real(3), exponent);

  const guess = polynomial(b, INVERSE_CUBE_ROOT, m);
  const h = b.multiplySubtract(m, b.mul(b.mul(guess, guess), guess), b.real(1));
  const series = b.multiplyAdd(b.multiplyAdd(b.real(14 / 81), h, b.real(2 / 9)), h, b.real(1 / 3));
  const z = b.multiplyAdd(b.mul(guess, h), series, guess);

  // With M = m·2^s in [1, 8): y ≈ M^(1/3) and w ≈ M^(−2/3).
  const isOne = b.compare('eq', s, b.real(1));
  const isTwo = b.compare('eq', s, b.real(2));
  const byExponent = (zero: number, one: number, two: number) =>
    b.select(isTwo, b.real(two), b.select(isOne, b.real(one), b.real(zero)));
  const scaled = b.mul(m, byExponent(1, 2, 4));
  const inverse = b.mul(z, byExponent(1, Math.cbrt(1 / 2), Math.cbrt(1 / 4)));
  const inverseSquare = b.mul(inverse, inverse);
  const y = b.mul(scaled, inverseSquare);
  const square = twoProduct(b, y, y);
  const cube = twoProduct(b, square.high, y);
  const above = b.sub(b.sub(scaled, cube.high), b.multiplyAdd(square.low, y, cube.low));
  const root = b.multiplyAdd(b.mul(above, inverseSquare), b.real(1 / 3), y);

  const value = b.mul(root, powerOfTwo(b, b.toInteger(q)));
  const isFinite = b.compare('lt', size, b.real(Infinity));
  const isRegular = b.and(isFinite, b.compare('gt', size, b.real(0)));
  return b.copysign(b.select(isRegular, value, x), x);
};
