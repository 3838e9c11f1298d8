import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erf, erfc } from '../../src/program/special.ts';

/** x, then erf(x) and erfc(x), each as a double and what it lacks (data/make-erf-reference.py). */
const reference = JSON.parse(
  readFileSync(new URL('data/erf-reference.json', import.meta.url), 'utf8'),
) as readonly [number, number, number, number, number][];

/** Distance of neighbouring doubles at x. */
function unitInLastPlace(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -1022) return 2 ** -1074;
  let exponent = Math.floor(Math.log2(size));
  if (2 ** exponent > size) exponent -= 1;
  if (2 ** (exponent + 1) <= size) exponent += 1;
  return 2 ** Math.max(exponent - 52, -1074);
}

/**
 * erf(x) to about 2^-180, by its power series 2/√π · Σ (−1)ⁿ x^(2n+1) / (n! (2n+1)) in fixed-point
 * arithmetic on big integers, as a double and what it lacks. For |x| ≤ 3.
 */
function erfBySeries(x: number): readonly [lead: number, rest: number] {
  const bits = 240n;
  // √π to 75 decimals: OEIS A002161.
  const rootOfPi = 1772453850905516027298167483341145182797549456122387128213807789852911284591n;
  const fixed = BigInt(x * 2 ** 52) << (bits - 52n);
  const square = (fixed * fixed) >> bits;
  let power = fixed;
  let sum = fixed;
  for (let n = 1n; power !== 0n && n < 400n; n += 1n) {
    power = -(power * square) / (n << bits);
    sum += power / (2n * n + 1n);
  }
  // Number(…) rounds to nearest; lead · 2^80 is an integer for x ≥ 2^-10.
  const value = (2n * sum * 10n ** 75n) / rootOfPi;
  const lead = Number(value) / 2 ** 240;
  const rest = Number(value - BigInt(lead * 2 ** 80) * 2n ** 160n) / 2 ** 240;
  return [lead, rest];
}

describe('the error function', () => {
  it('is within 1 unit in the last place of 60-digit values', () => {
    expect(reference.length).toBeGreaterThan(300);
    for (const [x, lead, rest] of reference) {
      const units = Math.abs(erf(x) - lead - rest) / unitInLastPlace(lead);
      expect(units, `erf(${x})`).toBeLessThan(1);
    }
  });

  it('has a complement within 1.6 units in the last place, subnormal results included', () => {
    for (const [x, , , lead, rest] of reference) {
      const units = Math.abs(erfc(x) - lead - rest) / unitInLastPlace(lead);
      expect(units, `erfc(${x})`).toBeLessThan(1.6);
    }
    expect(erfc(27.22)).toBeGreaterThan(0);
    expect(erfc(27.22)).toBeLessThan(2 ** -1022);
  });

  it('agrees with its power series summed on big integers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2 ** 20, max: 3 * 2 ** 30 }), (scaled) => {
        const x = scaled / 2 ** 30;
        const [lead, rest] = erfBySeries(x);
        expect(Math.abs(erf(x) - lead - rest) / unitInLastPlace(lead)).toBeLessThan(1);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('is exact at the ends of the line and keeps the sign of zero', () => {
    expect(erf(0)).toBe(0);
    expect(erf(-0)).toBe(-0);
    expect(erf(Infinity)).toBe(1);
    expect(erf(-Infinity)).toBe(-1);
    expect(erf(NaN)).toBeNaN();
    expect(erfc(0)).toBe(1);
    expect(erfc(-0)).toBe(1);
    expect(erfc(Infinity)).toBe(0);
    expect(erfc(-Infinity)).toBe(2);
    expect(erfc(NaN)).toBeNaN();
    expect(erfc(28)).toBe(0);
    expect(erfc(Number.MAX_VALUE)).toBe(0);
    expect(erf(-Number.MAX_VALUE)).toBe(-1);
  });

  it('is odd, and its complement makes it whole', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        expect(erf(-x)).toBe(-erf(x));
        expect(erf(x) + erfc(x)).toBeCloseTo(1, 14);
        expect(erfc(x) + erfc(-x)).toBeCloseTo(2, 14);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });

  it('rises without a step back across the joints of its approximations', () => {
    for (const joint of [2 ** -1000, 0.25, 0.84375, 1.25, 1 / 0.35, 6]) {
      const step = 2 * unitInLastPlace(joint);
      for (let k = -50; k < 50; k += 1) {
        const x = joint + k * step;
        const slack = 2 * unitInLastPlace(erf(x));
        expect(erf(x + step)).toBeGreaterThanOrEqual(erf(x) - slack);
        expect(erfc(x + step)).toBeLessThanOrEqual(erfc(x) + 2 * unitInLastPlace(erfc(x)));
      }
    }
  });
});
