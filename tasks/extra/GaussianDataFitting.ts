/**
 * Gaussian data fitting: residuals of a decaying exponential and three bells. MINPACK-2 (Averick,
 * Carter, Moré and Xue, ANL/MCS-P153-0692, 1992), Gaussian data fitting I, which is Osborne's
 * second function: Moré, Garbow and Hillstrom, Testing unconstrained optimization software, ACM
 * TOMS 7, 1981, problem 19, with its 65 measurements at t = 0, 0.1, … 6.4. Here every eighth of
 * them:
 *   f = y − x1 exp(−t x5)
 *         − x2 exp(−(t − x9)² x6) − x3 exp(−(t − x10)² x7) − x4 exp(−(t − x11)² x8).
 */
import { exp, mul, square } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';
import { numbered } from './numbered.ts';

type Index = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;
type Inputs = Readonly<Record<`x${Index}`, Traced>>;

/** y by t: measurements 1, 9, 17, … 65. */
const measurements = [
  [0, 1.366],
  [0.8, 0.786],
  [1.6, 0.602],
  [2.4, 0.624],
  [3.2, 0.395],
  [4, 0.523],
  [4.8, 0.645],
  [5.6, 0.729],
  [6.4, 0.054],
] as const;

function residuals({ x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11 }: Inputs) {
  const bell = (t: number, height: Traced, rate: Traced, centre: Traced): Traced =>
    height.mul(exp(square(centre.neg().add(t)).neg().mul(rate)));
  return numbered(
    'f',
    measurements.map(([t, y]) =>
      x1
        .mul(exp(mul(-t, x5)))
        .add(bell(t, x2, x6, x9))
        .add(bell(t, x3, x7, x10))
        .add(bell(t, x4, x8, x11))
        .neg()
        .add(y),
    ),
  );
}

/** Nine residuals by eleven parameters, at the standard start. */
export const gaussianDataFitting = scalarTask({
  name: 'GaussianDataFitting',
  suite: 'extra',
  source: 'Gaussian data fitting I, MINPACK-2 (1992); Osborne 2 (Moré et al., ACM TOMS 7, 1981)',
  trace: residuals,
  sample: {
    x1: 1.3,
    x2: 0.65,
    x3: 0.65,
    x4: 0.7,
    x5: 0.6,
    x6: 3,
    x7: 5,
    x8: 7,
    x9: 2,
    x10: 4.5,
    x11: 5.5,
  },
});
