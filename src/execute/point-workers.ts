/**
 * Who computes a point of a Program that is too large for straight lines: an invocation, or a workgroup.
 * By invocations a batch is a workgroup for every 64 points, the last one filled up, so that few points
 * leave most of a device idle; by workgroups it is one for every point, whose invocations wait for one
 * another and idle in small tensors.
 */
import type { PointWorkers } from '../compile/shader.ts';
import type { AdapterDescription } from './device.ts';

/**
 * Points from which on invocations compute one each.
 *
 * On a processor that plays a GPU: measured (docs/webgpu.md). 64 points by invocations took as long as 12
 * to 20 points by workgroups in f and Encoder.
 *
 * On a card: not measured. 65,536 points are a thousand workgroups of 64, as many as a card works on at
 * once; with fewer some of it would have nothing to do, and of larger batches an invocation's tensors go
 * through memory where a workgroup holds them.
 */
export const manyPoints = { software: 12, card: 65_536 } as const;

/** Who computes a point in calls of so many points. */
export function workersFor(
  { isSoftware }: Pick<AdapterDescription, 'isSoftware'>,
  points: number,
): PointWorkers {
  return points < manyPoints[isSoftware ? 'software' : 'card'] ? 'workgroup' : 'invocation';
}
