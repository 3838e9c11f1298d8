/** Lane programs in parts: what crosses has a slot of its own from where it is made to its last use. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerWithCalls } from '../../../src/compile/outline/outline.ts';
import { divideProgram } from '../../../src/compile/outline/parts.ts';
import { definedBy, operandsOf } from '../../../src/compile/outline/statements.ts';
import type { LaneValue } from '../../../src/compile/lanes/types.ts';
import { trace } from '../../../src/program/trace.ts';
import { arbitraryProgram } from '../../support/arbitrary-program.ts';

const options = { precision: 'f64', fused: false } as const;

describe('parts of a program', () => {
  it('find in every slot what an earlier part left there, in random programs', () => {
    let crossing = 0;
    fc.assert(
      fc.property(arbitraryProgram(), fc.integer({ min: 2, max: 12 }), ({ program }, longest) => {
        const lanes = lowerWithCalls(program, options, 50);
        const { parts, slots, slotCount } = divideProgram(lanes, longest);
        const memory: (LaneValue | undefined)[] = Array.from({ length: slotCount });
        for (const { statements, leaving } of parts) {
          const own = new Set(statements.flatMap(definedBy));
          // What leaves may be stored before anything is loaded.
          for (const value of leaving) memory[slots.get(value) ?? NaN] = value;
          for (const operand of statements.flatMap(operandsOf)) {
            const slot = slots.get(operand);
            if (own.has(operand) || slot === undefined) continue;
            expect(memory[slot]).toBe(operand);
            crossing += 1;
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(crossing).toBeGreaterThan(200);
  });

  it('take slots again: a chain in many parts needs one or two', () => {
    const chain = trace(
      (x) => {
        let y = x;
        for (let k = 0; k < 40; k += 1) y = y.mul(y).add(k);
        return y;
      },
      [[]],
    );
    const { parts, slots, slotCount } = divideProgram(lowerWithCalls(chain, options, 50), 8);
    expect(parts.length).toBeGreaterThan(5);
    expect(slots.size).toBeGreaterThan(5);
    expect(slotCount).toBeLessThanOrEqual(2);
  });
});
