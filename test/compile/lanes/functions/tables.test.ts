import { describe, expect, it } from 'vitest';
import { bitsOfReal, realOfBits } from '../../../../src/compile/lanes/format.ts';
import {
  belowRow,
  leastSignificand,
  logarithmOfRow,
  logarithmTable,
  powerTable,
} from '../../../../src/compile/lanes/functions/tables.ts';
import { errorFunctionTable } from '../../../../src/compile/lanes/functions/table-error-function.ts';
import {
  add,
  absolute,
  divide,
  fromNumber,
  multiply,
  negate,
  subtract,
  toNumber,
} from '../../../support/big-float.ts';
import type { BigFloat } from '../../../support/big-float.ts';
import { erf, exp, ln2, log, pi } from '../../../support/high-precision.ts';

const sizeOf = (x: BigFloat): number => toNumber(absolute(x));
const numberAt = (row: readonly number[], column: number): number => row[column] ?? NaN;

describe('the table of logarithms', () => {
  const { rows } = logarithmTable();
  const ends = rows.map((_, row) => {
    const end = (k: number): number =>
      realOfBits('f64', leastSignificand + (BigInt(row + k) << BigInt(belowRow)));
    return { first: end(0), next: end(1) };
  });

  it('covers the significands from one number to twice that', () => {
    expect(rows).toHaveLength(128);
    expect(ends[127]?.next).toBe(2 * (ends[0]?.first ?? NaN));
  });

  it('leaves remainders m/c − 1 that are doubles below 2^-7', () => {
    rows.forEach((row, place) => {
      const inverse = numberAt(row, 0);
      const { first, next } = ends[place] ?? { first: NaN, next: NaN };
      for (const m of [first, next]) expect(Math.abs(m * inverse - 1)).toBeLessThan(2 ** -7);
      // Multiples of 2^-60 below 2^-7 are doubles; significands are multiples of 2^-53 below 1, else of 2^-52.
      const unit = first < 1 ? 2 ** 7 : 2 ** 8;
      expect(inverse * unit).toBe(Math.round(inverse * unit));
    });
  });

  it('has ln c in two parts, the first short, and 1 itself where 1 lies', () => {
    rows.forEach((row, place) => {
      const [high, low] = [numberAt(row, 1), numberAt(row, 2)];
      expect(high * 2 ** 42).toBe(Math.round(high * 2 ** 42));
      const parts = add(fromNumber(high), fromNumber(low));
      const exact = negate(log(fromNumber(numberAt(row, 0))));
      expect(sizeOf(subtract(parts, exact))).toBeLessThanOrEqual(2 ** -96);
      const { first, next } = ends[place] ?? { first: NaN, next: NaN };
      if (first < 1 && next > 1) expect(row).toEqual([1, 0, 0]);
    });
  });
});

describe('the table of powers of two', () => {
  const step = divide(ln2, fromNumber(128));

  it('has each power as a double and the rest, to 2^-105', () => {
    powerTable().rows.forEach((row, place) => {
      const bits = bitsOfReal('f64', numberAt(row, 0)) + (BigInt(place) << BigInt(belowRow));
      const lead = fromNumber(realOfBits('f64', bits));
      const exact = exp(multiply(step, fromNumber(place)));
      const sum = add(lead, multiply(lead, fromNumber(numberAt(row, 1))));
      expect(sizeOf(subtract(sum, exact))).toBeLessThan(2 ** -104);
      expect(Math.abs(numberAt(row, 1))).toBeLessThanOrEqual(2 ** -53);
    });
  });

  it('reduces by ln(2)/128 in two parts, the first short', () => {
    const [high, low] = logarithmOfRow();
    expect(high * 2 ** 41).toBe(Math.round(high * 2 ** 41));
    expect(sizeOf(subtract(add(fromNumber(high), fromNumber(low)), step))).toBeLessThan(2 ** -95);
    expect(high * 2 ** 41).toBeLessThan(2 ** 34);
  });
});

describe('the table of the error function', () => {
  const { rows } = errorFunctionTable();

  it('has erf(i/32) in two parts and its derivative, up to where erf is 1', () => {
    expect(rows).toHaveLength(193);
    rows.forEach((row, place) => {
      const [high, low, slope] = [numberAt(row, 0), numberAt(row, 1), numberAt(row, 2)];
      const c = fromNumber(place / 32);
      const parts = add(fromNumber(high), fromNumber(low));
      expect(sizeOf(subtract(parts, erf(c)))).toBeLessThanOrEqual(2 ** -106);
      // (2/√π·exp(−c²))² = 4/π·exp(−2c²); a square is off by twice its number's error.
      const square = multiply(fromNumber(slope), fromNumber(slope));
      const inverse = divide(multiply(pi, exp(multiply(c, add(c, c)))), fromNumber(4));
      const off = subtract(multiply(square, inverse), fromNumber(1));
      expect(sizeOf(off)).toBeLessThanOrEqual(2 ** -52);
    });
    expect(numberAt(rows[192] ?? [], 0)).toBe(1);
  });
});
