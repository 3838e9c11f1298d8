import { describe, expect, it } from 'vitest';

import { visits } from '../../src/bench/plan.ts';

const cells = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('the plan of visits', () => {
  it('has every cell once in every round', () => {
    const all = [...visits(cells, 50, 1)];
    expect(all).toHaveLength(300);
    for (let round = 0; round < 50; round += 1) {
      const seen = all.filter((visit) => visit.round === round).map(({ cell }) => cell);
      expect(seen.toSorted()).toEqual(cells);
    }
  });

  it('changes the order from round to round, so that each cell comes first now and then', () => {
    const first = [...visits(cells, 200, 7)].filter((_, index) => index % cells.length === 0);
    expect(new Set(first.map(({ cell }) => cell)).size).toBe(cells.length);
  });

  it('is the same for the same seed, and another for another', () => {
    expect([...visits(cells, 9, 3)]).toEqual([...visits(cells, 9, 3)]);
    expect([...visits(cells, 9, 3)]).not.toEqual([...visits(cells, 9, 4)]);
  });
});
