/**
 * Which functions are measured, against what, and where: random numbers of all exponents, ranges
 * in which something happens, and the neighbourhoods of points that are hard.
 */
import { formatOf, realOfBits, roundTo, type RealFormat } from '../../src/compile/lanes/format.ts';
import type { Precision } from '../../src/compile/lanes/types.ts';
import type { BinaryName, UnaryName } from '../../src/program/primitive.ts';
import { erf as mathErf, erfc as mathErfc } from '../../src/program/special.ts';
import type { Random } from '../../src/support/random.ts';
import * as exact from './high-precision.ts';
import type { BigFloat } from './high-precision.ts';

/** A function and where to measure it. */
export interface ElementaryCase {
  readonly name: UnaryName | BinaryName;
  readonly arity: 1 | 2;
  readonly exact: (x: BigFloat, y: BigFloat) => BigFloat;
  /** JavaScript's own, for special values. */
  readonly math: (x: number, y: number) => number;
  /** Whether the exact value exists, is finite and not 0. */
  readonly regular: (x: number, y: number) => boolean;
  /** Uniform draws of the first operand are made from these. */
  readonly ranges: (format: RealFormat) => readonly (readonly [number, number])[];
  /** Draws close to these are made. */
  readonly near: readonly number[];
}

const finite = (x: number): boolean => Number.isFinite(x);
const notZero = (x: number): boolean => finite(x) && x !== 0;
/** Beyond it exp has long over- or underflowed. */
const moderate = (x: number): boolean => Math.abs(x) < 1e4;
const moderateNotZero = (x: number): boolean => moderate(x) && x !== 0;

function unary(
  name: UnaryName,
  reference: (x: BigFloat) => BigFloat,
  math: (x: number) => number,
  regular: (x: number) => boolean,
  ranges: (format: RealFormat) => readonly (readonly [number, number])[],
  near: readonly number[] = [],
): ElementaryCase {
  return { name, arity: 1, exact: reference, math, regular, ranges, near };
}

const smallAngles = [1, 2, 3, 4, 5, 6, 7, 8, 11, 22, 100, 344, 355, 710, 1000, 12345].map(
  (n) => (n * Math.PI) / 2,
);

/** Largest and smallest argument of exp whose result is neither ∞ nor 0. */
const exponentRange = ({ precision }: RealFormat): readonly [number, number] =>
  precision === 'f64' ? [-745.2, 709.9] : [-103.98, 88.73];

const angles = (): readonly (readonly [number, number])[] => [
  [-0.8, 0.8],
  [-10, 10],
  [-1000, 1000],
  [-1e6, 1e6],
  [-1e9, 1e9],
];

