/** What every target on a device has to do alike, for quick tests and for the soak. */
import { expect } from 'vitest';
import { denseNumbers } from '../../src/accumulate/compile-jacobian.ts';
import { errorsOfResults } from '../../src/bench/check.ts';
import type { ComputeDevice } from '../../src/execute/device.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import type { VertexId } from '../../src/graph/types.ts';
import { orderIds } from '../../src/order/orders.ts';
import { findFunctionOrder } from '../../src/results/orders.ts';
import { batchOf } from '../../src/subject/points.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { compileTask, domainNamed } from './task-errors.ts';

/** The vertex ids of a named order of a task: a heuristic's, the published one, or the stored best. */
export async function namedOrderIds(task: string, name: string): Promise<readonly VertexId[]> {
  const subject = taskSubject(taskNamed(task));
  const order = await findFunctionOrder(subject, name, { model: costModelNamed('paper'), seed: 0 });
  return orderIds(subject.linearisation().graph, order);
}

/** Dense, compact and sparse forms say the same, to rounding. */
export async function expectFormsAgree(
  device: ComputeDevice,
  task: string,
  target: string,
): Promise<void> {
  const { references } = domainNamed(task, 5);
  const columns = batchOf(references.map(({ point }) => point));
  const order = await namedOrderIds(task, 'reverse');
  const [dense, compact, sparse] = await Promise.all(
    (['dense', 'compact', 'sparse'] as const).map(async (outputs) => {
      const jacobian = await compileTask(device, task, order, { target, outputs });
      const batch = await jacobian.batch(columns, references.length);
      jacobian.dispose();
      return { jacobian, batch };
    }),
  );
  if (dense === undefined || compact === undefined || sparse === undefined) {
    throw new Error('a form is missing');
  }
  const count = references.length;
  const spread = denseNumbers(compact.jacobian.layout, compact.batch.jacobian, count);
  expect(errorsOfResults(dense.jacobian, dense.batch.jacobian, references).max).toBeLessThan(1e-2);
  spread.forEach((block, k) => {
    block.forEach((x, place) => {
      const own = dense.batch.jacobian[k]?.[place] ?? NaN;
      expect(Math.abs(own - x)).toBeLessThanOrEqual(1e-4 * Math.max(1, Math.abs(x)));
    });
  });
  const { entries } = sparse.jacobian.layout.sparse;
  expect(sparse.batch.jacobian[0]).toHaveLength(count * entries.length);
}
