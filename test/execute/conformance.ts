/** What every target on a device has to do alike, for quick tests and for the soak. */
import { expect } from 'vitest';
import { accumulate } from '../../src/accumulate/accumulate.ts';
import { denseNumbers } from '../../src/accumulate/compile-jacobian.ts';
import {
  type AsyncJacobian,
  compileJacobianAsync,
} from '../../src/accumulate/compile-jacobian-async.ts';
import { type ErrorSummary, errorsOfResults } from '../../src/bench/check.ts';
import { type Domain, domainOf } from '../../src/bench/domain.ts';
import type { ComputeDevice } from '../../src/execute/device.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import { findFunctionOrder } from '../../src/results/orders.ts';
import { batchOf } from '../../src/subject/points.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';

/**
 * Bounds of the 99th percentile, relative to the largest derivative of the row. They are the figures of
 * docs/webgpu.md rounded up to what rounding may do; RobotArm_6DOF's is the bar that was set for it.
 */
export const largestP99: Readonly<Record<string, number>> = {
  HumanHeartDipole: 1e-6,
  PropaneCombustion: 1e-5,
  RoeFlux_1d: 1e-4,
  RobotArm_6DOF: 1e-4,
  g: 1e-4,
  BlackScholes_Jacobian: 1e-4,
  RoeFlux_3d: 1e-3,
  f: 1e-4,
  Perceptron: 1e-5,
  Encoder: 1e-3,
};

const domains = new Map<string, Domain>();

/** Points near the sample with independent Jacobians, drawn once. */
function domainNamed(task: string, checked: number): Domain {
  const key = `${task} ${checked}`;
  const known = domains.get(key);
  if (known !== undefined) return known;
  const made = domainOf(taskSubject(taskNamed(task)), { seed: 7, checked });
  domains.set(key, made);
  return made;
}

/** A Jacobian by name of task and order. */
export async function compileTask(
  device: ComputeDevice,
  task: string,
  order: string,
  options: { readonly target: string; readonly outputs: 'dense' | 'compact' | 'sparse' },
): Promise<AsyncJacobian> {
  const subject = taskSubject(taskNamed(task));
  const chosen = await findFunctionOrder(subject, order, {
    model: costModelNamed('paper'),
    seed: 0,
  });
  const accumulation = accumulate(subject.linearisation(), chosen);
  return compileJacobianAsync(accumulation, { ...options, device: () => Promise.resolve(device) });
}

/** Errors of a compact Jacobian against dual numbers in double precision. */
export async function taskErrors(
  device: ComputeDevice,
  task: string,
  order: string,
  target: string,
  checked: number,
): Promise<ErrorSummary> {
  const { references } = domainNamed(task, checked);
  const jacobian = await compileTask(device, task, order, { target, outputs: 'compact' });
  const columns = batchOf(references.map(({ point }) => point));
  const batch = await jacobian.batch(columns, references.length);
  jacobian.dispose();
  return errorsOfResults(jacobian, batch.jacobian, references);
}

/** Dense, compact and sparse forms say the same, to rounding. */
export async function expectFormsAgree(
  device: ComputeDevice,
  task: string,
  target: string,
): Promise<void> {
  const { references } = domainNamed(task, 5);
  const columns = batchOf(references.map(({ point }) => point));
  const [dense, compact, sparse] = await Promise.all(
    (['dense', 'compact', 'sparse'] as const).map(async (outputs) => {
      const jacobian = await compileTask(device, task, 'reverse', { target, outputs });
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
