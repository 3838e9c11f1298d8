/**
 * The extra tasks' functions of tensors once more, on arrays of numbers: what the tasks' values are
 * checked against. Nothing here goes through the tracer.
 */

type Vector = readonly number[];
type Matrix = readonly Vector[];

/** All outputs, flattened in the task's order, by the inputs' names and row-major elements. */
export type TensorFormula = (input: (name: string) => Vector) => number[];

const { exp, log, sqrt, tanh } = Math;
const sum = (terms: Vector): number => terms.reduce((total, term) => total + term, 0);
const dot = (x: Vector, y: Vector): number => sum(x.map((xk, k) => xk * (y[k] ?? NaN)));
const plus = (x: Vector, y: Vector): number[] => x.map((xk, k) => xk + (y[k] ?? NaN));
const sigma = (x: number): number => 1 / (1 + exp(-x));

/** Row-major elements as rows of a length. */
function rows(elements: Vector, columns: number): number[][] {
  return Array.from({ length: elements.length / columns }, (_, row) =>
    elements.slice(row * columns, (row + 1) * columns),
  );
}

const column = (matrix: Matrix, k: number): number[] => matrix.map((row) => row[k] ?? NaN);
const product = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) => (b[0] ?? []).map((_, k) => dot(row, column(b, k))));
const apply = (a: Matrix, x: Vector): number[] => a.map((row) => dot(row, x));

function softmax(x: Vector): number[] {
  const total = sum(x.map(exp));
  return x.map((xk) => exp(xk) / total);
}

/** Each query's average of the values, weighted by its likeness to the keys. */
function attention(queries: Matrix, keys: Matrix, values: Matrix): number[][] {
  return queries.map((query) => {
    const weights = softmax(keys.map((key) => dot(query, key) / sqrt(query.length)));
    return (values[0] ?? []).map((_, k) => dot(weights, column(values, k)));
  });
}

function normalised(x: Vector): number[] {
  const mean = sum(x) / x.length;
  const variance = sum(x.map((xk) => xk * xk)) / x.length - mean * mean;
  return x.map((xk) => (xk - mean) / sqrt(variance + 1e-5));
}

const residual = (x: Matrix, layer: Matrix): number[][] =>
  x.map((row, k) => normalised(plus(row, layer[k] ?? [])));
const relu = (x: Matrix): number[][] => x.map((row) => row.map((xk) => (xk > 0 ? xk : 0)));

const helmholtz: TensorFormula = (input) => {
  const [x, b, [T = NaN]] = [input('x'), input('b'), input('T')];
  const volume = dot(x, b);
  const ideal = T * sum(x.map((xk) => xk * (log(xk) - log(1 - volume))));
  const attraction = dot(x, apply(rows(input('A'), 5), x)) / (2 * sqrt(2) * volume);
  const logRatio = log(1 + volume + sqrt(2) * volume) - log(1 + volume - sqrt(2) * volume);
  return [ideal - attraction * logRatio];
};

const lstmStep: TensorFormula = (input) => {
  const [x, h, c, b] = [input('x'), input('h'), input('c'), input('b')];
  const gates = plus(plus(apply(rows(input('W'), 3), x), apply(rows(input('U'), 4), h)), b);
  const [i = [], f = [], g = [], o = []] = rows(gates, 4);
  const cNext = c.map((ck, k) => {
    const [entry, keep, candidate] = [i[k] ?? NaN, f[k] ?? NaN, g[k] ?? NaN];
    return ck * sigma(keep) + sigma(entry) * tanh(candidate);
  });
  return [...cNext.map((ck, k) => sigma(o[k] ?? NaN) * tanh(ck)), ...cNext];
};

const adalifStep: TensorFormula = (input) => {
  const [z, v, a] = [input('z'), input('v'), input('a')];
  const [[alpha = NaN], [rho = NaN], [beta = NaN]] = [input('alpha'), input('rho'), input('beta')];
  const [threshold = NaN] = input('threshold');
  const current = plus(apply(rows(input('Wrec'), 4), z), apply(rows(input('Win'), 3), input('x')));
  const vNext = v.map((vk, k) => alpha * vk + (current[k] ?? NaN) - (z[k] ?? NaN) * threshold);
  const aNext = a.map((ak, k) => rho * ak + (z[k] ?? NaN));
  const zNext = vNext.map((vk, k) => sigma(4 * (vk - threshold - beta * (aNext[k] ?? NaN))));
  return [...zNext, ...vNext, ...aNext];
};

const transformerBlock: TensorFormula = (input) => {
  const x = rows(input('x'), 4);
  const project = (weights: string): number[][] => product(x, rows(input(weights), 4));
  const head = (first: number): number[][] => {
    const part = (matrix: Matrix): number[][] => matrix.map((row) => row.slice(first, first + 2));
    return attention(part(project('WQ')), part(project('WK')), part(project('WV')));
  };
  const right = head(2);
  const attended = head(0).map((row, k) => [...row, ...(right[k] ?? [])]);
  const scaled = (row: Vector, gamma: Vector, beta: Vector): number[] =>
    row.map((xk, k) => xk * (gamma[k] ?? NaN) + (beta[k] ?? NaN));
  const z = residual(x, product(attended, rows(input('WO'), 4))).map((row) =>
    scaled(row, input('gamma1'), input('beta1')),
  );
  const hidden = relu(product(z, rows(input('W1'), 6)).map((row) => plus(row, input('b1'))));
  const fed = product(hidden, rows(input('W2'), 4)).map((row) => plus(row, input('b2')));
  return residual(z, fed).flatMap((row) => scaled(row, input('gamma2'), input('beta2')));
};

const encoderDecoder: TensorFormula = (input) => {
  const weights = (name: string, columns = 4): number[][] => rows(input(name), columns);
  const layer = (letter: string, x: Matrix, context: Matrix): number[][] =>
    residual(
      x,
      attention(
        product(x, weights(`${letter}Q`)),
        product(context, weights(`${letter}K`)),
        product(context, weights(`${letter}V`)),
      ),
    );
  const fed = (letter: string, x: Matrix): number[][] =>
    residual(x, product(relu(product(x, weights(`${letter}1`, 6))), weights(`${letter}2`)));
  const source = weights('source');
  const target = weights('target');
  const encoded = fed('E', layer('E', source, source));
  const decoded = fed('D', layer('C', layer('S', target.slice(-1), target), encoded));
  const [logits = []] = product(decoded, weights('vocabulary', 5));
  return [-dot(input('next'), softmax(logits).map(log))];
};

/** By the name of the task. */
export const tensorFormulas: Readonly<Record<string, TensorFormula>> = {
  Helmholtz: helmholtz,
  LSTM_step: lstmStep,
  ADALIF_step: adalifStep,
  TransformerBlock: transformerBlock,
  EncoderDecoder: encoderDecoder,
};
