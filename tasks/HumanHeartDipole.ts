/**
 * The human heart dipole: eight equations for the moments, positions and orientations of two dipoles
 * in the heart, fitted to measured potentials. From the MINPACK-2 test problem collection (Averick,
 * Carter, Moré and Xue, ANL/MCS-P153-0692, 1992). The paper differentiates the residuals;
 * all eight measured sums σ are 1.
 *
 * MINPACK-2 names the unknowns a, b, c, d, t, u, v, w and writes the last two equations as
 *   a t (t² − 3v²) + c v (v² − 3t²) + b u (u² − 3w²) + d w (w² − 3u²) = σE
 *   c t (t² − 3v²) − a v (v² − 3t²) + d u (u² − 3w²) − b w (w² − 3u²) = σF
 * Squares are taken anew each time, as the paper's program does, so that vertices match.
 */
import { mul, square } from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';
import { scalarTask } from './scalar-task.ts';

type Unknowns = Readonly<Record<'a' | 'b' | 'c' | 'd' | 't' | 'u' | 'v' | 'w', Traced>>;

const sigma = { mx: 1, my: 1, A: 1, B: 1, C: 1, D: 1, E: 1, F: 1 };

function residuals({ a, b, c, d, t, u, v, w }: Unknowns) {
  const mx = a.add(b).sub(sigma.mx);
  const my = c.add(d).sub(sigma.my);
  const A = t.mul(a).add(u.mul(b)).sub(v.mul(c)).sub(w.mul(d)).sub(sigma.A);
  const B = v.mul(a).add(w.mul(b)).add(t.mul(c)).add(u.mul(d)).sub(sigma.B);

  const tv = square(t).sub(square(v));
  const uw = square(u).sub(square(w));
  const C = a
    .mul(tv)
    .sub(mul(2, c).mul(t).mul(v))
    .add(b.mul(uw))
    .sub(mul(2, d).mul(u).mul(w))
    .sub(sigma.C);
  const D = c
    .mul(tv)
    .sub(mul(2, a).mul(t).mul(v))
    .add(d.mul(uw))
    .sub(mul(2, b).mul(u).mul(w))
    .sub(sigma.D);

  const ttv = t.mul(square(t).sub(mul(3, square(v))));
  const vvt = v.mul(square(v).sub(mul(3, square(t))));
  const uuw = u.mul(square(u).sub(mul(3, square(w))));
  const wwu = w.mul(square(w).sub(mul(3, square(u))));
  const E = a.mul(ttv).add(c.mul(vvt)).add(b.mul(uuw)).add(d.mul(wwu)).sub(sigma.E);
  const F = c.mul(ttv).sub(a.mul(vvt)).add(d.mul(uuw)).sub(b.mul(wwu)).sub(sigma.F);
  return { mx, my, A, B, C, D, E, F };
}

/** The paper's task. */
export const humanHeartDipole = scalarTask({
  name: 'HumanHeartDipole',
  suite: 'paper',
  source: 'Human heart dipole, MINPACK-2 (Averick, Carter, Moré and Xue 1992)',
  trace: residuals,
  sample: { a: 0.15, b: 0.15, c: 0.15, d: 0.15, t: 0.15, u: 0.15, v: 0.15, w: 0.15 },
  publishedFigures: { forward: 240, reverse: 172, markowitz: 194, published: 148 },
  publishedOrder: [
    19, 85, 11, 83, 77, 59, 81, 22, 76, 1, 9, 37, 49, 68, 69, 7, 3, 45, 51, 17, 75, 34, 66, 36, 61,
    73, 71, 48, 79, 57, 40, 8, 24, 43, 39, 21, 52, 53, 16, 56, 67, 28, 42, 54, 33, 31, 30, 74, 10,
    27, 47, 63, 44, 46, 6, 72, 32, 58, 55, 15, 41, 29, 13, 82, 80, 25, 26, 18, 14, 62, 5, 60, 84,
    35, 64, 23, 65, 70,
  ],
});
