import { afterEach, describe, expect, it, vi } from 'vitest';

import { pairs } from '../../src/cost/pairs.ts';
import { policyAnnealStrategy, policyStrategy } from '../../src/policy/strategies/policy-search.ts';
import { strategies } from '../../src/search/strategies/strategies.ts';
import { loadSubject } from '../../src/subject/load.ts';

describe('a budget of processor time', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(
    [...strategies, policyStrategy, policyAnnealStrategy].map((one) => [one.name, one] as const),
  )('ends %s where the wall clock stands still, and stands in the outcome', async (_, strategy) => {
    vi.spyOn(Date, 'now').mockReturnValue(0);
    const subject = await loadSubject('random-program-60-1');
    const { parameters, seconds } = await strategy.run({
      graph: subject.graph(pairs),
      model: pairs,
      budget: { kind: 'time', seconds: 0.05 },
      clock: 'processor',
      seed: 0,
      threads: 1,
      parameters: new Map(),
    });
    expect(parameters).toMatchObject({ time: 0.05, clock: 'processor' });
    expect(seconds).toBeGreaterThan(0);
  });
});
