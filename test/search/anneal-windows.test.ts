import { describe, expect, it } from 'vitest';

import { referenceEngine } from '../../src/core/reference.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { CostModel } from '../../src/cost/types.ts';
import type { Graph } from '../../src/graph/types.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { createWindowRunner } from '../../src/search/anneal-windows.ts';
import { heuristicNamed } from '../../src/search/heuristics/heuristics.ts';
import type { RestartReport, RestartResult } from '../../src/search/restarts.ts';
import { anneal } from '../../src/search/strategies/anneal.ts';
import { graphFamilyNamed, graphOfFamily } from '../../src/subject/families/families.ts';
import { oddGraph } from '../core/support.ts';

const parameters = { tries: 8, hot: 3, cold: 0.15, window: 12 };

interface WindowRun {
  readonly seed?: number;
  readonly evaluations?: number;
  readonly index?: number;
  readonly interruptAfter?: number;
  readonly start?: EliminationOrder;
}

async function runWindows(
  graph: Graph,
  model: CostModel,
  { seed = 0, evaluations = 4000, index = 0, interruptAfter = Infinity, ...more }: WindowRun = {},
): Promise<{ result: RestartResult; reports: RestartReport[] }> {
  const reports: RestartReport[] = [];
  const runner = createWindowRunner({
    graph,
    model,
    seed,
    parameters,
    clock: 'wall',
    deadline: Infinity,
    target: 0,
    ...more,
  });
  let pauses = 0;
  const result = await runner.run(
    { index, evaluations, effort: 1 },
    {
      pause: () => Promise.resolve(++pauses >= interruptAfter),
      report: (made, best) => reports.push({ evaluations: made, best }),
    },
  );
  runner.dispose();
  return { result, reports };
}

const recount = (graph: Graph, model: CostModel, { order }: Pick<RestartResult, 'order'>): number =>
  referenceEngine.load(model.prepare(graph)).count([order])[0] ?? NaN;

describe('annealing window by window', () => {
  it('begins with the order that it is given, the first time', async () => {
    for (let seed = 0; seed < 12; seed += 1) {
      const graph = oddGraph(seed, { intermediates: 24 });
      const start = heuristicNamed('forward').order(graph, { seed: 0 });
      const { result, reports } = await runWindows(graph, pairs, { seed, start });
      expect(reports[0]?.best?.order).toEqual(start);
      expect(result.count).toBeLessThanOrEqual(recount(graph, pairs, { order: start }));
      const next = await runWindows(graph, pairs, { seed, start, index: 1 });
      expect(next.reports[0]?.best?.order).not.toEqual(start);
    }
  });

  it.each([pairs, multiplications])(
    'reports counts that are counts, under $name',
    async (model) => {
      let better = 0;
      for (let seed = 0; seed < 60; seed += 1) {
        const graph = oddGraph(seed, { intermediates: 40 });
        const { result, reports } = await runWindows(graph, model, { seed, index: seed % 4 });
        expect(recount(graph, model, result)).toBe(result.count);
        const starts = reports.flatMap(({ best }) => best ?? []);
        for (const best of starts) expect(recount(graph, model, best)).toBe(best.count);
        expect(result.count).toBeLessThanOrEqual(starts[0]?.count ?? NaN);
        if (result.count < (starts[0]?.count ?? NaN)) better += 1;
      }
      expect(better).toBeGreaterThan(20);
    },
  );

  it('gives the same for the same seed', async () => {
    const graph = oddGraph(3, { intermediates: 60 });
    const [first, second] = [
      await runWindows(graph, pairs, { seed: 5 }),
      await runWindows(graph, pairs, { seed: 5 }),
    ];
    expect(second.result).toEqual(first.result);
  });

  it('keeps what it has where it is interrupted', async () => {
    const graph = graphOfFamily(graphFamilyNamed('stencil').make(5000, 0));
    const { result } = await runWindows(graph, pairs, { evaluations: 1e9, interruptAfter: 3 });
    expect(result.evaluations).toBeLessThan(1e8);
    expect(recount(graph, pairs, result)).toBe(result.count);
  });
});

describe('search on graphs above 4,096 vertices', () => {
  it('improves on every heuristic, on any number of threads to the same end', async () => {
    const graph = graphOfFamily(graphFamilyNamed('random-sparse').make(4500, 1));
    const budget = { kind: 'evaluations', evaluations: 400_000 } as const;
    const context = { graph, model: pairs, budget, seed: 1, parameters: new Map() };
    const alone = await anneal.run({ ...context, threads: 1 });
    const both = await anneal.run({ ...context, threads: 2 });
    expect(both.order).toEqual(alone.order);
    const handle = referenceEngine.load(pairs.prepare(graph));
    const orders = ['markowitz', 'markowitz-high', 'minimal-damage'].map((name) =>
      heuristicNamed(name).order(graph, { seed: 0 }),
    );
    const [own, ...others] = handle.count([alone.order, ...orders]);
    expect(own).toBe(alone.count);
    expect(alone.count).toBeLessThan(Math.min(...others));
  });
});
