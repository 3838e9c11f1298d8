/**
 * One step of a layer of long short-term memory: Hochreiter and Schmidhuber, Long short-term
 * memory, Neural Computation 9, 1997, with the forget gate of Gers, Schmidhuber and Cummins,
 * Learning to forget, Neural Computation 12, 2000:
 *   (i, f, g, o) = W x + U h + b,
 *   c' = σ(f) c + σ(i) tanh(g),  h' = σ(o) tanh(c').
 * Three inputs, four cells; the four gates' rows stand in one matrix.
 */
import { at, dot, sigmoid, tanh } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { seededNumbers, tensorTask } from '../tensor-task.ts';

type Inputs = Readonly<Record<'x' | 'h' | 'c' | 'W' | 'U' | 'b', Traced>>;

const cells = 4;

function step({ x, h, c, W, U, b }: Inputs) {
  const gates = dot(W, x).add(dot(U, h)).add(b);
  const gate = (index: number): Traced => at(gates, [[cells * index, cells * (index + 1)]]);
  const kept = sigmoid(gate(1)).mul(c);
  const cNext = kept.add(sigmoid(gate(0)).mul(tanh(gate(2))));
  const hNext = sigmoid(gate(3)).mul(tanh(cNext));
  return { hNext, cNext };
}

/** State of the cells and what they show, by input, state before and weights. */
export const lstmStep = tensorTask({
  name: 'LSTM_step',
  suite: 'extra',
  source: 'Long short-term memory, one step (Hochreiter and Schmidhuber 1997; Gers et al. 2000)',
  trace: step,
  inputs: {
    x: { shape: [3], sample: [0.5, -0.3, 0.8] },
    h: { shape: [cells], sample: [0.2, -0.4, 0.1, 0.6] },
    c: { shape: [cells], sample: [-0.5, 0.7, 0.3, -0.2] },
    W: { shape: [4 * cells, 3], sample: seededNumbers(1, 12 * cells, -1, 1) },
    U: { shape: [4 * cells, cells], sample: seededNumbers(2, 4 * cells * cells, -1, 1) },
    b: { shape: [4 * cells], sample: seededNumbers(3, 4 * cells, -1, 1) },
  },
});
