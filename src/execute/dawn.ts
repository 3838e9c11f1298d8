/** WebGPU in Node: Dawn, from the optional package `webgpu`. The one file of this room that knows Node. */
import { ComputeDevice } from './device.ts';
import { DeviceError } from './device-error.ts';

/** One for the process: Dawn crashes where the object is collected before what was made of it. */
let opened: GPU | undefined;

/**
 * Dawn, with timestamps to the nanosecond.
 * @throws DeviceError `missing` where the package is not installed or does not load
 */
export async function dawnGpu(): Promise<GPU> {
  if (opened !== undefined) return opened;
  let dawn;
  try {
    dawn = await import('webgpu');
  } catch (error) {
    const reason = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
    throw new DeviceError(
      'missing',
      `WebGPU in Node needs the package webgpu, which does not load (${reason}); npm install webgpu`,
    );
  }
  // Dawn rounds timestamps to 65.5 µs, against spying in a page; here it would hide short kernels.
  opened = dawn.create(['disable-dawn-features=timestamp_quantization']);
  return opened;
}

/**
 * A device in Node; the caller closes it.
 * @throws DeviceError `missing` where there is no package or no adapter
 */
export async function openInNode(): Promise<ComputeDevice> {
  return ComputeDevice.open(await dawnGpu());
}
