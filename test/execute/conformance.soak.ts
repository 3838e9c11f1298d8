/** Targets on a device on all tasks and all named orders, at a thousand points. */
import { expect, it } from 'vitest';
import { shaderTargets } from '../../src/compile/targets.ts';
import { publishedTasks } from '../compile/wasm/accumulated-task.ts';
import { describeOnDevice } from '../support/device.ts';
import { largestP99, taskErrors } from './conformance.ts';

const orders = ['forward', 'reverse', 'markowitz', 'published', 'best'] as const;

const cases = shaderTargets.flatMap(({ name }) =>
  publishedTasks.flatMap((task) => orders.map((order) => [name, task, order] as const)),
);

describeOnDevice('on a device', (device) => {
  it.each(cases)(
    '%s has the Jacobian of dual numbers of %s in %s order',
    async (...[target, task, order]) => {
      const { p99 } = await taskErrors(device, task, order, target, 1000);
      expect(p99).toBeLessThanOrEqual(largestP99[task] ?? 0);
    },
  );
});
