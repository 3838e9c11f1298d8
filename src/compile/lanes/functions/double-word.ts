/**
 * Double-word arithmetic: numbers as unevaluated sums high + low (Dekker, A Floating-Point Technique
 * for Extending the Available Precision, 1971; Joldes, Muller and Popescu, Tight and Rigorous Error
 * Bounds for Basic Building Blocks of Double-Word Arithmetic, ACM TOMS 44, 2017). Sums and
 * products are exact; quotients are good to about twice the precision.
 */
import type { LaneBuilder } from '../builder.ts';
import type { LaneValue } from '../types.ts';

/** high + low, |low| at most a few last places of high. */
export interface DoubleWord {
  readonly high: LaneValue;
  readonly low: LaneValue;
}

/** x + y exactly, where |x| ≥ |y| or x = 0. 3 operations. */
export function fastTwoSum(b: LaneBuilder, x: LaneValue, y: LaneValue): DoubleWord {
  const high = b.add(x, y);
  return { high, low: b.sub(y, b.sub(high, x)) };
}

/** x + y exactly (Knuth, TAOCP 2, 4.2.2). 6 operations. */
export function twoSum(b: LaneBuilder, x: LaneValue, y: LaneValue): DoubleWord {
  const high = b.add(x, y);
  const ySeen = b.sub(high, x);
  const xSeen = b.sub(high, ySeen);
  return { high, low: b.add(b.sub(x, xSeen), b.sub(y, ySeen)) };
}

/** x without the lower half of its bits: products of two such are exact. */
export function upperHalf(b: LaneBuilder, x: LaneValue): LaneValue {
  const dropped = BigInt(b.precision === 'f64' ? 27 : 12);
  return b.realOf(b.integers('integerAnd', b.bitsOf(x), b.integer(-(1n << dropped))));
}

/**
 * x·y exactly (f64 unfused: to 2^-106 of it). 3 operations where the engine fuses, else 13 (Dekker's
 * product; the halves are cut from the bits instead of by Veltkamp's multiplication).
 */
export function twoProduct(b: LaneBuilder, x: LaneValue, y: LaneValue): DoubleWord {
  const high = b.mul(x, y);
  if (b.fused) return { high, low: b.multiplyAdd(x, y, b.neg(high)) };
  const xHigh = upperHalf(b, x);
  const xLow = b.sub(x, xHigh);
  const yHigh = upperHalf(b, y);
  const yLow = b.sub(y, yHigh);
  const first = b.sub(b.mul(xHigh, yHigh), high);
  const second = b.add(first, b.mul(xHigh, yLow));
  const third = b.add(second, b.mul(xLow, yHigh));
  return { high, low: b.add(third, b.mul(xLow, yLow)) };
}

/** x·y of double words, to about 2^-2p. */
export function multiply(b: LaneBuilder, x: DoubleWord, y: DoubleWord): DoubleWord {
  const { high, low } = twoProduct(b, x.high, y.high);
  return { high, low: b.multiplyAdd(x.high, y.low, b.multiplyAdd(x.low, y.high, low)) };
}

/** x / y of double words, to about 2^-2p, with one division. */
export function divide(b: LaneBuilder, x: DoubleWord, y: DoubleWord): DoubleWord {
  const inverse = b.div(b.real(1), y.high);
  const high = b.mul(x.high, inverse);
  const remainder = b.add(remainderOf(b, x.high, high, y.high), x.low);
  return { high, low: b.mul(b.multiplySubtract(high, y.low, remainder), inverse) };
}

/** x − q·y, where q is x / y to a few last places: exact but for the last bits. */
export function remainderOf(b: LaneBuilder, x: LaneValue, q: LaneValue, y: LaneValue): LaneValue {
  if (b.fused) return b.multiplySubtract(q, y, x);
  const product = twoProduct(b, q, y);
  return b.sub(b.sub(x, product.high), product.low);
}

/** high + low in one number. */
export function collapse(b: LaneBuilder, { high, low }: DoubleWord): LaneValue {
  return b.add(high, low);
}
