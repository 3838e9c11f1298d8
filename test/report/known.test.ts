import { describe, expect, it } from 'vitest';

import { knownOf, namedResult } from '../../src/report/known.ts';
import type { ResultSet } from '../../src/results/result-set.ts';
import type { ResultFile } from '../../src/results/types.ts';
import { exampleResult } from '../support/example-result.ts';

function setOf(...results: readonly ResultFile[]): ResultSet {
  const stored = results.map((result, index) => ({ path: `${index}.json`, result }));
  return { results: stored, timings: [], policies: [] };
}

const g = { ...exampleResult, subject: 'g', count: 409 };
const ownGraph = { ...g, count: 1, graphHash: 'b'.repeat(64), graph: { vertices: [], edges: [] } };

describe('the best that is known of a task', () => {
  it('is of the task, and not of a graph of one’s own that has its name', () => {
    expect(knownOf(setOf(g, ownGraph), 'g', 'paper')?.best.result.count).toBe(409);
    expect(namedResult(setOf(ownGraph), 'g', 'paper', 'reverse')).toBeUndefined();
    expect(namedResult(setOf(ownGraph, g), 'g', 'paper', 'reverse')?.result.count).toBe(409);
  });

  it('of a graph that is no task is of its file', () => {
    const mine = { ...ownGraph, subject: 'mine' };
    expect(knownOf(setOf(mine), 'mine', 'paper')?.best.result.count).toBe(1);
  });
});
