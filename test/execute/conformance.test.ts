/** Targets on a device on all tasks of the paper, in single precision against double. */
import { expect, it } from 'vitest';
import { shaderTargets } from '../../src/compile/targets.ts';
import { publishedTasks } from '../compile/wasm/accumulated-task.ts';
import { describeOnDevice } from '../support/device.ts';
import { expectFormsAgree, namedOrderIds } from './conformance.ts';
import { largestP99, taskErrors } from './task-errors.ts';

/** Points with an independent Jacobian; the soak takes more, and every order. */
const points = 24;

/** Shader compilers of software take long, so not every target has every task here. */
const cases = shaderTargets.flatMap(({ name }) =>
  (name === 'webgpu' ? publishedTasks : ['HumanHeartDipole', 'RoeFlux_1d', 'f', 'Encoder']).map(
    (task) => [name, task] as const,
  ),
);

describeOnDevice('on a device', (device) => {
  it.each(cases)(
    '%s has the Jacobian of dual numbers of %s in published order',
    async (target, task) => {
      const order = await namedOrderIds(task, 'published');
      const { p99 } = await taskErrors(device, { task, order, target, points });
      expect(p99).toBeLessThanOrEqual(largestP99[task] ?? 0);
    },
  );

  it.each(shaderTargets.map(({ name }) => name))(
    'has the same numbers dense, compact and sparse, by %s',
    async (target) => {
      await expectFormsAgree(device, 'PropaneCombustion', target);
    },
  );
});
