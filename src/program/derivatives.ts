/**
 * First and second derivatives of every primitive at a point, as plain numbers. An oracle: written
 * from calculus alone, apart from the primitive table and its partial rules, so that a fault in a
 * rule can't hide here too. Where two forms are equal the one that neither cancels nor overflows is
 * taken. Formulas: Abramowitz and Stegun, Handbook of Mathematical Functions, 4.1-4.6 and 7.1.
 *
 * At kinks: |x| and sign have derivative 0 at 0; max and min give half to each operand at a tie (as
 * JAX does); second derivatives of all of them are 0. ∂xʸ/∂y is 0 at x = 0, and x⁰ and constants do
 * not depend on x. Comparisons, sign and stopGradient carry no derivative.
 */
import { erf, erfc } from './special.ts';
import type { Parameters } from './types.ts';

/** A primitive's value at a point and its derivatives there. */
export interface LocalDerivatives {
  readonly value: number;
  /** One an operand; `null` where the result does not depend on the operand, even at infinity. */
  readonly first: readonly (number | null)[];
  /** Symmetric, row by operand; `null` where it vanishes identically. */
  readonly second: readonly (readonly (number | null)[])[];
}

type Rule = (operands: readonly number[], parameters: Parameters) => LocalDerivatives;

/** f, f′ and f″ at x. */
type Triple = readonly [value: number, first: number, second: number];

const TWO_OVER_ROOT_PI = 1.1283791670955126;

function unary(f: (x: number, parameters: Parameters) => Triple): Rule {
  return ([x = NaN], parameters) => {
    const [value, first, second] = f(x, parameters);
    return { value, first: [first], second: [[second]] };
  };
}

/** f(x, y), then its derivatives by x, y, xx, xy and yy. */
function binary(
  f: (
    x: number,
    y: number,
  ) => readonly [
    value: number,
    x: number | null,
    y: number | null,
    xx: number | null,
    xy: number | null,
    yy: number | null,
  ],
): Rule {
  return ([a = NaN, b = NaN]) => {
    const [value, x, y, xx, xy, yy] = f(a, b);
    return {
      value,
      first: [x, y],
      second: [
        [xx, xy],
        [xy, yy],
      ],
    };
  };
}

function withoutDerivative(f: (...operands: readonly number[]) => number): Rule {
  return (operands) => ({
    value: f(...operands),
    first: operands.map(() => null),
    second: operands.map(() => operands.map(() => null)),
  });
}

function comparison(holds: (x: number, y: number) => boolean): Rule {
  return withoutDerivative((x = NaN, y = NaN) => (holds(x, y) ? 1 : 0));
}

/** max (`sense` = 1) or min (−1): the winner's derivative, or half of each at a tie. */
function extremum(sense: 1 | -1): Rule {
  return binary((x, y) => {
    const value = sense === 1 ? Math.max(x, y) : Math.min(x, y);
    if (x === y) return [value, 0.5, 0.5, null, null, null];
    return sense * x > sense * y
      ? [value, 1, null, null, null, null]
      : [value, null, 1, null, null, null];
  });
}

/** The extreme of any number of operands, shared equally by those that are it. */
function extremeOf(choose: (...operands: readonly number[]) => number): Rule {
  return (operands) => {
    const value = choose(...operands);
    const share = 1 / operands.filter((x) => x === value).length;
    return {
      value,
      first: operands.map((x) => (x === value ? share : null)),
      second: operands.map(() => operands.map(() => null)),
    };
  };
}

/** log_b and its derivatives; `unit` is 1/ln b. */
function logarithm(f: (x: number) => number, unit: number): Rule {
  return unary((x) => [f(x), unit / x, -unit / x / x]);
}

function integerPower(x: number, n: number): Triple {
  const first = n === 0 ? 0 : n * x ** (n - 1);
  const second = n === 0 || n === 1 ? 0 : n * (n - 1) * x ** (n - 2);
  return [x ** n, first, second];
}

function power(x: number, y: number): readonly [number, number, number, number, number, number] {
  const value = x ** y;
  const log = x === 0 ? 0 : Math.log(x);
  const [, byX, byXX] = integerPower(x, y);
  // ∂/∂y (y·x^(y−1)) = x^(y−1)·(1 + y·ln x)
  const mixed = x === 0 && y > 1 ? 0 : x ** (y - 1) * (1 + y * log);
  return [value, byX, value * log, byXX, mixed, value * log * log];
}

function sigmoid(x: number): Triple {
  const small = Math.exp(-Math.abs(x));
  const low = small / (1 + small);
  const high = 1 / (1 + small);
  const slope = low * high;
  return x < 0 ? [low, slope, slope * (high - low)] : [high, slope, slope * (low - high)];
}

