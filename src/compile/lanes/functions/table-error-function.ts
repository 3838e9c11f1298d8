/**
 * The error function by a table (double precision; the method is that of P. T. P. Tang, Table-lookup
 * algorithms for elementary functions and their error analysis, ARITH 1991): with c the multiple of 1/32
 * next to x and h = x − c, |h| ≤ 1/64,
 *
 *     erf(c + h) = erf(c) + E·h·Σ a_k·h^k,   E = 2/√π·exp(−c²),   a_k = (−1)^k·H_k(c)/(k + 1)!
 *
 * with Hermite's polynomials H_k (the Taylor series of exp(−2ch − h²), DLMF 18.12.15, integrated term by
 * term), up to k = 7: what is left out is below 2^-58 of the result. erf(c) has two parts, so that the
 * result's error is that of three roundings of a small summand and one of the sum: below 2 units in the
 * last place, 1.1 seen.
 */
import { once } from '../../../support/once.ts';
import type { LaneBuilder } from '../builder.ts';
import type { LaneTable, LaneValue } from '../types.ts';
import { roundProduct } from './rounding.ts';
import { bits, one, toDouble } from './tables.ts';

/** Rows a unit of x. */
const rowsOfOne = 32;

/** From here on erf is 1, rounded (1 − 2·10^−17). */
const largest = 6;

/** More than all rows: a mask that keeps their numbers. */
const rowMask = 255n;

/** 2/√π (OEIS A190732). */
const leadDigits = '112837916709551257389615890312154517168810125865799771368817144';

/**
 * Row i belongs to c = i/32. Columns: erf(c), what that leaves, and 2/√π·exp(−c²). From row to row by the
 * series above with h = 1/32, in numbers of 160 bits.
 */
export const errorFunctionTable = once((): LaneTable => {
  const shift = BigInt(bits);
  const step = BigInt(rowsOfOne);
  const times = (x: bigint, y: bigint): bigint => (x * y) >> shift;
  // exp(−1/32²)
  const decay = exponential(-one / (step * step));
  const decaySquared = times(decay, decay);
  let value = 0n;
  let slope = (BigInt(leadDigits) * one) / 10n ** BigInt(leadDigits.length - 1);
  // exp(−2c/32)
  let tilt = one;
  const rows = Array.from({ length: largest * rowsOfOne + 1 }, (_, row) => {
    const lead = toDouble(value);
    const columns = [lead, toDouble(value - fixed(lead)), toDouble(slope)];
    value += times(slope, seriesToNextRow(BigInt(row), step));
    slope = times(times(slope, decay), tilt);
    tilt = times(tilt, decaySquared);
    return columns;
  });
  return { name: 'error function', rows };
});

/** Σ g_k·h^(k + 1)/(k + 1) at h = 1/step, c = row/step: g_(k + 1) = −2·(c·g_k + g_(k − 1))/(k + 1). */
function seriesToNextRow(row: bigint, step: bigint): bigint {
  let before = 0n;
  // g_k·h^k
  let term = one;
  let sum = 0n;
  for (let k = 0n; term !== 0n || before !== 0n; k += 1n) {
    sum += term / (k + 1n);
    const next = (-2n * (row * term + before)) / (step * step * (k + 1n));
    before = term;
    term = next;
  }
  return sum / step;
}

/** exp of a small fixed-point number. */
function exponential(x: bigint): bigint {
  let sum = 0n;
  let term = one;
  for (let k = 1n; term !== 0n; k += 1n) {
    sum += term;
    term = (term * x) / (one * k);
  }
  return sum;
}

/** A double of at least 2^-100 as a fixed-point number. */
const fixed = (x: number): bigint => BigInt(x * 2 ** 100) << BigInt(bits - 100);

/** erf of a number that is not negative; 1 for NaN. */
export function tableErrorFunction(b: LaneBuilder, size: LaneValue): LaneValue {
  // In this order of operands NaN becomes a number of a row too.
  const x = b.binary('pseudoMin', b.real(largest), size);
  const n = roundProduct(b, x, b.real(rowsOfOne));
  const row = b.integers('integerAnd', n.integer, b.integer(rowMask));
  const c = b.mul(n.real, b.real(1 / rowsOfOne));
  const h = b.sub(x, c);
  const table = errorFunctionTable();
  // Coefficients that have c as a factor stand without it, beside c·h.
  const u = b.mul(c, c);
  const v = b.mul(h, h);
  const w = b.mul(c, h);
  const a2 = inU(b, u, [-1 / 3, 2 / 3]);
  const a3 = inU(b, u, [1 / 2, -1 / 3]);
  const a4 = inU(b, u, [1 / 10, -2 / 5, 2 / 15]);
  const a5 = inU(b, u, [-1 / 6, 2 / 9, -2 / 45]);
  const a6 = inU(b, u, [-1 / 42, 1 / 7, -2 / 21, 4 / 315]);
  const a7 = inU(b, u, [1 / 24, -1 / 12, 1 / 30, -1 / 315]);
  const inner = b.multiplyAdd(v, b.multiplyAdd(w, a7, a6), b.multiplyAdd(w, a5, a4));
  const outer = b.multiplyAdd(v, inner, b.multiplyAdd(w, a3, a2));
  const bend = b.multiplySubtract(v, outer, w);
  const line = b.mul(b.lookUp(table, 2, row), h);
  const small = b.multiplySubtract(line, bend, b.lookUp(table, 1, row));
  return b.add(b.lookUp(table, 0, row), b.add(line, small));
}

/** A short polynomial, lowest coefficient first. */
function inU(b: LaneBuilder, u: LaneValue, coefficients: readonly number[]): LaneValue {
  const [last = 0, ...others] = coefficients.toReversed();
  return others.reduce<LaneValue>((sum, c) => b.multiplyAdd(sum, u, b.real(c)), b.real(last));
}
