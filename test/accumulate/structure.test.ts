import { describe, expect, it } from 'vitest';
import { accumulate } from '../../src/accumulate/accumulate.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { elementCount } from '../../src/program/shapes.ts';
import type { Operand, Program } from '../../src/program/types.ts';
import { literalTensor, realType } from '../../src/program/values.ts';

/** The largest tensor, literals included, that an equation of the accumulation touches. */
function largestStored(program: Program, reversed: boolean) {
  const linearisation = linearise(program);
  const vertices = eliminableVertices(linearisation.graph);
  const order = orderFromPositions(
    linearisation.graph,
    reversed ? vertices.toReversed() : vertices,
  );
  const accumulation = accumulate(linearisation, order);
  const { primalEquations, partialEquations } = accumulation;
  const stage = accumulation.program.equations.slice(primalEquations + partialEquations);
  const sizes = stage.flatMap(({ type, operands }) => [
    elementCount(type.shape),
    ...operands.map((operand) => (operand.kind === 'literal' ? operand.data.length : 0)),
  ]);
  return { accumulation, largest: Math.max(0, ...sizes) };
}

function chain(n: number, build: (builder: ProgramBuilder, x: Operand) => Operand): Program {
  const builder = new ProgramBuilder('chain');
  const x = builder.input('x', realType([n]));
  builder.output('y', build(builder, x));
  return builder.build();
}

describe.each([
  ['forward', false],
  ['reverse', true],
])('accumulated %s,', (_, reversed) => {
  it('a chain of element-wise equations stores n numbers, never n × n', () => {
    const n = 50;
    const program = chain(n, (builder, x) => {
      let value = x;
      for (const name of ['sin', 'exp', 'tanh', 'neg', 'sigmoid']) {
        value = builder.emit(name, [value]);
      }
      return builder.emit('mul', [value, value]);
    });
    const { accumulation, largest } = largestStored(program, reversed);
    expect(largest).toBe(n);
    // sin, exp, tanh, sigmoid and the square have stored partials, neg is free.
    expect(accumulation.multiplications).toBe(4 * n);
    expect(accumulation.blocks[0]?.block.value).toHaveLength(1);
  });

  it('moves, sums and repetitions of a diagonal keep the delta implicit', () => {
    const n = 48;
    const program = chain(n, (builder, x) => {
      const square = builder.emit('mul', [x, x]);
      const grid = builder.emit('reshape', [builder.emit('sin', [square])], { shape: [6, 8] });
      const turned = builder.emit('transpose', [grid], { permutation: [1, 0] });
      const total = builder.emit('sum', [builder.emit('exp', [turned])], { axes: [0] });
      return builder.emit('broadcast', [total], { shape: [6, 10], axes: [0] });
    });
    expect(largestStored(program, reversed).largest).toBe(n);
  });

  it('a window of a window of a diagonal is one offset', () => {
    const n = 30;
    const program = chain(n, (builder, x) => {
      const left = builder.emit('slice', [builder.emit('sin', [x])], { start: [5], limit: [n] });
      const padded = builder.emit('concatenate', [left, literalTensor([3], [1, 2, 3])], {
        axis: 0,
      });
      return builder.emit('slice', [builder.emit('exp', [padded])], { start: [4], limit: [12] });
    });
    const { accumulation, largest } = largestStored(program, reversed);
    expect(largest).toBeLessThanOrEqual(n);
    expect(accumulation.blocks[0]?.block).toMatchObject({
      to: [[{ index: 0, offset: 0 }]],
      from: [[{ index: 0, offset: 9 }]],
      sizes: [8],
    });
  });

  it('a copy and its sign are passed on without one equation', () => {
    const program = chain(20, (builder, x) =>
      builder.emit('neg', [builder.emit('convert', [builder.emit('neg', [x])])]),
    );
    const { accumulation, largest } = largestStored(program, reversed);
    expect(largest).toBe(0);
    expect(accumulation.blocks[0]?.block.value).toEqual([]);
    expect(accumulation.multiplications).toBe(0);
  });
});
