/**
 * Weighted operations of a Program as the optimiser sees them: those of the cost model `compiled`
 * (multiplication, addition and a written negation 1, quotient and square root 6) and elementary
 * functions beside them, which the published count leaves out. Their weights are rough multiples of a
 * multiplication in vectorised double precision; only their order matters, because no rewriting makes
 * a new one.
 */
import { weightedOperations } from '../compiled/weigh.ts';
import type { Program } from '../program/types.ts';

const elementary: ReadonlyMap<string, number> = new Map([
  ['exp', 12],
  ['expm1', 16],
  ['sigmoid', 20],
  ['sin', 14],
  ['cos', 14],
  ['tan', 22],
  ['log', 14],
  ['log1p', 18],
  ['log2', 16],
  ['log10', 16],
  ['cbrt', 20],
  ['pow', 40],
  ['integerPow', 10],
  ['asin', 22],
  ['acos', 22],
  ['atan', 20],
  ['atan2', 28],
  ['sinh', 20],
  ['cosh', 18],
  ['tanh', 20],
  ['asinh', 26],
  ['acosh', 26],
  ['atanh', 26],
  ['erf', 24],
  ['erfc', 28],
]);

/** Weight of a function that is no arithmetic: comparisons, extremes and choices cost 1. */
export function functionWeight(primitive: string): number {
  return primitive === 'sqrt' ? 6 : (elementary.get(primitive) ?? 1);
}

const arithmetic: ReadonlySet<string> = new Set([
  ...['add', 'sub', 'mul', 'div', 'neg', 'sqrt', 'sumOf', 'dotOf', 'integerPow'],
  ...['convert', 'stopGradient'],
]);

/**
 * Weighted operations of a Program of scalars as it stands.
 * @throws Error where it has tensors
 */
export function programWeight(program: Program): number {
  return program.equations.reduce(
    (sum, { primitive }) => sum + (arithmetic.has(primitive) ? 0 : functionWeight(primitive)),
    weightedOperations(program),
  );
}
