import { describe, expect, it } from 'vitest';
import type { Arithmetic } from '../../src/program/arithmetic.ts';
import { interpret, interpretWith } from '../../src/program/interpret.ts';
import { add, mul, where } from '../../src/program/ops.ts';
import { broadcastPositions, broadcastShapes } from '../../src/program/shapes.ts';
import { trace } from '../../src/program/trace.ts';
import type { Tensor } from '../../src/program/types.ts';
import { UserError } from '../../src/support/user-error.ts';

const scalar = (x: number): Tensor => ({ shape: [], data: [x] });

describe('broadcasting', () => {
  it.each([
    [[[], [3]], [3]],
    [
      [[3], [2, 1]],
      [2, 3],
    ],
    [
      [[1], [1, 1, 1]],
      [1, 1, 1],
    ],
    [
      [
        [5, 1, 4],
        [3, 1],
      ],
      [5, 3, 4],
    ],
    [[[0], [1]], [0]],
    [
      [[2], [], [4, 1]],
      [4, 2],
    ],
  ])('takes %j to %j', (shapes, expected) => {
    expect(broadcastShapes('add', shapes)).toEqual(expected);
  });

  it.each([
    [[2], [3]],
    [[2, 3], [2]],
    [[0], [2]],
  ])('refuses %j with %j', (a, b) => {
    expect(() => broadcastShapes('add', [a, b])).toThrow(UserError);
  });

  it('repeats elements along the axes of length 1', () => {
    expect(broadcastPositions([], [2])).toEqual([0, 0]);
    expect(broadcastPositions([3], [2, 3])).toEqual([0, 1, 2, 0, 1, 2]);
    expect(broadcastPositions([2, 1], [2, 3])).toEqual([0, 0, 0, 1, 1, 1]);
    expect(broadcastPositions([2, 1, 2], [2, 2, 2])).toEqual([0, 1, 0, 1, 2, 3, 2, 3]);
    expect(broadcastPositions([1], [0])).toEqual([]);
  });
});

describe('the interpreter', () => {
  it('combines tensors element by element', () => {
    const program = trace(
      (x, row, column) => ({ outer: row.mul(column).add(x), mask: where(row.gt(1), row, -1) }),
      [[], [3], [2, 1]],
    );
    const column = { shape: [2, 1], data: [10, 100] };
    const [outer, mask] = interpret(program, [scalar(1), { shape: [3], data: [1, 2, 3] }, column]);
    expect(outer).toEqual({ shape: [2, 3], data: [11, 21, 31, 101, 201, 301] });
    expect(mask).toEqual({ shape: [3], data: [-1, 2, 3] });
  });

  it('gives nothing for empty tensors', () => {
    const program = trace((x) => x.exp(), [[0, 2]]);
    expect(interpret(program, [{ shape: [0, 2], data: [] }])).toEqual([
      { shape: [0, 2], data: [] },
    ]);
  });

  it('works over other numbers', () => {
    // Formulas as numbers: literals and applications write themselves down.
    const text: Arithmetic<string> = {
      literal: (x) => `${x}`,
      apply: (primitive, operands) => `${primitive}(${operands.join(', ')})`,
    };
    const program = trace((x, y) => [add(1, x.mul(y)), mul(y, 2), 3], [[], [2]]);
    const inputs = [
      { shape: [], data: ['x'] },
      { shape: [2], data: ['y0', 'y1'] },
    ];
    expect(interpretWith(program, inputs, text)).toEqual([
      { shape: [2], data: ['add(1, mul(x, y0))', 'add(1, mul(x, y1))'] },
      { shape: [2], data: ['mul(y0, 2)', 'mul(y1, 2)'] },
      { shape: [], data: ['3'] },
    ]);
  });

  it('refuses inputs that are not the program’s', () => {
    const program = trace((x) => x, [[2]]);
    expect(() => interpret(program, [])).toThrow(/has 1 inputs, got 0/);
    expect(() => interpret(program, [scalar(1)])).toThrow(/shape \[2\], got \[\]/);
    expect(() => interpret(program, [{ shape: [2], data: [1] }])).toThrow(UserError);
  });
});
