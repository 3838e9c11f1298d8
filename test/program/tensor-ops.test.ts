import { describe, expect, it } from 'vitest';
import { interpret } from '../../src/program/interpret.ts';
import {
  at,
  broadcastInDim,
  concatenate,
  dot,
  dotGeneral,
  einsum,
  eye,
  full,
  gelu,
  layerNorm,
  logSoftmax,
  logsumexp,
  matmul,
  max,
  mean,
  min,
  ones,
  outer,
  prod,
  relu,
  reshape,
  silu,
  slice,
  softmax,
  split,
  stack,
  sum,
  tensor,
  transpose,
  where,
  zeros,
} from '../../src/program/ops.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { printProgram } from '../../src/program/listing.ts';
import { trace, type Traced, type TraceResult } from '../../src/program/trace.ts';
import type { Shape, Tensor } from '../../src/program/types.ts';
import { createRandom } from '../../src/support/random.ts';
import { expectClose, expectTensorClose } from '../support/compare.ts';
import { elementOf as e, positions, tensorOf, total } from '../support/nested.ts';

const random = createRandom(4);
const point = (shape: Shape): Tensor => tensorOf(shape, () => 4 * random.next() - 2);

/** Values of a traced function at a point. */
function valuesOf(f: (...inputs: Traced[]) => TraceResult, ...at: Tensor[]): Tensor[] {
  return interpret(
    trace(
      f,
      at.map(({ shape }) => shape),
    ),
    at,
  );
}

function valueOf(f: (...inputs: Traced[]) => Traced, ...at: Tensor[]): Tensor {
  const [value] = valuesOf(f, ...at);
  if (value === undefined) throw new Error('no output');
  return value;
}

/** The equations of a function of one tensor. */
function equations(f: (x: Traced) => TraceResult, shape: Shape): string[] {
  const lines = printProgram(trace(f, [shape])).split('\n');
  return lines.filter((line) => /^v\d/.test(line)).map((line) => line.replace(/^v\d+ = /, ''));
}

const matrix = point([3, 4]);
const cube = point([2, 3, 4]);
const [left, right] = [point([2, 3, 4]), point([2, 4, 5])];

describe('reductions', () => {
  it('take all axes, one, several, or one from the end', () => {
    expectTensorClose(
      valueOf((x) => sum(x), cube),
      tensorOf([], () => cube.data.reduce((a, b) => a + b)),
      1e-14,
      'sum',
    );
    expectTensorClose(
      valueOf((x) => x.sum({ axes: -2 }), cube),
      tensorOf([2, 4], (i, k) => total(3, (j) => e(cube, i, j, k))),
      1e-14,
      'sum over the middle',
    );
    expectTensorClose(
      valueOf((x) => mean(x, { axes: [2, 0], keepdims: true }), cube),
      tensorOf([1, 3, 1], (_, j) => total(2, (i) => total(4, (k) => e(cube, i, j, k))) / 8),
      1e-14,
      'mean over the outer two',
    );
  });

  it('find extremes along axes, and the larger and smaller of two values', () => {
    expectTensorClose(
      valueOf((x) => max(x, { axes: 1 }), matrix),
      tensorOf([3], (i) => Math.max(...matrix.data.slice(4 * i, 4 * i + 4))),
      0,
      'max',
    );
    expect(valueOf((x) => x.min(), matrix).data).toEqual([Math.min(...matrix.data)]);
    expect(valueOf((x) => min(x, 0.5).max(x.mul(2)), matrix).data).toEqual(
      matrix.data.map((x) => Math.max(Math.min(x, 0.5), 2 * x)),
    );
    expect([max(2, 3), min(2, 3), max(2)]).toEqual([3, 2, 2]);
  });

  it('multiply, with derivatives that are right at zeros', () => {
    const row = { shape: [1, 3], data: [2, 0, 5] };
    expect(valueOf((x) => prod(x, { axes: 1 }), row)).toEqual({ shape: [1], data: [0] });
    const program = trace((x) => x.prod({ keepdims: true }), [[1, 3]]);
    expect(program.equations.at(-1)?.type.shape).toEqual([1, 1]);
    expect(dualJacobian(program, [row])[0]?.[0]?.data).toEqual([0, 10, 0]);
    expect(valueOf((x) => x.prod(), cube).data[0]).toBeCloseTo(
      cube.data.reduce((a, b) => a * b),
      12,
    );
  });

  it('write a broadcast for the axes they keep, and nothing where there are none', () => {
    expect(equations((x) => mean(x, { axes: 1, keepdims: true }), [4, 8])).toEqual([
      'sum[axes=[1]] i1',
      'broadcast[shape=[4,1], axes=[0]] v1',
      'div v2 8.0',
    ]);
    expect(equations((x) => x.sum(), [])).toEqual([]);
  });

  it('do not overflow in a logarithm of sums', () => {
    const large = { shape: [2, 2], data: [1000, 1001, -1000, -1000] };
    const expected = [1000 + Math.log(1 + Math.E), -1000 + Math.LN2];
    expectClose(valueOf((x) => logsumexp(x, { axes: 1 }), large).data, expected, 1e-14, 'rows');
    const kept = valueOf((x) => x.logsumexp({ axes: [1], keepdims: true }), large);
    expectTensorClose(kept, { shape: [2, 1], data: expected }, 1e-14, 'kept');
    expect(valueOf((x) => x.logsumexp(), large).data[0]).toBeCloseTo(expected[0] ?? NaN, 10);
  });
});

