/**
 * The Rosenbrock function (An automatic method for finding the greatest or least value of a
 * function, The Computer Journal 3, 1960) in its chained form for more than two variables:
 *   f(x) = Σ 100 (x_(k+1) − x_k²)² + (1 − x_k)²,  k = 1 … n − 1.
 */
import { add, mul, square, sub } from '../../src/program/ops.ts';
import type { Traced, Value } from '../../src/program/trace.ts';
import { numbered } from './numbered.ts';

/** The chained function of the values of an object, in order; two of them at least. */
export function rosenbrockFunction(inputs: Readonly<Record<string, Traced>>): {
  readonly f: Traced;
} {
  const x = Object.values(inputs);
  const f = x
    .slice(1)
    .map((next, k) => {
      const xk: Value = x[k] ?? 0; // there is one before each but the first
      return add(mul(100, square(next.sub(square(xk)))), square(sub(1, xk)));
    })
    .reduce((sum, term) => sum.add(term));
  return { f };
}

/** Rosenbrock's start, repeated. */
export const rosenbrockStart = numbered('x', [-1.2, 1, -1.2, 1, -1.2, 1]);
