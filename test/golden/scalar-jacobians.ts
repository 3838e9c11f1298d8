/** Jacobians of tasks unrolled to scalars, in many orders: shared by the tests and the soak. */
import { expect } from 'vitest';
import { accumulate } from '../../src/accumulate/accumulate.ts';
import { countExecuted } from '../../src/accumulate/count-executed.ts';
import { wasmEngine } from '../../src/core/wasm.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import type { CostModel } from '../../src/cost/types.ts';
import type { Graph } from '../../src/graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { scalarSubject } from '../../src/subject/granularity.ts';
import { pointInLayout, resultsFromLayout } from '../../src/subject/layout.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import type { FunctionSubject } from '../../src/subject/types.ts';
import { createRandom } from '../../src/support/random.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { expectJacobianClose } from '../support/compare.ts';

/** A task at scalar granularity. */
export function elementsOf(name: string): FunctionSubject {
  const subject = scalarSubject(taskSubject(taskNamed(name)));
  if (subject.kind === 'graph') throw new Error('a task has a function');
  return subject;
}

/** Counts orders of one graph. */
export function countOrders(
  graph: Graph,
  model: CostModel,
  orders: readonly EliminationOrder[],
): number[] {
  const handle = wasmEngine.load(model.prepare(graph));
  try {
    return [...handle.count(orders)];
  } finally {
    handle.dispose();
  }
}

/**
 * Accumulates in the given and in random orders: the Jacobian is that of dual numbers, and as many
 * multiplications are executed as `multiplications` counts.
 */
export function expectJacobiansInOrders(
  subject: FunctionSubject,
  named: readonly EliminationOrder[],
  randomOrders: number,
): void {
  const program = subject.program();
  const sample = subject.sample ?? [];
  const linearisation = subject.linearisation();
  const { graph } = linearisation;
  const dual = dualJacobian(program, sample);
  const random = createRandom(5);
  const vertices = eliminableVertices(graph);
  const shuffled = Array.from({ length: randomOrders }, () =>
    orderFromPositions(graph, random.shuffle(vertices)),
  );
  const orders = [...named, ...shuffled];
  const counted = countOrders(graph, multiplications, orders);
  const point = pointInLayout(subject, sample);
  orders.forEach((order, index) => {
    const run = countExecuted(accumulate(linearisation, order), point);
    const numbers = [...run.values, ...run.jacobian.flat()].map(({ data }) => data);
    const { jacobian } = resultsFromLayout(subject, numbers);
    expectJacobianClose(program, jacobian, dual, 1e-10);
    expect(run.multiplications).toBe(counted[index]);
  });
}
