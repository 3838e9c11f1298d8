/**
 * Roe's numerical flux between two states of a gas in three dimensions, along the first axis (Roe,
 * Approximate Riemann solvers, parameter vectors, and difference schemes, Journal of Computational
 * Physics 43, 1981; the waves' strengths as in Toro, Riemann Solvers and Numerical Methods for Fluid
 * Dynamics, 3rd ed., section 11.2). A state is (density, momentum of three components, energy).
 *
 * The paper's program departs from Roe in what follows, and so does this: the ratio of specific heats
 * is 0.5 (so that γ − 1 is negative, and the sample is chosen to keep the squared speed of sound
 * positive), waves run at their signed speed, the wave u + a adds to the mass with its speed squared,
 * and the momentum is transported component by component, mₖ vₖ in place of mₖ v₁. The strengths of
 * the two shear waves are divided by the velocity that they are multiplied with afterwards.
 *
 * The pressure is filled up with zeros that are equations, and equal subexpressions stand as often as
 * there, so that vertices match. It is mapped over a batch axis of length 1, which is why sums lose an
 * axis and get it back.
 */
import { constantEquation } from '../src/program/constant-equation.ts';
import {
  concatenate,
  div,
  dotGeneral,
  expandDims,
  mul,
  slice,
  sqrt,
  square,
  sum,
} from '../src/program/ops.ts';
import type { Traced } from '../src/program/trace.ts';
import { tensorTask } from './tensor-task.ts';

type States = Readonly<Record<'ul0' | 'ul' | 'ul4' | 'ur0' | 'ur' | 'ur4', Traced>>;

const gamma = 0.5;

/** A number of each point of the batch, [1], as a column, [1, 1]. */
function column(x: Traced): Traced {
  return expandDims(x, 1);
}

/** Component k of a vector of each point, [1, 3] to [1, 1]. */
function component(vector: Traced, k: 0 | 1 | 2): Traced {
  return slice(vector, [0, k], [1, k + 1]);
}

/** Pressure of an ideal gas, (γ − 1)·(E − ½ |m|²/ρ). */
function pressure(density: Traced, momentum: Traced, energy: Traced): Traced {
  const squared = sum(square(momentum), { axes: 1 });
  return mul(gamma - 1, energy.sub(column(mul(0.5, squared)).div(density)));
}

/** Specific total enthalpy, (E + p)/ρ. */
function enthalpy(density: Traced, energy: Traced, p: Traced): Traced {
  return energy.add(p).div(density);
}

/** The flux of the Euler equations along the first axis: of mass, momentum and energy. */
function eulerFlux(momentum: Traced, velocity: Traced, energy: Traced, p: Traced) {
  const v1 = component(velocity, 0);
  const zeros = expandDims(constantEquation(p, 0, [2]), 0);
  const pressures = concatenate([p, zeros], 1);
  return {
    mass: component(momentum, 0),
    momentum: pressures.add(momentum.mul(velocity)),
    energy: v1.mul(p.add(energy)),
  };
}