describe('products', () => {
  it('of vectors and matrices follow NumPy', () => {
    const vector = point([4]);
    const rows = tensorOf([3], (i) => total(4, (k) => e(matrix, i, k) * e(vector, k)));
    expectTensorClose(
      valueOf((a, b) => matmul(a, b), matrix, vector),
      rows,
      1e-14,
      'matrix and vector',
    );
    expectTensorClose(
      valueOf((a, b) => b.matmul(a.transpose()), matrix, vector),
      rows,
      1e-14,
      'row',
    );
    expect(valueOf((a) => dot(a, a), vector).data[0]).toBeCloseTo(
      total(4, (k) => e(vector, k) ** 2),
      12,
    );
    const other = point([2, 4, 3]);
    expectTensorClose(
      valueOf((a, b) => a.dot(b), matrix, other),
      tensorOf([3, 2, 3], (i, j, l) => total(4, (k) => e(matrix, i, k) * e(other, j, k, l))),
      1e-14,
      'dot of a matrix and three axes',
    );
    expectTensorClose(
      valueOf((a, b) => outer(a, b), matrix, vector),
      tensorOf([12, 4], (i, j) => (matrix.data[i] ?? NaN) * e(vector, j)),
      1e-14,
      'outer',
    );
    const scalar = point([]);
    expect(equations((x) => dot(x, x), [])).toEqual(['mul i1 i1']);
    expect(valueOf((a, b) => dot(a, b), scalar, vector).shape).toEqual([4]);
  });

  it('of batches of matrices broadcast their leading axes', () => {
    expectTensorClose(
      valueOf((a, b) => matmul(a, b), left, right),
      tensorOf([2, 3, 5], (n, i, j) => total(4, (k) => e(left, n, i, k) * e(right, n, k, j))),
      1e-14,
      'one batch',
    );
    const shapes: [Shape, Shape, Shape][] = [
      [
        [2, 3, 4],
        [4, 5],
        [2, 3, 5],
      ],
      [
        [3, 4],
        [2, 4, 5],
        [2, 3, 5],
      ],
      [
        [1, 3, 4],
        [6, 4, 5],
        [6, 3, 5],
      ],
      [
        [7, 1, 3, 4],
        [2, 4, 5],
        [7, 2, 3, 5],
      ],
      [
        [1, 3, 4],
        [4, 5],
        [1, 3, 5],
      ],
      [
        [2, 1, 3, 4],
        [1, 1, 4, 5],
        [2, 1, 3, 5],
      ],
      [[4], [2, 4, 5], [2, 5]],
      [[2, 3, 4], [4], [2, 3]],
    ];
    for (const [shapeA, shapeB, shape] of shapes) {
      const [a, b] = [point(shapeA), point(shapeB)];
      /** Positions of the batch axes that an operand has, where those of length 1 repeat. */
      const own = (tensor: Tensor, batch: number[], rest: number[]): number[] => {
        const count = tensor.shape.length - rest.length;
        const tail = batch.slice(batch.length - count);
        return [...tail.map((k, axis) => (tensor.shape[axis] === 1 ? 0 : k)), ...rest];
      };
      const row = shapeA.length > 1;
      const column = shapeB.length > 1;
      const expected = tensorOf(shape, (...position) => {
        const j = column ? [position.pop() ?? 0] : [];
        const i = row ? [position.pop() ?? 0] : [];
        return total(
          4,
          (k) => e(a, ...own(a, position, [...i, k])) * e(b, ...own(b, position, [k, ...j])),
        );
      });
      expectTensorClose(
        valueOf((x, y) => matmul(x, y), a, b),
        expected,
        1e-14,
        `[${shapeA.join()}] by [${shapeB.join()}]`,
      );
    }
  });

  it('with dimension numbers put batch axes first, then those of the left, then of the right', () => {
    const [a, b] = [point([3, 2, 4]), point([4, 5, 3])];
    expectTensorClose(
      valueOf(
        (x, y) =>
          dotGeneral(x, y, [
            [[2], [0]],
            [[0], [2]],
          ]),
        a,
        b,
      ),
      tensorOf([3, 2, 5], (n, i, j) => total(4, (k) => e(a, n, i, k) * e(b, k, j, n))),
      1e-14,
      'dotGeneral',
    );
    expect(equations((x) => x.dotGeneral(x, [[[1], [1]]]), [2, 3])).toEqual([
      'dot[leftContract=[1], rightContract=[1], leftBatch=[], rightBatch=[]] i1 i1',
    ]);
  });

  it('over named indices sum what the result lacks and take diagonals', () => {
    const square = point([3, 3]);
    const cases: [string, Tensor[], Tensor][] = [
      ['ij->ji', [matrix], tensorOf([4, 3], (j, i) => e(matrix, i, j))],
      ['ij->', [matrix], tensorOf([], () => matrix.data.reduce((a, b) => a + b))],
      ['ii->i', [square], tensorOf([3], (i) => e(square, i, i))],
      ['ii', [square], tensorOf([], () => total(3, (i) => e(square, i, i)))],
      ['ba', [matrix], tensorOf([4, 3], (a, b) => e(matrix, b, a))],
      [
        'nik, nkj -> jni',
        [left, right],
        tensorOf([5, 2, 3], (j, n, i) => total(4, (k) => e(left, n, i, k) * e(right, n, k, j))),
      ],
      [
        'ij,kl->i',
        [matrix, square],
        tensorOf(
          [3],
          (i) => total(4, (j) => e(matrix, i, j)) * square.data.reduce((a, b) => a + b),
        ),
      ],
      [
        'ii,ij->ij',
        [square, matrix],
        tensorOf([3, 4], (i, j) => e(square, i, i) * e(matrix, i, j)),
      ],
      ['ij,ij', [matrix, matrix], tensorOf([], () => matrix.data.reduce((a, x) => a + x * x, 0))],
      [
        'i,j',
        [square, matrix].map((x) => ({ shape: [x.data.length], data: x.data })),
        tensorOf([9, 12], (i, j) => (square.data[i] ?? NaN) * (matrix.data[j] ?? NaN)),
      ],
    ];
    for (const [spec, operands, expected] of cases) {
      const value = valueOf(
        (...xs: Traced[]) => einsum(spec, xs[0] ?? zeros([]), xs[1]),
        ...operands,
      );
      expectTensorClose(value, expected, 1e-13, spec);
    }
  });
});

