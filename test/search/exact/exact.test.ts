import { describe, expect, it } from 'vitest';

import { checkSmallGraph, graphs } from './checks.ts';

describe('exact search on random graphs of up to ten vertices', () => {
  it('agrees with brute force in every reduction, bound and optimum', () => {
    for (let seed = 0; seed < graphs; seed += 1) {
      const problems = checkSmallGraph(seed);
      expect(problems, `seed ${seed}`).toEqual([]);
    }
  });
});
