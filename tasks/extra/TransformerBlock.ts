/**
 * One layer of a transformer's encoder: Vaswani et al., Attention is all you need, arXiv
 * 1706.03762, sections 3.1 to 3.3: self-attention by two heads and a feed-forward layer, each with
 * a residual connection and layer normalisation after it. Three tokens of width four.
 */
import { layerNorm, matmul } from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';
import { seededNumbers, tensorTask } from '../tensor-task.ts';
import { feedForward, multiHeadAttention } from './attention.ts';

type Projections = 'WQ' | 'WK' | 'WV' | 'WO';
type FeedForward = 'W1' | 'b1' | 'W2' | 'b2';
type Norms = 'gamma1' | 'beta1' | 'gamma2' | 'beta2';
type Inputs = Readonly<Record<'x' | Projections | FeedForward | Norms, Traced>>;

function block({ x, WQ, WK, WV, WO, gamma1, beta1, gamma2, beta2, ...layers }: Inputs) {
  const attended = multiHeadAttention(matmul(x, WQ), matmul(x, WK), matmul(x, WV), 2);
  const z = layerNorm(x.add(matmul(attended, WO)), { scale: gamma1, offset: beta1 });
  const y = layerNorm(z.add(feedForward(z, layers)), { scale: gamma2, offset: beta2 });
  return { y };
}

const tensor = (seed: number, ...shape: readonly number[]) => ({
  shape,
  sample: seededNumbers(
    seed,
    shape.reduce((size, length) => size * length, 1),
    -1,
    1,
  ),
});

/** Three tokens by the tokens before and all weights. */
export const transformerBlock = tensorTask({
  name: 'TransformerBlock',
  suite: 'extra',
  source: 'Encoder layer of the transformer (Vaswani et al., arXiv 1706.03762, section 3)',
  trace: block,
  inputs: {
    x: tensor(1, 3, 4),
    WQ: tensor(2, 4, 4),
    WK: tensor(3, 4, 4),
    WV: tensor(4, 4, 4),
    WO: tensor(5, 4, 4),
    W1: tensor(6, 4, 6),
    b1: tensor(7, 6),
    W2: tensor(8, 6, 4),
    b2: tensor(9, 4),
    gamma1: { shape: [4], sample: [0.9, 1.1, 0.8, 1.2] },
    beta1: tensor(10, 4),
    gamma2: { shape: [4], sample: [1.1, 0.7, 1, 0.9] },
    beta2: tensor(11, 4),
  },
});
