import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { centralDifferences } from '../../src/program/differences.ts';
import { scalarType } from '../../src/program/values.ts';
import { expectClose } from '../support/compare.ts';

describe('central differences', () => {
  it('come close to known derivatives, at small and at large arguments', () => {
    const builder = new ProgramBuilder('test');
    const x = builder.input('x', scalarType);
    const y = builder.input('y', scalarType);
    builder.output('f', builder.emit('mul', [builder.emit('sin', [x]), y]));
    const program = builder.build();
    for (const [a, b] of [
      [0.3, 2],
      [0, -1],
      [-2, 1e6],
    ] as const) {
      const [row = []] = centralDifferences(program, [
        { shape: [], data: [a] },
        { shape: [], data: [b] },
      ]);
      const given = row.map(({ data }) => data[0] ?? NaN);
      expectClose(given, [Math.cos(a) * b, Math.sin(a)], 1e-9, `f′(${a}, ${b})`);
    }
  });

  it('are exact for a square, whose third derivative vanishes, at a power of two', () => {
    const builder = new ProgramBuilder('square');
    const x = builder.input('x', scalarType);
    builder.output('f', builder.emit('mul', [x, x]));
    const [row = []] = centralDifferences(builder.build(), [{ shape: [], data: [1] }]);
    expect(row).toEqual([{ shape: [], data: [2] }]);
  });

  it('have the shape of the output before that of the input', () => {
    const builder = new ProgramBuilder('outer');
    const a = builder.input('a', { shape: [2, 1], kind: 'real' });
    const b = builder.input('b', { shape: [2], kind: 'real' });
    builder.output('p', builder.emit('add', [a, b]));
    const [[byA, byB] = []] = centralDifferences(builder.build(), [
      { shape: [2, 1], data: [1, 2] },
      { shape: [2], data: [4, 8] },
    ]);
    expect(byA?.shape).toEqual([2, 2, 2, 1]);
    expectClose(byA?.data ?? [], [1, 0, 1, 0, 0, 1, 0, 1], 1e-9, 'by a');
    expect(byB?.shape).toEqual([2, 2, 2]);
    expectClose(byB?.data ?? [], [1, 0, 0, 1, 1, 0, 0, 1], 1e-9, 'by b');
  });
});
