/** Half precision (IEEE 754 binary16), which JavaScript of Node 20 has no numbers of: rounding and bits. */

/** The largest finite half; from 65,520 on numbers round to infinity. */
export const largestHalf = 65_504;

/** The smallest normal half. */
export const smallestNormalHalf = 2 ** -14;

/** Bits of the fraction field. */
const fractionBits = 10;

/** The half that is next to a number, ties to even. */
export function roundToHalf(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const size = Math.abs(x);
  // Subnormal halves have the spacing of the smallest normal ones.
  const exponent = Math.max(Math.floor(Math.log2(size)), -14);
  // The logarithm may be off by one next to a power of two.
  const isAbove = size < 2 ** exponent && exponent > -14;
  const isBelow = size >= 2 ** (exponent + 1);
  const spacing = 2 ** (exponent - Number(isAbove) + Number(isBelow) - fractionBits);
  // x / spacing has an exact quotient below 2^11 and a rest; doubles hold both.
  const scaled = size / spacing;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  const isUp = rest > 0.5 || (rest === 0.5 && below % 2 === 1);
  const rounded = (below + Number(isUp)) * spacing;
  return Math.sign(x) * (rounded > largestHalf ? Infinity : rounded);
}

/** The half whose bits a number below 65,536 has. */
export function halfOfBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> fractionBits) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The bits of the half that is next to a number. */
export function bitsOfHalf(x: number): number {
  if (Number.isNaN(x)) return 0x7e00;
  const half = roundToHalf(x);
  const sign = half < 0 || Object.is(half, -0) ? 0x8000 : 0;
  const size = Math.abs(half);
  if (size === Infinity) return sign | 0x7c00;
  if (size < smallestNormalHalf) return sign | (size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  return sign | ((exponent + 15) << fractionBits) | (size * 2 ** (fractionBits - exponent) - 1024);
}
