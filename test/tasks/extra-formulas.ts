/**
 * The extra tasks' functions of scalars once more, as plain JavaScript in their shortest form: what
 * the tasks' values are checked against. Nothing here goes through the tracer.
 */

/** All outputs, in the task's order, at a point given as all inputs in the task's order. */
export type Formula = (point: readonly number[]) => number[];

const { cos, exp, hypot, log, PI, sin, sqrt } = Math;
const sum = (terms: readonly number[]): number => terms.reduce((total, term) => total + term, 0);
const at = (values: readonly number[], index: number): number => values[index] ?? NaN;
const orZero = (values: readonly number[], index: number): number => values[index] ?? 0;
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const lighthouse: Formula = (point) => {
  const [nu = NaN, gamma = NaN, omega = NaN, t = NaN] = point;
  // with sine and cosine instead of the tangent
  const y1 = (nu * sin(omega * t)) / (gamma * cos(omega * t) - sin(omega * t));
  return [y1, gamma * y1];
};

const hole: Formula = ([x = NaN, y = NaN, z = NaN, w = NaN]) => {
  const [d, e] = [cos(x + y * z), exp(x + y * z + w)];
  return [d - e, d / e, d * e];
};

const cloudSchemesStep: Formula = (point) => {
  const [qc = NaN, qr = NaN, qv = NaN, S = NaN, a1 = NaN, a2 = NaN, c = NaN, d = NaN] = point;
  const [e1 = NaN, e2 = NaN, B = NaN, ...exponents] = point.slice(8);
  const [gamma = NaN, bc = NaN, br = NaN, d1 = NaN, d2 = NaN, zeta = NaN] = exponents;
  const grown = c * S * qc ** (1 / 3);
  const gone = a1 * qc ** gamma + a2 * qc ** bc * qr ** br;
  const evaporated = (e1 * qr ** d1 + e2 * qr ** d2) * S;
  return [
    qc + 0.1 * (grown - gone),
    qr + 0.1 * (gone + evaporated + B - d * qr ** zeta),
    qv - 0.1 * (grown + evaporated),
  ];
};

const kerrSenMetric: Formula = ([r = NaN, theta = NaN, M = NaN, a = NaN, b = NaN]) => {
  const s2 = sin(theta) ** 2;
  const Sigma = r * (r + 2 * b) + a * a * cos(theta) ** 2;
  const Delta = r * (r + 2 * b) - 2 * M * r + a * a;
  return [
    (2 * M * r - Sigma) / Sigma,
    Sigma / Delta,
    Sigma,
    // ((r² + 2br + a²)² − Δ a² sin²θ) sin²θ / Σ, another form of the same coefficient
    (((r * (r + 2 * b) + a * a) ** 2 - Delta * a * a * s2) * s2) / Sigma,
    (-2 * a * M * r * s2) / Sigma,
  ];
};

/** The table of real spherical harmonics, with the sign (−1)^m of Condon and Shortley. */
const sphericalHarmonics: Formula = ([x = NaN, y = NaN, z = NaN]) => [
  0.5 * sqrt(3 / PI) * z,
  0.25 * sqrt(5 / PI) * (3 * z * z - 1),
  0.25 * sqrt(7 / PI) * (5 * z ** 3 - 3 * z),
  -0.5 * sqrt(3 / PI) * x,
  -0.5 * sqrt(3 / PI) * y,
  -0.5 * sqrt(15 / PI) * x * z,
  -0.5 * sqrt(15 / PI) * y * z,
  -0.25 * sqrt(21 / (2 * PI)) * x * (5 * z * z - 1),
  -0.25 * sqrt(21 / (2 * PI)) * y * (5 * z * z - 1),
  0.25 * sqrt(15 / PI) * (x * x - y * y),
  0.5 * sqrt(15 / PI) * x * y,
  0.25 * sqrt(105 / PI) * (x * x - y * y) * z,
  0.5 * sqrt(105 / PI) * x * y * z,
  -0.25 * sqrt(35 / (2 * PI)) * x * (x * x - 3 * y * y),
  -0.25 * sqrt(35 / (2 * PI)) * y * (3 * x * x - y * y),
];

const nBody: Formula = (point) => {
  const masses = point.slice(0, 3);
  const place = (body: number): number[] => point.slice(3 + 3 * body, 6 + 3 * body);
  return range(3).flatMap((i) =>
    range(3).map((axis) =>
      sum(
        range(3)
          .filter((j) => j !== i)
          .map((j) => {
            const apart = place(j).map((coordinate, k) => coordinate - at(place(i), k));
            return (at(masses, j) * at(apart, axis)) / hypot(...apart) ** 3;
          }),
      ),
    ),
  );
};

/** By the rotation's matrix, R = I + sin θ K + (1 − cos θ) K². */
const bundleAdjustment: Formula = (point) => {
  const [r1 = NaN, r2 = NaN, r3 = NaN, ...rest] = point;
  const [t1 = NaN, t2 = NaN, t3 = NaN, f = NaN, k1 = NaN, k2 = NaN, ...X] = rest;
  const theta = hypot(r1, r2, r3);
  const K = [
    [0, -r3, r2],
    [r3, 0, -r1],
    [-r2, r1, 0],
  ].map((row) => row.map((entry) => entry / theta));
  const apply = (v: readonly number[]): number[] =>
    K.map((row) => sum(row.map((entry, k) => entry * at(v, k))));
  const [once, twice] = [apply(X), apply(apply(X))];
  const P = X.map((x, k) => x + sin(theta) * at(once, k) + (1 - cos(theta)) * at(twice, k));
  const depth = at(P, 2) + t3;
  const [px, py] = [-(at(P, 0) + t1) / depth, -(at(P, 1) + t2) / depth];
  const radius2 = px * px + py * py;
  const scale = f * (1 + k1 * radius2 + k2 * radius2 ** 2);
  return [scale * px - 130, scale * py + 75];
};

