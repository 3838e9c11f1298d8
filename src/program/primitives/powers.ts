/** Powers and roots. */
import type { ElementwisePrimitive, PartialContext } from '../primitive.ts';
import type { Operand, Parameters } from '../types.ts';
import { mapLiteral } from '../values.ts';
import { at, binary, mathFunction } from './define.ts';

/**
 * The exponent of an `integerPow` equation.
 * @throws Error where it is no integer, which ProgramBuilder rules out
 */
export function integerExponent({ exponent }: Parameters): number {
  if (typeof exponent === 'number' && Number.isSafeInteger(exponent)) return exponent;
  throw new Error(`integerPow has the exponent ${JSON.stringify(exponent)}`);
}

/**
 * The small exponents are written as products, which are quicker than Math.pow and which the
 * generated code repeats to the bit.
 */
function integerPower(x: number, exponent: number): number {
  switch (exponent) {
    case 0:
      return 1;
    case 1:
      return x;
    case 2:
      return x * x;
    case 3:
      return x * x * x;
    case 4:
      return x * x * (x * x);
    case -1:
      return 1 / x;
    case -2:
      return 1 / (x * x);
    default:
      return Math.pow(x, exponent);
  }
}

/** How a language writes what `integerPowerText` needs. */
export interface PowerNotation {
  readonly one: string;
  power(x: string, exponent: number): string;
}

const inJavaScript: PowerNotation = {
  one: '1',
  power: (x, exponent) => `Math.pow(${x}, ${exponent})`,
};

/** Small exponents as the products that `integerPower` computes, so that results agree to the bit. */
export function integerPowerText(x: string, exponent: number, notation: PowerNotation): string {
  const { one } = notation;
  switch (exponent) {
    case 0:
      return one;
    case 1:
      return x;
    case 2:
      return `${x} * ${x}`;
    case 3:
      return `${x} * ${x} * ${x}`;
    case 4:
      return `${x} * ${x} * (${x} * ${x})`;
    case -1:
      return `${one} / ${x}`;
    case -2:
      return `${one} / (${x} * ${x})`;
    default:
      return notation.power(x, exponent);
  }
}

/** x to an integer that is not differentiated. */
const integerPow: ElementwisePrimitive = {
  class: 'elementwise',
  name: 'integerPow',
  arity: 1,
  summary: 'x to the power of an integer',
  kind: 'real',
  parameters: ['exponent'],
  parameterFault: ({ exponent }) =>
    Number.isSafeInteger(exponent) ? undefined : 'the exponent has to be an integer; use pow',
  commutative: false,
  evaluate: (operands, parameters) => integerPower(at(operands, 0), integerExponent(parameters)),
  partials: [
    ({ m, operands, parameters }: PartialContext): Operand => {
      const x = at(operands, 0);
      const n = integerExponent(parameters);
      if (n === 2) return m.mul(2, x);
      // n·x^(n−1), but 0·x⁰ for x⁰, so that its derivative is 0 at 0 too.
      return m.mul(n, m.integerPow(x, n === 0 ? 0 : n - 1));
    },
  ],
  javascript: (operands, parameters) =>
    integerPowerText(at(operands, 0), integerExponent(parameters), inJavaScript),
};

/** Everything with an exponent. */
export const powers = [
  integerPow,
  binary('pow', {
    summary: 'x to the power y',
    evaluate: (x, y) => Math.pow(x, y),
    javascript: (x, y) => `Math.pow(${x}, ${y})`,
    partials: [
      // y·x^(y−1); NaN at x = y = 0 where y is a value.
      ({ m, x, y }) =>
        m.mul(y, m.pow(x, y.kind === 'literal' ? mapLiteral(y, (c) => c - 1) : m.sub(y, 1))),
      // x^y·ln x, which tends to 0 as x → 0 for y > 0: there the logarithm is replaced by ln 1.
      ({ m, x, result }) =>
        m.mul(
          result,
          x.kind === 'literal'
            ? mapLiteral(x, (c) => (c === 0 ? 0 : Math.log(c)))
            : m.log(m.where(m.eq(x, 0), 1, x)),
        ),
    ],
  }),
  mathFunction('sqrt', 'square root', ({ m, result }) => m.div(0.5, result)),
  mathFunction('cbrt', 'cube root', ({ m, result }) => m.div(1 / 3, m.mul(result, result))),
];
