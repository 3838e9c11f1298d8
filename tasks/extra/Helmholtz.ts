/**
 * Helmholtz' free energy of a mixed fluid in a unit volume, by the equation of state of Peng and
 * Robinson: Griewank, On automatic differentiation, in Mathematical Programming: Recent
 * Developments and Applications (Kluwer 1989), and since then an example of every text on the
 * subject:
 *   f(x) = R T Σ x_i log(x_i / (1 − bᵀx))
 *          − xᵀA x / (√8 bᵀx) · log((1 + (1 + √2) bᵀx) / (1 + (1 − √2) bᵀx)).
 * x are amounts of the components, b their volumes, A their attraction. R = 1.
 */
import { dot, log, mul, sub, sum } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { tensorTask } from '../tensor-task.ts';

type Inputs = Readonly<Record<'x' | 'b' | 'A' | 'T', Traced>>;

function freeEnergy({ x, b, A, T }: Inputs) {
  const bx = dot(b, x);
  const ideal = T.mul(sum(x.mul(log(x.div(sub(1, bx))))));
  const attraction = dot(x, dot(A, x)).div(mul(Math.sqrt(8), bx));
  const ratio = mul(1 + Math.SQRT2, bx)
    .add(1)
    .div(mul(1 - Math.SQRT2, bx).add(1));
  return { f: ideal.sub(attraction.mul(log(ratio))) };
}

/** One number by amounts, properties of five components, and temperature. */
export const helmholtz = tensorTask({
  name: 'Helmholtz',
  suite: 'extra',
  source: 'Helmholtz free energy of a mixed fluid (Griewank, On automatic differentiation, 1989)',
  trace: freeEnergy,
  inputs: {
    x: { shape: [5], sample: [0.11, 0.24, 0.17, 0.31, 0.2] },
    b: { shape: [5], sample: [0.21, 0.35, 0.28, 0.4, 0.32] },
    A: {
      shape: [5, 5],
      sample: [
        ...[0.52, 0.31, 0.27, 0.44, 0.36],
        ...[0.31, 0.61, 0.33, 0.25, 0.41],
        ...[0.27, 0.33, 0.48, 0.38, 0.29],
        ...[0.44, 0.25, 0.38, 0.57, 0.35],
        ...[0.36, 0.41, 0.29, 0.35, 0.63],
      ],
    },
    T: { shape: [], sample: [1.3] },
  },
});
