/**
 * One step of a recurrent layer of adaptive leaky integrate-and-fire neurons: Bellec et al., A
 * solution to the learning dilemma for recurrent networks of spiking neurons, Nature Communications
 * 11, 2020, the ALIF model of its methods:
 *   v' = α v + W_rec z + W_in x − z v_th,   a' = ρ a + z,   A = v_th + β a',   z' = H(v' − A).
 * A neuron fires (z' = 1) when its potential v' passes the threshold A, which rises with each
 * spike.
 *
 * The step H has no useful derivative; surrogate gradients replace it by a smooth one. Here the
 * smooth function is taken itself, as Graphax does: z' = σ((v' − A) / width), so that values and
 * derivatives belong together.
 */
import { dot, sigmoid } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { seededNumbers, tensorTask } from '../tensor-task.ts';

type State = 'x' | 'z' | 'v' | 'a';
type Parameters = 'Win' | 'Wrec' | 'alpha' | 'rho' | 'beta' | 'threshold';
type Inputs = Readonly<Record<State | Parameters, Traced>>;

const width = 0.25;

function step({ x, z, v, a, Win, Wrec, alpha, rho, beta, threshold }: Inputs) {
  const current = dot(Wrec, z).add(dot(Win, x));
  const vNext = alpha.mul(v).add(current).sub(z.mul(threshold));
  const aNext = rho.mul(a).add(z);
  const raised = threshold.add(beta.mul(aNext));
  const zNext = sigmoid(vNext.sub(raised).div(width));
  return { zNext, vNext, aNext };
}

/** Spikes, potentials and adaptations of four neurons by state, three inputs and parameters. */
export const adalifStep = tensorTask({
  name: 'ADALIF_step',
  suite: 'extra',
  source:
    'Adaptive leaky integrate-and-fire neurons (Bellec et al., Nature Communications 11, 2020)',
  trace: step,
  inputs: {
    x: { shape: [3], sample: [0.9, 0.1, 0.6] },
    z: { shape: [4], sample: [0.1, 0.8, 0.05, 0.3] },
    v: { shape: [4], sample: [0.4, 0.9, -0.2, 0.6] },
    a: { shape: [4], sample: [0.3, 1.1, 0.2, 0.7] },
    Win: { shape: [4, 3], sample: seededNumbers(1, 12, -1, 1) },
    Wrec: { shape: [4, 4], sample: seededNumbers(2, 16, -1, 1) },
    alpha: { shape: [], sample: [0.95] },
    rho: { shape: [], sample: [0.98] },
    beta: { shape: [], sample: [0.17] },
    threshold: { shape: [], sample: [0.6] },
  },
});
