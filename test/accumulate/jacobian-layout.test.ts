/** Where the entries of a Jacobian are: by hand for small functions, by expansion for random ones. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accumulate } from '../../src/accumulate/accumulate.ts';
import { compileJacobian, denseNumbers } from '../../src/accumulate/compile-jacobian.ts';
import { compactJacobian } from '../../src/accumulate/jacobian-layout.ts';
import type { Accumulation } from '../../src/accumulate/types.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { sin } from '../../src/program/ops.ts';
import { trace } from '../../src/program/trace.ts';
import type { Program } from '../../src/program/types.ts';
import { arbitraryProgram } from '../support/arbitrary-program.ts';
import { arbitraryTensorProgram } from '../support/arbitrary-tensor-program.ts';
import { expectClose } from '../support/compare.ts';

function accumulated(program: Program): Accumulation {
  const linearisation = linearise(program);
  const { graph } = linearisation;
  return accumulate(linearisation, orderFromPositions(graph, eliminableVertices(graph)));
}

describe('the layout of a Jacobian', () => {
  it('tells constants, repetitions and zeros from numbers', () => {
    // ∂(x·y, 3x − y, sin(x))/∂(x, y, z); cos(x) once more from the last output.
    const program = trace(
      (x, y, z) => [x.mul(y), x.mul(3).sub(y), sin(x), sin(x).add(z)],
      [[], [], []],
    );
    const {
      layout,
      valueCount,
      program: compact,
    } = compactJacobian(accumulated(program), {
      values: false,
    });
    const constant = (value: number) => ({ kind: 'constant', value });
    const variable = (place: number) => ({ kind: 'variable', place });
    expect(layout.entries).toEqual([
      ...[variable(0), variable(1), constant(0)],
      ...[constant(3), constant(-1), constant(0)],
      ...[variable(2), constant(0), constant(0)],
      ...[variable(2), constant(0), constant(1)],
    ]);
    expect(valueCount).toBe(0);
    expect(compact.outputs).toHaveLength(3);
    expect(layout.compactLengths).toEqual([1, 1, 1]);
    expect([...layout.sparse.rowStarts]).toEqual([0, 2, 4, 5, 7]);
    expect([...layout.sparse.columnIndices]).toEqual([0, 1, 0, 1, 0, 0, 2]);
  });

  it('stores the diagonal of an element-wise function once', () => {
    const program = trace((x) => sin(x), [[3]]);
    const { layout } = compactJacobian(accumulated(program), { values: true });
    expect([layout.rows, layout.columns]).toEqual([3, 3]);
    expect(layout.compactLengths).toEqual([3]);
    expect([...layout.sparse.rowStarts]).toEqual([0, 1, 2, 3]);
    expect([...layout.sparse.columnIndices]).toEqual([0, 1, 2]);
  });

  it('keeps to the inputs that are asked for, in their order', () => {
    const program = trace((x, y, z) => x.mul(y).add(z), [[], [], []]);
    const { layout } = compactJacobian(accumulated(program), { values: false, inputs: [2, 0] });
    expect(layout.entries).toEqual([
      { kind: 'constant', value: 1 },
      { kind: 'variable', place: 0 },
    ]);
  });

  it.each([
    ['scalar', arbitraryProgram({ stopGradient: false }), 150],
    ['tensor', arbitraryTensorProgram({ stopGradient: false }), 40],
  ] as const)('expands to the dense Jacobian of random %s programs', (_, programs, runs) => {
    fc.assert(
      fc.property(programs, ({ program, sample }) => {
        const compiled = compileJacobian(accumulated(program), {
          target: 'js',
          outputs: 'compact',
        });
        const { jacobian } = compiled.batch(
          sample.map(({ data }) => data),
          1,
        );
        const blocks = denseNumbers(compiled.layout, jacobian, 1);
        const expected = dualJacobian(program, sample).flat();
        expect(blocks).toHaveLength(expected.length);
        expected.forEach(({ data }, k) => {
          expectClose([...(blocks[k] ?? [])], data, 1e-8, `block ${k} `);
        });
      }),
      { numRuns: runs },
    );
  });
});
