/**
 * What a device can do at best, measured on it: copying as many bytes, and arithmetic. Put beside a
 * kernel's time in the same run they say how far it is from its roofline (Williams, Waterman and
 * Patterson, Roofline: An Insightful Visual Performance Model, CACM 52, 2009).
 */
import type { ComputeDevice } from './device.ts';
import { computeStage, usage } from './flags.ts';
import { type KernelTimes, PassTimer } from './pass-timer.ts';

/** Invocations of a workgroup in these kernels. */
const groupSize = 64;

/** A thing that runs on the device and is timed there. */
export interface DeviceTask {
  /** Times so many runs, one after the other in one pass; nanoseconds a run. */
  measure(repeats: number): Promise<KernelTimes>;
  dispose(): void;
}

/** Makes a pipeline whose bindings are all read_write storage. */
async function pipelineOf(
  { gpuDevice }: ComputeDevice,
  code: string,
  buffers: readonly GPUBuffer[],
) {
  const layout = gpuDevice.createBindGroupLayout({
    entries: buffers.map((_, binding) => ({
      binding,
      visibility: computeStage,
      buffer: { type: 'storage' as const },
    })),
  });
  const pipeline = await gpuDevice.createComputePipelineAsync({
    layout: gpuDevice.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module: gpuDevice.createShaderModule({ code }), entryPoint: 'main' },
  });
  const group = gpuDevice.createBindGroup({
    layout,
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  return { pipeline, group };
}

/**
 * A copy on the device: reads so many bytes and writes as many, 16 at a time by each invocation. What
 * exceeds half of the largest buffer is copied over and over in parts.
 * @throws DeviceError `memory`, `lost`
 */
export async function deviceCopy(device: ComputeDevice, bytes: number): Promise<DeviceTask> {
  const { limits } = device;
  const largest = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize) / 2;
  const groupBytes = 16 * groupSize;
  const parts = Math.ceil(bytes / largest);
  const groups = Math.max(1, Math.ceil(bytes / parts / groupBytes));
  const width = Math.min(groups, limits.maxComputeWorkgroupsPerDimension);
  const height = Math.ceil(groups / width);
  const size = groups * groupBytes;
  const buffers = await device.allocate(`the buffers of a copy of ${bytes} bytes`, (create) =>
    ['source', 'destination'].map((label) => create({ label, size, usage: usage.storage })),
  );
  const code = `
@group(0) @binding(0) var<storage, read_write> source: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> destination: array<vec4<u32>>;
@compute @workgroup_size(${groupSize})
fn main(@builtin(global_invocation_id) at: vec3<u32>) {
  let i = at.y * ${width * groupSize}u + at.x;
  if (i < ${groups * groupSize}u) { destination[i] = source[i]; }
}`;
  const { pipeline, group } = await pipelineOf(device, code, buffers);
  const timer = new PassTimer(device);
  return {
    measure: (repeats) =>
      timer.measure((pass) => {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        for (let k = 0; k < repeats * parts; k += 1) pass.dispatchWorkgroups(width, height);
      }, repeats),
    dispose: () => {
      for (const buffer of buffers) buffer.destroy();
      timer.dispose();
    },
  };
}

/** Independent chains of an invocation, and steps of each: enough to hide what one step waits for. */
const chains = 8;
const stepsAChain = 256;
/** Nanoseconds that a measurement of arithmetic should take at least. */
const longEnough = 1e6;

/**
 * Operations in single precision that the device does in a nanosecond: products and sums in
 * turn, each counted as one. A compiler that makes one operation of a product and a sum is faster here;
 * what it does here it may do with a Program too. The highest of a few measurements, each longer than
 * a millisecond where the device allows so many workgroups.
 * @throws DeviceError `lost`
 */
export async function arithmeticRate(device: ComputeDevice): Promise<number> {
  const { limits } = device;
  const most = Math.min(2 ** 15, limits.maxComputeWorkgroupsPerDimension);
  const size = most * groupSize * 4;
  const buffer = await device.allocate('the buffers of the arithmetic rate', (create) =>
    create({ label: 'chains', size, usage: usage.storage }),
  );
  const names = Array.from({ length: chains }, (_, k) => `x${k}`);
  const code = `
@group(0) @binding(0) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(${groupSize})
fn main(@builtin(global_invocation_id) at: vec3<u32>) {
  let a = y[at.x] + 0.999f;
  ${names.map((name, k) => `var ${name} = a + ${k}f;`).join('\n  ')}
  for (var k = 0u; k < ${stepsAChain}u; k++) {
    ${names.map((name) => `${name} = ${name} * a + a;`).join('\n    ')}
  }
  y[at.x] = ${names.join(' + ')};
}`;
  const { pipeline, group } = await pipelineOf(device, code, [buffer]);
  const timer = new PassTimer(device);
  const rate = async (
    groups: number,
  ): Promise<{ readonly time: number; readonly rate: number }> => {
    const { device: own, wall } = await timer.measure((pass) => {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(groups);
    }, 1);
    const time = own ?? wall;
    return { time, rate: (groups * groupSize * chains * stepsAChain * 2) / time };
  };
  // The first dispatch may compile.
  await rate(1);
  let groups = 16;
  let best = await rate(groups);
  while (best.time < longEnough && groups < most) {
    groups = Math.min(most, groups * 4);
    best = await rate(groups);
  }
  for (let again = 0; again < 4; again += 1) {
    const found = await rate(groups);
    if (found.rate > best.rate) best = found;
  }
  buffer.destroy();
  timer.dispose();
  return best.rate;
}
