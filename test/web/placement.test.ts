import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { placeInRow, type Wish } from '../../web/laboratory/placement.ts';

const wish = fc.record({
  wanted: fc.integer({ min: -20, max: 20 }),
  weight: fc.integer({ min: 1, max: 4 }),
  gap: fc.integer({ min: 0, max: 6 }),
});

const price = (wishes: readonly Wish[], places: readonly number[]): number =>
  wishes.reduce(
    (sum, { wanted, weight }, index) => sum + weight * ((places[index] ?? NaN) - wanted) ** 2,
    0,
  );

/** The least price on a grid, by trying every place behind the one before. */
function leastOnGrid(wishes: readonly Wish[], step: number): number {
  /** By place: the least price of those so far, the last of them there. */
  let prices = new Map<number, number>();
  wishes.forEach(({ wanted, weight, gap }, index) => {
    const next = new Map<number, number>();
    for (let place = -60; place <= 60; place += step) {
      const own = weight * (place - wanted) ** 2;
      const before = [...prices].filter(([at]) => at + gap <= place).map(([, sum]) => sum);
      const sum = index === 0 ? 0 : Math.min(Infinity, ...before);
      next.set(place, own + sum);
    }
    prices = next;
  });
  return Math.min(...prices.values());
}

describe('places in a row', () => {
  it('keep their gaps', () => {
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), (wishes) => {
        const places = placeInRow(wishes);
        expect(places).toHaveLength(wishes.length);
        wishes.slice(1).forEach(({ gap }, index) => {
          const [before = NaN, after = NaN] = places.slice(index, index + 2);
          expect(after - before).toBeGreaterThanOrEqual(gap - 1e-9);
        });
      }),
    );
  });

  it('are as near to where they want to be as any', () => {
    fc.assert(
      fc.property(fc.array(wish, { minLength: 1, maxLength: 4 }), (wishes) => {
        const found = price(wishes, placeInRow(wishes));
        expect(found).toBeLessThanOrEqual(leastOnGrid(wishes, 1) + 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('are where they want to be if there is room', () => {
    const wishes = [0, 5, 11].map((wanted) => ({ wanted, weight: 1, gap: 5 }));
    expect(placeInRow(wishes)).toEqual([0, 5, 11]);
  });
});
