/**
 * |x| = n·π/2 + r, |r| ≤ π/4 (and a little): the argument reduction that sin, cos and tan share.
 *
 * Usual arguments: n·π/2 is subtracted in two parts (Cody and Waite, Software Manual for the
 * Elementary Functions, 1980), three in unfused f32. What that gives is good to a few hundredths of
 * a last place of r as long as |r| is not far below n; where it is, and where n is so large
 * that a product is not exact, |r| < c·n holds, and the guarded routine takes over.
 *
 * The routine is Payne and Hanek's (Radian Reduction for Trigonometric Functions, SIGNUM 1983) without
 * a table in memory: x = y·2^(w·j) with ½ ≤ y < 2^(w−1), and the w-bit words of 2/π from number j on
 * are selected bit by bit of j. w = 24 (f64) and 11 (f32), so that products of words are exact and four of
 * them add up exactly. Diagonals of the product of y's four words and eleven of 2/π down to
 * 2^(−7w) are summed; what is left out is below 2^-140 (2^-61), far below the least |r| of any x,
 * which is 2^-62 (2^-30; Muller, Elementary Functions, 2016, table 11.1).
 */
import { at, type LaneBuilder } from '../builder.ts';
import { bitsOfReal } from '../format.ts';
import type { LaneValue } from '../types.ts';
import { HALF_PI_FUSED, HALF_PI_PARTS, TWO_OVER_PI_BITS } from './coefficients.ts';
import { collapse, fastTwoSum, multiply, twoSum, type DoubleWord } from './double-word.ts';
import { coefficient } from './polynomial.ts';
import { roundProduct } from './rounding.ts';

/** n as an integer, right in its two lowest bits, and r with what its rounding loses. */
export interface Reduced extends DoubleWord {
  readonly quadrant: LaneValue;
}

/** c of |r| < c·n. Where the engine fuses, products need not be exact and n may be larger. */
function threshold({ precision, fused }: LaneBuilder): number {
  if (precision === 'f64') return fused ? 2 ** -30 : 0.75 * 2 ** -20;
  return fused ? 2 ** -18 : 0.75 * 2 ** -13;
}

/**
 * Reduces |x| (`size`). NaN and infinity give NaN.
 * @returns with `tail`, high + low; without, high alone is meant and low is 0
 */
export function reduceAngle(b: LaneBuilder, size: LaneValue, tail: boolean): Reduced {
  const { real: n, integer } = roundProduct(b, size, b.real(2 / Math.PI));
  const parts = b.fused ? HALF_PI_FUSED : HALF_PI_PARTS;
  const count = parts[b.precision].length;
  let rest = size;
  for (let k = 0; k < count - 1; k += 1) {
    rest = b.multiplySubtract(n, coefficient(b, parts, k), rest);
  }
  const last = coefficient(b, parts, count - 1);
  const high = b.multiplySubtract(n, last, rest);
  const low = tail ? b.multiplySubtract(n, last, b.sub(rest, high)) : b.real(0);
  const needed = b.compare('lt', b.abs(high), b.mul(n, b.real(threshold(b))));
  const name = tail ? 'reduce-angle-with-tail' : 'reduce-angle';
  const usual = tail ? [integer, high, low] : [integer, high];
  const results = b.guarded(needed, name, [size], usual, (inner, [x = size]) => {
    const exact = payneHanek(inner, x);
    if (tail) return [exact.quadrant, exact.high, exact.low];
    return [exact.quadrant, collapse(inner, exact)];
  });
  return { quadrant: at(results, 0), high: at(results, 1), low: results[2] ?? b.real(0) };
}

/** Bits of a word, and how many words of y and diagonals of the product there are. */
const wordBits = { f64: 24, f32: 11 } as const;
const words = 4;
const diagonals = 8;

/** The words of 2/π from number j − words on, j up to the largest exponent; four zeros in front. */
function wordsOfTwoOverPi(w: number, count: number): number[] {
  const size = 1280;
  return Array.from({ length: count }, (_, k) => {
    const place = k - words;
    if (place < 0) return 0;
    return Number((TWO_OVER_PI_BITS >> BigInt(size - w * (place + 1))) & ((1n << BigInt(w)) - 1n));
  });
}