/** Every function that is measured. */
export const elementaryCases: readonly ElementaryCase[] = [
  unary('sin', exact.sin, Math.sin, notZero, angles, smallAngles),
  unary('cos', exact.cos, Math.cos, finite, angles, smallAngles),
  unary('tan', exact.tan, Math.tan, notZero, angles, smallAngles),
  unary('exp', exact.exp, Math.exp, moderate, (f) => [[-1, 1], [-20, 20], exponentRange(f)], [0]),
  unary(
    'expm1',
    exact.expm1,
    Math.expm1,
    moderateNotZero,
    (f) => [[-1, 1], [-40, 40], exponentRange(f)],
    [0],
  ),
  unary(
    'log',
    exact.log,
    Math.log,
    (x) => x > 0 && finite(x) && x !== 1,
    () => [
      [0.5, 2],
      [0, 100],
    ],
    [1, Math.SQRT1_2, Math.SQRT2],
  ),
  unary(
    'log1p',
    exact.log1p,
    Math.log1p,
    (x) => x > -1 && notZero(x),
    () => [
      [-1, 1],
      [-0.3, 0.5],
      [-1, 100],
    ],
    [-1, Math.SQRT2 - 1],
  ),
  unary(
    'log2',
    exact.log2,
    Math.log2,
    (x) => x > 0 && finite(x) && x !== 1,
    () => [
      [0.5, 2],
      [0, 100],
    ],
    [1, 2, 8],
  ),
  unary(
    'log10',
    exact.log10,
    Math.log10,
    (x) => x > 0 && finite(x) && x !== 1,
    () => [
      [0.5, 2],
      [0, 100],
    ],
    [1, 10, 1000],
  ),
  unary(
    'cbrt',
    exact.cbrt,
    Math.cbrt,
    notZero,
    () => [
      [-10, 10],
      [-1000, 1000],
    ],
    [1, 8, 27],
  ),
  unary(
    'asin',
    exact.asin,
    Math.asin,
    (x) => Math.abs(x) <= 1 && x !== 0,
    () => [
      [-1, 1],
      [0.45, 0.55],
    ],
    [0.5, 1, -1],
  ),
  unary(
    'acos',
    exact.acos,
    Math.acos,
    (x) => Math.abs(x) <= 1 && x !== 1,
    () => [
      [-1, 1],
      [-0.55, 0.55],
    ],
    [0.5, 1, -1, -0.5],
  ),
  unary(
    'atan',
    exact.atan,
    Math.atan,
    notZero,
    () => [
      [-1, 1],
      [-3, 3],
      [-100, 100],
    ],
    [1, -1],
  ),
  unary(
    'sinh',
    exact.sinh,
    Math.sinh,
    moderateNotZero,
    (f) => [
      [-1.2, 1.2],
      [-20, 20],
      [exponentRange(f)[0], exponentRange(f)[1] + 1],
    ],
    [1],
  ),
  unary(
    'cosh',
    exact.cosh,
    Math.cosh,
    moderate,
    (f) => [
      [-1.2, 1.2],
      [-20, 20],
      [exponentRange(f)[0], exponentRange(f)[1] + 1],
    ],
    [1],
  ),
  unary(
    'tanh',
    exact.tanh,
    Math.tanh,
    moderateNotZero,
    () => [
      [-1, 1],
      [-10, 10],
      [-25, 25],
    ],
    [0.35, 0.7],
  ),
  unary(
    'asinh',
    exact.asinh,
    Math.asinh,
    notZero,
    () => [
      [-1, 1],
      [-10, 10],
      [-1e6, 1e6],
    ],
    [0.4142],
  ),
  unary(
    'acosh',
    exact.acosh,
    Math.acosh,
    (x) => x > 1 && finite(x),
    () => [
      [1, 1.2],
      [1, 3],
      [1, 1000],
    ],
    [1, 2],
  ),
  unary(
    'atanh',
    exact.atanh,
    Math.atanh,
    (x) => Math.abs(x) < 1 && x !== 0,
    () => [
      [-1, 1],
      [-0.2, 0.2],
    ],
    [1, -1, 0.1716],
  ),
  unary(
    'sigmoid',
    exact.sigmoid,
    (x) => 1 / (1 + Math.exp(-x)),
    moderate,
    (f) => [[-1, 1], [-40, 40], exponentRange(f)],
    [0],
  ),
  unary(
    'erf',
    exact.erf,
    mathErf,
    moderateNotZero,
    () => [
      [-1, 1],
      [-7, 7],
      // The first rows of a table, where what is added to them is as large as they are.
      [0.005, 0.08],
    ],
    [0.5, 1],
  ),
  unary(
    'erfc',
    exact.erfc,
    mathErfc,
    moderate,
    (f) => [[-1, 1], [-7, 7], f.precision === 'f64' ? [0, 27.3] : [0, 10.1]],
    [0.5, -0.5, 1],
  ),
  {
    name: 'pow',
    arity: 2,
    exact: exact.pow,
    math: (x, y) => x ** y,
    regular: (x, y) =>
      notZero(x) &&
      notZero(y) &&
      (x > 0 || Number.isInteger(y)) &&
      Math.abs(y * Math.log2(Math.abs(x))) < 1e4,
    ranges: () => [
      [0, 2],
      [0, 100],
      [-5, 5],
    ],
    near: [1],
  },
  {
    name: 'atan2',
    arity: 2,
    exact: exact.atan2,
    math: Math.atan2,
    regular: (y, x) => notZero(x) && notZero(y),
    ranges: () => [
      [-2, 2],
      [-1000, 1000],
    ],
    near: [1],
  },
];

/** A number of random bits: all exponents alike, subnormal numbers, infinities and NaN too. */
export function anyNumber(precision: Precision, random: Random): number {
  const low = BigInt(random.integer(2 ** 32));
  if (precision === 'f32') return realOfBits('f32', BigInt.asIntN(32, low));
  return realOfBits('f64', BigInt.asIntN(64, (BigInt(random.integer(2 ** 32)) << 32n) | low));
}

function uniform(random: Random, [from, to]: readonly [number, number]): number {
  return from + (to - from) * (random.next() + random.next() * 2 ** -32);
}

/** A point at which to measure; operands of the precision. */
export function drawPoint(
  { arity, ranges, near, name }: ElementaryCase,
  precision: Precision,
  random: Random,
): readonly [number, number] {
  const format = formatOf(precision);
  const choices = ranges(format);
  const pick = <T>(list: readonly T[]): T => list[random.integer(list.length)] as T;
  const kind = random.integer(4);
  let x: number;
  if (kind === 0) x = anyNumber(precision, random);
  else if (kind === 1 && near.length > 0) {
    // Up to 2^k last places away, k random.
    const spread = 2 ** (random.integer(format.fractionBits) - format.fractionBits);
    x = pick(near) * (1 + (random.next() - 0.5) * spread) * (random.integer(2) === 0 ? 1 : -1);
  } else x = uniform(random, pick(choices));
  x = roundTo(precision, x);
  if (arity === 1) return [x, 0];
  return [x, roundTo(precision, secondOperand(name, x, precision, random))];
}

function secondOperand(name: string, x: number, precision: Precision, random: Random): number {
  const kind = random.integer(4);
  if (kind === 0) return anyNumber(precision, random);
  if (name === 'atan2')
    return x * (kind === 1 ? 1 + (random.next() - 0.5) / 8 : uniform(random, [-4, 4]));
  if (kind === 1) return random.integer(41) - 20;
  // Results of all exponents.
  const size = Math.abs(Math.log2(Math.abs(x)));
  const limit = formatOf(precision).bias + formatOf(precision).fractionBits;
  return (uniform(random, [-1, 1]) * (kind === 2 ? limit : 10)) / (size || 1);
}
