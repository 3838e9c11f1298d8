/**
 * x·y + z rounded once, without hardware: what `fma` means. The product is exact as an unevaluated
 * sum of two doubles (Dekker 1971), the rest is added with rounding to odd, so that the last rounding
 * is the only one (Boldo and Melquiond, Emulation of a FMA and Correctly Rounded Sums, IEEE
 * Transactions on Computers 57, 2008). Where that could over- or underflow it is done in integers.
 */
import { productError, sumError } from '../../program/special.ts';
import { bitsOfReal, formatOf, realOfBits } from './format.ts';
import type { Precision } from './types.ts';

/** a + b rounded to odd: if it is not exact, the neighbour whose last bit is 1. */
function addToOdd(a: number, b: number): number {
  const sum = a + b;
  const error = sumError(a, b, sum);
  const bits = bitsOfReal('f64', sum);
  if (error === 0 || (bits & 1n) === 1n) return sum;
  // One step towards the exact sum: away from zero where the error has the sign of the sum.
  return realOfBits('f64', error > 0 === sum > 0 ? bits + 1n : bits - 1n);
}

/** No exponent of the double-word form leaves the normal range. */
function isModerate(x: number, y: number, z: number): boolean {
  const product = Math.abs(x * y);
  const size = Math.abs(z);
  const factors = Math.max(Math.abs(x), Math.abs(y));
  return (
    factors < 2 ** 900 &&
    product > 2 ** -900 &&
    product < 2 ** 900 &&
    (size === 0 || (size > 2 ** -900 && size < 2 ** 900))
  );
}

/** x·y + z rounded once to the precision; x, y and z are numbers of it. */
export function exactFma(precision: Precision, x: number, y: number, z: number): number {
  const product = x * y;
  if (!Number.isFinite(product) && !(Number.isFinite(x) && Number.isFinite(y))) return product + z;
  if (!Number.isFinite(z)) return z;
  if (product === 0 && (x === 0 || y === 0)) return product + z;
  if (precision === 'f32') {
    // The product has 48 bits and is exact; the sum is rounded to odd, then to 24 bits.
    return Math.fround(z === 0 ? product : addToOdd(product, z));
  }
  if (!isModerate(x, y, z)) return integerFma(precision, x, y, z);
  const low = productError(x, y, product);
  const middle = z + low;
  const middleError = sumError(z, low, middle);
  const high = product + middle;
  const highError = sumError(product, middle, high);
  return high + addToOdd(middleError, highError);
}

/** A finite number as integer · 2^exponent. */
function decompose(x: number): { readonly integer: bigint; readonly exponent: number } {
  const { fractionBits, bias } = formatOf('f64');
  const bits = BigInt.asUintN(64, bitsOfReal('f64', x));
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const size = field === 0 ? fraction : fraction | (1n << 52n);
  return { integer: x < 0 ? -size : size, exponent: Math.max(field, 1) - bias - fractionBits };
}

/** The same in integers, for every finite x, y and z; the slow and obvious form. */
export function integerFma(precision: Precision, x: number, y: number, z: number): number {
  const a = decompose(x);
  const b = decompose(y);
  const c = decompose(z);
  const exponent = Math.min(a.exponent + b.exponent, c.exponent);
  const sum =
    ((a.integer * b.integer) << BigInt(a.exponent + b.exponent - exponent)) +
    (c.integer << BigInt(c.exponent - exponent));
  if (sum === 0n) return x * y + z;
  return roundInteger(precision, sum, exponent);
}

/** integer · 2^exponent rounded to nearest, ties to even; `integer` is not 0. */
export function roundInteger(precision: Precision, integer: bigint, exponent: number): number {
  const { fractionBits, bias } = formatOf(precision);
  const sign = integer < 0n ? -1 : 1;
  const size = integer < 0n ? -integer : integer;
  const smallest = 1 - bias - fractionBits;
  const last = Math.max(size.toString(2).length + exponent - 1 - fractionBits, smallest);
  const shift = last - exponent;
  let significand = shift <= 0 ? size << BigInt(-shift) : size >> BigInt(shift);
  if (shift > 0) {
    const rest = size - (significand << BigInt(shift));
    const half = 1n << BigInt(shift - 1);
    if (rest > half || (rest === half && (significand & 1n) === 1n)) significand += 1n;
  }
  if (last > bias) return sign * Infinity;
  // Both factors are exact; the product is too, or overflows as it has to.
  const scaled = Number(significand);
  const value =
    last > -1000 ? scaled * 2 ** last : scaled * 2 ** (last + 1022 - 52) * 2 ** (52 - 1022);
  return sign * (precision === 'f32' && value >= 2 ** 128 ? Infinity : value);
}
