/**
 * Broyden's tridiagonal system (A class of methods for solving nonlinear simultaneous equations,
 * Mathematics of Computation 19, 1965), as Moré, Garbow and Hillstrom, Testing unconstrained
 * optimization software, ACM TOMS 7, 1981, state it: problem 30,
 *   f_k(x) = (3 − 2x_k) x_k − x_(k−1) − 2x_(k+1) + 1,  x_0 = x_(n+1) = 0.
 */
import { mul, sub } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';
import { numbered } from './numbered.ts';

function residuals(inputs: Readonly<Record<string, Traced>>) {
  const x = Object.values(inputs);
  return numbered(
    'f',
    x.map((xk, k) => {
      const before = x[k - 1];
      const after = x[k + 1];
      let f = sub(3, mul(2, xk)).mul(xk);
      if (before !== undefined) f = f.sub(before);
      if (after !== undefined) f = f.sub(mul(2, after));
      return f.add(1);
    }),
  );
}

/** Ten equations in ten unknowns, at the standard start. */
export const broydenTridiagonal = scalarTask({
  name: 'BroydenTridiagonal',
  suite: 'extra',
  source: 'Broyden tridiagonal function (Moré, Garbow and Hillstrom, ACM TOMS 7, 1981, problem 30)',
  trace: residuals,
  sample: numbered(
    'x',
    Array.from({ length: 10 }, () => -1),
  ),
});
