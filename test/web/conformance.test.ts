/** Shaders in a browser, in single precision against double; the soak has every task and order. */
import { beforeAll, expect, it } from 'vitest';
import { checkedOrders, largestP99 } from '../execute/task-errors.ts';
import { describeOnBrowserDevice } from '../support/browser.ts';
import { type BrowserCheck, openBrowserCheck } from './conformance.ts';

/** Points with an independent Jacobian. */
const points = 24;

const cases = [
  ...checkedOrders.map((order) => ['RobotArm_6DOF', order, 'webgpu'] as const),
  ['HumanHeartDipole', 'markowitz', 'webgpu'],
  ['RoeFlux_1d', 'best', 'webgpu'],
  ['BlackScholes_Jacobian', 'reverse', 'webgpu'],
  ['PropaneCombustion', 'published', 'wgsl-unfused'],
] as const;

describeOnBrowserDevice('shaders in a browser', (browser) => {
  let check: BrowserCheck;
  beforeAll(async () => {
    check = await openBrowserCheck(browser);
  });

  it.each(cases)('give the Jacobian of dual numbers of %s in %s order by %s', async (...given) => {
    const { p99, points: checked } = await check(...given, points);
    expect(checked).toBe(points);
    expect(p99).toBeLessThanOrEqual(largestP99[given[0]] ?? 0);
    // Single precision: a result without error was not computed on the device.
    expect(p99).toBeGreaterThan(0);
  });
});
