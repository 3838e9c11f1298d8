import { describe, expect, it } from 'vitest';

import { multiplications } from '../../../src/cost/multiplications.ts';
import { pairs } from '../../../src/cost/pairs.ts';
import type { CostModel } from '../../../src/cost/types.ts';
import { randomGraph } from '../../../src/graph/generators.ts';
import type { Graph } from '../../../src/graph/types.ts';
import { boundCount, type BoundResult } from '../../../src/search/exact/bound.ts';
import { proofClock } from '../../../src/search/exact/proof-clock.ts';
import { loadSubject } from '../../../src/subject/load.ts';

const graph = randomGraph({ seed: 2, inputs: 5, intermediates: 16, outputs: 4, density: 0.25 });

/** The bound, and all else but how long it took. */
async function bound(of: Graph, model: CostModel, evaluations: number) {
  const budget = { kind: 'evaluations', evaluations } as const;
  const result: BoundResult = await boundCount({ graph: of, model, budget, seed: 0 });
  const lower = result.state === 'proved' ? result.value : result.lower;
  return { ...result, lower, seconds: 0 };
}

describe('a proof by evaluations', () => {
  it('is the same again, whatever the machine does beside it', async () => {
    const perceptron = (await loadSubject('Perceptron')).graph(multiplications);
    for (const [of, model] of [
      [graph, pairs],
      [perceptron, multiplications],
    ] as const) {
      const first = await bound(of, model, 1500);
      expect(await bound(of, model, 1500)).toEqual(first);
    }
  });

  it('holds with any budget, and is proved with enough', async () => {
    const proved = await bound(graph, pairs, 1e6);
    expect(proved.state).toBe('proved');
    for (const evaluations of [1, 10, 100, 1000]) {
      expect((await bound(graph, pairs, evaluations)).lower).toBeLessThanOrEqual(proved.lower);
    }
  });
});

describe('the clock of a proof', () => {
  it('counts what it is told of, and nothing else', () => {
    const { shouldStop, timeUsed, left } = proofClock(
      { kind: 'evaluations', evaluations: 10 },
      () => false,
    );
    expect(shouldStop()).toBe(false);
    expect(shouldStop(8)).toBe(false);
    expect(timeUsed()).toBe(0.9);
    expect(left()).toEqual({ kind: 'evaluations', evaluations: 1 });
    expect(shouldStop(2)).toBe(true);
    expect(timeUsed()).toBe(1);
  });

  it('ends early where somebody says so', () => {
    const clock = proofClock({ kind: 'evaluations', evaluations: 10 }, () => true);
    expect(clock.shouldStop(0)).toBe(true);
  });
});
