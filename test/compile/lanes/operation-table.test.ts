/** The table finds an operation where, and only where, an equal one was added. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OperationTable } from '../../../src/compile/lanes/operation-table.ts';
import type { LaneOperation, LaneValue } from '../../../src/compile/lanes/types.ts';

/** Small values, and some that are too large for keys that are numbers. */
const value = fc.constantFrom(
  0,
  1,
  2,
  3,
  2 ** 17 - 1,
  2 ** 17,
  2 ** 17 + 1,
  2 ** 20,
) as fc.Arbitrary<LaneValue>;

const operation: fc.Arbitrary<LaneOperation> = fc.oneof(
  fc
    .constantFrom(0, -0, 1, NaN, Infinity, 2 ** 53)
    .map((number): LaneOperation => ({ op: 'realLiteral', operands: [], value: number })),
  fc
    .constantFrom(0n, 1n, -1n, 2n ** 40n)
    .map((number): LaneOperation => ({ op: 'integerLiteral', operands: [], value: number })),
  fc
    .tuple(fc.constantFrom('neg', 'sqrt'), value)
    .map(([op, x]): LaneOperation => ({ op: op as 'neg', operands: [x] })),
  fc
    .tuple(fc.constantFrom('add', 'mul', 'sub', 'div'), value, value)
    .map(([op, x, y]): LaneOperation => ({ op: op as 'add', operands: [x, y] })),
  fc
    .tuple(fc.constantFrom('fma', 'fnma'), value, value, value)
    .map(([op, x, y, z]): LaneOperation => ({ op: op as 'fma', operands: [x, y, z] })),
  fc
    .tuple(value, fc.constantFrom(1, 2, 12))
    .map(([x, amount]): LaneOperation => ({ op: 'shiftLeft', operands: [x], amount })),
);

/** By the meaning of the operations: sums and products commute, and all else counts. */
function isEqual(a: LaneOperation, b: LaneOperation): boolean {
  if (a.op !== b.op) return false;
  if (a.op === 'realLiteral') return Object.is(a.value, (b as typeof a).value);
  if (a.op === 'integerLiteral') return a.value === (b as typeof a).value;
  if (a.op === 'shiftLeft' && a.amount !== (b as typeof a).amount) return false;
  const [own, others]: readonly number[][] = [[...a.operands], [...b.operands]];
  if (a.op === 'add' || a.op === 'mul') {
    own?.sort((x, y) => x - y);
    others?.sort((x, y) => x - y);
  }
  return String(own) === String(others);
}

describe('a table of operations', () => {
  it('gives the value of the first equal operation, as a list that is searched does', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const table = new OperationTable();
        const list: { readonly operation: LaneOperation; readonly value: LaneValue }[] = [];
        operations.forEach((each, k) => {
          const expected = list.find((known) => isEqual(known.operation, each))?.value;
          expect(table.find(each)).toBe(expected);
          if (expected !== undefined) return;
          // Any number will do for a value here.
          table.add(each, k as LaneValue);
          list.push({ operation: each, value: k as LaneValue });
        });
      }),
      { numRuns: 1000 },
    );
  });
});