describe('shapes', () => {
  it('change as asked, and nothing is written where nothing changes', () => {
    expectTensorClose(
      valueOf((x) => transpose(x), cube),
      tensorOf([4, 3, 2], (k, j, i) => e(cube, i, j, k)),
      0,
      'transpose',
    );
    expectTensorClose(
      valueOf((x) => x.transpose([1, -1, 0]), cube),
      tensorOf([3, 4, 2], (j, k, i) => e(cube, i, j, k)),
      0,
      'transpose with a permutation',
    );
    expect(valueOf((x) => reshape(x, [-1, 6]), cube)).toEqual({ shape: [4, 6], data: cube.data });
    expect(valueOf((x) => x.squeeze(), { shape: [1, 2, 1], data: [3, 4] }).shape).toEqual([2]);
    expect(valueOf((x) => x.expandDims([0, -1]), matrix).shape).toEqual([1, 3, 4, 1]);
    expect(
      equations(
        (x) => x.transpose([0, 1]).reshape([2, -1]).squeeze().broadcastTo([2, 3]).expandDims([]),
        [2, 3],
      ),
    ).toEqual([]);
    expect(equations((x) => x.expandDims(0).squeeze(0), [3])).toEqual([
      'broadcast[shape=[1,3], axes=[1]] i1',
      'squeeze[axes=[0]] v1',
    ]);
  });

  it('without common factors are reached through the flat tensor', () => {
    expect(equations((x) => x.reshape([3, 2]), [2, 3])).toEqual([
      'reshape[shape=[6]] i1',
      'reshape[shape=[3,2]] v1',
    ]);
  });

  it('are filled by repetition', () => {
    const column = point([3, 1]);
    expectTensorClose(
      valueOf((x) => x.broadcastTo([2, 3, 4]), column),
      tensorOf([2, 3, 4], (_, j) => e(column, j, 0)),
      0,
      'broadcastTo',
    );
    const row = point([3]);
    expectTensorClose(
      valueOf((x) => broadcastInDim(x, [3, 2], [0]), row),
      tensorOf([3, 2], (i) => e(row, i)),
      0,
      'broadcastInDim',
    );
  });

  it('join and part', () => {
    const [a, b] = [point([2, 3]), point([2, 3])];
    expectTensorClose(
      valueOf((x, y) => concatenate([x, y], -1), a, b),
      tensorOf([2, 6], (i, j) => (j < 3 ? e(a, i, j) : e(b, i, j - 3))),
      0,
      'concatenate',
    );
    expectTensorClose(
      valueOf((x, y) => stack([x, y], 1), a, b),
      tensorOf([2, 2, 3], (i, k, j) => e(k === 0 ? a : b, i, j)),
      0,
      'stack',
    );
    expect(valueOf((x) => stack([x, 7]), { shape: [], data: [3] })).toEqual({
      shape: [2],
      data: [3, 7],
    });
    expect(valuesOf((x) => split(x, 2, 1), matrix).map(({ data }) => data)).toEqual(
      [0, 2].map((k) => positions([3, 2]).map(([i = 0, j = 0]) => e(matrix, i, j + k))),
    );
    expect(valuesOf((x) => x.split([1, -1], 1), matrix).map(({ shape }) => shape)).toEqual([
      [3, 1],
      [3, 2],
      [3, 1],
    ]);
  });

  it('are indexed from either end, by ranges too', () => {
    expect(valueOf((x) => at(x, 1), matrix)).toEqual({ shape: [4], data: matrix.data.slice(4, 8) });
    expect(valueOf((x) => x.at([0, -1]), matrix)).toEqual({ shape: [], data: [matrix.data[3]] });
    expect(valueOf((x) => x.at([null, [1, 3]]), matrix)).toEqual(
      tensorOf([3, 2], (i, j) => e(matrix, i, j + 1)),
    );
    expect(valueOf((x) => x.at([[-2], 0]), matrix)).toEqual(
      tensorOf([2], (i) => e(matrix, i + 1, 0)),
    );
    expect(valueOf((x) => slice(x, [1, 0], [3, 2]), matrix)).toEqual(
      tensorOf([2, 2], (i, j) => e(matrix, i + 1, j)),
    );
    expect(equations((x) => [x.at([null, [0]]), x.at(0)], [1, 3])).toEqual([
      'squeeze[axes=[0]] i1',
    ]);
  });
});

