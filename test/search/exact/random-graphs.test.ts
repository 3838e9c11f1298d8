import { describe, expect, it } from 'vitest';

import { checkClassedGraph, checkSmallGraph } from './checks.ts';

/** Random graphs here; 5,000 others by `npm run soak`. */
const graphs = 500;

/** These have products by constants, ±1 and copies. */
const classedGraphs = 150;

describe('exact search on random graphs of up to ten vertices', () => {
  it('agrees with brute force in every Menger number, reduction, bound and optimum', () => {
    for (let seed = 0; seed < graphs; seed += 1) {
      expect(checkSmallGraph(seed), `seed ${seed}`).toEqual([]);
    }
  });

  it('does so where ±1, constants and copies make products free', () => {
    for (let seed = 0; seed < classedGraphs; seed += 1) {
      expect(checkClassedGraph(seed), `seed ${seed}`).toEqual([]);
    }
  });
});
