/**
 * Accelerations of three bodies under their mutual attraction (Newton; as in Aarseth, Gravitational
 * N-Body Simulations, Cambridge 2003, equation 1.1), in units with G = 1:
 *   a_i = Σ_(j ≠ i) m_j (x_j − x_i) / |x_j − x_i|³.
 * What a pair shares is computed once.
 */
import { sqrt, square } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';

type Body = 1 | 2 | 3;
type Inputs = Readonly<Record<`${'m' | 'x' | 'y' | 'z'}${Body}`, Traced>>;
type Vector = readonly [Traced, Traced, Traced];

const pairs = [
  [1, 2],
  [1, 3],
  [2, 3],
] as const;

function accelerations(inputs: Inputs) {
  const position = (body: Body): Vector => [
    inputs[`x${body}`],
    inputs[`y${body}`],
    inputs[`z${body}`],
  ];
  const pulls: Record<Body, Vector[]> = { 1: [], 2: [], 3: [] };
  for (const [i, j] of pairs) {
    const [xi, yi, zi] = position(i);
    const [xj, yj, zj] = position(j);
    const apart: Vector = [xj.sub(xi), yj.sub(yi), zj.sub(zi)];
    const distance2 = square(apart[0]).add(square(apart[1])).add(square(apart[2]));
    const cube = distance2.mul(sqrt(distance2));
    const towardsJ = inputs[`m${j}`].div(cube);
    const towardsI = inputs[`m${i}`].div(cube).neg();
    pulls[i].push([towardsJ.mul(apart[0]), towardsJ.mul(apart[1]), towardsJ.mul(apart[2])]);
    pulls[j].push([towardsI.mul(apart[0]), towardsI.mul(apart[1]), towardsI.mul(apart[2])]);
  }
  const result: Record<string, Traced> = {};
  for (const body of [1, 2, 3] as const) {
    const [x, y, z] = pulls[body].reduce(([sumX, sumY, sumZ], [dx, dy, dz]): Vector => [
      sumX.add(dx),
      sumY.add(dy),
      sumZ.add(dz),
    ]);
    result[`ax${body}`] = x;
    result[`ay${body}`] = y;
    result[`az${body}`] = z;
  }
  return result;
}

/** Nine accelerations by nine coordinates and three masses. */
export const nBody = scalarTask({
  name: 'NBody',
  suite: 'extra',
  source: 'Accelerations of three gravitating bodies (Aarseth 2003, equation 1.1)',
  trace: accelerations,
  sample: {
    m1: 1,
    m2: 0.7,
    m3: 1.4,
    x1: 0.1,
    y1: 0.2,
    z1: -0.3,
    x2: 1.2,
    y2: -0.4,
    z2: 0.5,
    x3: -0.8,
    y3: 1.1,
    z3: 0.6,
  },
});
