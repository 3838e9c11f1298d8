/** Primitives on whole tensors against what they do written out element by element. */
import { describe, expect, it } from 'vitest';
import { accumulate, jacobianProgram } from '../../src/accumulate/accumulate.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import { primitives } from '../../src/program/primitives.ts';
import type { Parameters, Program, Shape, Tensor } from '../../src/program/types.ts';
import { realType } from '../../src/program/values.ts';
import { createRandom } from '../../src/support/random.ts';
import { expectJacobianClose, expectTensorClose } from '../support/compare.ts';
import { elementOf as e, tensorOf, total } from '../support/nested.ts';

/** One equation: what it does, and what its result is element by element. */
interface Case {
  readonly primitive: string;
  readonly parameters: Parameters;
  readonly shapes: readonly Shape[];
  readonly shape: Shape;
  readonly element: (operands: readonly Tensor[], ...position: number[]) => number;
}

function single(
  primitive: string,
  parameters: Parameters,
  from: Shape,
  shape: Shape,
  element: (x: Tensor, ...position: number[]) => number,
): Case {
  return {
    primitive,
    parameters,
    shapes: [from],
    shape,
    element: ([x], ...position) => element(x ?? { shape: [], data: [] }, ...position),
  };
}

function pair(
  primitive: string,
  parameters: Parameters,
  shapes: readonly [Shape, Shape],
  shape: Shape,
  element: (x: Tensor, y: Tensor, ...position: number[]) => number,
): Case {
  const none: Tensor = { shape: [], data: [] };
  return {
    primitive,
    parameters,
    shapes,
    shape,
    element: ([x = none, y = none], ...position) => element(x, y, ...position),
  };
}

/** Row-major: what reshapes go by. */
const flat = (x: Tensor, place: number): number => x.data[place] ?? NaN;

const cases: readonly Case[] = [
  single('sum', { axes: [1] }, [2, 3, 2], [2, 2], (x, i, k) => total(3, (j) => e(x, i, j, k))),
  single('sum', { axes: [0, 1] }, [2, 3], [], (x) => total(2, (i) => total(3, (j) => e(x, i, j)))),
  single('sum', { axes: [] }, [2], [2], (x, i) => e(x, i)),
  single('transpose', { permutation: [2, 0, 1] }, [2, 3, 4], [4, 2, 3], (x, k, i, j) =>
    e(x, i, j, k),
  ),
  single('reshape', { shape: [6] }, [2, 3], [6], (x, n) => flat(x, n)),
  single('reshape', { shape: [2, 1, 2, 3] }, [4, 3], [2, 1, 2, 3], (x, a, _, b, c) =>
    flat(x, 6 * a + 3 * b + c),
  ),
  single('reshape', { shape: [4, 3] }, [2, 6], [4, 3], (x, a, b) => flat(x, 3 * a + b)),
  single('reshape', { shape: [] }, [1, 1], [], (x) => flat(x, 0)),
  single('squeeze', { axes: [0, 2] }, [1, 3, 1], [3], (x, i) => e(x, 0, i, 0)),
  single('expandDims', { axes: [2, 0] }, [2], [1, 2, 1], (x, _, i) => e(x, i)),
  single('broadcast', { shape: [2, 3], axes: [1] }, [3], [2, 3], (x, _, j) => e(x, j)),
  single('broadcast', { shape: [3, 2], axes: [1, 0] }, [2, 1], [3, 2], (x, _, j) => e(x, j, 0)),
  single('broadcast', { shape: [2], axes: [] }, [], [2], (x) => e(x)),
  single('slice', { start: [1, 0], limit: [3, 2] }, [3, 4], [2, 2], (x, i, j) => e(x, i + 1, j)),
  pair(
    'concatenate',
    { axis: 1 },
    [
      [2, 1],
      [2, 3],
    ],
    [2, 4],
    (x, y, i, j) => (j < 1 ? e(x, i, j) : e(y, i, j - 1)),
  ),
  // The diagonal of the outer axes, moved to the end of an axis of length 4.
  single(
    'rearrange',
    {
      to: [
        [1, 0],
        [0, 2],
      ],
      from: [
        [0, 0],
        [1, 0],
        [0, 0],
      ],
      sizes: [2, 3],
      shape: [3, 4],
    },
    [2, 3, 2],
    [3, 4],
    (x, j, i) => (i < 2 ? 0 : e(x, i - 2, j, i - 2)),
  ),
  pair(
    'dot',
    { leftContract: [1], rightContract: [0], leftBatch: [], rightBatch: [] },
    [
      [2, 3],
      [3, 4],
    ],
    [2, 4],
    (x, y, i, j) => total(3, (k) => e(x, i, k) * e(y, k, j)),
  ),
  pair(
    'dot',
    { leftContract: [0, 2], rightContract: [1, 3], leftBatch: [1], rightBatch: [0] },
    [
      [2, 3, 4],
      [3, 2, 2, 4],
    ],
    [3, 2],
    (x, y, n, j) => total(2, (i) => total(4, (k) => e(x, i, n, k) * e(y, n, i, j, k))),
  ),
  pair(
    'dot',
    { leftContract: [], rightContract: [], leftBatch: [], rightBatch: [] },
    [[2], [3]],
    [2, 3],
    (x, y, i, j) => e(x, i) * e(y, j),
  ),
  pair(
    'einsum',
    { left: [0, 1, 2], right: [2, 3, 1], out: [3, 0] },
    [
      [2, 3, 4],
      [4, 2, 3],
    ],
    [2, 2],
    (x, y, d, a) => total(3, (b) => total(4, (c) => e(x, a, b, c) * e(y, c, d, b))),
  ),
  // Index 1 is summed on the left, index 2 on the right.
  pair(
    'einsum',
    { left: [0, 1], right: [2, 0], out: [0] },
    [
      [2, 3],
      [4, 2],
    ],
    [2],
    (x, y, i) => total(3, (j) => e(x, i, j)) * total(4, (k) => e(y, k, i)),
  ),
  single('reduceMax', { axes: [1] }, [3, 4], [3], (x, i) =>
    Math.max(...[0, 1, 2, 3].map((j) => e(x, i, j))),
  ),
  single('reduceMin', { axes: [0, 2] }, [2, 3, 2], [3], (x, j) =>
    Math.min(...[0, 1].flatMap((i) => [0, 1].map((k) => e(x, i, j, k)))),
  ),
];

