/**
 * Combustion of propane in air, the full formulation: eleven equations for the amounts of ten
 * products of the combustion and for their sum. From the MINPACK-2 test problem collection (Averick,
 * Carter, Moré and Xue, ANL/MCS-P153-0692, 1992), there from Meintjes and Morgan, Chemical equilibrium
 * systems as numerical test problems, ACM TOMS 16, 1990. Pressure p = 40 and air-to-fuel ratio R = 10.
 *
 * The paper's program takes the equilibrium constants of MINPACK-2 as 1 and the equations as written
 * here; equal subexpressions stand as often as there, so that vertices match.
 */
import { div, mul, sqrt, square } from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';
import { scalarTask } from './scalar-task.ts';

type Amounts = Readonly<
  Record<'x1' | 'x2' | 'x3' | 'x4' | 'x5' | 'x6' | 'x7' | 'x8' | 'x9' | 'x10' | 'x11', Traced>
>;

const p = 40;
const R = 10;

function residuals({ x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11 }: Amounts) {
  const root = sqrt(div(p, x11));
  const f1 = x1.add(x4).sub(3);
  const f2 = mul(2, x1).add(x2).add(x4).add(x7).add(x8).add(x9).add(mul(2, x10)).sub(R);
  const f3 = mul(2, x2).add(mul(2, x5)).add(x6).add(x7).sub(8);
  const f4 = mul(2, x3)
    .add(x9)
    .sub(4 * R);
  const f5 = x2.mul(x4).sub(x1.mul(x5));
  const f6 = sqrt(x2.mul(x4)).sub(sqrt(x1).mul(root).mul(x6));
  const f7 = sqrt(x1.mul(x2)).sub(sqrt(x4).mul(x7).mul(root));
  const f8 = x1.sub(x4.mul(x8).mul(p).div(x11));
  const f9 = x1.mul(sqrt(x3)).sub(x4.mul(x9).mul(root));
  const f10 = square(x1).sub(square(x4).mul(x10).mul(p).div(x11));
  const f11 = [x1, x2, x3, x4, x5, x6, x7, x8, x9, x10].reduce((rest, x) => rest.sub(x), x11);
  return { f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11 };
}

/** The paper's task. */
export const propaneCombustion = scalarTask({
  name: 'PropaneCombustion',
  suite: 'paper',
  source: 'Propane combustion, MINPACK-2 (Averick, Carter, Moré and Xue 1992)',
  trace: residuals,
  sample: {
    x1: 0.15,
    x2: 0.15,
    x3: 0.15,
    x4: 0.15,
    x5: 0.15,
    x6: 0.15,
    x7: 0.15,
    x8: 0.15,
    x9: 0.15,
    x10: 0.15,
    x11: 0.15,
  },
  publishedFigures: { forward: 151, reverse: 90, markowitz: 111, published: 88 },
  publishedOrder: [
    12, 51, 33, 45, 10, 9, 42, 39, 1, 18, 27, 8, 61, 60, 48, 59, 36, 35, 34, 24, 26, 30, 23, 44, 43,
    58, 50, 32, 40, 57, 56, 55, 54, 28, 38, 20, 21, 3, 15, 7, 2, 29, 17, 53, 5, 47, 6, 16, 14, 11,
    49,
  ],
});
