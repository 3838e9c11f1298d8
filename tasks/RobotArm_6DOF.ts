/**
 * Forward kinematics of a robot arm with six joints: position and Tait-Bryan angles of the hand from
 * the angles of the joints, by Denavit-Hartenberg parameters. The arm and its lengths are those of
 * the article the paper's program cites (dergipark.org.tr, article file 2289226); the columns n, o, a
 * are those of the hand's rotation matrix.
 *
 * As in the paper's program, the y coordinate uses s1 c23 c4 + c1 s4 where the approach vector has
 * s1 c23 c4 − c1 s4. Sines, cosines and products stand as often as there, so that vertices match.
 */
import { add, atan2, cos, mul, neg, sin, sqrt, square, sub } from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';
import { scalarTask } from './scalar-task.ts';

type Joints = Readonly<Record<'t1' | 't2' | 't3' | 't4' | 't5' | 't6', Traced>>;

/** Lengths of the links and offsets of the joints, as the article has them. */
const a1 = 175;
const a2 = 890;
const a3 = 50;
const d1 = 575;
const d4 = 1035;
const d6 = 185;

/** cos(a + b), by the addition theorem. */
function cosineOfSum(a: Traced, b: Traced): Traced {
  return cos(a)
    .mul(cos(b))
    .sub(sin(a).mul(sin(b)));
}

/** sin(a + b), by the addition theorem. */
function sineOfSum(a: Traced, b: Traced): Traced {
  return cos(a)
    .mul(sin(b))
    .add(sin(a).mul(cos(b)));
}

function hand({ t1, t2, t3, t4, t5, t6 }: Joints) {
  const c1 = cos(t1);
  const c2 = cos(t2);
  const c4 = cos(t4);
  const c5 = cos(t5);
  const c6 = cos(t6);
  const c23 = cosineOfSum(t2, t3);
  const s1 = sin(t1);
  const s2 = sin(t2);
  const s4 = sin(t4);
  const s5 = sin(t5);
  const s6 = sin(t6);
  const s23 = sineOfSum(t2, t3);

  const ax = s5.mul(c1.mul(c23).mul(c4).add(s1.mul(s4))).add(c1.mul(s23).mul(c5));
  const ay = s5.mul(s1.mul(c23).mul(c4).sub(c1.mul(s4))).add(s1.mul(s23).mul(c5));
  const az = s23.mul(c4).mul(s5).sub(c23.mul(c5));
  const nz = c6.mul(c23.mul(s5).add(s23.mul(c4).mul(c5))).sub(s23.mul(s4).mul(s6));
  const oz = neg(s6)
    .mul(c23.mul(s5).add(s23.mul(c4).mul(c5)))
    .sub(s23.mul(s4).mul(c6));

  const z = atan2(ay, ax);
  const y = atan2(sqrt(sub(1, square(az))), az);
  const zz = atan2(oz, neg(nz));

  /** How far the hand is from the first joint's axis, without the last link. */
  const reach = () => add(a1, mul(a2, c2)).add(mul(a3, c23)).add(mul(d4, s23));
  const px = mul(d6, s5.mul(c1.mul(c23).mul(c4).add(s1.mul(s4))).add(c1.mul(s23).mul(c5))).add(
    c1.mul(reach()),
  );
  const py = mul(d6, s5.mul(s1.mul(c23).mul(c4).add(c1.mul(s4))).add(s1.mul(s23).mul(c5))).add(
    s1.mul(reach()),
  );
  const pz = mul(a2, s2)
    .add(d1)
    .add(mul(a3, s23))
    .sub(mul(d4, c23))
    .add(mul(d6, s23.mul(c4).mul(s5).sub(c23.mul(c5))));
  return { px, py, pz, z, y, zz };
}

/** The paper's task. */
export const robotArm6Dof = scalarTask({
  name: 'RobotArm_6DOF',
  suite: 'paper',
  source:
    'Forward kinematics of a robot arm with six joints (dergipark.org.tr, article file 2289226)',
  trace: hand,
  sample: { t1: 0.02, t2: 0.02, t3: 0.02, t4: 0.02, t5: 0.02, t6: 0.02 },
  publishedFigures: { forward: 397, reverse: 301, markowitz: 288, published: 231 },
  publishedOrder: [
    37, 18, 22, 41, 40, 8, 9, 101, 64, 36, 32, 61, 21, 14, 63, 2, 23, 82, 67, 7, 94, 15, 52, 49, 20,
    97, 74, 93, 34, 77, 6, 31, 30, 104, 51, 103, 33, 105, 65, 76, 48, 45, 90, 44, 99, 95, 47, 46,
    55, 73, 84, 29, 19, 79, 26, 57, 42, 43, 16, 92, 113, 112, 110, 53, 89, 35, 88, 107, 72, 70, 50,
    71, 39, 83, 78, 111, 60, 58, 81, 38, 28, 5, 87, 108, 3, 91, 86, 109, 27, 54, 69, 25, 17, 106,
    56, 10, 11, 75, 100, 1, 59, 98, 80, 4, 96, 13, 24, 12,
  ],
});
