// Exponential and logarithm that come out the same to the last bit in the core and in TypeScript
// (src/core/portable.ts): nothing but additions, multiplications, divisions and bit patterns, in
// the same sequence. Errors are below 1e-14 relative; nobody needs better here.

const LN2: f64 = 0.6931471805599453;
const INVERSE_LN2: f64 = 1.4426950408889634;

/** Beyond this e^−x counts as 0: 1e-14 of the weight that it is compared with. */
const FAR: f64 = 32;

/**
 * e^−x for x ≥ 0, and 0 from 32 on: 2^−k · e^r with |r| ≤ ln 2 / 2, e^r by its Taylor polynomial of
 * degree 12 (remainder below 2e-16).
 */
export function exponentialOfMinus(x: f64): f64 {
  if (!(x < FAR)) return 0;
  const k = floor<f64>(x * INVERSE_LN2 + 0.5);
  const r = k * LN2 - x;
  let sum: f64 = 1 + r * (1.0 / 12);
  sum = 1 + r * (1.0 / 11) * sum;
  sum = 1 + r * (1.0 / 10) * sum;
  sum = 1 + r * (1.0 / 9) * sum;
  sum = 1 + r * (1.0 / 8) * sum;
  sum = 1 + r * (1.0 / 7) * sum;
  sum = 1 + r * (1.0 / 6) * sum;
  sum = 1 + r * (1.0 / 5) * sum;
  sum = 1 + r * (1.0 / 4) * sum;
  sum = 1 + r * (1.0 / 3) * sum;
  sum = 1 + r * (1.0 / 2) * sum;
  sum = 1 + r * sum;
  return sum * reinterpret<f64>((1023 - <u64>k) << 52);
}

/**
 * ln x for a normal number x > 0: x = 2^k · m with m in [1, 2), and ln m = 2·artanh((m − 1)/(m + 1))
 * by its series to the 27th power (remainder below 2e-15).
 */
export function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  const k = <i32>(bits >>> 52) - 1023;
  const m = reinterpret<f64>((bits & 0xfffffffffffff) | ((<u64>1023) << 52));
  const t = (m - 1) / (m + 1);
  const square = t * t;
  let sum: f64 = 0;
  for (let power = 27; power >= 1; power -= 2) sum = sum * square + 1 / <f64>power;
  return <f64>k * LN2 + 2 * t * sum;
}
