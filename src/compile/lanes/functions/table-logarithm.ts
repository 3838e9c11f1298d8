/**
 * The logarithm as a double word by a table (double precision; Tang 1990, in the form of S. Nagy's pow,
 * Arm Optimized Routines, 2018): x = 2^k·m, r = m/c − 1 with 1/c from the table, exact, and
 *     ln x = k·ln 2 + ln c + r − r²/2 + r³/3 − …
 * with everything down to r²/2 in double words. Good to about 2^-66 of itself, also near 1, where
 * c = 1. No division; about 30 operations.
 */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import { LN2_PARTS } from './coefficients.ts';
import { fastTwoSum, type DoubleWord } from './double-word.ts';
import { coefficient, polynomial } from './polynomial.ts';
import { splitExponentAt, type SplitNumber } from './rounding.ts';
import { belowRow, leastSignificand, logarithmTable } from './tables.ts';

/** log(1 + r) = r − r²/2·(1 + r·P(r)), |r| < 2^-7: Taylor's series, error 2^-68 of r. */
const TAIL = {
  f64: [-2 / 3, 2 / 4, -2 / 5, 2 / 6, -2 / 7, 2 / 8, -2 / 9],
  f32: [],
} as const;

/** k and m of a positive normal number in the cut of the table. */
export function splitForTable(b: LaneBuilder, x: LaneValue): SplitNumber {
  return splitExponentAt(b, x, leastSignificand);
}

/** r = m/c − 1 exactly, as one number and as two whose squares are exact. */
interface Remainder extends DoubleWord {
  readonly r: LaneValue;
}

function remainder(b: LaneBuilder, m: LaneValue, inverse: LaneValue): Remainder {
  if (b.fused) {
    const r = b.multiplyAdd(m, inverse, b.real(-1));
    return { r, high: r, low: b.real(0) };
  }
  // 20 bits of m, whose product with the inverse has 28.
  const rounded = b.integers('integerAdd', b.bitsOf(m), b.integer(1n << 31n));
  const lead = b.realOf(b.integers('integerAnd', rounded, b.integer(-(1n << 32n))));
  const high = b.sub(b.mul(lead, inverse), b.real(1));
  const low = b.mul(b.sub(m, lead), inverse);
  return { r: b.add(high, low), high, low };
}

/** −r²/2 as a double word. */
function halfSquare(b: LaneBuilder, { r, high, low }: Remainder): DoubleWord {
  const half = b.mul(r, b.real(-0.5));
  if (b.fused) {
    const square = b.mul(r, half);
    return { high: square, low: b.multiplyAdd(r, half, b.neg(square)) };
  }
  const halfHigh = b.mul(high, b.real(-0.5));
  return { high: b.mul(high, halfHigh), low: b.mul(low, b.add(half, halfHigh)) };
}

/** ln(2^k·m), |k| < 2^11. */
export function tableLogarithm(b: LaneBuilder, { k, m }: SplitNumber): DoubleWord {
  const fraction = b.integers('integerSub', b.bitsOf(m), b.integer(leastSignificand));
  const row = b.shift('shiftRightLogical', fraction, belowRow);
  const table = logarithmTable();
  const split = remainder(b, m, b.lookUp(table, 0, row));
  const { r } = split;
  // Both terms are multiples of 2^-42.
  const lead = b.multiplyAdd(k, coefficient(b, LN2_PARTS, 0), b.lookUp(table, 1, row));
  const leadLow = b.multiplyAdd(k, coefficient(b, LN2_PARTS, 1), b.lookUp(table, 2, row));
  const sum = fastTwoSum(b, lead, r);
  const square = halfSquare(b, split);
  const whole = fastTwoSum(b, sum.high, square.high);
  const cube = b.mul(r, b.fused ? square.high : b.add(square.high, square.low));
  const low = b.add(b.add(leadLow, sum.low), b.add(square.low, whole.low));
  return fastTwoSum(b, whole.high, b.multiplyAdd(cube, polynomial(b, TAIL, r), low));
}