describe('layers', () => {
  it('have the equations of jax.nn.softmax', () => {
    // The list of the paper's Encoder, equations 6 to 13.
    expect(equations((x) => softmax(x), [4, 4])).toEqual([
      'reduceMax[axes=[1]] i1',
      'broadcast[shape=[4,1], axes=[0]] v1',
      'stopGradient v2',
      'sub i1 v3',
      'exp v4',
      'sum[axes=[1]] v5',
      'broadcast[shape=[4,1], axes=[0]] v6',
      'div v5 v7',
    ]);
  });

  it('normalise', () => {
    const rows = valueOf((x) => softmax(x), matrix);
    expectTensorClose(
      rows,
      tensorOf([3, 4], (i, j) => {
        return Math.exp(e(matrix, i, j)) / total(4, (k) => Math.exp(e(matrix, i, k)));
      }),
      1e-14,
      'softmax',
    );
    expectTensorClose(
      valueOf((x) => logSoftmax(x, { axes: 0 }), matrix),
      tensorOf(
        [3, 4],
        (i, j) => e(matrix, i, j) - Math.log(total(3, (k) => Math.exp(e(matrix, k, j)))),
      ),
      1e-14,
      'logSoftmax',
    );
    const scale = point([4]);
    expectTensorClose(
      valueOf((x, s) => layerNorm(x, { scale: s, offset: 2, epsilon: 0.1 }), matrix, scale),
      tensorOf([3, 4], (i, j) => {
        const average = total(4, (k) => e(matrix, i, k)) / 4;
        const variance = total(4, (k) => (e(matrix, i, k) - average) ** 2) / 4;
        return ((e(matrix, i, j) - average) / Math.sqrt(variance + 0.1)) * e(scale, j) + 2;
      }),
      1e-14,
      'layerNorm',
    );
  });

  it('bend', () => {
    const x = { shape: [3], data: [-1, 0.5, 2] };
    expect(valueOf((v) => relu(v), x).data).toEqual([0, 0.5, 2]);
    expectClose(
      valueOf((v) => silu(v), x).data,
      x.data.map((v) => v / (1 + Math.exp(-v))),
      1e-15,
      'silu',
    );
    // x·Φ(x) with Φ(1) = 0.841344746068542949, Φ(½) = 0.691462461274013104 and
    // Φ(2) = 0.977249868051820793 (Abramowitz and Stegun, table 26.1).
    const exact = [-(1 - 0.841344746068543), 0.5 * 0.691462461274013, 2 * 0.977249868051821];
    expectClose(valueOf((v) => gelu(v), x).data, exact, 1e-14, 'gelu');
    expectClose(valueOf((v) => v.gelu({ approximate: true }), x).data, exact, 1e-3, 'approximate');
  });
});

