/**
 * Targets on a device on all tasks and all named orders, at a thousand points. Each test is annotated
 * with its percentiles, which docs/webgpu.md has.
 */
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
  it.for(cases)(
    '%s has the Jacobian of dual numbers of %s in %s order',
    async ([target, task, order], { annotate }) => {
      const { p50, p90, p99, max } = await taskErrors(device, task, order, target, 1000);
      const figures = [p50, p90, p99, max].map((error) => error.toExponential(1)).join(' / ');
      await annotate(`${target}, ${task}, ${order}: ${figures}`);
      expect(p99).toBeLessThanOrEqual(largestP99[task] ?? 0);
    },
  );
});
