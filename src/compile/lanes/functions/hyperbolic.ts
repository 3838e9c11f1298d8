/**
 * sinh, cosh and tanh. With h = exp(|x|)/2, cosh = h + 1/(4h) and sinh = h − 1/(4h); where that cancels
 * (|x| ≤ 1) sinh is an odd polynomial. tanh is the quotient of exp(2x) − 1 and exp(2x) + 1, both as
 * double words (Muller, Elementary Functions, 2016, section 6.2, for the identities).
 */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import { HYPERBOLIC_SINE } from './coefficients.ts';
import { collapse, divide, fastTwoSum } from './double-word.ts';
import { exponentialExcess, reduceExponent, scaledExpm1 } from './exponential.ts';
import { polynomial } from './polynomial.ts';
import { powerOfTwo } from './rounding.ts';
import type { LaneUnary } from './types.ts';

/** Beyond it both are ∞; exp of half of it is finite. */
const largest = { f64: 711, f32: 90 } as const;

/** exp(|x|)/2 and its quarter's inverse, exp(−|x|)/2. */
function halves(b: LaneBuilder, x: LaneValue): readonly [growing: LaneValue, falling: LaneValue] {
  const size = b.binary('pseudoMin', b.abs(x), b.real(largest[b.precision]));
  const { n, r } = reduceExponent(b, size);
  const significand = b.add(b.real(1), exponentialExcess(b, r.high));
  // 2^(n − 2), doubled after the multiplication: n may be one above the format's exponents.
  const power = powerOfTwo(b, b.integers('integerSub', n.integer, b.integer(2n)));
  const quarter = b.mul(significand, power);
  const growing = b.add(quarter, quarter);
  return [growing, b.div(b.real(0.25), growing)];
}

/** Hyperbolic sine. */
export const sinh: LaneUnary = (b, x) => {
  const [growing, falling] = halves(b, x);
  const size = b.abs(x);
  const square = b.mul(x, x);
  const series = polynomial(b, HYPERBOLIC_SINE, square);
  const small = b.multiplyAdd(b.mul(size, square), series, size);
  const isSmall = b.compare('le', size, b.real(1));
  return b.copysign(b.select(isSmall, small, b.sub(growing, falling)), x);
};

/** Hyperbolic cosine. */
export const cosh: LaneUnary = (b, x) => {
  const [growing, falling] = halves(b, x);
  return b.add(growing, falling);
};

/** From here on tanh is 1, rounded. */
const tanhIsOne = { f64: 20, f32: 10 } as const;

/** Hyperbolic tangent. */
export const tanh: LaneUnary = (b, x) => {
  const size = b.binary('pseudoMin', b.abs(x), b.real(tanhIsOne[b.precision]));
  // exp(2|x|) − 1 = 2^n·(high + low) and exp(2|x|) + 1 = 2^n·(high + low + 2·2^−n).
  const { high, low, unit } = scaledExpm1(b, b.add(size, size));
  const numerator = fastTwoSum(b, high, low);
  const sum = fastTwoSum(b, b.add(unit, unit), high);
  const swapped = fastTwoSum(b, high, b.add(unit, unit));
  const isSmall = b.compare('lt', b.abs(high), b.add(unit, unit));
  const rest = b.add(b.select(isSmall, sum.low, swapped.low), low);
  const denominator = fastTwoSum(b, sum.high, rest);
  return b.copysign(collapse(b, divide(b, numerator, denominator)), x);
};
