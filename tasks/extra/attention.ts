/** Layers of transformers. Tokens are rows. */
import {
  add,
  concatenate,
  matmul,
  relu,
  softmax,
  split,
  transpose,
} from '../../src/program/ops.ts';
import type { Traced } from '../../src/program/trace.ts';

/**
 * softmax(Q Kᵀ / √d) V, with d columns in Q and K (Vaswani et al., Attention is all you need, arXiv
 * 1706.03762, equation 1).
 */
export function attention(q: Traced, k: Traced, v: Traced): Traced {
  const width = q.shape.at(-1) ?? 1;
  return matmul(softmax(matmul(q, transpose(k)).div(Math.sqrt(width))), v);
}

/**
 * Attention by several heads, each on its share of the columns; the heads' results stand side by
 * side (section 3.2.2 there, the heads' matrices being columns of one).
 */
export function multiHeadAttention(q: Traced, k: Traced, v: Traced, heads: number): Traced {
  const [qs, ks, vs] = [split(q, heads, 1), split(k, heads, 1), split(v, heads, 1)];
  const results = qs.flatMap((part, head) => {
    const [key, value] = [ks[head], vs[head]];
    return key === undefined || value === undefined ? [] : [attention(part, key, value)];
  });
  return concatenate(results, 1);
}

/** max(0, x W1 + b1) W2 + b2 (equation 2 there). */
export function feedForward(
  x: Traced,
  { W1, b1, W2, b2 }: Readonly<Record<'W1' | 'b1' | 'W2' | 'b2', Traced>>,
): Traced {
  return add(matmul(relu(add(matmul(x, W1), b1)), W2), b2);
}
