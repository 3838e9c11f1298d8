import { describe, expectTypeOf, it } from 'vitest';
import { hessian, jacobian, valueAndJacobian } from '../../src/api/jacobian.ts';
import { sin } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';

type Pair = [x: number, y: number];

describe('the type of a Jacobian follows from the function', () => {
  it('an array of values gives a tuple of rows', () => {
    const J = jacobian((x, y) => [x.mul(y), sin(x)], { order: 'markowitz' });
    expectTypeOf(J).parameters.toEqualTypeOf<Pair>();
    expectTypeOf(J).returns.toEqualTypeOf<[Pair, Pair]>();
    expectTypeOf(J.batch([2], [3])[1]).toEqualTypeOf<[x: Float64Array, y: Float64Array]>();
  });

  it('one value gives one row, an object an object of rows', () => {
    expectTypeOf(jacobian((x, y) => x.mul(y))).returns.toEqualTypeOf<Pair>();
    expectTypeOf(
      jacobian((x: Traced, y: Traced) => ({ a: x.mul(y), b: 1 })),
    ).returns.toEqualTypeOf<{
      a: Pair;
      b: Pair;
    }>();
  });

  it('argnums picks columns; a number takes the rows apart', () => {
    expectTypeOf(jacobian((x, y) => [x.mul(y), y], { argnums: 0 })).returns.toEqualTypeOf<
      [number, number]
    >();
    expectTypeOf(jacobian((x, y) => x.mul(y), { argnums: 1 })).returns.toEqualTypeOf<number>();
    expectTypeOf(jacobian((x, y, z) => x.mul(y).mul(z), { argnums: [2, 0] })).returns.toEqualTypeOf<
      [number, number]
    >();
  });

  it('any number of arguments gives rows of unknown length', () => {
    const J = jacobian((...xs: Traced[]) => xs.map((x) => x.mul(2)));
    expectTypeOf(J).parameters.toEqualTypeOf<number[]>();
    expectTypeOf(J).returns.toEqualTypeOf<number[][]>();
  });

  it('named inputs give rows with the same names', () => {
    const J = jacobian(({ x, y }) => ({ a: x.mul(y) }), { inputs: { x: [], y: [] } });
    expectTypeOf(J).parameters.toEqualTypeOf<[point: { x: number; y: number }]>();
    expectTypeOf(J).returns.toEqualTypeOf<{ a: { x: number; y: number } }>();
  });

  it('values and second derivatives have their own structure', () => {
    expectTypeOf(valueAndJacobian((x, y) => [x.mul(y)])).returns.toEqualTypeOf<{
      readonly value: [number];
      readonly jacobian: [Pair];
    }>();
    expectTypeOf(hessian((x, y) => x.mul(y))).returns.toEqualTypeOf<[x: Pair, y: Pair]>();
    expectTypeOf(hessian((x, y) => x.mul(y), { argnums: 0 })).returns.toEqualTypeOf<number>();
  });

  it('refuses what cannot be differentiated', () => {
    // @ts-expect-error a string is no value
    jacobian(() => 'text');
    // @ts-expect-error orders are names, lists or functions
    jacobian((x) => x, { order: 3 });
    // @ts-expect-error a Jacobian of two arguments is called with two numbers
    jacobian((x, y) => x.mul(y))(1);
  });
});
