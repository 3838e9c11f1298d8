import { describe, expect, it } from 'vitest';
import { createWasmEngine, wasmEngine } from '../../src/core/wasm.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import { startOf } from '../../src/search/anneal-starts.ts';
import { anneal } from '../../src/search/strategies/anneal.ts';
import type { SearchContext } from '../../src/search/strategy.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { oddGraph, sparseGraph } from '../core/support.ts';

function contextOf(task: string, cost: string, changes: Partial<SearchContext>): SearchContext {
  const model = costModelNamed(cost);
  return {
    graph: taskSubject(taskNamed(task)).graph(model),
    model,
    budget: { kind: 'evaluations', evaluations: 1_000_000 },
    seed: 0,
    threads: 1,
    parameters: new Map(),
    ...changes,
  };
}

describe('annealing', () => {
  // Proved optimal (148, 88, 221, 295, 409; 48, 24), or the best that is known.
  it.each([
    ['HumanHeartDipole', 'paper', 148],
    ['PropaneCombustion', 'paper', 88],
    ['RobotArm_6DOF', 'paper', 221],
    ['RoeFlux_1d', 'paper', 295],
    ['g', 'paper', 409],
    ['BlackScholes_Jacobian', 'paper', 297],
    ['HumanHeartDipole', 'multiplications', 48],
    ['PropaneCombustion', 'multiplications', 24],
    ['RobotArm_6DOF', 'multiplications', 151],
    ['RoeFlux_1d', 'multiplications', 184],
    ['g', 'multiplications', 275],
    ['BlackScholes_Jacobian', 'multiplications', 227],
    ['Perceptron', 'multiplications', 199],
    ['Encoder', 'multiplications', 3528],
  ])('of %s under %s finds the best known count, %d', async (task, cost, best) => {
    const { count } = await anneal.run(contextOf(task, cost, { target: best }));
    expect(count).toBe(best);
  });

  it('is never worse than any of its starts', async () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const graph = oddGraph(seed);
      const model = costModelNamed('multiplications');
      const costed = model.prepare(graph);
      const sweep = (graph.vertices.length + 1) * 8;
      const restarts = 12;
      const parameters = new Map([['sweeps', 1]]);
      const { count } = await anneal.run({
        ...contextOf('g', 'pairs', { seed, parameters }),
        graph,
        model,
        budget: { kind: 'evaluations', evaluations: restarts * sweep },
      });
      const handle = wasmEngine.load(costed);
      const starts = Array.from({ length: restarts }, (_, k) =>
        startOf(graph, seed, k, (orders) => handle.count(orders)),
      );
      expect(count).toBeLessThanOrEqual(Math.min(...handle.count(starts)));
      handle.dispose();
    }
  });

  // These run the built program's threads: `npm run build` has to have run.
  it('gives the same on any number of threads', async () => {
    const outcomes: unknown[] = [];
    for (const threads of [1, 2, 3, 9]) {
      const context = contextOf('RoeFlux_1d', 'multiplications', {
        threads,
        parameters: new Map([['sweeps', 30]]),
        budget: { kind: 'evaluations', evaluations: 210_000 },
      });
      const { order, count, evaluations } = await anneal.run(context);
      outcomes.push({ order, count, evaluations });
    }
    expect(outcomes).toEqual(outcomes.map(() => outcomes[0]));
  });

  it('stops at a target with the same order on any number of threads', async () => {
    for (const seed of [0, 1, 2]) {
      const outcomes: unknown[] = [];
      for (const threads of [1, 3]) {
        const context = contextOf('g', 'paper', {
          seed,
          threads,
          target: 412,
          parameters: new Map([['sweeps', 20]]),
          budget: { kind: 'evaluations', evaluations: 2_000_000 },
        });
        const { order, count, evaluations } = await anneal.run(context);
        expect(count).toBeLessThanOrEqual(412);
        outcomes.push({ order, count, evaluations });
      }
      expect(outcomes[1]).toEqual(outcomes[0]);
    }
  });

  it('ends its threads when it is told to', async () => {
    const interruption = new AbortController();
    setTimeout(() => {
      interruption.abort();
    }, 400);
    const { interrupted, evaluations } = await anneal.run(
      contextOf('g', 'paper', {
        threads: 3,
        budget: { kind: 'time', seconds: 3600 },
        signal: interruption.signal,
      }),
    );
    expect(interrupted).toBe(true);
    expect(evaluations).toBeGreaterThan(0);
  });

  it('cools by time where its sweeps would take too long', async () => {
    const graph = sparseGraph(8, 900, 2.5);
    const model = costModelNamed('pairs');
    const { count } = await anneal.run({
      ...contextOf('g', 'pairs', {}),
      graph,
      model,
      budget: { kind: 'time', seconds: 1 },
      parameters: new Map([['sweeps', 1e9]]),
    });
    const handle = wasmEngine.load(model.prepare(graph));
    const [markowitz] = handle.count([handle.markowitz('low')]);
    handle.dispose();
    expect(count).toBeLessThan(markowitz ?? 0);
  });

  it('takes graphs that the core keeps as lists, window by window', async () => {
    const context = { ...contextOf('g', 'pairs', {}), graph: sparseGraph(1, 4097, 1.1) };
    const { graph, model } = context;
    const { order, count } = await anneal.run({
      ...context,
      budget: { kind: 'evaluations', evaluations: 50_000 },
    });
    const handle = wasmEngine.load(model.prepare(graph));
    const counts = handle.count([order, handle.markowitz('low'), handle.markowitz('high')]);
    handle.dispose();
    expect(counts[0]).toBe(count);
    expect(count).toBeLessThanOrEqual(Math.min(...counts.slice(1)));
    expect(() => createWasmEngine().annealer(model.prepare(graph), { tries: 8 })).toThrow(
      /up to 4,096 vertices/,
    );
  });
});
