/**
 * The check of shaders as it runs in a browser, bundled by conformance.ts: leaves there a function
 * `openConformance(gpu)` that opens a device and gives what checks a task on it.
 */
import { ComputeDevice } from '../../src/execute/device.ts';
import { type CheckedTask, taskErrors } from '../execute/task-errors.ts';

Reflect.set(globalThis, 'openConformance', async (gpu: GPU) => {
  const device = await ComputeDevice.open(gpu);
  return (checked: CheckedTask) => taskErrors(device, checked);
});
