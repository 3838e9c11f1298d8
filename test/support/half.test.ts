/** Halves, all of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsOfHalf, halfOfBits, roundToHalf } from '../../src/support/half.ts';

const allBits = Array.from({ length: 2 ** 16 }, (_, bits) => bits);
const all = allBits.map(halfOfBits);
/** Ascending, from 0 to the largest. */
const finite = all.slice(0, 0x7c00);

describe('halves', () => {
  it('have the values of the standard', () => {
    const known = [0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x3555, 0x7c00].map(halfOfBits);
    expect(known).toEqual([1, -2, 65_504, 2 ** -14, 2 ** -24, 0.333251953125, Infinity]);
    expect(halfOfBits(0x8000)).toBe(-0);
    expect(halfOfBits(0x7c01)).toBeNaN();
  });

  it('are what they round to, and keep their bits, all 65,536 of them', () => {
    const wrong = allBits.filter((bits) => {
      const half = all[bits] ?? 0;
      if (Number.isNaN(half)) return !Number.isNaN(halfOfBits(bitsOfHalf(half)));
      return !Object.is(roundToHalf(half), half) || bitsOfHalf(half) !== bits;
    });
    expect(wrong).toEqual([]);
  });

  it('take what lies between two of them to the nearer, and the middle to the even one', () => {
    const wrong = finite.slice(0, -1).filter((low, bits) => {
      const high = finite[bits + 1] ?? NaN;
      const middle = (low + high) / 2;
      const even = bits % 2 === 0 ? low : high;
      return (
        roundToHalf(middle) !== even ||
        roundToHalf(-middle) !== -even ||
        roundToHalf(middle - (high - low) / 2 ** 20) !== low ||
        roundToHalf(middle + (high - low) / 2 ** 20) !== high
      );
    });
    expect(wrong).toEqual([]);
    const beyond = [65_519.99, 65_520, 1e300, -1e300, 5e-324, 2 ** -25].map(roundToHalf);
    expect(beyond).toEqual([65_504, Infinity, Infinity, -Infinity, 0, 0]);
    expect(roundToHalf(NaN)).toBeNaN();
  });

  it('are next to any number: no other half is nearer', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 65_504, noNaN: true }), (x) => {
        const least = Math.min(...finite.map((half) => Math.abs(half - x)));
        expect(Math.abs(roundToHalf(x) - x)).toBe(least);
      }),
      { numRuns: 40 },
    );
  });
});
