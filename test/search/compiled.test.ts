/** Annealing under the cost model `compiled`. */
import { describe, expect, it } from 'vitest';
import { taskNamed } from '../../tasks/tasks.ts';
import { compiled } from '../../src/cost/compiled.ts';
import { eliminableVertices } from '../../src/order/orders.ts';
import { counterOf } from '../../src/results/count.ts';
import { annealCompiled } from '../../src/search/compiled/anneal.ts';
import { forward } from '../../src/search/heuristics/forward.ts';
import type { SearchContext } from '../../src/search/strategy.ts';
import { scalarSubject } from '../../src/subject/granularity.ts';
import { internedSubject } from '../../src/subject/interned.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import type { Subject } from '../../src/subject/types.ts';

function contextOf(subject: Subject, evaluations: number, seed = 0): SearchContext {
  return {
    graph: subject.graph(compiled),
    model: compiled,
    budget: { kind: 'evaluations', evaluations },
    seed,
    threads: 1,
    parameters: new Map(),
  };
}

describe('annealing under the compiled cost', () => {
  it('finds an order that counts what it says, below those of heuristics', async () => {
    const subject = taskSubject(taskNamed('RobotArm_6DOF'));
    const context = contextOf(subject, 20000);
    const { order, count, evaluations } = await annealCompiled(context, internedSubject(subject));
    expect(evaluations).toBe(20000);
    const counter = counterOf(subject, compiled);
    expect(counter.count(order).count).toBe(count);
    expect(count).toBeLessThan(counter.count(forward.order(context.graph, { seed: 0 })).count);
    counter.dispose();
    expect([...order].sort((a, b) => a - b)).toEqual(eliminableVertices(context.graph));
  });

  it('finds the same again from the same seed', async () => {
    const subject = taskSubject(taskNamed('HumanHeartDipole'));
    const run = async () => {
      const outcome = await annealCompiled(contextOf(subject, 5000, 3), internedSubject(subject));
      return { ...outcome, seconds: 0 };
    };
    expect(await run()).toEqual(await run());
  });

  it('finds the same on any number of threads', async () => {
    const subject = taskSubject(taskNamed('HumanHeartDipole'));
    const run = async (threads: number) => {
      const context = { ...contextOf(subject, 130_000, 5), threads };
      return { ...(await annealCompiled(context, internedSubject(subject))), seconds: 0 };
    };
    const alone = await run(1);
    expect(alone.evaluations).toBe(130_000);
    expect(await run(3)).toEqual(alone);
  });

  it('ends at the target', async () => {
    const subject = taskSubject(taskNamed('RobotArm_6DOF'));
    const context = { ...contextOf(subject, 1e9), target: 215, threads: 2 };
    const { count, evaluations } = await annealCompiled(context, internedSubject(subject));
    expect(count).toBeLessThanOrEqual(215);
    expect(evaluations).toBeLessThan(1e6);
  });

  it('keeps its best where it is interrupted', async () => {
    const subject = taskSubject(taskNamed('g'));
    const interruption = new AbortController();
    const seen: number[] = [];
    const outcome = await annealCompiled(
      {
        ...contextOf(subject, 1e9),
        threads: 2,
        signal: interruption.signal,
        onImprovement: ({ count }) => {
          seen.push(count);
          if (seen.length === 3) interruption.abort();
        },
      },
      internedSubject(subject),
    );
    expect(outcome.interrupted).toBe(true);
    expect(outcome.count).toBeLessThanOrEqual(Math.min(...seen));
    const counter = counterOf(subject, compiled);
    expect(counter.count(outcome.order).count).toBe(outcome.count);
    counter.dispose();
  });

  it('is never worse than an order that it is given', async () => {
    const subject = taskSubject(taskNamed('BlackScholes_Jacobian'));
    const { order: start, count } = await annealCompiled(
      contextOf(subject, 30_000),
      internedSubject(subject),
    );
    const again = await annealCompiled(contextOf(subject, 1, 9), {
      ...internedSubject(subject),
      starts: [start],
    });
    expect(again.count).toBeLessThanOrEqual(count);
  });

  it('eliminates single elements of tensors, and says so where vertices are tensors', async () => {
    const tensor = taskSubject(taskNamed('Perceptron'));
    await expect(annealCompiled(contextOf(tensor, 100), internedSubject(tensor))).rejects.toThrow(
      '--granularity scalar',
    );
    const scalar = scalarSubject(tensor);
    if (scalar.kind === 'graph') throw new Error('a task became a graph');
    const outcome = await annealCompiled(contextOf(scalar, 100), internedSubject(scalar));
    const counter = counterOf(scalar, compiled);
    expect(counter.count(outcome.order).count).toBe(outcome.count);
    counter.dispose();
  });
});
