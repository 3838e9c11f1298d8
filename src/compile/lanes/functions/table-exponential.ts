/**
 * The exponential function by a table (double precision; Tang 1989, in the form of S. Nagy's exp, Arm
 * Optimized Routines, 2018): x = n·ln(2)/128 + r, |r| ≤ ln(2)/256, and
 *     exp x = 2^(n/128)·(1 + r + r²/2 + … + r⁵/120)
 * with the power from the table, in two parts. For results that are normal numbers.
 */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import { roundProduct } from './rounding.ts';
import { belowRow, logarithmOfRow, powerTable, rowBits } from './tables.ts';

/** exp(x + low), |low| small against 1; |x| ≤ 708. Relative error of the series 2^-60. */
export function tableExponential(b: LaneBuilder, x: LaneValue, low?: LaneValue): LaneValue {
  const rows = 2 ** rowBits;
  const n = roundProduct(b, x, b.real(rows / Math.LN2));
  const [unit, unitLow] = logarithmOfRow();
  const reduced = b.multiplySubtract(
    n.real,
    b.real(unitLow),
    b.multiplySubtract(n.real, b.real(unit), x),
  );
  const r = low === undefined ? reduced : b.add(reduced, low);
  const row = b.integers('integerAnd', n.integer, b.integer(BigInt(rows - 1)));
  const table = powerTable();
  const exponent = b.shift('shiftLeft', n.integer, belowRow);
  const lead = b.bitsOf(b.lookUp(table, 0, row));
  const scale = b.realOf(b.integers('integerAdd', lead, exponent));
  const square = b.mul(r, r);
  const lower = b.multiplyAdd(r, b.real(1 / 6), b.real(1 / 2));
  const upper = b.multiplyAdd(r, b.real(1 / 120), b.real(1 / 24));
  const bend = b.multiplyAdd(square, upper, lower);
  const excess = b.multiplyAdd(square, bend, b.add(b.lookUp(table, 1, row), r));
  return b.multiplyAdd(scale, excess, scale);
}
