/**
 * Targets on a device on all tasks and all named orders, at a thousand points. Each test is annotated
 * with its percentiles, which docs/webgpu.md has.
 */
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
  it.for(cases)(
    '%s has the Jacobian of dual numbers of %s in %s order',
    async ([target, task, name], { annotate }) => {
      const order = await namedOrderIds(task, name);
      const errors = await taskErrors(device, { task, order, target, points: 1000 });
      const { p50, p90, p99, max } = errors;
      const figures = [p50, p90, p99, max].map((error) => error.toExponential(1)).join(' / ');
      await annotate(`${target}, ${task}, ${name}: ${figures}`);
      expect(p99).toBeLessThanOrEqual(largestP99[task] ?? 0);
    },
  );
});
