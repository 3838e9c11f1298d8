import { describe, expectTypeOf, it } from 'vitest';
import {
  add,
  einsum,
  max,
  pow,
  sin,
  stack,
  sum,
  tensor,
  vmap,
  where,
} from '../../src/program/ops.ts';
import type { FragmentBuilder } from '../../src/program/primitive.ts';
import { trace, type Traced, type Value } from '../../src/program/trace.ts';
import type { Operand, Program } from '../../src/program/types.ts';

describe('operations', () => {
  it('give numbers for numbers, and traced values as soon as one operand is traced', () => {
    const f = (x: Traced, mixed: Value) => {
      expectTypeOf(sin(1)).toEqualTypeOf<number>();
      expectTypeOf(sin(x)).toEqualTypeOf<Traced>();
      expectTypeOf(sin(mixed)).toEqualTypeOf<Value>();
      expectTypeOf(add(1, 2)).toEqualTypeOf<number>();
      expectTypeOf(add(1, x)).toEqualTypeOf<Traced>();
      expectTypeOf(add(x, 1)).toEqualTypeOf<Traced>();
      expectTypeOf(add(mixed, x)).toEqualTypeOf<Traced>();
      expectTypeOf(add(mixed, 1)).toEqualTypeOf<Value>();
      expectTypeOf(pow(2, x)).toEqualTypeOf<Traced>();
      expectTypeOf(where(1, 2, 3)).toEqualTypeOf<number>();
      expectTypeOf(where(1, 2, x)).toEqualTypeOf<Traced>();
      expectTypeOf(x.mul(2).where(1, mixed)).toEqualTypeOf<Traced>();
    };
    expectTypeOf(f).returns.toBeVoid();
  });

  it('on tensors give traced values, whichever way they are called', () => {
    const f = (x: Traced) => {
      expectTypeOf(max(x, { axes: 0 })).toEqualTypeOf<Traced>();
      expectTypeOf(max(x)).toEqualTypeOf<Traced>();
      expectTypeOf(max(x, 1)).toEqualTypeOf<Traced>();
      expectTypeOf(max(1, 2)).toEqualTypeOf<number>();
      expectTypeOf(x.max({ keepdims: true })).toEqualTypeOf<Traced>();
      expectTypeOf(sum(x).add(1)).toEqualTypeOf<Traced>();
      expectTypeOf(einsum('ij,jk->ik', x, tensor([[1]]))).toEqualTypeOf<Traced>();
      expectTypeOf(stack([x, 1])).toEqualTypeOf<Traced>();
      expectTypeOf(x.split(2)).toEqualTypeOf<Traced[]>();
      expectTypeOf(x.matmul(x).softmax().at([0, null])).toEqualTypeOf<Traced>();
      expectTypeOf(vmap((row) => row.sum())(x)).toEqualTypeOf<Traced>();
      expectTypeOf(vmap((row) => ({ a: row, b: 1 }))(x)).toEqualTypeOf<{ a: Traced; b: Traced }>();
      // @ts-expect-error a number is no tensor; tensor(3) is
      sum(3);
    };
    expectTypeOf(f).returns.toBeVoid();
  });

  it('take nothing but traced values and numbers', () => {
    // @ts-expect-error a string is no operand
    expectTypeOf(sin).toBeCallableWith('1');
    // @ts-expect-error a truth value is no operand
    expectTypeOf(add).toBeCallableWith(1, true);
  });
});

describe('trace', () => {
  it('passes one traced value a shape', () => {
    expectTypeOf(
      trace(
        (x, y) => {
          expectTypeOf(x).toEqualTypeOf<Traced>();
          expectTypeOf(y).toEqualTypeOf<Traced>();
          return [x, 1, y];
        },
        [[], [3]],
      ),
    ).toEqualTypeOf<Program>();
    // @ts-expect-error there are two parameters and one shape
    trace((x: Traced, y: Traced) => x.add(y), [[]]);
  });

  it('passes an object with the names of the shapes', () => {
    trace(
      (inputs) => {
        expectTypeOf(inputs).toEqualTypeOf<{ x: Traced; y: Traced }>();
        return { a: inputs.x, b: 2 };
      },
      { x: [], y: [2, 3] },
    );
    // @ts-expect-error there is no input z
    trace((inputs: { z: Traced }) => inputs.z, { x: [] });
  });

  it('wants values as results', () => {
    // @ts-expect-error text is no result
    expectTypeOf(() => trace(() => 'a', [])).toBeFunction();
    // @ts-expect-error nested arrays are no results
    expectTypeOf(() => trace((x) => [[x]], [[]])).toBeFunction();
  });
});

describe('a fragment builder', () => {
  it('has a method of the right arity for every primitive', () => {
    expectTypeOf<FragmentBuilder['sin']>().parameters.toEqualTypeOf<[x: Operand | number]>();
    expectTypeOf<FragmentBuilder['mul']>().returns.toEqualTypeOf<Operand>();
    expectTypeOf<FragmentBuilder['mul']>().parameters.toHaveProperty('length').toEqualTypeOf<2>();
    expectTypeOf<FragmentBuilder['integerPow']>().parameter(1).toBeNumber();
    expectTypeOf<FragmentBuilder>().not.toHaveProperty('sine');
  });
});
