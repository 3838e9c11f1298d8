import { describe, expect, it } from 'vitest';

import { referenceEngine } from '../../src/core/reference.ts';
import { createWasmEngine } from '../../src/core/wasm.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { localOrder } from '../../src/search/local-order.ts';
import { createRandom } from '../../src/support/random.ts';
import { oddGraph, randomOrder } from '../core/support.ts';

describe('an order that keeps neighbours together', () => {
  it.each([pairs, multiplications])('costs the same under $name', (model) => {
    const engine = createWasmEngine();
    let changed = 0;
    for (let seed = 0; seed < 1000; seed += 1) {
      const costed = model.prepare(oddGraph(seed));
      const random = createRandom(seed);
      const order = randomOrder(costed.graph, random);
      const walk = engine.walk(costed);
      const local = localOrder(walk, order, random);
      walk.dispose();
      const reference = referenceEngine.load(costed);
      const [before, after] = reference.count([order, local]);
      expect(after, `graph ${seed}`).toBe(before);
      if (local.some((vertex, place) => vertex !== order[place])) changed += 1;
    }
    expect(changed).toBeGreaterThan(500);
  });
});