/** x ≥ ½ and finite; else NaN or anything. */
function payneHanek(b: LaneBuilder, x: LaneValue): Reduced {
  const { fractionBits, bias } = b.format;
  const w = wordBits[b.precision];
  const base = b.real(2 ** w);
  const inverseBase = b.real(2 ** -w);

  // j = ⌊(exponent + 1) / w⌋; the half keeps the quotient clear of integers.
  const field = b.toReal(b.shift('shiftRightLogical', b.bitsOf(x), fractionBits));
  const j = b.unary('floor', b.mul(b.add(field, b.real(1.5 - bias)), b.real(1 / w)));
  const shift = b.shift('shiftLeft', b.toInteger(b.mul(j, b.real(w))), fractionBits);
  const y = b.realOf(b.integers('integerSub', b.bitsOf(x), shift));

  // y = y₀ + y₁·2^-w + y₂·2^-2w + …, integers all.
  const yWords: LaneValue[] = [];
  let rest = y;
  for (let k = 0; k < words; k += 1) {
    const whole = b.unary('floor', rest);
    yWords.push(whole);
    rest = b.mul(b.sub(rest, whole), base);
  }

  const piWords = selectWords(b, w, b.toInteger(j));
  // Diagonal d has the weight 2^(−w·d); those before the first are multiples of 4.
  const sums: LaneValue[] = [];
  for (let d = 0; d < diagonals; d += 1) {
    const products = yWords.map((word, k) => b.mul(word, at(piWords, words - 1 - k + d)));
    sums.push(products.reduce((sum, product) => b.add(sum, product)));
  }
  // Carries, from the last to the first.
  for (let d = diagonals - 1; d > 0; d -= 1) {
    const carry = b.unary('floor', b.mul(at(sums, d), inverseBase));
    sums[d] = b.multiplySubtract(carry, base, at(sums, d));
    sums[d - 1] = b.add(at(sums, d - 1), carry);
  }

  // The nearest integer, modulo 4, and the signed fraction, exact in pairs of words.
  const whole = at(sums, 0);
  const quarters = b.unary('floor', b.mul(whole, b.real(0.25)));
  const quadrant = b.multiplySubtract(quarters, b.real(4), whole);
  const up = b.compare('ge', at(sums, 1), b.real(2 ** (w - 1)));
  const nearest = b.add(quadrant, b.select(up, b.real(1), b.real(0)));
  const first = b.sub(at(sums, 1), b.select(up, base, b.real(0)));
  const pair = (high: LaneValue, low: LaneValue, d: number): LaneValue =>
    b.add(b.mul(high, b.real(2 ** (-w * d))), b.mul(low, b.real(2 ** (-w * (d + 1)))));
  const lead = twoSum(b, pair(first, at(sums, 2), 1), pair(at(sums, 3), at(sums, 4), 3));
  const fraction = fastTwoSum(b, lead.high, b.add(lead.low, pair(at(sums, 5), at(sums, 6), 5)));

  const halfPi = {
    high: coefficient(b, HALF_PI_FUSED, 0),
    low: coefficient(b, HALF_PI_FUSED, 1),
  };
  const angle = multiply(b, fraction, halfPi);
  const { high, low } = fastTwoSum(b, angle.high, angle.low);
  // ∞ − ∞ and NaN − NaN: what is not finite becomes NaN.
  return { quadrant: b.toInteger(nearest), high: b.add(high, b.sub(x, x)), low };
}

/** Words j … j + 10 of the padded list: a shift by every bit of j that is set, highest first. */
function selectWords(b: LaneBuilder, w: number, j: LaneValue): readonly LaneValue[] {
  const wanted = words + diagonals - 1;
  const largest = Math.floor((b.format.bias + 1) / w);
  const steps: number[] = [];
  for (let step = 1; step <= largest; step *= 2) steps.unshift(step);
  let list = wordsOfTwoOverPi(w, wanted + largest).map((word) => b.real(word));
  let remaining = largest;
  for (const step of steps) {
    const bit = b.integers('integerAnd', j, b.integer(BigInt(step)));
    const isSet = b.compareIntegers('integerEq', bit, b.integer(BigInt(step)));
    remaining = Math.min(remaining, step - 1);
    const length = wanted + remaining;
    list = Array.from({ length: Math.min(length, list.length) }, (_, k) => {
      const moved = list[k + step];
      // Beyond the end no j leads.
      return moved === undefined ? at(list, k) : b.select(isSet, moved, at(list, k));
    });
  }
  return list.slice(0, wanted);
}

/** The sign bit alone. */
export function signBit(b: LaneBuilder, x: LaneValue): LaneValue {
  const mask = bitsOfReal(b.precision, -0);
  return b.integers('integerAnd', b.bitsOf(x), b.integer(mask));
}
