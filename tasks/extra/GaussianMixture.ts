/**
 * The log-likelihood of a mixture of Gaussians: Šrajer, Kukelova and Fitzgibbon, A benchmark of
 * selected algorithmic differentiation tools (ADBench), Optimization Methods and Software 33, 2018,
 * section 4.1, here without the prior:
 *   L = Σ_i log Σ_k exp(α_k + Σ_j q_kj − ½ |Q_k (x_i − μ_k)|²) − n log Σ_k exp α_k − ½ n d log 2π.
 * Q_k is lower triangular, its diagonal exp q_k and below it l_k. Two components in two dimensions,
 * three observations; the observations are data, as in ADBench.
 */
import { exp, log, mul, square } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';

type Weights = 'alpha1' | 'alpha2';
type Means = 'mu11' | 'mu12' | 'mu21' | 'mu22';
type Shapes = 'q11' | 'q12' | 'q21' | 'q22' | 'l1' | 'l2';
type Inputs = Readonly<Record<Weights | Means | Shapes, Traced>>;

const observations = [
  [0.4, -0.2],
  [1.3, 0.9],
  [-0.7, 0.5],
] as const;

interface Component {
  readonly alpha: Traced;
  readonly mean: readonly [Traced, Traced];
  /** Logarithms of the diagonal of Q. */
  readonly q: readonly [Traced, Traced];
  /** Below the diagonal of Q. */
  readonly l: Traced;
}

function logLikelihood(inputs: Inputs) {
  const { alpha1, alpha2, mu11, mu12, mu21, mu22, q11, q12, q21, q22, l1, l2 } = inputs;
  const components: readonly [Component, Component] = [
    { alpha: alpha1, mean: [mu11, mu12], q: [q11, q12], l: l1 },
    { alpha: alpha2, mean: [mu21, mu22], q: [q21, q22], l: l2 },
  ];
  /** What does not depend on the observation: constant of the exponent, and diagonal of Q. */
  const prepare = ({ alpha, mean, q, l }: Component) => ({
    mean,
    l,
    constant: alpha.add(q[0].add(q[1])),
    diagonal: [exp(q[0]), exp(q[1])] as const,
  });
  const [first, second] = [prepare(components[0]), prepare(components[1])];
  const density = (
    { mean, l, constant, diagonal }: typeof first,
    [x, y]: readonly [number, number],
  ): Traced => {
    const u = mean[0].neg().add(x);
    const v = mean[1].neg().add(y);
    const whitened = square(diagonal[0].mul(u)).add(square(l.mul(u).add(diagonal[1].mul(v))));
    return exp(constant.sub(mul(0.5, whitened)));
  };
  const L = observations
    .map((point) => log(density(first, point).add(density(second, point))))
    .reduce((sum, term) => sum.add(term));
  const n = observations.length;
  const normalisation = mul(n, log(exp(alpha1).add(exp(alpha2))));
  return { L: L.sub(normalisation).sub(n * Math.log(2 * Math.PI)) };
}

/** One number by twelve parameters. */
export const gaussianMixture = scalarTask({
  name: 'GaussianMixture',
  suite: 'extra',
  source: 'Log-likelihood of a Gaussian mixture (ADBench: Šrajer et al. 2018, section 4.1)',
  trace: logLikelihood,
  sample: {
    alpha1: 0.3,
    alpha2: -0.2,
    mu11: 0.1,
    mu12: 0.2,
    mu21: 0.8,
    mu22: -0.3,
    q11: 0.2,
    q12: -0.1,
    q21: 0.1,
    q22: 0.3,
    l1: 0.4,
    l2: -0.5,
  },
});
