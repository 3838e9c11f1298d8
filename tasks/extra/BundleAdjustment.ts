/**
 * One observation of bundle adjustment: the error of a point's reprojection by a camera, in the
 * camera model of Snavely's Bundler and of Agarwal, Snavely, Seitz and Szeliski, Bundle adjustment
 * in the large, ECCV 2010:
 *   P = R X + t,  p = −P / P_z,  p' = f (1 + k1 |p|² + k2 |p|⁴) p.
 * R is given by its axis times its angle r (Rodrigues' formula):
 *   R X = X cos θ + (w × X) sin θ + w (w · X) (1 − cos θ),  θ = |r|,  w = r / θ.
 */
import { add, cos, mul, neg, sin, sqrt, square, sub } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';

type Vector = readonly [Traced, Traced, Traced];
type Camera = 'r1' | 'r2' | 'r3' | 't1' | 't2' | 't3' | 'f' | 'k1' | 'k2';
type Inputs = Readonly<Record<Camera | 'X' | 'Y' | 'Z', Traced>>;

/** Where the point was seen. */
const observed = { x: 130, y: -75 };

function dot([a1, a2, a3]: Vector, [b1, b2, b3]: Vector): Traced {
  return a1.mul(b1).add(a2.mul(b2)).add(a3.mul(b3));
}

function cross([a1, a2, a3]: Vector, [b1, b2, b3]: Vector): Vector {
  return [a2.mul(b3).sub(a3.mul(b2)), a3.mul(b1).sub(a1.mul(b3)), a1.mul(b2).sub(a2.mul(b1))];
}

function rotate(r: Vector, point: Vector): Vector {
  const theta = sqrt(dot(r, r));
  const w: Vector = [r[0].div(theta), r[1].div(theta), r[2].div(theta)];
  const [cosine, sine] = [cos(theta), sin(theta)];
  const along = dot(w, point).mul(sub(1, cosine));
  const across = cross(w, point);
  const turned = (axis: 0 | 1 | 2) =>
    point[axis].mul(cosine).add(across[axis].mul(sine)).add(w[axis].mul(along));
  return [turned(0), turned(1), turned(2)];
}

function reprojectionError({ r1, r2, r3, t1, t2, t3, f, k1, k2, X, Y, Z }: Inputs) {
  const rotated = rotate([r1, r2, r3], [X, Y, Z]);
  const depth = rotated[2].add(t3);
  const px = neg(rotated[0].add(t1)).div(depth);
  const py = neg(rotated[1].add(t2)).div(depth);
  const radius2 = square(px).add(square(py));
  const distortion = add(1, k1.mul(radius2)).add(k2.mul(square(radius2)));
  const scale = mul(f, distortion);
  return { ex: scale.mul(px).sub(observed.x), ey: scale.mul(py).sub(observed.y) };
}

/** Two errors by nine parameters of the camera and three of the point. */
export const bundleAdjustment = scalarTask({
  name: 'BundleAdjustment',
  suite: 'extra',
  source:
    'Reprojection error of one observation (Agarwal, Snavely, Seitz and Szeliski, ECCV 2010; BAL)',
  trace: reprojectionError,
  sample: {
    r1: 0.2,
    r2: -0.3,
    r3: 0.4,
    t1: 0.3,
    t2: -0.2,
    t3: -4,
    f: 400,
    k1: -0.1,
    k2: 0.05,
    X: 1.1,
    Y: -0.6,
    Z: 0.5,
  },
});
