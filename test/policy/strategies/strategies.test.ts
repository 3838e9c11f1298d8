import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../../src/core/reference.ts';
import { costModelNamed } from '../../../src/cost/models.ts';
import { eliminableVertices } from '../../../src/order/orders.ts';
import { learningAlgorithms } from '../../../src/policy/algorithms.ts';
import { initialWeights } from '../../../src/policy/networks/message-passing.ts';
import { openCoreWeights, standardPolicy } from '../../../src/policy/shipped.ts';
import { learnedStrategies } from '../../../src/policy/strategies/strategies.ts';
import type { SearchContext, SearchStrategy } from '../../../src/search/strategy.ts';
import { oddGraph } from '../../core/support.ts';

/** Few and short steps of learning, where a strategy has them. */
function shortSteps({ parameters }: SearchStrategy): Map<string, number> {
  const names = new Set(parameters.map(({ name }) => name));
  const short = { 'gradient-steps': 1, batch: 4 };
  return new Map(Object.entries(short).filter(([name]) => names.has(name)));
}

describe.each(learnedStrategies.map((strategy) => [strategy.name, strategy] as const))(
  'the strategy %s',
  (_, strategy) => {
    const contextOf = (changes: Partial<SearchContext>): SearchContext => ({
      graph: oddGraph(1, { intermediates: 14 }),
      model: costModelNamed('multiplications'),
      budget: { kind: 'evaluations', evaluations: 500 },
      seed: 1,
      threads: 1,
      parameters: shortSteps(strategy),
      network: initialWeights(1),
      ...changes,
    });

    it('finds legal orders that count what it says, the same from the same seed', async () => {
      for (let seed = 0; seed < 6; seed += 1) {
        const graph = oddGraph(seed, { intermediates: 2 * seed });
        const context = contextOf({ graph, seed });
        const { seconds, ...outcome } = await strategy.run(context);
        const { order, count } = outcome;
        expect(seconds).toBeGreaterThanOrEqual(0);
        expect(order.toSorted((a, b) => a - b)).toEqual(eliminableVertices(graph));
        const costed = context.model.prepare(graph);
        expect(referenceEngine.load(costed).count([order])[0]).toBe(count);
        const again = await strategy.run(context);
        expect({ ...again, seconds }).toEqual({ ...outcome, seconds });
      }
    });

    it('tells of improvements down to what it found, and ends when it is told to', async () => {
      const interruption = new AbortController();
      const counts: number[] = [];
      const outcome = await strategy.run(
        contextOf({
          budget: { kind: 'time', seconds: 3600 },
          signal: interruption.signal,
          onImprovement: ({ count }) => {
            counts.push(count);
            interruption.abort();
          },
        }),
      );
      expect(counts).toEqual([...new Set(counts)].sort((a, b) => b - a));
      expect(outcome.count).toBeLessThanOrEqual(counts.at(-1) ?? Infinity);
    });
  },
);

describe('strategies by a policy', () => {
  it('go by the one of the package where none is given', async () => {
    for (const strategy of learnedStrategies.slice(learningAlgorithms.length)) {
      const context = {
        graph: oddGraph(1),
        model: costModelNamed('paper'),
        budget: { kind: 'evaluations' as const, evaluations: 5 },
        seed: 1,
        threads: 1,
        parameters: new Map(),
      };
      const network = await openCoreWeights(standardPolicy);
      const given = await strategy.run({ ...context, network });
      expect((await strategy.run(context)).order, strategy.name).toEqual(given.order);
    }
  });
});
