/**
 * The check of a shader's Jacobian against dual numbers, wherever the device is: in Node
 * (conformance.ts) and in a browser (test/web/conformance.ts). Nothing here knows Node.
 */
import { accumulate } from '../../src/accumulate/accumulate.ts';
import {
  type AsyncJacobian,
  compileJacobianAsync,
} from '../../src/accumulate/compile-jacobian-async.ts';
import { type ErrorSummary, errorsOfResults } from '../../src/bench/check.ts';
import { type Domain, domainOf } from '../../src/bench/domain.ts';
import type { ComputeDevice } from '../../src/execute/device.ts';
import type { VertexId } from '../../src/graph/types.ts';
import { parseOrder } from '../../src/order/orders.ts';
import { batchOf } from '../../src/subject/points.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';

/** The named orders that every target is checked on. */
export const checkedOrders = ['forward', 'reverse', 'markowitz', 'published', 'best'] as const;

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
  RoeFlux_3d: 1e-4,
  f: 1e-4,
  Perceptron: 1e-5,
  Encoder: 1e-4,
};

const domains = new Map<string, Domain>();

/** Points near the sample with independent Jacobians in double precision, drawn once. */
export function domainNamed(task: string, checked: number): Domain {
  const key = `${task} ${checked}`;
  const known = domains.get(key);
  if (known !== undefined) return known;
  const made = domainOf(taskSubject(taskNamed(task)), { seed: 7, checked });
  domains.set(key, made);
  return made;
}

/** A task's Jacobian in an order, the vertex ids of the function's own graph. */
export async function compileTask(
  device: ComputeDevice,
  task: string,
  order: readonly VertexId[],
  options: { readonly target: string; readonly outputs: 'dense' | 'compact' | 'sparse' },
): Promise<AsyncJacobian> {
  const linearisation = taskSubject(taskNamed(task)).linearisation();
  const accumulation = accumulate(linearisation, parseOrder(linearisation.graph, order));
  return compileJacobianAsync(accumulation, { ...options, device: () => Promise.resolve(device) });
}

/** What is checked. */
export interface CheckedTask {
  readonly task: string;
  readonly order: readonly VertexId[];
  readonly target: string;
  /** Points with an independent Jacobian. */
  readonly points: number;
}

/** Errors of a compact Jacobian against dual numbers in double precision. */
export async function taskErrors(
  device: ComputeDevice,
  { task, order, target, points }: CheckedTask,
): Promise<ErrorSummary> {
  const { references } = domainNamed(task, points);
  const jacobian = await compileTask(device, task, order, { target, outputs: 'compact' });
  const columns = batchOf(references.map(({ point }) => point));
  const batch = await jacobian.batch(columns, references.length);
  jacobian.dispose();
  return errorsOfResults(jacobian, batch.jacobian, references);
}
