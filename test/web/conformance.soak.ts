/** Targets on a device in a browser on all tasks and all named orders, at a thousand points. */
import { beforeAll, expect, it } from 'vitest';
import { shaderTargets } from '../../src/compile/targets.ts';
import { publishedTasks } from '../compile/wasm/accumulated-task.ts';
import { checkedOrders, largestP99 } from '../execute/task-errors.ts';
import { describeOnBrowserDevice } from '../support/browser.ts';
import { type BrowserCheck, openBrowserCheck } from './conformance.ts';

const cases = shaderTargets.flatMap(({ name }) =>
  publishedTasks.flatMap((task) => checkedOrders.map((order) => [name, task, order] as const)),
);

describeOnBrowserDevice('in a browser', (browser) => {
  let check: BrowserCheck;
  beforeAll(async () => {
    check = await openBrowserCheck(browser);
  });

  it.each(cases)(
    '%s has the Jacobian of dual numbers of %s in %s order',
    async (target, task, order) => {
      const { p99 } = await check(task, order, target, 1000);
      expect(p99).toBeLessThanOrEqual(largestP99[task] ?? 0);
    },
  );
});
