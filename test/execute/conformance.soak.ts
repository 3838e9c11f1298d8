/** Targets on a device on all tasks and all named orders, at a thousand points. */
import { expect, it } from 'vitest';
import { shaderTargets } from '../../src/compile/targets.ts';
import { publishedTasks } from '../compile/wasm/accumulated-task.ts';
import { describeOnDevice } from '../support/device.ts';
import { namedOrderIds } from './conformance.ts';
import { checkedOrders, largestP99, taskErrors } from './task-errors.ts';

const cases = shaderTargets.flatMap(({ name }) =>
  publishedTasks.flatMap((task) => checkedOrders.map((order) => [name, task, order] as const)),
);

describeOnDevice('on a device', (device) => {
  it.each(cases)(
    '%s has the Jacobian of dual numbers of %s in %s order',
    async (target, task, name) => {
      const order = await namedOrderIds(task, name);
      const { p99 } = await taskErrors(device, { task, order, target, points: 1000 });
      expect(p99).toBeLessThanOrEqual(largestP99[task] ?? 0);
    },
  );
});