function roeFlux({ ul0, ul, ul4, ur0, ur, ur4 }: States) {
  const du0 = ur0.sub(ul0);
  const du = ur.sub(ul);
  const du1 = component(du, 0);
  const du2 = component(du, 1);
  const du3 = component(du, 2);
  const du4 = ur4.sub(ul4);

  const vl = ul.div(ul0);
  const vr = ur.div(ur0);
  const weight = sqrt(ul0).add(sqrt(ur0));

  // Roe's averages of velocity and enthalpy, and the speed of sound that follows.
  const uvw = sqrt(ul0).mul(vl).add(sqrt(ur0).mul(vr)).div(weight);
  const u = component(uvw, 0);
  const v = component(uvw, 1);
  const w = component(uvw, 2);
  const pl = pressure(ul0, ul, ul4);
  const hl = enthalpy(ul0, ul4, pl);
  const pr = pressure(ur0, ur, ur4);
  const hr = enthalpy(ur0, ur4, pr);
  const h = sqrt(ul0).mul(hl).add(sqrt(ur0).mul(hr)).div(weight);
  const q2 = sum(square(uvw), { axes: 1 });
  const a2 = mul(gamma - 1, h.sub(column(mul(0.5, q2))));
  const a = sqrt(a2);

  // Speeds of the waves.
  const fast = u.add(a);
  const middle = u;
  const slow = u.sub(a);

  // Strengths of the waves, each times its speed.
  const factor = div(gamma - 1, a2);
  const kinetic = h.sub(column(q2)).mul(du0);
  const work = dotGeneral(uvw, du, [
    [[1], [1]],
    [[0], [0]],
  ]);
  const c3 = factor.mul(kinetic.add(column(work)).sub(du4)).mul(middle);
  const c2 = du3.div(w).sub(du1).mul(middle);
  const c1 = du2.div(v).sub(du0).mul(middle);
  const k1 = du0.sub(c3);
  const k2 = du1.sub(u.mul(du0)).div(a);
  const c0 = mul(0.5, k1.sub(k2)).mul(slow);
  const c4 = mul(0.5, k1.add(k2)).mul(fast);

  const left = eulerFlux(ul, vl, ul4, pl);
  const right = eulerFlux(ur, vr, ur4, pr);
  const mass = left.mass.add(right.mass);
  const momentum = left.momentum.add(right.momentum);
  const energy = left.energy.add(right.energy);

  const d0 = c0.add(c3).add(c4.mul(fast));
  const d1 = c0.mul(slow).add(c3.mul(u)).add(c4.mul(fast));
  const d2 = c0.mul(v).add(c1.mul(v)).add(c3.mul(v)).add(c4.mul(v));
  const d3 = c0.mul(w).add(c2.mul(w)).add(c3.mul(w)).add(c4.mul(w));
  const d4 = c0
    .mul(h.sub(u.mul(a)))
    .add(c1.mul(square(v)))
    .add(c2.mul(square(w)))
    .add(c3.mul(0.5).mul(column(q2)))
    .add(c4.mul(h.add(u.mul(a))));
  const waves = concatenate([d1, d2, d3], 1);

  return {
    mass: mul(0.5, mass.sub(d0)),
    momentum: mul(0.5, momentum.sub(waves)),
    energy: mul(0.5, energy.sub(d4)),
  };
}

/** The paper's task. */
export const roeFlux3d = tensorTask({
  name: 'RoeFlux_3d',
  suite: 'paper',
  source: 'Roe flux in three dimensions (Roe 1981)',
  trace: roeFlux,
  // The paper's own point.
  inputs: {
    ul0: { shape: [1, 1], sample: [0.1] },
    ul: { shape: [1, 3], sample: [0.1, 0.2, 0.3] },
    ul4: { shape: [1, 1], sample: [0.5] },
    ur0: { shape: [1, 1], sample: [0.2] },
    ur: { shape: [1, 3], sample: [0.2, 0.2, 0.4] },
    ur4: { shape: [1, 1], sample: [0.6] },
  },
  publishedFigures: { forward: 1556, reverse: 979, markowitz: 938, published: 811 },
  publishedNotes: { markowitz: 'the figure of the graph without its batch axis' },
  publishedOrder: [
    124, 136, 56, 128, 78, 24, 1, 54, 101, 127, 121, 140, 47, 135, 67, 34, 111, 32, 100, 119, 99,
    114, 125, 141, 122, 45, 65, 59, 117, 89, 116, 60, 42, 28, 74, 85, 11, 53, 36, 30, 108, 113, 55,
    109, 129, 64, 91, 14, 133, 5, 10, 132, 87, 139, 110, 12, 131, 72, 8, 61, 88, 107, 6, 29, 57, 96,
    118, 105, 71, 77, 112, 66, 75, 84, 143, 123, 90, 94, 137, 104, 69, 23, 22, 62, 58, 50, 130, 31,
    106, 39, 48, 49, 98, 134, 93, 138, 126, 68, 115, 80, 102, 92, 79, 52, 16, 120, 95, 76, 19, 25,
    73, 21, 70, 38, 35, 20, 86, 41, 4, 103, 43, 27, 3, 40, 9, 83, 13, 18, 37, 51, 46, 7, 81, 97, 63,
    44, 2, 33, 82, 26, 15, 17, 145,
  ],
});
