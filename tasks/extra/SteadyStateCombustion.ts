/**
 * Steady-state combustion as a minimum: ∫ ½ |∇v|² − λ exp(v) over the unit square, v = 0 on its
 * border, by piecewise linear finite elements on 2 × 2 inner points. MINPACK-2 (Averick, Carter,
 * Moré and Xue, ANL/MCS-P153-0692, 1992), steady-state combustion: each square of the grid is two
 * triangles; the lower has its right angle at (i, j), the upper at (i + 1, j + 1), and each
 * contributes
 *   (hx hy / 4) (((v_x − v) / hx)² + ((v_y − v) / hy)² − λ μ),  μ = ⅔ (exp v + exp v_x + exp v_y),
 * where v is at the right angle and v_x, v_y are its neighbours.
 */
import { add, exp, mul, square, sub } from '../../src/program/ops.ts';
import type { Traced, Value } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';

type Inputs = Readonly<Record<'v11' | 'v12' | 'v21' | 'v22', Traced>>;

const h = 1 / 3;
const lambda = 5;

interface Corner {
  readonly v: Value;
  readonly exponential: Value;
}

/** The square of the slope; a corner on the border has the value 0. */
function slope2(from: Corner, to: Corner): Value {
  if (to.v === 0) return square(mul(1 / h, from.v));
  if (from.v === 0) return square(mul(1 / h, to.v));
  return square(mul(1 / h, sub(to.v, from.v)));
}

function triangle(corner: Corner, x: Corner, y: Corner): Value {
  const mu = mul(2 / 3, add(add(corner.exponential, x.exponential), y.exponential));
  return mul((h * h) / 4, sub(add(slope2(corner, x), slope2(corner, y)), mul(lambda, mu)));
}

function energy({ v11, v12, v21, v22 }: Inputs) {
  const border: Corner = { v: 0, exponential: 1 };
  const inner = (v: Traced): Corner => ({ v, exponential: exp(v) });
  const grid = [
    [border, border, border, border],
    [border, inner(v11), inner(v12), border],
    [border, inner(v21), inner(v22), border],
    [border, border, border, border],
  ];
  const at = (i: number, j: number): Corner => grid[i]?.[j] ?? border;
  const terms: Value[] = [];
  for (let i = 0; i < 3; i += 1) {
    for (let j = 0; j < 3; j += 1) {
      terms.push(
        triangle(at(i, j), at(i + 1, j), at(i, j + 1)),
        triangle(at(i + 1, j + 1), at(i, j + 1), at(i + 1, j)),
      );
    }
  }
  const f = terms.reduce((sum, term) => add(sum, term));
  if (typeof f === 'number') throw new Error('the energy does not depend on the inner points');
  return { f };
}

/** One number by four values. */
export const steadyStateCombustion = scalarTask({
  name: 'SteadyStateCombustion',
  suite: 'extra',
  source: 'Steady-state combustion, MINPACK-2 (Averick, Carter, Moré and Xue 1992)',
  trace: energy,
  sample: { v11: 0.5, v12: 0.45, v21: 0.55, v22: 0.6 },
});
