/**
 * The loss of one decoding step of a transformer with an encoder layer and a decoder layer: Vaswani
 * et al., Attention is all you need, arXiv 1706.03762, section 3. The source is encoded; the last
 * token of the target so far attends to the target, then to the encoded source; its row gives the
 * logits of the next token, and the loss is their cross-entropy with the token's distribution.
 *
 * One head, no biases, and layer normalisation without gain and offset. The last row alone is a
 * query, so no mask is needed.
 */
import { layerNorm, logSoftmax, matmul, neg, relu, at, sum } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { seededNumbers, tensorTask } from '../tensor-task.ts';
import { attention } from './attention.ts';

type Encoder = 'EQ' | 'EK' | 'EV' | 'E1' | 'E2';
type Decoder = 'SQ' | 'SK' | 'SV' | 'CQ' | 'CK' | 'CV' | 'D1' | 'D2';
type Inputs = Readonly<
  Record<'source' | 'target' | 'next' | 'vocabulary' | Encoder | Decoder, Traced>
>;

/** x beside what a layer makes of it, normalised. */
const residual = (x: Traced, layer: Traced): Traced => layerNorm(x.add(layer));

function loss({ source, target, next, vocabulary, ...weights }: Inputs) {
  const { EQ, EK, EV, E1, E2, SQ, SK, SV, CQ, CK, CV, D1, D2 } = weights;

  const mixed = residual(
    source,
    attention(matmul(source, EQ), matmul(source, EK), matmul(source, EV)),
  );
  const encoded = residual(mixed, matmul(relu(matmul(mixed, E1)), E2));

  const length = target.shape[0] ?? 1;
  const last = at(target, [[length - 1, length]]);
  const self = residual(last, attention(matmul(last, SQ), matmul(target, SK), matmul(target, SV)));
  const crossed = residual(
    self,
    attention(matmul(self, CQ), matmul(encoded, CK), matmul(encoded, CV)),
  );
  const decoded = residual(crossed, matmul(relu(matmul(crossed, D1)), D2));

  return { loss: neg(sum(next.mul(logSoftmax(matmul(decoded, vocabulary))))) };
}

const tensor = (seed: number, rows: number, columns: number) => ({
  shape: [rows, columns],
  sample: seededNumbers(seed, rows * columns, -1, 1),
});

/** One number by source, target and all weights. */
export const encoderDecoder = tensorTask({
  name: 'EncoderDecoder',
  suite: 'extra',
  source: 'Encoder and decoder of the transformer (Vaswani et al., arXiv 1706.03762, section 3)',
  trace: loss,
  inputs: {
    source: tensor(1, 3, 4),
    target: tensor(2, 2, 4),
    next: { shape: [1, 5], sample: [0.05, 0.1, 0.7, 0.05, 0.1] },
    vocabulary: tensor(3, 4, 5),
    EQ: tensor(4, 4, 4),
    EK: tensor(5, 4, 4),
    EV: tensor(6, 4, 4),
    E1: tensor(7, 4, 6),
    E2: tensor(8, 6, 4),
    SQ: tensor(9, 4, 4),
    SK: tensor(10, 4, 4),
    SV: tensor(11, 4, 4),
    CQ: tensor(12, 4, 4),
    CK: tensor(13, 4, 4),
    CV: tensor(14, 4, 4),
    D1: tensor(15, 4, 6),
    D2: tensor(16, 6, 4),
  },
});
