import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { interpret } from '../../src/program/interpret.ts';
import {
  literal,
  literalTensor,
  reference,
  scalarType,
  valueId,
} from '../../src/program/values.ts';

describe('a builder', () => {
  it('numbers inputs first, then equations', () => {
    const builder = new ProgramBuilder('p');
    const x = builder.input('x', scalarType);
    const y = builder.input('y', { shape: [2], kind: 'real' });
    const product = builder.emit('mul', [x, y]);
    expect([x.id, y.id, product.id]).toEqual([0, 1, 2]);
    expect(builder.typeOf(product)).toEqual({ shape: [2], kind: 'real' });
    expect(builder.typeOf(builder.emit('lt', [x, 0]))).toEqual({ shape: [], kind: 'boolean' });
    expect(builder.equationCount).toBe(2);
  });

  it('extends a program under the same ids, without its outputs', () => {
    const first = new ProgramBuilder('p');
    const x = first.input('x', scalarType);
    const sine = first.emit('sin', [x]);
    first.output('y', sine);
    const program = first.build();

    const second = ProgramBuilder.extend(program);
    expect(second.build()).toEqual({ ...program, outputs: [] });
    second.output('z', second.fragment.mul(sine, 2));
    expect(interpret(second.build(), [{ shape: [], data: [1] }])).toEqual([
      { shape: [], data: [2 * Math.sin(1)] },
    ]);
    expect(program.equations).toHaveLength(1);
  });

  it('is not changed by building: later equations are not in earlier programs', () => {
    const builder = new ProgramBuilder('p');
    const x = builder.input('x', scalarType);
    const before = builder.build();
    builder.emit('sin', [x]);
    expect(before.equations).toHaveLength(0);
  });

  it('emits a fragment equation by equation, with numbers as literals', () => {
    const builder = new ProgramBuilder('p');
    const x = builder.input('x', scalarType);
    const { fragment: m } = builder;
    m.where(m.ne(x, 0), m.integerPow(x, 3), 1);
    expect(builder.build().equations).toMatchObject([
      { primitive: 'ne', operands: [x, literal(0)] },
      { primitive: 'integerPow', operands: [x], parameters: { exponent: 3 } },
      { primitive: 'where', operands: [reference(valueId(1)), reference(valueId(2)), literal(1)] },
    ]);
  });

  it.each<[string, (builder: ProgramBuilder) => unknown, RegExp]>([
    ['an unknown primitive', (b) => b.emit('foo', []), /no primitive "foo"/],
    ['too few operands', (b) => b.emit('add', [1]), /takes 2 operands, got 1/],
    ['a missing parameter', (b) => b.emit('integerPow', [1]), /lacks the parameter exponent/],
    ['a parameter too many', (b) => b.emit('sin', [1], { exponent: 2 }), /no parameter exponent/],
    ['a broken exponent', (b) => b.emit('integerPow', [1], { exponent: 0.5 }), /an integer/],
    ['a value to come', (b) => b.emit('sin', [reference(valueId(5))]), /before it exists/],
    ['a literal of the wrong size', (b) => b.emit('sin', [literalTensor([2], [1])]), /holds 1/],
    ['an input twice', (b) => b.input('x', scalarType), /two inputs/],
    [
      'an output twice',
      (b) => {
        b.output('y', literal(1));
        b.output('y', literal(2));
      },
      /two outputs/,
    ],
    [
      'an input after an equation',
      (b) => {
        b.emit('sin', [1]);
        b.input('late', scalarType);
      },
      /before the equations/,
    ],
  ])('refuses %s', (_, act, message) => {
    const builder = new ProgramBuilder('p');
    builder.input('x', scalarType);
    expect(() => act(builder)).toThrow(message);
  });
});
