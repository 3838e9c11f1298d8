/**
 * One explicit Euler step of a scheme for warm clouds: mass mixing ratios of vapour, cloud water
 * and rain, exchanged by condensation, autoconversion, accretion and evaporation. The generic
 * one-moment scheme of Baumgartner, Sagebaum, Gauger, Spichtinger and Brinkmann, Algorithmic
 * differentiation for cloud schemes, Geoscientific Model Development 12, 2019 (preprint
 * gmd-2019-140):
 *   q̇c =  c S qc^(1/3) − a1 qc^γ − a2 qc^βc qr^βr
 *   q̇r =  a1 qc^γ + a2 qc^βc qr^βr + (e1 qr^δ1 + e2 qr^δ2) S + B − d qr^ζ
 *   q̇v = −c S qc^(1/3) − (e1 qr^δ1 + e2 qr^δ2) S
 * The terms are as Graphax takes them from there; what Graphax leaves out, rain's gain by accretion
 * and the factor S of evaporation, stands here, so that water is conserved but for B and what rains
 * out. S is the supersaturation, negative where rain evaporates, and B the rain that falls in from
 * above. The paper asks for the sensitivity to the parameters, so they are inputs as the mixing
 * ratios are.
 */
import { cbrt, mul, pow } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';

type State = 'qc' | 'qr' | 'qv' | 'S';
type Rates = 'a1' | 'a2' | 'c' | 'd' | 'e1' | 'e2' | 'B';
type Exponents = 'gamma' | 'betaC' | 'betaR' | 'delta1' | 'delta2' | 'zeta';
type Inputs = Readonly<Record<State | Rates | Exponents, Traced>>;

const timeStep = 0.1;

function step({ qc, qr, qv, S, ...parameters }: Inputs) {
  const { a1, a2, c, d, e1, e2, B, gamma, betaC, betaR, delta1, delta2, zeta } = parameters;
  const condensation = c.mul(S).mul(cbrt(qc));
  const autoconversion = a1.mul(pow(qc, gamma));
  const accretion = a2.mul(pow(qc, betaC)).mul(pow(qr, betaR));
  const evaporation = e1
    .mul(pow(qr, delta1))
    .add(e2.mul(pow(qr, delta2)))
    .mul(S);
  const sedimentation = B.sub(d.mul(pow(qr, zeta)));

  const qcRate = condensation.sub(autoconversion).sub(accretion);
  const qrRate = autoconversion.add(accretion).add(evaporation).add(sedimentation);
  const qvRate = condensation.neg().sub(evaporation);
  return {
    qcNext: qc.add(mul(timeStep, qcRate)),
    qrNext: qr.add(mul(timeStep, qrRate)),
    qvNext: qv.add(mul(timeStep, qvRate)),
  };
}

/** Three mixing ratios by state and parameters. */
export const cloudSchemesStep = scalarTask({
  name: 'CloudSchemes_step',
  suite: 'extra',
  source: 'One step of a warm cloud scheme (Baumgartner et al., GMD 12, 2019, gmd-2019-140)',
  trace: step,
  sample: {
    qc: 0.8,
    qr: 0.4,
    qv: 1.1,
    S: -0.3,
    a1: 0.9,
    a2: 1.2,
    c: 1.5,
    d: 0.7,
    e1: 0.5,
    e2: 0.6,
    B: 0.05,
    gamma: 1.3,
    betaC: 1.1,
    betaR: 0.875,
    delta1: 0.5,
    delta2: 0.65,
    zeta: 1.125,
  },
});
