/**
 * Exponential and logarithm that come out the same to the last bit as in the core
 * (assembly/portable.ts): the same additions, multiplications and divisions in the same sequence.
 * `Math.exp` and `Math.log` may differ from engine to engine.
 */

const inverseLn2 = 1.4426950408889634;
/** Beyond this e^−x counts as 0. */
const far = 32;

/** e^−x for x ≥ 0, and 0 from 32 on; relative error below 1e-14. */
export function exponentialOfMinus(x: number): number {
  if (!(x < far)) return 0;
  const k = Math.floor(x * inverseLn2 + 0.5);
  const r = k * Math.LN2 - x;
  let sum = 1 + r * (1 / 12);
  for (let divisor = 11; divisor >= 2; divisor -= 1) sum = 1 + r * (1 / divisor) * sum;
  sum = 1 + r * sum;
  return sum * 2 ** -k;
}

/** ln x for a normal number x > 0; error below 1e-14. */
export function logarithm(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const k = Number(bits >> 52n) - 1023;
  view.setBigUint64(0, (bits & 0xfffffffffffffn) | (1023n << 52n));
  const m = view.getFloat64(0);
  const t = (m - 1) / (m + 1);
  const square = t * t;
  let sum = 0;
  for (let power = 27; power >= 1; power -= 2) sum = sum * square + 1 / power;
  return k * Math.LN2 + 2 * t * sum;
}
