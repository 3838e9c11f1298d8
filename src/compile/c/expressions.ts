/** Primitives on scalars as C expressions in double precision. */
import { primitiveNamed } from '../../program/primitives.ts';
import { at } from '../../program/primitives/define.ts';
import {
  integerExponent,
  integerPowerText,
  type PowerNotation,
} from '../../program/primitives/powers.ts';
import type { Parameters } from '../../program/types.ts';

/** A number that reads back bit for bit, and is no integer to the compiler. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NAN';
  if (!Number.isFinite(value)) return value > 0 ? 'INFINITY' : '(-INFINITY)';
  const digits = String(Math.abs(value));
  const text = /[.e]/.test(digits) ? digits : `${digits}.0`;
  return value < 0 || Object.is(value, -0) ? `(-${text})` : text;
}

type Operands = readonly string[];

const call =
  (name: string) =>
  (operands: Operands): string =>
    `${name}(${operands.join(', ')})`;

const infix =
  (sign: string) =>
  (operands: Operands): string =>
    `${at(operands, 0)} ${sign} ${at(operands, 1)}`;

const comparison =
  (sign: string) =>
  (operands: Operands): string =>
    `(${at(operands, 0)} ${sign} ${at(operands, 1)} ? 1.0 : 0.0)`;

const powers: PowerNotation = {
  one: '1.0',
  power: (x, exponent) => `pow(${x}, ${numberText(exponent)})`,
};

/** f of the first operand and f of the rest, and so on. */
const chain =
  (name: string) =>
  (operands: Operands): string =>
    operands.reduce((result, operand) => `${name}(${result}, ${operand})`);

/** Where C has the function under the primitive's name, and where it has it under another. */
const expressions: ReadonlyMap<string, (operands: Operands, parameters: Parameters) => string> =
  new Map<string, (operands: Operands, parameters: Parameters) => string>([
    ...[
      ...['sqrt', 'cbrt', 'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sin', 'cos', 'tan'],
      ...['asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'erf', 'erfc'],
      ...['pow', 'atan2'],
    ].map((name) => [name, call(name)] as const),
    ['abs', call('fabs')],
    ['sign', call('sign')],
    ['min', call('smaller')],
    ['max', call('larger')],
    ['minOf', chain('smaller')],
    ['maxOf', chain('larger')],
    ['add', infix('+')],
    ['sub', infix('-')],
    ['mul', infix('*')],
    ['div', infix('/')],
    ['neg', (operands) => `-${at(operands, 0)}`],
    ['stopGradient', (operands) => at(operands, 0)],
    ['convert', (operands) => at(operands, 0)],
    ['sigmoid', (operands) => `1.0 / (1.0 + exp(-${at(operands, 0)}))`],
    ['lt', comparison('<')],
    ['le', comparison('<=')],
    ['gt', comparison('>')],
    ['ge', comparison('>=')],
    ['eq', comparison('==')],
    ['ne', comparison('!=')],
    [
      'where',
      (operands) => `(${at(operands, 0)} != 0.0 ? ${at(operands, 1)} : ${at(operands, 2)})`,
    ],
    [
      'integerPow',
      (operands, parameters) =>
        integerPowerText(at(operands, 0), integerExponent(parameters), powers),
    ],
    ['sumOf', (operands) => operands.join(' + ')],
    [
      'dotOf',
      (operands) => {
        const half = operands.length / 2;
        return operands
          .slice(0, half)
          .map((x, k) => `${x} * ${at(operands, half + k)}`)
          .join(' + ');
      },
    ],
  ]);

/**
 * One equation's right side.
 * @param operands names and numbers; negative numbers in parentheses
 * @throws Error where the primitive is none of scalars
 */
export function expressionText(
  primitive: string,
  operands: Operands,
  parameters: Parameters,
): string {
  const expression = expressions.get(primitive);
  if (expression === undefined) {
    throw new Error(`${primitiveNamed(primitive).name} is no primitive of scalars`);
  }
  return expression(operands, parameters);
}

/** What C lacks or has otherwise than JavaScript: NaN and −0 decide as in Math.min and Math.max. */
const helpers: ReadonlyMap<string, string> = new Map([
  ['sign', 'static inline double sign(double x) { return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x; }'],
  [
    'smaller',
    'static inline double smaller(double x, double y) { return x != x || x < y || (x == y && signbit(x)) ? x : y; }',
  ],
  [
    'larger',
    'static inline double larger(double x, double y) { return x != x || x > y || (x == y && !signbit(x)) ? x : y; }',
  ],
]);

/** Definitions of the helpers that some statements call. */
export function helperText(statements: readonly string[]): string[] {
  return [...helpers]
    .filter(([name]) => statements.some((line) => new RegExp(`\\b${name}\\(`).test(line)))
    .map(([, text]) => text);
}
