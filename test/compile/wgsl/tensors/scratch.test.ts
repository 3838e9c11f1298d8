/** Numbers that are given away belong to one at a time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Scratch } from '../../../../src/compile/wgsl/tensors/scratch.ts';

describe('scratch numbers', () => {
  it('are never given to two at once, and all come back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat())), (steps) => {
        const scratch = new Scratch();
        const owners = new Map<number, readonly [start: number, length: number]>();
        const taken = new Set<number>();
        steps.forEach(([length, choice], step) => {
          if (choice % 3 === 0 && owners.size > 0) {
            const [owner] = [...owners][choice % owners.size] ?? [];
            const [start, own] = owners.get(owner ?? -1) ?? [0, 0];
            owners.delete(owner ?? -1);
            for (let k = 0; k < own; k += 1) taken.delete(start + k);
            scratch.giveBack(start, own);
            return;
          }
          const start = scratch.take(length);
          owners.set(step, [start, length]);
          for (let k = 0; k < length; k += 1) {
            expect(taken.has(start + k)).toBe(false);
            taken.add(start + k);
          }
          expect(start + length).toBeLessThanOrEqual(scratch.total);
        });
        for (const [start, length] of owners.values()) scratch.giveBack(start, length);
        const { total } = scratch;
        if (total === 0) return;
        // Everything is one gap again.
        expect(scratch.take(total)).toBe(0);
        expect(scratch.total).toBe(total);
      }),
      { numRuns: 300 },
    );
  });

  it('are taken from the smallest gap that is large enough', () => {
    const scratch = new Scratch();
    const [wide, , narrow] = [5, 1, 2, 1].map((length) => scratch.take(length));
    scratch.giveBack(wide ?? -1, 5);
    scratch.giveBack(narrow ?? -1, 2);
    expect(scratch.take(2)).toBe(narrow);
    expect(scratch.take(3)).toBe(wide);
    // Two are left of the wide gap, which three do not fit into.
    expect(scratch.take(3)).toBe(9);
    expect(scratch.total).toBe(12);
  });
});
