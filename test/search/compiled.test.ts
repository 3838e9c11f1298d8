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