describe('constant tensors', () => {
  it('are written into equations and computed among themselves', () => {
    const program = trace(
      (x) =>
        x
          .mul(
            tensor([
              [1, 2],
              [3, 4],
            ]).transpose(),
          )
          .add(eye(2)),
      [[2, 2]],
    );
    expect(printProgram(program)).toBe(
      [
        'program f',
        'in i1[2,2]',
        'v1 = mul i1 tensor[2,2](1.0 3.0 2.0 4.0)',
        'v2 = add v1 tensor[2,2](1.0 0.0 0.0 1.0)',
        'out out = v2',
        '',
      ].join('\n'),
    );
    expect(trace((x) => [x, full([2], 3), zeros([1]).add(ones([1]))], [[]]).outputs[1]).toEqual({
      name: '1',
      operand: { kind: 'literal', shape: [2], data: [3, 3] },
    });
    expect(eye(2, 3).shape).toEqual([2, 3]);
  });

  it('of a trace make equations', () => {
    expect(equations((x) => x.constant(0).broadcastInDim([2], []).add(x), [2])).toEqual([
      'broadcast[shape=[2], axes=[]] 0.0',
      'add v1 i1',
    ]);
  });

  it('choose with where', () => {
    const mask = tensor([1, 0, 1]);
    expect(valueOf((x) => where(mask, x, 0), { shape: [3], data: [5, 6, 7] }).data).toEqual([
      5, 0, 7,
    ]);
  });
});

