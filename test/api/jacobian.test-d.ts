import { describe, expectTypeOf, it } from 'vitest';
import { hessian, jacobian, valueAndJacobian } from '../../src/api/jacobian.ts';
import { sin } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import type { NestedArray } from '../../src/subject/tensors.ts';

type Pair = [x: number, y: number];
type Entries = [x: NestedArray, y: NestedArray];

describe('the type of a Jacobian follows from the function', () => {
  it('an array of values gives a tuple of rows', () => {
    const J = jacobian((x, y) => [x.mul(y), sin(x)], { order: 'markowitz' });
    expectTypeOf(J).toBeCallableWith(2, 3);
    expectTypeOf(J(2, 3)).toEqualTypeOf<[Pair, Pair]>();
    expectTypeOf(J.batch([2], [3])[1]).toEqualTypeOf<[x: Float64Array, y: Float64Array]>();
  });

  it('one value gives one row, an object an object of rows', () => {
    expectTypeOf(jacobian((x, y) => x.mul(y))(1, 2)).toEqualTypeOf<Pair>();
    const f = (x: Traced, y: Traced) => ({ a: x.mul(y), b: 1 });
    expectTypeOf(jacobian(f)(1, 2)).toEqualTypeOf<{ a: Pair; b: Pair }>();
  });

  it('argnums picks columns; a number takes the rows apart', () => {
    const first = jacobian((x, y) => [x.mul(y), y], { argnums: 0 });
    expectTypeOf(first(1, 2)).toEqualTypeOf<[number, number]>();
    expectTypeOf(jacobian((x, y) => x.mul(y), { argnums: 1 })(1, 2)).toEqualTypeOf<number>();
    const some = jacobian((x, y, z) => x.mul(y).mul(z), { argnums: [2, 0] });
    expectTypeOf(some(1, 2, 3)).toEqualTypeOf<[number, number]>();
  });

  it('any number of arguments gives rows of unknown length', () => {
    const J = jacobian((...xs: Traced[]) => xs.map((x) => x.mul(2)));
    expectTypeOf(J(1, 2, 3)).toEqualTypeOf<number[][]>();
  });

  it('named inputs give rows with the same names', () => {
    const J = jacobian(({ x, y }) => ({ a: x.mul(y) }), { inputs: { x: [], y: [] } });
    expectTypeOf(J).parameters.toEqualTypeOf<[point: { x: number; y: number }]>();
    expectTypeOf(J).returns.toEqualTypeOf<{ a: { x: number; y: number } }>();
  });

  it('arrays in give nested arrays, whether shapes are listed or not', () => {
    const J = jacobian((x, y) => [x.mul(y)]);
    expectTypeOf(J).toBeCallableWith([1, 2], 3);
    expectTypeOf(J).toBeCallableWith(Float64Array.of(1, 2), [[1], [2]]);
    expectTypeOf(J([1, 2], 3)).toEqualTypeOf<[Entries]>();
    const listed = jacobian((x, y) => x.mul(y), { inputs: [[2], []] });
    expectTypeOf(listed([1, 2], 3)).toEqualTypeOf<Entries>();
    const named = jacobian(({ w, s }) => ({ a: w.mul(s) }), { inputs: { w: [2], s: [] } });
    expectTypeOf(named({ w: [1, 2], s: 3 })).toEqualTypeOf<{
      a: { w: NestedArray; s: NestedArray };
    }>();
    expectTypeOf(hessian((x, y) => x.mul(y))([1], 2)).toEqualTypeOf<[x: Entries, y: Entries]>();
  });

  it('values and second derivatives have their own structure', () => {
    expectTypeOf(valueAndJacobian((x, y) => [x.mul(y)])(1, 2)).toEqualTypeOf<{
      readonly value: [number];
      readonly jacobian: [Pair];
    }>();
    expectTypeOf(hessian((x, y) => x.mul(y))(1, 2)).toEqualTypeOf<[x: Pair, y: Pair]>();
    expectTypeOf(hessian((x, y) => x.mul(y), { argnums: 0 })(1, 2)).toEqualTypeOf<number>();
  });

  it('refuses what cannot be differentiated', () => {
    // @ts-expect-error w has axes
    jacobian(({ w }) => w, { inputs: { w: [2] } })({ w: '1' });
    // @ts-expect-error a string is no value
    jacobian(() => 'text');
    // @ts-expect-error orders are names, lists or functions
    jacobian((x) => x, { order: 3 });
    // @ts-expect-error a Jacobian of two arguments is called with two numbers
    jacobian((x, y) => x.mul(y))(1);
  });
});
