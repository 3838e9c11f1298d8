/** Lower bounds of many random tensor graphs against all orders. */
import { describe, expect, it } from 'vitest';

import { checkBound, checkPrices } from './tensor-checks.ts';
import { costedGraphs, tensorGraphs } from './tensor-graphs.ts';

describe('bounds of many random tensor graphs', () => {
  it('foresee every state, and no elimination costs less than they say', () => {
    tensorGraphs(11, 5000, 8, 18).forEach((graph, index) => {
      for (const costed of costedGraphs(graph)) {
        expect(checkPrices(costed, index, 3), `graph ${index}`).toEqual([]);
      }
    });
  });

  it('are never above the least cost of all orders', () => {
    tensorGraphs(12, 8000, 5, 7).forEach((graph, index) => {
      for (const costed of costedGraphs(graph)) {
        expect(checkBound(costed, index).problems, `graph ${index}`).toEqual([]);
      }
    });
  });
});
