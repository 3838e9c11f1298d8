/**
 * log, log1p, log2 and log10: x = 2^k·m, √½ ≤ m < √2, f = m − 1, s = f/(2 + f), and
 *     log(1 + f) = f − (f²/2 − s·(f²/2 + R(s²)))
 * with R from the series of 2·atanh s (the form of fdlibm 5.3, e_log.c, Sun 1993; base 2 and 10 after
 * S. Moshier's and FreeBSD's e_log2.c: the leading part is cut to half its bits, so that its product
 * with the constant is exact). Zero, negative, subnormal and infinite arguments are left to a routine.
 */
import { at, type LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import {
  LN2_PARTS,
  LOG10_2,
  LOG10_E,
  LOG2_E,
  LOGARITHM,
  LOGARITHM_TAIL,
  TWO_THIRDS,
} from './coefficients.ts';
import {
  fastTwoSum,
  remainderOf,
  twoProduct,
  twoSum,
  upperHalf,
  type DoubleWord,
} from './double-word.ts';
import { coefficient, polynomial, type Coefficients } from './polynomial.ts';
import { splitExponent, type SplitNumber } from './rounding.ts';
import { splitForTable, tableLogarithm } from './table-logarithm.ts';
import type { LaneUnary } from './types.ts';

/** f, f²/2 and s·(f²/2 + R), so that log(1 + f) = f − (halfSquare − bend). */
interface Kernel {
  readonly f: LaneValue;
  readonly halfSquare: LaneValue;
  readonly bend: LaneValue;
}

function kernel(b: LaneBuilder, f: LaneValue): Kernel {
  const s = b.div(f, b.add(f, b.real(2)));
  const square = b.mul(s, s);
  const halfSquare = b.mul(b.mul(f, b.real(0.5)), f);
  const series = polynomial(b, LOGARITHM, square);
  return { f, halfSquare, bend: b.mul(s, b.multiplyAdd(square, series, halfSquare)) };
}

/** k·ln 2 + log m + correction, where the correction is below a last place of the rest. */
export function logarithmOf(
  b: LaneBuilder,
  { k, m }: SplitNumber,
  correction?: LaneValue,
): LaneValue {
  const { f, halfSquare, bend } = kernel(b, b.sub(m, b.real(1)));
  const low = b.multiplyAdd(k, coefficient(b, LN2_PARTS, 1), bend);
  const inner = correction === undefined ? low : b.add(low, correction);
  return b.multiplyAdd(k, coefficient(b, LN2_PARTS, 0), b.sub(f, b.sub(halfSquare, inner)));
}

/** Logarithm to another base: k·c + log(m)·unit in two parts. */
function otherBase(
  b: LaneBuilder,
  { k, m }: SplitNumber,
  unit: Coefficients,
  perExponent?: Coefficients,
): LaneValue {
  const { f, halfSquare, bend } = kernel(b, b.sub(m, b.real(1)));
  const high = upperHalf(b, b.sub(f, halfSquare));
  const low = b.add(b.sub(b.sub(f, high), halfSquare), bend);
  const unitHigh = coefficient(b, unit, 0);
  const unitLow = coefficient(b, unit, 1);
  const lead = b.mul(high, unitHigh);
  const whole = perExponent === undefined ? k : b.mul(k, coefficient(b, perExponent, 0));
  const sum = fastTwoSum(b, whole, lead);
  const rest = b.multiplyAdd(b.add(low, high), unitLow, b.mul(low, unitHigh));
  const exponentRest =
    perExponent === undefined ? rest : b.multiplyAdd(k, coefficient(b, perExponent, 1), rest);
  return b.add(sum.high, b.add(sum.low, exponentRest));
}

/** Splits a positive finite number, subnormal or not. */
export function splitAnywhere(b: LaneBuilder, x: LaneValue): SplitNumber {
  const { fractionBits, smallestNormal } = b.format;
  const isSmall = b.compare('lt', x, b.real(smallestNormal));
  const power = fractionBits + 2;
  const { k, m } = splitExponent(b, b.select(isSmall, b.mul(x, b.real(2 ** power)), x));
  return { k: b.select(isSmall, b.sub(k, b.real(power)), k), m };
}

/** NaN below 0, −∞ at 0, x itself where it is ∞ or NaN, else the value. */
export function withLogarithmSpecials(b: LaneBuilder, x: LaneValue, value: LaneValue): LaneValue {
  const below = b.select(b.compare('eq', x, b.real(0)), b.real(-Infinity), b.real(NaN));
  const above = b.select(b.compare('lt', x, b.real(Infinity)), value, x);
  return b.select(b.compare('gt', x, b.real(0)), above, below);
}

/** Whether x is positive, normal and finite. */
export function isPositiveNormal(b: LaneBuilder, x: LaneValue): LaneValue {
  return b.and(
    b.compare('ge', x, b.real(b.format.smallestNormal)),
    b.compare('lt', x, b.real(Infinity)),
  );
}

function guardedLogarithm(
  name: string,
  of: (b: LaneBuilder, parts: SplitNumber) => LaneValue,
  usually = (b: LaneBuilder, x: LaneValue): LaneValue => of(b, splitExponent(b, x)),
): LaneUnary {
  return (b, x) => {
    const usual = usually(b, x);
    const rare = b.not(isPositiveNormal(b, x));
    const results = b.guarded(rare, `${name}-special`, [x], [usual], (inner, args) => {
      const own = at(args, 0);
      return [withLogarithmSpecials(inner, own, of(inner, splitAnywhere(inner, own)))];
    });
    return at(results, 0);
  };
}

/** Natural logarithm; in double precision usually by the table, which powers of the argument share. */
export const log: LaneUnary = guardedLogarithm(
  'log',
  (b, parts) => logarithmOf(b, parts),
  (b, x) =>
    b.precision === 'f64'
      ? tableLogarithm(b, splitForTable(b, x)).high
      : logarithmOf(b, splitExponent(b, x)),
);

/** Logarithm to base 2. */
export const log2: LaneUnary = guardedLogarithm('log2', (b, parts) => otherBase(b, parts, LOG2_E));

/** Logarithm to base 10. */
export const log10: LaneUnary = guardedLogarithm('log10', (b, parts) =>
  otherBase(b, parts, LOG10_E, LOG10_2),
);

/**
 * log(1 + high + low), |low| small against 1 + high; 2^`more` times that, as a logarithm. What 1 + high loses is
 * made good by its quotient, the first term of the series. −∞ at −1, NaN below, ∞ at ∞.
 */
export function logOnePlus(
  b: LaneBuilder,
  high: LaneValue,
  low?: LaneValue,
  more?: LaneValue,
): LaneValue {
  const sum = twoSum(b, b.real(1), high);
  const rest = low === undefined ? sum.low : b.add(sum.low, low);
  const { k, m } = splitExponent(b, sum.high);
  const exponent = more === undefined ? k : b.add(k, more);
  const value = logarithmOf(b, { k: exponent, m }, b.div(rest, sum.high));
  return withLogarithmSpecials(b, sum.high, value);
}

/** log(1 + x). */
export const log1p: LaneUnary = (b, x) => b.copysign(logOnePlus(b, x), x);

/**
 * k·ln 2 + log m as a double word, good to about 2^-66 (f32: 2^-36) of itself: 2·atanh s with s a double
 * word, its cubic term in double words too, the rest in one (the scheme of Shibata and Petrogalli,
 * SLEEF, 2019, section on pow).
 */
export function doubleWordLogarithm(b: LaneBuilder, { k, m }: SplitNumber): DoubleWord {
  const f = b.sub(m, b.real(1));
  const sum = fastTwoSum(b, b.real(1), m);
  const inverse = b.div(b.real(1), sum.high);
  const sHigh = b.mul(f, inverse);
  const remainder = b.multiplySubtract(sHigh, sum.low, remainderOf(b, f, sHigh, sum.high));
  const sLow = b.mul(remainder, inverse);

  const square = twoProduct(b, sHigh, sHigh);
  const squareLow = b.multiplyAdd(b.add(sHigh, sHigh), sLow, square.low);
  // 2/3 + z·Q(z)
  const third = fastTwoSum(
    b,
    coefficient(b, TWO_THIRDS, 0),
    b.mul(square.high, polynomial(b, LOGARITHM_TAIL, square.high)),
  );
  const thirdLow = b.add(third.low, coefficient(b, TWO_THIRDS, 1));
  const inner = twoProduct(b, square.high, third.high);
  const innerLow = b.multiplyAdd(
    square.high,
    thirdLow,
    b.multiplyAdd(squareLow, third.high, inner.low),
  );
  const cubic = twoProduct(b, sHigh, inner.high);
  const cubicLow = b.multiplyAdd(sHigh, innerLow, b.multiplyAdd(sLow, inner.high, cubic.low));

  const lead = fastTwoSum(b, b.add(sHigh, sHigh), cubic.high);
  const leadLow = b.add(b.add(lead.low, cubicLow), b.add(sLow, sLow));
  const total = fastTwoSum(b, b.mul(k, coefficient(b, LN2_PARTS, 0)), lead.high);
  const totalLow = b.multiplyAdd(k, coefficient(b, LN2_PARTS, 1), b.add(total.low, leadLow));
  return fastTwoSum(b, total.high, totalLow);
}