const random = createRandom(12);

function programOf({ primitive, parameters, shapes }: Case): Program {
  const builder = new ProgramBuilder(primitive);
  const inputs = shapes.map((shape, k) => builder.input(`x${k}`, realType(shape)));
  builder.output('y', builder.emit(primitive, inputs, parameters));
  return builder.build();
}

const named = cases.map((each): [string, Case] => [
  `${each.primitive} ${JSON.stringify(each.parameters)} of ${JSON.stringify(each.shapes)}`,
  each,
]);

/** The accumulated Jacobian of a Program, [output][input]. */
function accumulated(program: Program, at: readonly Tensor[]): Tensor[][] {
  const linearisation = linearise(program);
  const { graph } = linearisation;
  const order = orderFromPositions(graph, eliminableVertices(graph));
  const blocks = interpret(
    jacobianProgram(accumulate(linearisation, order), { values: false }),
    at,
  );
  const width = program.inputs.length;
  return program.outputs.map((_, o) => blocks.slice(o * width, (o + 1) * width));
}

describe('a primitive on whole tensors', () => {
  it('has a case here', () => {
    const structural = [...primitives.values()].filter((each) => each.class === 'structural');
    expect([...new Set(cases.map(({ primitive }) => primitive))].sort()).toEqual(
      structural.map(({ name }) => name).sort(),
    );
  });

  it.each(named)('%s gives what it says, element by element', (_, each) => {
    const at = each.shapes.map((shape) => tensorOf(shape, () => 4 * random.next() - 2));
    const [value] = interpret(programOf(each), at);
    if (value === undefined) throw new Error('no output');
    expectTensorClose(
      value,
      tensorOf(each.shape, (...position) => each.element(at, ...position)),
      1e-14,
      each.primitive,
    );
  });

  it.each(named)('%s has the partials of dual numbers', (_, each) => {
    const program = programOf(each);
    const at = each.shapes.map((shape) => tensorOf(shape, () => 4 * random.next() - 2));
    expectJacobianClose(program, accumulated(program, at), dualJacobian(program, at), 1e-14);
  });

  it.each(['dot', 'einsum'])('%s of a value with itself has the sum of both partials', (name) => {
    const builder = new ProgramBuilder(name);
    const x = builder.input('x', realType([3, 3]));
    const parameters =
      name === 'dot'
        ? { leftContract: [1], rightContract: [0], leftBatch: [], rightBatch: [] }
        : { left: [0, 1], right: [2, 1], out: [0, 2] };
    builder.output('y', builder.emit(name, [x, x], parameters));
    const program = builder.build();
    const at = [tensorOf([3, 3], () => random.next())];
    expectJacobianClose(program, accumulated(program, at), dualJacobian(program, at), 1e-14);
  });

  it.each(['reduceMax', 'reduceMin'])('%s shares the derivative among equal elements', (name) => {
    const builder = new ProgramBuilder(name);
    const x = builder.input('x', realType([4]));
    builder.output('y', builder.emit(name, [x], { axes: [0] }));
    const sign = name === 'reduceMax' ? 1 : -1;
    const at = { shape: [4], data: [3, 1, 3, 2].map((number) => sign * number) };
    expect(accumulated(builder.build(), [at])[0]?.[0]?.data).toEqual([0.5, 0, 0.5, 0]);
  });
});
