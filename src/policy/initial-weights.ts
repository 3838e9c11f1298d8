/** Weights before training, by seed. */
import {
  type NetworkWeights,
  parseWeights,
  weightCount,
  weightParts,
} from '../core/network-types.ts';
import { createRandom } from '../support/random.ts';

/** How much smaller than its layer's a head's weights are, so that a fresh policy prefers little. */
const headScale = 0.1;

/**
 * Uniform in ± √(6 / (rows + columns)) (Glorot and Bengio, AISTATS 2010), heads a tenth of that,
 * biases 0.
 */
export function initialWeights(seed: number): NetworkWeights {
  const random = createRandom(seed);
  const weights = new Float32Array(weightCount);
  let next = 0;
  for (const { name, rows, columns } of weightParts) {
    const isHead = columns === 1;
    const limit = name.endsWith('.bias')
      ? 0
      : (isHead ? headScale : 1) * Math.sqrt(6 / (rows + columns));
    for (let end = next + rows * columns; next < end; next += 1) {
      weights[next] = limit * (2 * random.next() - 1);
    }
  }
  return parseWeights(weights);
}
