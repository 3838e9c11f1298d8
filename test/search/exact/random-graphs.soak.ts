import { describe, expect, it } from 'vitest';

import { checkClassedGraph, checkSmallGraph } from './checks.ts';

describe('exact search on many random graphs of up to ten vertices', () => {
  it('agrees with brute force in every Menger number, reduction, bound and optimum', () => {
    for (let seed = 10_000; seed < 15_000; seed += 1) {
      expect(checkSmallGraph(seed), `seed ${seed}`).toEqual([]);
    }
  });

  it('does so where ±1, constants and copies make products free', () => {
    for (let seed = 10_000; seed < 15_000; seed += 1) {
      expect(checkClassedGraph(seed), `seed ${seed}`).toEqual([]);
    }
  });
});
