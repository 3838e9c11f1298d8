import { describe, expect, it } from 'vitest';
import { type BlockValue, BlockValues } from '../../src/graph/block-value.ts';
import type { Block } from '../../src/notation/block.ts';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { interpret } from '../../src/program/interpret.ts';
import { scalarType } from '../../src/program/values.ts';

function setUp() {
  const builder = new ProgramBuilder('edges');
  const x = builder.input('x', scalarType);
  const y = builder.input('y', scalarType);
  const values = new BlockValues(builder);
  const variable = (operand: typeof x, sign: 1 | -1 = 1): BlockValue => ({
    kind: 'variable',
    block: scalar('variable'),
    sign,
    operand,
  });
  /** The number an edge value stands for at x = 3, y = 5. */
  const at35 = (value: BlockValue): number => {
    builder.output('value', values.stored(value));
    const [result] = interpret(builder.build(), [
      { shape: [], data: [3] },
      { shape: [], data: [5] },
    ]);
    return result?.data[0] ?? NaN;
  };
  return { builder, values, x: variable(x), minusX: variable(x, -1), y: variable(y), at35 };
}

const scalar = (coefficient: Block['coefficient']): Block => ({
  to: [],
  from: [],
  value: [],
  sizes: [],
  coefficient,
  toShape: [],
  fromShape: [],
});
const unit = (sign: 1 | -1): BlockValue => ({ kind: 'unit', block: scalar('unit'), sign });
const constant = (value: number): BlockValue => ({
  kind: 'constant',
  block: scalar('constant'),
  numbers: [value],
});
/** The product of scalars is never structurally zero. */
function present(value: BlockValue | undefined): BlockValue {
  if (value === undefined) throw new Error('a product of scalars vanished');
  return value;
}

describe('the product of two edges', () => {
  it('is free where one is a unit, whatever the other is', () => {
    const { builder, values, x } = setUp();
    expect(values.compose(unit(-1), unit(-1))).toEqual(unit(1));
    expect(values.compose(unit(-1), constant(3))).toEqual(constant(-3));
    expect(values.compose(x, unit(1))).toEqual(x);
    expect(values.compose(unit(-1), x)).toEqual({ ...x, sign: -1 });
    expect(values.multiplications).toBe(0);
    expect(builder.equationCount).toBe(0);
  });

  it('is folded, and stays a constant, where both are constants', () => {
    const { builder, values } = setUp();
    expect(values.compose(constant(0.5), constant(2))).toEqual(constant(1));
    expect(builder.equationCount).toBe(0);
  });

  it.each([0, 1, -1, 2.5])('is one multiplication of a variable by the constant %d', (number) => {
    const { values, minusX, at35 } = setUp();
    const product = present(values.compose(constant(number), minusX));
    expect(product.kind).toBe('variable');
    expect(values.multiplications).toBe(1);
    expect(at35(product)).toBe(number * -3);
  });

  it('of two variables carries both signs and is one multiplication', () => {
    const { builder, values, minusX, y, at35 } = setUp();
    const product = present(values.compose(y, minusX));
    expect(values.multiplications).toBe(1);
    expect(builder.equationCount).toBe(1);
    expect(at35(product)).toBe(-15);
  });
});

describe('the sum of two parallel edges', () => {
  it('of two units is a constant, not a unit', () => {
    const { values } = setUp();
    expect(values.add(unit(1), unit(1))).toEqual(constant(2));
    expect(values.add(unit(1), unit(-1))).toEqual(constant(0));
  });

  it('with a variable has the value of the sum, for all signs and in both orders', () => {
    for (const sign of [1, -1] as const) {
      for (const other of [unit(1), unit(-1), constant(7), constant(-0.5)]) {
        const { values, x, minusX, at35 } = setUp();
        const variable = sign === 1 ? x : minusX;
        const number =
          other.kind === 'variable'
            ? NaN
            : other.kind === 'unit'
              ? other.sign
              : (other.numbers[0] ?? NaN);
        expect(at35(values.add(variable, other))).toBe(3 * sign + number);
        const again = setUp();
        expect(again.at35(again.values.add(other, variable))).toBe(3 * sign + number);
      }
    }
  });

  it('of two variables is one addition or subtraction, never a multiplication', () => {
    for (const first of [1, -1] as const) {
      for (const second of [1, -1] as const) {
        const { builder, values, x, y, at35 } = setUp();
        const sum = values.add(
          present(values.compose(x, unit(first))),
          present(values.compose(y, unit(second))),
        );
        expect(builder.equationCount).toBe(1);
        expect(values.multiplications).toBe(0);
        expect(at35(sum)).toBe(3 * first + 5 * second);
      }
    }
  });
});
