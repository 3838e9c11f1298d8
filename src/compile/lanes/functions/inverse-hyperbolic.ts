/**
 * asinh, acosh and atanh as log(1 + a) with a a double word (logarithmic.ts), in the forms of fdlibm 5.3
 * (s_asinh.c, e_acosh.c, e_atanh.c, Sun 1993) that do not cancel; a is a double word because
 * its rounding would cost a last place of the result. Large arguments, whose squares overflow, go
 * by log(2x).
 */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';
import { divide, fastTwoSum, twoProduct, twoSum } from './double-word.ts';
import { logOnePlus } from './logarithmic.ts';
import type { LaneUnary } from './types.ts';

/** From here on √(x² ± 1) is x, rounded. */
const large = { f64: 2 ** 28, f32: 2 ** 13 } as const;

function isLarge(b: LaneBuilder, size: LaneValue): LaneValue {
  return b.compare('ge', size, b.real(large[b.precision]));
}

/** log(1 + a), or log(2x) = log(1 + x) + ln 2 − 1/x… where x is large: there 1 + x is taken for x. */
function logarithm(b: LaneBuilder, size: LaneValue, high: LaneValue, low: LaneValue): LaneValue {
  const mask = isLarge(b, size);
  const zero = b.real(0);
  const one = b.real(1);
  return logOnePlus(
    b,
    b.select(mask, size, high),
    b.select(mask, b.real(-1), low),
    b.select(mask, one, zero),
  );
}

/** log(|x| + √(x² + 1)) = log(1 + |x| + x²/(1 + √(1 + x²))). */
export const asinh: LaneUnary = (b, x) => {
  const one = b.real(1);
  const size = b.abs(x);
  const square = b.mul(size, size);
  const root = b.sqrt(b.add(square, one));
  const sum = fastTwoSum(b, size, b.div(square, b.add(root, one)));
  return b.copysign(logarithm(b, size, sum.high, sum.low), x);
};

/** log(x + √(x² − 1)) = log(1 + t + √(t·(x + 1))), t = x − 1; NaN below 1. */
export const acosh: LaneUnary = (b, x) => {
  const one = b.real(1);
  const less = twoSum(b, x, b.real(-1));
  const more = twoSum(b, x, one);
  const product = twoProduct(b, less.high, more.high);
  const productLow = b.multiplyAdd(
    less.high,
    more.low,
    b.multiplyAdd(less.low, more.high, product.low),
  );
  const root = b.sqrt(product.high);
  const rootSquare = twoProduct(b, root, root);
  const residue = b.add(b.sub(b.sub(product.high, rootSquare.high), rootSquare.low), productLow);
  // 0 at x = 1, where the root is 0.
  const isOne = b.compare('eq', root, b.real(0));
  const rootLow = b.div(residue, b.select(isOne, one, b.add(root, root)));
  const sum = twoSum(b, root, less.high);
  const low = b.add(sum.low, b.add(rootLow, less.low));
  const value = logarithm(b, x, sum.high, low);
  return b.select(b.compare('lt', x, one), b.real(NaN), value);
};

/** ½·log((1 + x)/(1 − x)) = ½·log(1 + 2x/(1 − x)); ±∞ at ±1, NaN beyond. */
export const atanh: LaneUnary = (b, x) => {
  const one = b.real(1);
  const size = b.abs(x);
  const less = fastTwoSum(b, one, b.neg(size));
  const quotient = divide(b, { high: b.add(size, size), low: b.real(0) }, less);
  const { high, low } = fastTwoSum(b, quotient.high, quotient.low);
  const value = b.mul(logOnePlus(b, high, low), b.real(0.5));
  const inside = b.select(b.compare('lt', size, one), value, b.real(NaN));
  const withPole = b.select(b.compare('eq', size, one), b.real(Infinity), inside);
  return b.copysign(withPole, x);
};
