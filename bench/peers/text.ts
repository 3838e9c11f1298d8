/**
 * A scalar Program as straight-line text of another language: one assignment an equation. What
 * differs between languages is how a primitive is written; a primitive that a language lacks is
 * refused by name.
 */
import type { Operand, Program } from '../../src/program/types.ts';

/** How a language writes things. */
export interface Language {
  readonly name: string;
  /** Expressions by primitive; `undefined` where the language has no such thing. */
  readonly primitives: Readonly<
    Record<string, ((operands: readonly string[], exponent: number) => string) | undefined>
  >;
  literal(value: number): string;
  /** `v7 = …` as a statement. */
  assign(name: string, expression: string): string;
}

/** Statements and the expressions of the outputs. */
export interface ProgramText {
  readonly inputs: readonly string[];
  readonly statements: readonly string[];
  readonly outputs: readonly string[];
}

/** A Program that a language can't say. */
export class NoSuchPrimitive extends Error {}

/**
 * Writes a Program; values are v0, v1, … by number, inputs first.
 * @throws NoSuchPrimitive
 */
export function programText(
  { inputs, equations, outputs }: Program,
  language: Language,
): ProgramText {
  const operandText = (operand: Operand): string => {
    if (operand.kind === 'value') return `v${operand.id}`;
    const [value] = operand.data;
    if (operand.shape.length > 0 || value === undefined) throw new NoSuchPrimitive('tensors');
    return language.literal(value);
  };
  const statements = equations.map(({ primitive, operands, parameters, type }, index) => {
    const write = language.primitives[primitive];
    if (write === undefined || type.shape.length > 0) {
      throw new NoSuchPrimitive(`${language.name} has no ${primitive}`);
    }
    const exponent = typeof parameters.exponent === 'number' ? parameters.exponent : NaN;
    return language.assign(`v${inputs.length + index}`, write(operands.map(operandText), exponent));
  });
  return {
    inputs: inputs.map((_, index) => `v${index}`),
    statements,
    outputs: outputs.map(({ operand }) => operandText(operand)),
  };
}

/** Operators that all languages here share. */
const operators: Language['primitives'] = {
  add: ([x, y]) => `(${x} + ${y})`,
  sub: ([x, y]) => `(${x} - ${y})`,
  mul: ([x, y]) => `(${x} * ${y})`,
  div: ([x, y]) => `(${x} / ${y})`,
  neg: ([x]) => `(-${x})`,
  convert: ([x]) => `${x}`,
  stopGradient: undefined,
  sumOf: (terms) => `(${terms.join(' + ')})`,
  dotOf: (terms) => {
    const half = terms.length / 2;
    return `(${terms
      .slice(0, half)
      .map((x, k) => `${x} * ${terms[half + k] ?? ''}`)
      .join(' + ')})`;
  },
};

/** Functions of one or two operands, by our name and theirs. */
function functions(
  prefix: string,
  names: Readonly<Record<string, string>>,
): Record<string, (operands: readonly string[]) => string> {
  return Object.fromEntries(
    Object.entries(names).map(([own, theirs]) => [
      own,
      (operands: readonly string[]) => `${prefix}${theirs}(${operands.join(', ')})`,
    ]),
  );
}

const sameEverywhere = [
  'sqrt',
  'exp',
  'expm1',
  'log',
  'log1p',
  'sin',
  'cos',
  'tan',
  'sinh',
  'cosh',
  'tanh',
];
const same = Object.fromEntries(sameEverywhere.map((name) => [name, name]));

const inverse = (a: string): Record<string, string> =>
  Object.fromEntries(
    ['sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh'].map((name) => [`a${name}`, `${a}${name}`]),
  );

const number = (value: number): string => {
  if (!Number.isFinite(value)) throw new NoSuchPrimitive('infinite literals');
  const text = String(value);
  return value < 0 ? `(${text})` : text;
};

/** x to an integer power as products, so that no language calls pow for it. */
function power([x]: readonly string[], exponent: number): string {
  return `(${x} ** ${number(exponent)})`;
}

/** Python over a module `m`: jax.numpy. */
export const jaxPython: Language = {
  name: 'jax',
  primitives: {
    ...operators,
    integerPow: power,
    ...functions('m.', { ...same, ...inverse('arc'), atan2: 'arctan2', pow: 'power', abs: 'abs' }),
    erf: ([x]) => `erf(${x})`,
  },
  literal: number,
  assign: (name, expression) => `    ${name} = ${expression}`,
};

/** Python over a module `m`: casadi. */
export const casadiPython: Language = {
  name: 'casadi',
  primitives: {
    ...operators,
    integerPow: power,
    ...functions('m.', {
      ...same,
      ...inverse('a'),
      atan2: 'atan2',
      pow: 'power',
      abs: 'fabs',
      erf: 'erf',
    }),
  },
  literal: number,
  assign: (name, expression) => `    ${name} = ${expression}`,
};