const rules: Readonly<Record<string, Rule>> = {
  add: binary((x, y) => [x + y, 1, 1, null, null, null]),
  sub: binary((x, y) => [x - y, 1, -1, null, null, null]),
  mul: binary((x, y) => [x * y, y, x, null, 1, null]),
  div: binary((x, y) => [x / y, 1 / y, -x / y / y, null, -1 / y / y, (2 * x) / y / y / y]),
  neg: unary((x) => [-x, -1, 0]),
  abs: unary((x) => [Math.abs(x), Math.sign(x), 0]),
  convert: unary((x) => [x, 1, 0]),
  sign: withoutDerivative((x = NaN) => Math.sign(x)),
  stopGradient: withoutDerivative((x = NaN) => x),
  max: extremum(1),
  min: extremum(-1),

  integerPow: unary((x, { exponent }) => {
    if (typeof exponent !== 'number') throw new Error('integerPow lacks its exponent');
    return integerPower(x, exponent);
  }),
  pow: binary(power),
  sqrt: unary((x) => {
    const root = Math.sqrt(x);
    return [root, 0.5 / root, -0.25 / root / x];
  }),
  cbrt: unary((x) => {
    const root = Math.cbrt(x);
    return [root, 1 / (3 * root * root), -2 / (9 * root * root * x)];
  }),

  exp: unary((x) => [Math.exp(x), Math.exp(x), Math.exp(x)]),
  expm1: unary((x) => [Math.expm1(x), Math.exp(x), Math.exp(x)]),
  log: logarithm(Math.log, 1),
  log2: logarithm(Math.log2, Math.LOG2E),
  log10: logarithm(Math.log10, Math.LOG10E),
  log1p: unary((x) => [Math.log1p(x), 1 / (1 + x), -((1 + x) ** -2)]),
  sigmoid: unary(sigmoid),

  sin: unary((x) => [Math.sin(x), Math.cos(x), -Math.sin(x)]),
  cos: unary((x) => [Math.cos(x), -Math.sin(x), -Math.cos(x)]),
  tan: unary((x) => {
    const secant = 1 / Math.cos(x);
    return [Math.tan(x), secant * secant, 2 * Math.sin(x) * secant ** 3];
  }),
  asin: unary((x) => {
    const inside = (1 - x) * (1 + x);
    return [Math.asin(x), 1 / Math.sqrt(inside), x / (inside * Math.sqrt(inside))];
  }),
  acos: unary((x) => {
    const inside = (1 - x) * (1 + x);
    return [Math.acos(x), -1 / Math.sqrt(inside), -x / (inside * Math.sqrt(inside))];
  }),
  atan: unary((x) => {
    const outside = 1 + x * x;
    return [Math.atan(x), 1 / outside, (-2 * x) / (outside * outside)];
  }),
  // atan2(y, x), first operand y: with r² = x² + y², θ_y = x/r², θ_x = −y/r².
  atan2: binary((y, x) => {
    const square = x * x + y * y;
    const twice = (2 * (x / square) * y) / square;
    const mixed = ((y - x) * (y + x)) / (square * square);
    return [Math.atan2(y, x), x / square, -y / square, -twice, mixed, twice];
  }),

  sinh: unary((x) => [Math.sinh(x), Math.cosh(x), Math.sinh(x)]),
  cosh: unary((x) => [Math.cosh(x), Math.sinh(x), Math.cosh(x)]),
  // 1 − tanh² cancels for large x; the square of sech does not.
  tanh: unary((x) => {
    const secant = 1 / Math.cosh(x);
    const value = Math.tanh(x);
    return [value, secant * secant, -2 * value * secant * secant];
  }),
  asinh: unary((x) => {
    const root = Math.hypot(1, x);
    return [Math.asinh(x), 1 / root, -x / root / root / root];
  }),
  acosh: unary((x) => {
    const root = Math.sqrt(x - 1) * Math.sqrt(x + 1);
    return [Math.acosh(x), 1 / root, -x / root / root / root];
  }),
  atanh: unary((x) => {
    const inside = (1 - x) * (1 + x);
    return [Math.atanh(x), 1 / inside, (2 * x) / (inside * inside)];
  }),

  erf: unary((x) => {
    const bell = TWO_OVER_ROOT_PI * Math.exp(-x * x);
    return [erf(x), bell, -2 * x * bell];
  }),
  erfc: unary((x) => {
    const bell = TWO_OVER_ROOT_PI * Math.exp(-x * x);
    return [erfc(x), -bell, 2 * x * bell];
  }),

  lt: comparison((x, y) => x < y),
  le: comparison((x, y) => x <= y),
  gt: comparison((x, y) => x > y),
  ge: comparison((x, y) => x >= y),
  eq: comparison((x, y) => x === y),
  ne: comparison((x, y) => x !== y),
  // The branch not taken has no part in the result, whatever its derivative is.
  where: ([condition, a = NaN, b = NaN]) => ({
    value: condition === 0 ? b : a,
    first: condition === 0 ? [null, null, 1] : [null, 1, null],
    second: [
      [null, null, null],
      [null, null, null],
      [null, null, null],
    ],
  }),

  // Any number of operands.
  sumOf: (operands) => ({
    value: operands.reduce((sum, x) => sum + x),
    first: operands.map(() => 1),
    second: operands.map(() => operands.map(() => null)),
  }),
  // Operand k is multiplied by the one half of them further on.
  dotOf: (operands) => {
    const half = operands.length / 2;
    const partner = (k: number): number => (k + half) % operands.length;
    const products = operands.slice(0, half).map((x, k) => x * (operands[partner(k)] ?? NaN));
    return {
      value: products.reduce((sum, x) => sum + x),
      first: operands.map((_, k) => operands[partner(k)] ?? NaN),
      second: operands.map((_, k) => operands.map((__, j) => (j === partner(k) ? 1 : null))),
    };
  },
  maxOf: extremeOf(Math.max),
  minOf: extremeOf(Math.min),
};

const table: ReadonlyMap<string, Rule> = new Map(Object.entries(rules));

/** Names of the primitives that the table covers. */
export const differentiatedPrimitives: readonly string[] = [...table.keys()];

/**
 * Value and derivatives of a primitive at a point.
 * @param primitive its name in the primitive table
 * @param operands one number each
 * @throws Error where the table lacks the primitive
 */
export function localDerivatives(
  primitive: string,
  operands: readonly number[],
  parameters: Parameters,
): LocalDerivatives {
  const rule = table.get(primitive);
  if (rule === undefined) throw new Error(`no derivative formulas for "${primitive}"`);
  return rule(operands, parameters);
}
