/**
 * Tables of logarithms and powers of two for double precision (Tang, Table-driven implementation of the
 * logarithm function, ACM TOMS 16, 1990, and of the exponential function, ACM TOMS 15, 1989): after one
 * look-up what is left is so small that a short polynomial does. The cuts and the splitting into parts
 * follow S. Nagy's pow (Arm Optimized Routines, 2018); every number is computed here, in integers of
 * 160 bits behind the point, when it is first asked for: less than a millisecond.
 */
import { bitsOfReal, realOfBits } from '../format.ts';
import { once } from '../../../support/once.ts';
import type { LaneTable } from '../types.ts';

/** Bits behind the point while numbers are computed. */
export const bits = 160;
/** 1 with as many. */
export const one = 1n << BigInt(bits);

/** Rows of a table are cut by so many leading bits of a fraction. */
export const rowBits = 7;
const rowCount = 2 ** rowBits;
/** Bits of a double's fraction below those. */
export const belowRow = 52 - rowBits;

/** The double next to a fixed-point number; ties to even (ECMAScript, Number(bigint)). */
export const toDouble = (fixed: bigint): number => Number(fixed) * 2 ** -bits;

/** A fixed-point number as a multiple of 2^-places and the rest of it. */
export function inParts(fixed: bigint, places: number): readonly [number, number] {
  const below = BigInt(bits - places);
  const lead = (fixed + (1n << (below - 1n))) >> below;
  return [Number(lead) * 2 ** -places, toDouble(fixed - (lead << below))];
}

/** ln((n + 1)/n) = 2·atanh(1/(2n + 1)) */
function logarithmOfStep(n: number): bigint {
  const odd = BigInt(2 * n + 1);
  let power = (2n * one) / odd;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= odd * odd;
    sum += power / k;
  }
  return sum;
}

const logarithmOfTwo = once(() => logarithmOfStep(1));

/**
 * Bits of the least significand m of the logarithm's table, which go from here to twice that: 1 lies
 * inside row 75, as far from its end above as below.
 */
export const leastSignificand =
  bitsOfReal('f64', 1) - 75n * (1n << 45n) - (1n << 44n) - (1n << 42n);

/**
 * Row i belongs to the significands whose bits, less those of the least, begin with i. Columns: 1/c, a
 * multiple of 1/256 (above 1 of 1/128), so that m/c − 1 is a double and |m/c − 1| < 2^-7; ln c as a
 * multiple of 2^-42, and what that leaves. Around 1 c is 1.
 */
export const logarithmTable = once((): LaneTable => {
  // ln(n/256)
  const logarithms = new Map<number, bigint>([[256, 0n]]);
  for (let n = 256; n < 370; n += 1) {
    logarithms.set(n + 1, (logarithms.get(n) ?? 0n) + logarithmOfStep(n));
  }
  for (let n = 255; n > 170; n -= 1) {
    logarithms.set(n, (logarithms.get(n + 1) ?? 0n) - logarithmOfStep(n));
  }
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const start = leastSignificand + (BigInt(row) << BigInt(belowRow));
    const first = realOfBits('f64', start);
    const next = realOfBits('f64', start + (1n << BigInt(belowRow)));
    const center = (first + next) / 2;
    const unit = center < 1 ? 2 : 1;
    const inverse = first < 1 && next > 1 ? 256 : unit * Math.round(256 / unit / center);
    const logarithm = logarithms.get(inverse);
    if (logarithm === undefined) throw new Error(`ln(${inverse}/256) was not computed`);
    return [inverse / 256, ...inParts(-logarithm, 42)];
  });
  return { name: 'logarithms', rows };
});

/**
 * Row i holds 2^(i/128) as a double whose bits are lessened by i·2^45, and the rest of it in units of
 * the double: n·2^45 added to the bits for n = 128·k + i makes 2^(n/128).
 */
export const powerTable = once((): LaneTable => {
  // 2^(1/128) by seven square roots.
  let root = 2n * one;
  for (let k = 0; k < rowBits; k += 1) root = squareRoot(root << BigInt(bits));
  let power = one;
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const value = toDouble(power);
    const rest = power - BigInt(Math.round(value * 2 ** 52)) * (one >> 52n);
    power = (power * root) >> BigInt(bits);
    const moved = bitsOfReal('f64', value) - (BigInt(row) << BigInt(belowRow));
    return [realOfBits('f64', moved), toDouble(rest) / value];
  });
  return { name: 'powers of two', rows };
});

/** ln(2)/128 = c₀ + c₁: products of c₀ with integers up to 2^18 are exact. */
export const logarithmOfRow = once((): readonly [number, number] => {
  const [high, low] = inParts(logarithmOfTwo(), 34);
  return [high / rowCount, low / rowCount];
});

/** ⌊√n⌋ by Newton's iteration from above. */
function squareRoot(n: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
