/**
 * Where the beam of a lighthouse meets the quay: Griewank and Walther, Evaluating Derivatives, 2nd
 * ed. (SIAM 2008), the lighthouse example of chapter 2. The lighthouse stands nu off the shore and
 * turns with angular velocity omega; the quay is the line y2 = gamma·y1. As there, tan(omega·t) is
 * taken once.
 */
import { mul, tan } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';

type Inputs = Readonly<Record<'nu' | 'gamma' | 'omega' | 't', Traced>>;

function spot({ nu, gamma, omega, t }: Inputs) {
  const slope = tan(mul(omega, t));
  const y1 = nu.mul(slope).div(gamma.sub(slope));
  const y2 = gamma.mul(y1);
  return { y1, y2 };
}

/** Two coordinates by four parameters. */
export const lighthouse = scalarTask({
  name: 'Lighthouse',
  suite: 'extra',
  source: 'Lighthouse example (Griewank and Walther, Evaluating Derivatives, 2nd ed., chapter 2)',
  trace: spot,
  sample: { nu: 1.5, gamma: 2, omega: 0.4, t: 1.2 },
});
