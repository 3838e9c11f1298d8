/** One WebGPU device for the tests of a file; without an adapter they are skipped and say so. */
import { describe, it } from 'vitest';
import { dawnGpu } from '../../src/execute/dawn.ts';
import { ComputeDevice } from '../../src/execute/device.ts';
import { DeviceError } from '../../src/execute/device-error.ts';

/** Opens a device of its own; the caller closes it. `undefined` where there is no adapter. */
export async function openTestDevice(): Promise<ComputeDevice | undefined> {
  try {
    return await ComputeDevice.open(await dawnGpu());
  } catch (error) {
    const isMissing = error instanceof DeviceError && error.kind === 'missing';
    // Where everything has to be tested (.ci/run), nothing is skipped.
    if (!isMissing || process.env.CROSSCOUNTRY_REQUIRE_ADAPTER !== undefined) throw error;
    return undefined;
  }
}

/** The buffers of a device that were made from now on and not destroyed. */
export function watchBuffers({ gpuDevice }: ComputeDevice): ReadonlySet<GPUBuffer> {
  const alive = new Set<GPUBuffer>();
  const create = gpuDevice.createBuffer.bind(gpuDevice);
  gpuDevice.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      alive.delete(buffer);
      destroy();
      return undefined;
    };
    alive.add(buffer);
    return buffer;
  };
  return alive;
}

/**
 * A device that compiles shaders and runs nothing, with half precision: Dawn's null back end. It needs no
 * driver. The caller destroys it.
 */
export async function openNullDevice(): Promise<GPUDevice> {
  const { create } = await import('webgpu');
  const gpu = create(['backend=null', 'enable-dawn-features=allow_unsafe_apis']);
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new Error('Dawn has no null back end');
  // Dawn crashes where the object is collected before what was made of it.
  nullGpus.push(gpu);
  return adapter.requestDevice({ requiredFeatures: ['shader-f16'] });
}

const nullGpus: GPU[] = [];

const shared = await openTestDevice();

/** What a skipped test says. */
const remedy =
  'skipped: no adapter; install a Vulkan driver, or on Linux x64 `npm ci` with development dependencies' +
  (process.env.CROSSCOUNTRY_NO_ADAPTER === undefined
    ? ''
    : ` (${process.env.CROSSCOUNTRY_NO_ADAPTER})`);

/** Tests that need the device of this file. */
export function describeOnDevice(title: string, body: (device: ComputeDevice) => void): void {
  describe(title, () => {
    if (shared === undefined) it.skip(remedy, () => undefined);
    else body(shared);
  });
}
