/** Weights before training, by seed. */
import type { WeightPart } from '../../core/network-types.ts';
import { createRandom } from '../../support/random.ts';

/** How much smaller than its layer's a head's weights are, so that a fresh policy prefers little. */
const headScale = 0.1;

/**
 * Uniform in ± √(6 / (rows + columns)) (Glorot and Bengio, AISTATS 2010), heads, which have one
 * column, a tenth of that; biases 0, scales of norms 1.
 */
export function glorotWeights(parts: readonly WeightPart[], seed: number): Float32Array {
  const random = createRandom(seed);
  const count = parts.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const weights = new Float32Array(count);
  let next = 0;
  for (const { name, rows, columns } of parts) {
    const isHead = columns === 1;
    const mean = name.endsWith('.scale') ? 1 : 0;
    const isFixed = mean !== 0 || name.endsWith('.bias');
    const limit = isFixed ? 0 : (isHead ? headScale : 1) * Math.sqrt(6 / (rows + columns));
    for (let end = next + rows * columns; next < end; next += 1) {
      weights[next] = mean + limit * (2 * random.next() - 1);
    }
  }
  return weights;
}
