import { describe, expect, it } from 'vitest';

import { bestOf, matches } from '../../src/results/best.ts';
import type { BoundRecord } from '../../src/results/types.ts';
import { exampleResult } from '../support/example-result.ts';

const bound = (lower: number): BoundRecord => ({ lower, proved: false, method: 'a method' });

describe('the best of several results', () => {
  it('has the lowest count, whatever bound another one has', () => {
    const low = { ...exampleResult, count: 3 };
    expect(bestOf([{ ...exampleResult, bound: bound(2) }, low, exampleResult])).toBe(low);
  });

  it('has the highest bound of those with that count, and is the first of equals', () => {
    const bounded = { ...exampleResult, bound: bound(5) };
    expect(bestOf([exampleResult, { ...exampleResult, bound: bound(4) }, bounded])).toBe(bounded);
    expect(bestOf([bounded, { ...bounded }])).toBe(bounded);
  });

  it('is none of none', () => {
    expect(bestOf([])).toBeUndefined();
  });
});

describe('a result matches what is asked for', () => {
  it('when subject, cost model, granularity and graph are the same', () => {
    const { subject, cost, granularity, graphHash } = exampleResult;
    const query = { subject, cost, granularity, graphHash };
    expect(matches(exampleResult, query)).toBe(true);
    expect(matches(exampleResult, { ...query, subject: 'other' })).toBe(false);
    expect(matches(exampleResult, { ...query, cost: 'multiplications' })).toBe(false);
    expect(matches(exampleResult, { ...query, granularity: 'scalar' })).toBe(false);
    expect(matches(exampleResult, { ...query, graphHash: 'b'.repeat(64) })).toBe(false);
  });
});