const rosenbrock: Formula = (x) => [
  sum(
    range(x.length - 1).map((k) => 100 * (at(x, k + 1) - at(x, k) ** 2) ** 2 + (1 - at(x, k)) ** 2),
  ),
];

const rosenbrockGradient: Formula = (x) =>
  x.map((xk, k) => {
    const asFirst = k + 1 < x.length ? -400 * xk * (at(x, k + 1) - xk * xk) - 2 * (1 - xk) : 0;
    const asSecond = k > 0 ? 200 * (xk - at(x, k - 1) ** 2) : 0;
    return asFirst + asSecond;
  });

const broydenTridiagonal: Formula = (x) =>
  x.map((xk, k) => (3 - 2 * xk) * xk - orZero(x, k - 1) - 2 * orZero(x, k + 1) + 1);

const solidFuelIgnition: Formula = (u) =>
  u.map((centre, index) => {
    const [row, column] = [Math.floor(index / 3), index % 3];
    const value = (i: number, j: number): number =>
      i < 0 || i > 2 || j < 0 || j > 2 ? 0 : at(u, 3 * i + j);
    const around =
      value(row, column - 1) +
      value(row, column + 1) +
      value(row - 1, column) +
      value(row + 1, column);
    return 4 * centre - around - (5 / 16) * exp(centre);
  });

/** By grid edges, each in two triangles (but on the border, where it is 0), and grid points. */
const steadyStateCombustion: Formula = (inner) => {
  const value = (i: number, j: number): number =>
    i < 1 || i > 2 || j < 1 || j > 2 ? 0 : at(inner, 2 * (i - 1) + j - 1);
  const edges = range(4).flatMap((i) =>
    range(3).flatMap((j) => [
      (value(i, j + 1) - value(i, j)) ** 2,
      (value(j + 1, i) - value(j, i)) ** 2,
    ]),
  );
  // Triangles that meet in a point: six inside, three on a side, one or two in a corner.
  const around = (i: number, j: number): number => {
    const sides = (i % 3 === 0 ? 1 : 0) + (j % 3 === 0 ? 1 : 0);
    return sides === 0 ? 6 : sides === 1 ? 3 : i === j ? 1 : 2;
  };
  const potential = sum(
    range(4).flatMap((i) => range(4).map((j) => around(i, j) * exp(value(i, j)))),
  );
  return [(2 / 4) * sum(edges) - ((1 / 36) * 5 * 2 * potential) / 3];
};

const gaussianDataFitting: Formula = (x) => {
  const y = [1.366, 0.786, 0.602, 0.624, 0.395, 0.523, 0.645, 0.729, 0.054];
  return y.map((measured, k) => {
    const t = (8 * k) / 10;
    const bells = [1, 2, 3].map((j) => at(x, j) * exp(-((t - at(x, j + 7)) ** 2) * at(x, j + 4)));
    return measured - at(x, 0) * exp(-t * at(x, 4)) - sum(bells);
  });
};

/** By the density of the normal distribution with the precision matrix QᵀQ. */
const gaussianMixture: Formula = (point) => {
  const [alpha1 = NaN, alpha2 = NaN] = point;
  const means = [point.slice(2, 4), point.slice(4, 6)];
  const logDiagonals = [point.slice(6, 8), point.slice(8, 10)];
  const below = point.slice(10, 12);
  const weights = [alpha1, alpha2].map((alpha) => exp(alpha) / (exp(alpha1) + exp(alpha2)));
  const normal = (k: number, observation: readonly number[]): number => {
    const [a, c] = (logDiagonals[k] ?? []).map((q) => exp(q));
    const [b, d] = [a ?? NaN, c ?? NaN];
    const l = at(below, k);
    const [u, v] = observation.map((x, axis) => x - at(means[k] ?? [], axis));
    const [p11, p12, p22] = [b * b + l * l, l * d, d * d];
    const quadratic =
      p11 * (u ?? NaN) ** 2 + 2 * p12 * (u ?? NaN) * (v ?? NaN) + p22 * (v ?? NaN) ** 2;
    return (sqrt(p11 * p22 - p12 * p12) / (2 * PI)) * exp(-quadratic / 2);
  };
  const data = [
    [0.4, -0.2],
    [1.3, 0.9],
    [-0.7, 0.5],
  ];
  return [sum(data.map((x) => log(sum(weights.map((weight, k) => weight * normal(k, x))))))];
};

/** By the name of the task. */
export const scalarFormulas: Readonly<Record<string, Formula>> = {
  Lighthouse: lighthouse,
  Hole: hole,
  CloudSchemes_step: cloudSchemesStep,
  KerrSen_metric: kerrSenMetric,
  SphericalHarmonics: sphericalHarmonics,
  NBody: nBody,
  BundleAdjustment: bundleAdjustment,
  Rosenbrock: rosenbrock,
  Rosenbrock_gradient: rosenbrockGradient,
  BroydenTridiagonal: broydenTridiagonal,
  SolidFuelIgnition: solidFuelIgnition,
  SteadyStateCombustion: steadyStateCombustion,
  GaussianDataFitting: gaussianDataFitting,
  GaussianMixture: gaussianMixture,
};
