/**
 * Roe's numerical flux between two states of a gas in one dimension (Roe, Approximate Riemann
 * solvers, parameter vectors, and difference schemes, Journal of Computational Physics 43, 1981).
 * A state is (density, momentum, energy); the flux is the mean of both sides' fluxes minus the waves
 * of the linearised problem, whose coefficients come from Roe's averages.
 *
 * The paper's program departs from Roe in what follows, and so does this: the ratio of specific heats
 * is 0.5 (so that γ − 1 is negative, and the sample is chosen to keep the squared speed of sound
 * positive), and both waves beside u + a run at |u|. Equal subexpressions stand as often as there, so
 * that vertices match.
 */
import { abs, mul, sqrt, square } from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';
import { scalarTask } from './scalar-task.ts';

type States = Readonly<Record<'ul0' | 'ul1' | 'ul2' | 'ur0' | 'ur1' | 'ur2', Traced>>;

const gamma = 0.5;

/** Pressure of an ideal gas, (γ − 1)·(E − ½ m²/ρ). */
function pressure(density: Traced, momentum: Traced, energy: Traced): Traced {
  return mul(gamma - 1, energy.sub(mul(0.5, square(momentum)).div(density)));
}

/** Specific total enthalpy, (E + p)/ρ. */
function enthalpy(density: Traced, energy: Traced, p: Traced): Traced {
  return energy.add(p).div(density);
}

/** The flux of the Euler equations: of mass, momentum and energy. */
function eulerFlux(density: Traced, momentum: Traced, energy: Traced, p: Traced) {
  const velocity = momentum.div(density);
  return {
    mass: momentum,
    momentum: p.add(momentum.mul(velocity)),
    energy: velocity.mul(p.add(energy)),
  };
}

function roeFlux({ ul0, ul1, ul2, ur0, ur1, ur2 }: States) {
  const jump = ur0.sub(ul0);
  const density = sqrt(ul0.mul(ur0));
  const weight = sqrt(ul0).add(sqrt(ur0));

  const vl = ul1.div(ul0);
  const pl = pressure(ul0, ul1, ul2);
  const hl = enthalpy(ul0, ul2, pl);
  const vr = ur1.div(ur0);
  const pr = pressure(ur0, ur1, ur2);
  const hr = enthalpy(ur0, ur2, pr);
  const dp = pr.sub(pl);
  const dv = vr.sub(vl);

  // Roe's averages of velocity and enthalpy, and the speed of sound that follows.
  const u = sqrt(ul0).mul(vl).add(sqrt(ur0).mul(vr)).div(weight);
  const h = sqrt(ul0).mul(hl).add(sqrt(ur0).mul(hr)).div(weight);
  const q2 = square(u);
  const a2 = mul(gamma - 1, h.sub(mul(0.5, q2)));
  const a = sqrt(a2);

  // Speeds of the waves.
  const fast = abs(u.add(a));
  const middle = abs(u);
  const slow = abs(u);

  // Strengths of the waves, each times its speed.
  const n = a.mul(density);
  const c0 = jump.sub(dp.div(a2)).mul(middle);
  const c1 = dv.add(dp.div(n)).mul(fast);
  const c2 = dv.sub(dp.div(n)).mul(slow);

  const left = eulerFlux(ul0, ul1, ul2, pl);
  const right = eulerFlux(ur0, ur1, ur2, pr);
  const mass = left.mass.add(right.mass);
  const momentum = left.momentum.add(right.momentum);
  const energy = left.energy.add(right.energy);

  const c = mul(0.5, density).div(a);
  const d0 = c0.add(c.mul(c1)).sub(c.mul(c2));
  const d1 = c0
    .mul(u)
    .add(c.mul(c1).mul(u.add(a)))
    .sub(c.mul(c2).mul(u.sub(a)));
  const d2 = c0
    .mul(0.5)
    .mul(q2)
    .add(c.mul(c1).mul(h.add(u.mul(a))))
    .sub(c.mul(c2).mul(h.sub(u.mul(a))));

  return {
    mass: mul(0.5, mass.sub(d0)),
    momentum: mul(0.5, momentum.sub(d1)),
    energy: mul(0.5, energy.sub(d2)),
  };
}

/** The paper's task. */
export const roeFlux1d = scalarTask({
  name: 'RoeFlux_1d',
  suite: 'paper',
  source: 'Roe flux in one dimension (Roe 1981)',
  trace: roeFlux,
  sample: { ul0: 0.01, ul1: 0.02, ul2: 0.02, ur0: 0.01, ur1: 0.03, ur2: 0.03 },
  publishedFigures: { forward: 620, reverse: 364, markowitz: 407, published: 320 },
  publishedOrder: [
    8, 82, 27, 66, 7, 78, 76, 13, 48, 42, 68, 86, 95, 4, 59, 28, 77, 54, 1, 94, 5, 58, 72, 93, 75,
    31, 53, 33, 57, 90, 44, 25, 89, 88, 84, 96, 74, 92, 83, 91, 45, 51, 81, 80, 11, 10, 85, 43, 22,
    73, 19, 71, 6, 18, 17, 79, 47, 50, 52, 21, 37, 38, 55, 49, 69, 35, 65, 29, 64, 16, 9, 60, 15,
    61, 23, 87, 70, 67, 24, 46, 63, 39, 2, 62, 3, 41, 40, 32, 26, 34, 56, 30, 14, 98, 36, 12, 20,
    100,
  ],
});
