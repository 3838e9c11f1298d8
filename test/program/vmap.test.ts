import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchProgram } from '../../src/program/batch.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { interpret } from '../../src/program/interpret.ts';
import { printProgram } from '../../src/program/listing.ts';
import { matmul, sin, sum, tensor, vmap, zeros } from '../../src/program/ops.ts';
import { trace } from '../../src/program/trace.ts';
import type { Tensor } from '../../src/program/types.ts';
import { scalarType } from '../../src/program/values.ts';
import { arbitraryTensorProgram } from '../support/arbitrary-tensor-program.ts';
import { expectTensorClose } from '../support/compare.ts';

describe('a batched Program', () => {
  it('does for every member of the batch what the Program does', () => {
    const masks = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        arbitraryTensorProgram(),
        masks,
        fc.integer({ min: 1, max: 3 }),
        (drawn, mask, size) => {
          const { program, sample } = drawn;
          const batched = sample.map((_, k) => mask[k] === true);
          // Member k of the batch: the sample, a little further on.
          const member = (k: number): Tensor[] =>
            sample.map((tensor, i) =>
              batched[i] === true
                ? { shape: tensor.shape, data: tensor.data.map((x) => x + 0.01 * k) }
                : tensor,
            );
          const members = Array.from({ length: size }, (_, k) => member(k));
          const inputs = sample.map((own, i): Tensor =>
            batched[i] === true
              ? {
                  shape: [size, ...own.shape],
                  data: members.flatMap((each) => each[i]?.data ?? []),
                }
              : own,
          );
          const values = interpret(batchProgram(program, batched, size), inputs);
          const expected = members.map((each) => interpret(program, each));
          values.forEach((value, o) => {
            const wanted: Tensor = {
              shape: [size, ...(expected[0]?.[o]?.shape ?? [])],
              data: expected.flatMap((each) => each[o]?.data ?? []),
            };
            expectTensorClose(value, wanted, 1e-13, `output ${o}`);
          });
        },
      ),
      { seed: 31, numRuns: 400 },
    );
  });

  it('has no equation a member', () => {
    const program = trace(
      (x, y) => sum(matmul(x, y).tanh()),
      [
        [2, 3],
        [3, 4],
      ],
    );
    expect(printProgram(batchProgram(program, [true, false], 100))).toBe(
      [
        'program f',
        'in i1[100,2,3], i2[3,4]',
        'v1 = einsum[left=[3,0,1], right=[1,2], out=[3,0,2]] i1 i2',
        'v2 = tanh v1',
        'v3 = sum[axes=[1,2]] v2',
        'out out = v3',
        '',
      ].join('\n'),
    );
  });

  it('takes the n-ary primitives apart', () => {
    const builder = new ProgramBuilder('n-ary');
    const [x, y, z] = ['x', 'y', 'z'].map((name) => builder.input(name, scalarType));
    if (x === undefined || y === undefined || z === undefined) throw new Error('no inputs');
    builder.output('sum', builder.emit('sumOf', [x, y, z]));
    builder.output('dot', builder.emit('dotOf', [x, y, z, 2]));
    builder.output('max', builder.emit('maxOf', [x, y, z]));
    builder.output('min', builder.emit('minOf', [y, x, z]));
    const batched = batchProgram(builder.build(), [false, false, true], 2);
    const scalar = (number: number): Tensor => ({ shape: [], data: [number] });
    const values = interpret(batched, [scalar(3), scalar(5), { shape: [2], data: [4, 7] }]);
    expect(values.map(({ data }) => data)).toEqual([
      [12, 15],
      [22, 31],
      [5, 7],
      [3, 3],
    ]);
  });
});

describe('vmap', () => {
  it('maps along the first axis, or the one that is named, inside a traced function', () => {
    const rows = trace((x) => vmap((row) => row.mul(row.sum()))(x), [[2, 3]]);
    const columns = trace(
      (x, y) => vmap((column, shared) => [column.sum(), shared], { axes: [1, null] })(x, y),
      [[2, 3], []],
    );
    const x = { shape: [2, 3], data: [1, 2, 3, 4, 5, 6] };
    expect(interpret(rows, [x])).toEqual([{ shape: [2, 3], data: [6, 12, 18, 60, 75, 90] }]);
    expect(interpret(columns, [x, { shape: [], data: [9] }])).toEqual([
      { shape: [3], data: [5, 7, 9] },
      { shape: [3], data: [9, 9, 9] },
    ]);
  });

  it('keeps the array or object that the function returns, and nests', () => {
    const program = trace(
      (x) => {
        const { a, b } = vmap((row) => ({ a: row.sum(), b: vmap((y) => sin(y))(row) }))(x);
        return [a, b];
      },
      [[2, 3]],
    );
    expect(program.outputs.map(({ name }) => name)).toEqual(['0', '1']);
    const x = { shape: [2, 3], data: [1, 2, 3, 4, 5, 6] };
    expect(interpret(program, [x])).toEqual([
      { shape: [2], data: [6, 15] },
      { shape: [2, 3], data: x.data.map(Math.sin) },
    ]);
  });

  it('computes constants at once', () => {
    const mapped = vmap((row) => row.sum())(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(trace(() => mapped, []).outputs[0]?.operand).toEqual({
      kind: 'literal',
      shape: [2],
      data: [3, 7],
    });
  });

  it('refuses what it cannot map over, and values of the function around it', () => {
    const f = vmap((x, y) => x.add(y));
    expect(() => f(zeros([2]), zeros([3]))).toThrow(/^vmap of \[2\] and \[3\]: .* lengths 2, 3/);
    expect(() => f(zeros([2]))).toThrow(/^vmap of a function of 2 arguments got 1/);
    expect(() => f(1, zeros([3]))).toThrow(/^vmap of \[\]: there is no axis 0/);
    expect(() => vmap((x) => x, { axes: [null] })(zeros([2]))).toThrow(/no axis is mapped over/);
    expect(() => trace((x) => vmap((row) => row.add(x))(x), [[2]])).toThrow(
      expect.objectContaining({ code: 'trace-mixed' }),
    );
  });
});
