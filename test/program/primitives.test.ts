import { describe, expect, it } from 'vitest';
import { ProgramBuilder } from '../../src/program/builder.ts';
import { binaryNames, unaryNames, type ElementwisePrimitive } from '../../src/program/primitive.ts';
import { primitiveNamed, primitives } from '../../src/program/primitives.ts';
import { erf, erfc } from '../../src/program/special.ts';
import type { Operand, Parameters } from '../../src/program/types.ts';
import { literal, scalarType } from '../../src/program/values.ts';
import { createRandom } from '../../src/support/random.ts';

/** The primitives that act element by element. */
const elementwise = [...primitives.values()].filter((entry) => entry.class === 'elementwise');

function elementwiseNamed(name: string): ElementwisePrimitive {
  const found = elementwise.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`there is no element-wise primitive ${name}`);
  return found;
}

/** The partial by operand `place` of an equation of which some operands are numbers. */
function partial(
  name: string,
  place: number,
  operands: readonly (number | 'value')[],
  parameters: Parameters = {},
): Operand | null {
  const builder = new ProgramBuilder('one');
  const made = operands.map((operand, index) =>
    operand === 'value' ? builder.input(`x${index}`, scalarType) : literal(operand),
  );
  const result = builder.emit(name, made, parameters);
  const rule = elementwiseNamed(name).partials[place];
  if (rule === undefined) throw new Error('there is no such operand');
  return rule === null ? null : rule({ m: builder.fragment, operands: made, result, parameters });
}

function parametersOf(name: string, exponent = 3): Parameters {
  return name === 'integerPow' ? { exponent } : {};
}

describe('the primitive table', () => {
  it('holds every name once, with its arity and a rule an operand', () => {
    const expected = [
      ...unaryNames.map((name) => [name, 1]),
      ...binaryNames.map((name) => [name, 2]),
      ['integerPow', 1],
      ['where', 3],
    ];
    const actual = elementwise.map(({ name, arity }) => [name, arity]);
    const byName = (a: (string | number)[], b: (string | number)[]) =>
      String(a[0]).localeCompare(String(b[0]));
    expect(actual.toSorted(byName)).toEqual(expected.toSorted(byName));
    for (const { arity, partials } of elementwise) expect(partials).toHaveLength(arity);
  });

  it('names what is near an unknown name', () => {
    expect(() => primitiveNamed('sigmod')).toThrow(/"sigmod".*Did you mean "sigmoid"/);
  });

  it.each(elementwise.map((primitive) => [primitive.name, primitive] as const))(
    '%s has code that computes what it evaluates to, to the bit',
    (_, primitive) => {
      const random = createRandom(7);
      const names = ['a', 'b', 'c'].slice(0, primitive.arity);
      const special = [0, -0, 1, -1, NaN, Infinity, -Infinity];
      for (const exponent of [-5, -3, -2, -1, 0, 1, 2, 3, 4, 5, 17]) {
        const parameters = parametersOf(primitive.name, exponent);
        const body = `return ${primitive.javascript(names, parameters)};`;
        // Generated code is what is tested here.
        // eslint-disable-next-line @typescript-eslint/no-implied-eval
        const run = new Function('erf', 'erfc', ...names, body) as (...given: unknown[]) => unknown;
        for (let round = 0; round < 60; round += 1) {
          const operands = names.map(() =>
            random.next() < 0.4
              ? (special[random.integer(special.length)] ?? 0)
              : 6 * (random.next() - 0.5),
          );
          expect(run(erf, erfc, ...operands)).toBe(primitive.evaluate(operands, parameters));
        }
      }
    },
  );
});

describe('the class of a partial', () => {
  it.each(['add', 'sub', 'neg', 'convert'])('of %s is a unit', (name) => {
    const operands = elementwiseNamed(name).partials.map(() => 'value' as const);
    operands.forEach((_, place) => {
      const expected = name === 'neg' || (name === 'sub' && place === 1) ? -1 : 1;
      expect(partial(name, place, operands)).toEqual(literal(expected));
    });
  });

  it('of mul and div is the literal beside it where there is one', () => {
    expect(partial('mul', 0, ['value', 1])).toEqual(literal(1));
    expect(partial('mul', 1, [0.5, 'value'])).toEqual(literal(0.5));
    expect(partial('div', 0, ['value', 4])).toEqual(literal(0.25));
    expect(partial('div', 0, ['value', 'value'])?.kind).toBe('value');
    expect(partial('div', 1, [4, 'value'])?.kind).toBe('value');
  });

  it.each(['sign', 'stopGradient', 'lt', 'le', 'gt', 'ge', 'eq', 'ne'])(
    'of %s does not exist',
    (name) => {
      const operands = elementwiseNamed(name).partials.map(() => 'value' as const);
      operands.forEach((_, place) => {
        expect(partial(name, place, operands)).toBeNull();
      });
    },
  );

  it('of a condition does not exist', () => {
    expect(partial('where', 0, ['value', 1, 2])).toBeNull();
  });

  it('is variable otherwise, for the exponents 0, 1 and 2 too', () => {
    const others = elementwise.filter(
      ({ name, partials }) =>
        !['add', 'sub', 'neg', 'convert', 'where'].includes(name) && !partials.includes(null),
    );
    expect(others.length).toBeGreaterThan(25);
    for (const { name, partials } of others) {
      for (const exponent of [0, 1, 2, 3]) {
        const operands = partials.map(() => 'value' as const);
        operands.forEach((_, place) => {
          const value = partial(name, place, operands, parametersOf(name, exponent));
          expect(value?.kind, name).toBe('value');
        });
      }
    }
  });
});
