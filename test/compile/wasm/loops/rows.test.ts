/** Rows of memory are shared by values that are never alive together, and by no others. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lifetime, planRows } from '../../../../src/compile/wasm/loops/rows.ts';

const lifetimes: fc.Arbitrary<Lifetime[]> = fc
  .array(fc.tuple(fc.nat({ max: 2 }), fc.integer({ min: 1, max: 9 }), fc.nat({ max: 12 })), {
    maxLength: 40,
  })
  .map((values) => {
    let from = 0;
    return values.map(([step, length, life], id) => {
      from += step;
      return { id, length, from, to: from + life };
    });
  });

describe('rows of memory', () => {
  it('are never those of two values at a time, and are within the total', () => {
    fc.assert(
      fc.property(lifetimes, (values) => {
        const { first, total } = planRows(values);
        const lastStep = Math.max(0, ...values.map(({ to }) => to));
        for (let step = 0; step <= lastStep; step += 1) {
          const taken = values
            .filter(({ from, to }) => from <= step && step <= to)
            .flatMap(({ id, length }) =>
              Array.from({ length }, (_, k) => (first.get(id) ?? NaN) + k),
            );
          expect(new Set(taken).size).toBe(taken.length);
          expect(taken.every((row) => row >= 0 && row < total)).toBe(true);
        }
      }),
    );
  });

  it('of a chain in which each value is used once are those of two values', () => {
    const chain = Array.from({ length: 50 }, (_, id) => ({ id, length: 7, from: id, to: id + 1 }));
    expect(planRows(chain).total).toBe(14);
  });

  it('are free again in one piece, whatever the order in which they came free', () => {
    const small = [0, 1, 2].map((id) => ({ id, length: 2, from: 0, to: [3, 1, 2][id] ?? 0 }));
    const large = { id: 3, length: 6, from: 4, to: 4 };
    expect(planRows([...small, large]).total).toBe(6);
  });
});
