/**
 * Real spherical harmonics up to degree 3 of a direction (x, y, z), by recurrences in Cartesian
 * coordinates (Sloan, Efficient spherical harmonic evaluation, Journal of Computer Graphics
 * Techniques 2, 2013; also the example of Guenter, Efficient symbolic differentiation for graphics
 * applications, SIGGRAPH 2007):
 *   Y(l, m) = N(l, m) P(l, m) C(m),  Y(l, −m) = N(l, m) P(l, m) S(m),
 *   C(m) + i S(m) = (x + iy)^m,
 *   P(m, m) = (1 − 2m) P(m−1, m−1),  P(m+1, m) = (2m + 1) z P(m, m),
 *   (l − m) P(l, m) = (2l − 1) z P(l−1, m) − (l + m − 1) P(l−2, m).
 * P is the associated Legendre function without its power of sin θ, which C and S bring along.
 */
import { mul, sub } from '../../src/program/ops.ts';
import type { Traced, Value } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';

const degree = 3;

/** P(l, m) for l = m … degree. P(m, m) is a number. */
function legendre(m: number, z: Traced): Value[] {
  let before: Value = 0;
  let current: Value = 1;
  for (let k = 1; k <= m; k += 1) current = current * (1 - 2 * k);
  const row: Value[] = [current];
  for (let l = m + 1; l <= degree; l += 1) {
    const rising: Traced = mul(mul((2 * l - 1) / (l - m), z), current);
    const next: Traced = l === m + 1 ? rising : sub(rising, mul((l + m - 1) / (l - m), before));
    [before, current] = [current, next];
    row.push(next);
  }
  return row;
}

function norm(l: number, m: number): number {
  let ratio = 1;
  for (let k = l - m + 1; k <= l + m; k += 1) ratio /= k;
  return Math.sqrt((((m === 0 ? 1 : 2) * (2 * l + 1)) / (4 * Math.PI)) * ratio);
}

function harmonics({ x, y, z }: Readonly<Record<'x' | 'y' | 'z', Traced>>) {
  const result: Record<string, Traced> = {};
  // C(m) and S(m); numbers at m = 0.
  let [cosine, sine]: [Value, Value] = [1, 0];
  for (let m = 0; m <= degree; m += 1) {
    if (m === 1) [cosine, sine] = [x, y];
    else if (m > 1) {
      [cosine, sine] = [x.mul(cosine).sub(y.mul(sine)), x.mul(sine).add(y.mul(cosine))];
    }
    legendre(m, z).forEach((value, index) => {
      const l = m + index;
      const factor = mul(norm(l, m), value);
      // Y(0, 0) is a number and no output.
      const even = m === 0 ? factor : mul(factor, cosine);
      if (typeof even !== 'number') result[`Y${l}_${m}`] = even;
      if (m > 0) {
        const odd = mul(factor, sine);
        if (typeof odd !== 'number') result[`Y${l}_minus${m}`] = odd;
      }
    });
  }
  return result;
}

/** Fifteen harmonics by the direction. */
export const sphericalHarmonics = scalarTask({
  name: 'SphericalHarmonics',
  suite: 'extra',
  source: 'Real spherical harmonics to degree 3 (Sloan, JCGT 2, 2013; Guenter, SIGGRAPH 2007)',
  trace: harmonics,
  sample: { x: 0.36, y: 0.48, z: 0.8 },
});
