import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRandom } from '../../src/support/random.ts';
import { medianInterval, pairedRatio, quantile, summarise } from '../../src/support/statistics.ts';

const samples = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), {
  minLength: 1,
  maxLength: 60,
});

/** P(B ≤ k) for n coin tosses, by Pascal's triangle. */
function tail(n: number, k: number): number {
  let row = [1];
  for (let toss = 0; toss < n; toss += 1) {
    row = [...row, 0].map((count, heads) => count + (row[heads - 1] ?? 0));
  }
  return row.slice(0, k + 1).reduce((sum, count) => sum + count, 0) / 2 ** n;
}

describe('quantiles', () => {
  it('are the textbook figures of Hyndman and Fan, type 7', () => {
    // R: quantile(c(1, 2, 3, 4), c(0.25, 0.5, 0.75)) gives 1.75, 2.5, 3.25.
    expect(summarise([4, 1, 3, 2])).toEqual({ min: 1, p25: 1.75, median: 2.5, p75: 3.25 });
    expect(quantile([10], 0.9)).toBe(10);
  });

  it('do not depend on the order of the samples, and lie in order between the extremes', () => {
    fc.assert(
      fc.property(samples, fc.integer(), (values, seed) => {
        const { min, p25, median, p75 } = summarise(values);
        expect(summarise(createRandom(seed).shuffle(values))).toEqual({ min, p25, median, p75 });
        expect([min, p25, median, p75].toSorted((a, b) => a - b)).toEqual([min, p25, median, p75]);
        expect(min).toBe(Math.min(...values));
        expect(p75).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it('of nothing are refused', () => {
    expect(() => summarise([])).toThrow('no samples');
  });
});

describe('the interval of a median', () => {
  it('lies between the order statistics that tables of the sign test give', () => {
    // n = 10: [x₍₂₎, x₍₉₎] covers with 97.9 %; n = 20: [x₍₆₎, x₍₁₅₎] with 95.9 %.
    const ten = medianInterval(Array.from({ length: 10 }, (_, k) => k + 1));
    expect([ten.low, ten.high]).toEqual([2, 9]);
    expect(ten.confidence).toBeCloseTo(0.97852, 4);
    const twenty = medianInterval(Array.from({ length: 20 }, (_, k) => k + 1));
    expect([twenty.low, twenty.high]).toEqual([6, 15]);
    expect(twenty.confidence).toBeCloseTo(0.9586, 4);
  });

  it('has the confidence that Pascal’s triangle gives', () => {
    for (let n = 1; n <= 60; n += 1) {
      const { low, confidence } = medianInterval(Array.from({ length: n }, (_, k) => k));
      expect(confidence).toBeCloseTo(Math.max(0, 1 - 2 * tail(n, low)), 10);
      if (n >= 6) expect(confidence).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('covers the true median as often as it says, also of a skewed distribution', () => {
    const random = createRandom(1);
    const trials = 2000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      // Exponential: the median is ln 2.
      const drawn = Array.from({ length: 25 }, () => -Math.log(1 - random.next()));
      const { low, high } = medianInterval(drawn);
      if (low <= Math.LN2 && Math.LN2 <= high) covered += 1;
    }
    // 25 samples give 95.7 %; four standard deviations of 2,000 trials are 1.8 %.
    expect(covered / trials).toBeGreaterThan(0.939);
    expect(covered / trials).toBeLessThan(0.975);
  });
});

describe('a paired ratio', () => {
  it('sees through what slows both sides in a round', () => {
    const slow = [1, 5, 2, 9, 1, 3, 7, 1, 2, 4];
    const { median, low, high } = pairedRatio(
      slow.map((factor) => 3 * factor),
      slow.map((factor) => 2 * factor),
    );
    expect([median, low, high]).toEqual([1.5, 1.5, 1.5]);
  });

  it('turned around is the inverse', () => {
    fc.assert(
      fc.property(samples, fc.integer(), (a, seed) => {
        const odd = a.length % 2 === 1 ? a : a.slice(1);
        fc.pre(odd.length > 0);
        const b = createRandom(seed).shuffle(odd);
        const forth = pairedRatio(odd, b);
        const back = pairedRatio(b, odd);
        expect(back.median).toBeCloseTo(1 / forth.median, 9);
        expect(back.low).toBeCloseTo(1 / forth.high, 9);
      }),
    );
  });

  it('needs samples of the same rounds', () => {
    expect(() => pairedRatio([1, 2], [1])).toThrow('same rounds');
  });
});