describe('shapes that do not fit', () => {
  const vector = (n: number) => zeros([n]);
  it.each<[string, () => unknown, RegExp]>([
    ['add', () => vector(2).add(vector(3)), /^add can't combine the shapes \[2\] and \[3\]/],
    ['matmul', () => matmul(zeros([2, 3]), zeros([2, 3])), /^matmul of \[2, 3\] and \[2, 3\]:/],
    ['matmul', () => matmul(zeros([]), vector(2)), /^matmul of \[\] and \[2\]: scalars/],
    ['matmul', () => matmul(zeros([2, 1, 1]), zeros([3, 1, 1])), /batch lengths 2 and 3 meet/],
    ['dot', () => dot(vector(2), vector(3)), /^dot of \[2\] and \[3\]:/],
    ['einsum', () => einsum('i,i->', vector(2), vector(3)), /^einsum "i,i->" of \[2\] and \[3\]:/],
    ['einsum', () => einsum('ij', vector(2)), /"ij" names 2 axes of 1/],
    ['reshape', () => reshape(vector(6), [4, -1]), /^reshape of \[6\]: .* \[4, -1\]/],
    ['reshape', () => reshape(vector(6), [-1, -1]), /^reshape of \[6\]/],
    ['transpose', () => transpose(zeros([2, 3]), [0]), /^transpose of \[2, 3\]/],
    ['squeeze', () => zeros([2, 3]).squeeze(0), /^squeeze of \[2, 3\]: axis 0 has length 2/],
    ['broadcastTo', () => vector(2).broadcastTo([3]), /^broadcastTo can't combine/],
    ['broadcastTo', () => zeros([2, 3]).broadcastTo([3]), /^broadcastTo of \[2, 3\]/],
    ['concatenate', () => concatenate([vector(2), zeros([1, 2])]), /^concatenate of \[2\] and \[1/],
    ['stack', () => stack([vector(2), vector(3)]), /^stack of \[2\] and \[3\]/],
    ['split', () => split(vector(5), 2), /^split of \[5\]: axis 0 has no 2 parts/],
    ['at', () => vector(2).at(2), /^at of \[2\]: axis 0 has no position 2/],
    ['at', () => vector(2).at([0, 0]), /^at of \[2\]: 2 positions for 1 axes/],
    ['slice', () => slice(vector(2), [1], [3]), /^slice of \[2\]/],
    ['sum', () => sum(vector(2), { axes: 1 }), /^sum of \[2\]: there is no axis 1/],
    ['sum', () => sum(zeros([2, 2]), { axes: [0, -2] }), /an axis is named twice/],
    [
      'max',
      () => zeros([]).max({ axes: 0 }),
      /^max of \[\]: there is no axis 0; a scalar has none/,
    ],
  ])('are refused by %s, which is named with them', (_, apply, message) => {
    expect(apply).toThrow(
      expect.objectContaining({
        code: 'shape-mismatch',
        message: expect.stringMatching(message) as string,
      }),
    );
  });

  it('or specifications and data that do not are explained', () => {
    const x = zeros([2]);
    expect(() => einsum('i->j', x)).toThrow(/einsum "i->j": no operand has the index j/);
    expect(() => einsum('i,j->ij', x)).toThrow(/2 words for 1 operands/);
    expect(() => einsum('i->ii', x)).toThrow(/repeats an index/);
    expect(() => einsum('i1', x)).toThrow(/indices are letters/);
    expect(() => tensor([[1, 2], [3]])).toThrow(/data\[1\] has to be an array of 2/);
    expect(() => tensor([1, [2]])).toThrow(/data\[1\] has to be a number/);
    expect(() => concatenate([])).toThrow(/concatenate of a list takes traced values/);
  });
});
