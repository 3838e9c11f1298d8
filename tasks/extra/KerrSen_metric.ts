/**
 * The metric of a rotating charged black hole of heterotic string theory (Sen, Rotating charged
 * black hole solution in heterotic string theory, Physical Review Letters 69, 1992), in
 * Boyer-Lindquist coordinates and units with c = G = 1:
 *   ds² = −(1 − 2Mr/Σ) dt² + Σ (dr²/Δ + dθ²) − (4aMr sin²θ / Σ) dt dφ
 *         + (Σ + a² sin²θ + 2Ma²r sin²θ / Σ) sin²θ dφ²,
 *   Σ = r² + 2br + a² cos²θ,   Δ = r² + 2br − 2Mr + a².
 * M is the mass, a the angular momentum per mass, b = Q²/2M the charge's length; the metric does
 * not depend on t and φ. With b = 0 it is Kerr's. (Graphax divides by sin²θ in gtphi; we do not.)
 */
import { cos, mul, neg, sin, square, sub } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { scalarTask } from '../scalar-task.ts';

type Inputs = Readonly<Record<'r' | 'theta' | 'M' | 'a' | 'b', Traced>>;

function metric({ r, theta, M, a, b }: Inputs) {
  const sine2 = square(sin(theta));
  const a2 = square(a);
  const dilated = square(r).add(mul(2, b).mul(r));
  const massTerm = mul(2, M).mul(r);
  const Sigma = dilated.add(a2.mul(square(cos(theta))));
  const Delta = dilated.sub(massTerm).add(a2);
  const ratio = massTerm.div(Sigma);

  const gtt = neg(sub(1, ratio));
  const grr = Sigma.div(Delta);
  const gthetatheta = Sigma;
  const gphiphi = Sigma.add(a2.mul(sine2)).add(ratio.mul(a2).mul(sine2)).mul(sine2);
  const gtphi = neg(ratio.mul(a).mul(sine2));
  return { gtt, grr, gthetatheta, gphiphi, gtphi };
}

/** The metric's five components; gtphi is half the coefficient of dt dφ. */
export const kerrSenMetric = scalarTask({
  name: 'KerrSen_metric',
  suite: 'extra',
  source: 'Metric of the Kerr-Sen black hole (Sen, Physical Review Letters 69, 1992)',
  trace: metric,
  sample: { r: 4, theta: 1.1, M: 1, a: 0.5, b: 0.3 },
});
