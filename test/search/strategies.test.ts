import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/reference.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import { eliminableVertices } from '../../src/order/orders.ts';
import { derivedSeed } from '../../src/search/derived-seed.ts';
import { parseParameters } from '../../src/search/parameters.ts';
import { strategies, strategyNamed } from '../../src/search/strategies/strategies.ts';
import type { Improvement, SearchContext, SearchProgress } from '../../src/search/strategy.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { UserError } from '../../src/support/user-error.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { oddGraph, sparseGraph } from '../core/support.ts';

const multiplications = costModelNamed('multiplications');

function contextOf(changes: Partial<SearchContext>): SearchContext {
  return {
    graph: oddGraph(1, { intermediates: 30 }),
    model: multiplications,
    budget: { kind: 'evaluations', evaluations: 4000 },
    seed: 1,
    threads: 1,
    parameters: new Map(),
    ...changes,
  };
}

function recount({ graph, model }: SearchContext, order: Improvement['order']): number | undefined {
  return referenceEngine.load(model.prepare(graph)).count([order])[0];
}

describe.each(strategies.map((strategy) => [strategy.name, strategy] as const))(
  'the strategy %s',
  (_, strategy) => {
    it('finds legal orders that count what it says, of every graph under every model', async () => {
      for (let seed = 0; seed < 12; seed += 1) {
        for (const name of ['pairs', 'paper', 'multiplications', 'flops']) {
          const context = contextOf({
            graph: oddGraph(seed),
            model: costModelNamed(name),
            seed,
            budget: { kind: 'evaluations', evaluations: 1000 },
          });
          const { order, count } = await strategy.run(context);
          expect(order.toSorted((a, b) => a - b)).toEqual(eliminableVertices(context.graph));
          expect(recount(context, order), `graph ${seed} under ${name}`).toBe(count);
        }
      }
    });

    it('gives the same for the same seed, and tells it by its improvements', async () => {
      const run = async () => {
        const improvements: Improvement[] = [];
        const context = contextOf({
          onImprovement: (improvement) => improvements.push(improvement),
        });
        const { seconds, ...outcome } = await strategy.run(context);
        expect(seconds).toBeGreaterThanOrEqual(0);
        return { context, outcome, improvements };
      };
      const { context, outcome, improvements } = await run();
      expect((await run()).outcome).toEqual(outcome);
      const counts = improvements.map(({ count }) => count);
      expect(counts).toEqual([...new Set(counts)].sort((a, b) => b - a));
      expect(counts.at(-1)).toBe(outcome.count);
      for (const { order, count } of improvements) expect(recount(context, order)).toBe(count);
    });

    it.each([1, 7, 500, 3456])('makes at most %d evaluations', async (evaluations) => {
      const progress: SearchProgress[] = [];
      const { evaluations: made, interrupted } = await strategy.run(
        contextOf({
          budget: { kind: 'evaluations', evaluations },
          onProgress: (event) => progress.push(event),
        }),
      );
      expect(made).toBeGreaterThan(0);
      expect(made).toBeLessThanOrEqual(evaluations);
      expect(interrupted).toBe(false);
      expect(progress.at(-1)?.evaluations).toBe(made);
      for (const { share } of progress) expect(share).toBeLessThanOrEqual(1);
    });

    it('ends when its time is over', async () => {
      const start = performance.now();
      const { seconds } = await strategy.run(
        contextOf({
          graph: sparseGraph(3, 400, 1.5),
          budget: { kind: 'time', seconds: 0.3 },
        }),
      );
      const elapsed = (performance.now() - start) / 1000;
      expect(seconds).toBeGreaterThan(0.2);
      expect(seconds).toBeLessThanOrEqual(elapsed);
      // Generous: the machine may be busy with something else.
      expect(elapsed).toBeLessThan(5);
    });

    it('ends with the best so far when it is told to', async () => {
      const interruption = new AbortController();
      let least = Infinity;
      const context = contextOf({
        graph: sparseGraph(3, 150, 1.5),
        budget: { kind: 'time', seconds: 3600 },
        signal: interruption.signal,
        onImprovement: ({ count }) => {
          least = count;
          interruption.abort();
        },
      });
      const { order, count, interrupted } = await strategy.run(context);
      expect(interrupted).toBe(true);
      expect(count).toBeLessThanOrEqual(least);
      expect(recount(context, order)).toBe(count);
    });

    it('ends where the target is met', async () => {
      const subject = taskSubject(taskNamed('HumanHeartDipole'));
      const graph = subject.graph(multiplications);
      const { count } = await strategy.run(
        contextOf({ graph, budget: { kind: 'time', seconds: 3600 }, target: 60 }),
      );
      expect(count).toBeLessThanOrEqual(60);
    });

    it('has an answer where there is nothing to choose', async () => {
      for (const intermediates of [0, 1]) {
        const graph = oddGraph(3, { intermediates, outputsFeedOthers: false });
        for (const budget of [
          { kind: 'time', seconds: 60 },
          { kind: 'evaluations', evaluations: 10 },
        ] as const) {
          const context = contextOf({ graph, budget });
          const { order, count } = await strategy.run(context);
          expect(order).toHaveLength(intermediates);
          expect(recount(context, order)).toBe(count);
        }
      }
    });

    it('checks its parameters', () => {
      for (const parameter of strategy.parameters) {
        const { name } = parameter;
        const isWord = 'choices' in parameter;
        const goods = isWord ? parameter.choices : [parameter.least, parameter.most];
        expect(goods.length).toBeGreaterThan(1);
        for (const good of goods) {
          const values = parseParameters(strategy, [`${name}=${good}`]);
          expect(values).toEqual(new Map([[name, good]]));
        }
        const far = isWord ? '1' : String(parameter.most * 2);
        for (const bad of [`${name}=${far}`, `${name}=`, `${name}=x`, name, `${name}s=1`]) {
          expect(() => parseParameters(strategy, [bad]), bad).toThrow(UserError);
        }
        const twice = goods.slice(0, 2).map((good) => `${name}=${good}`);
        expect(() => parseParameters(strategy, twice)).toThrow(/twice/);
        if (isWord) expect(parameter.choices).toContain(parameter.standard);
      }
    });
  },
);

describe('the list of strategies', () => {
  it('suggests the nearest name', () => {
    expect(strategyNamed('anneal').name).toBe('anneal');
    expect(() => strategyNamed('aneal')).toThrow(/Did you mean "anneal"/);
  });
});

describe('derived seeds', () => {
  it('differ from part to part and from seed to seed', () => {
    const seeds = Array.from({ length: 100 }, (_, seed) =>
      Array.from({ length: 100 }, (__, index) => derivedSeed(seed, index)),
    ).flat();
    expect(new Set(seeds).size).toBe(seeds.length);
  });
});
