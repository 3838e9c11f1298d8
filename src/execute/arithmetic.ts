/**
 * What a device's arithmetic does where WGSL leaves a choice. Tried once when the device is opened,
 * with numbers that come from a buffer, so that no compiler sees them. An honest report, no proof:
 * a compiler may decide otherwise in another shader.
 */

import { mapForReading, usage } from './flags.ts';

/** Answers of the probe. */
export interface DeviceArithmetic {
  /** Whether `fma` rounds once. */
  readonly fusedMultiplyAdd: boolean;
  /** Whether x·y + z was contracted into one operation that rounds once. */
  readonly contracts: boolean;
  /** Whether (x + y) − x was simplified to y. */
  readonly reassociates: boolean;
  /** Whether subnormal numbers become 0. */
  readonly flushesSubnormals: boolean;
  /** Whether NaN is told from numbers, and infinities stay. */
  readonly keepsSpecialNumbers: boolean;
  /** Whether a quotient and a root are rounded correctly at some hard points. */
  readonly roundsQuotients: boolean;
}

const code = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(1) fn main() {
  y[0] = fma(x[0], x[1], x[2]);
  y[1] = x[0] * x[1] + x[2];
  y[2] = (x[3] + x[4]) - x[3];
  y[3] = x[5] * x[6];
  y[4] = select(0f, 1f, !(x[7] == x[7]));
  y[5] = x[8] * x[6];
  y[6] = x[9] / x[10];
  y[7] = sqrt(x[9]);
}`;

const given = Float32Array.of(
  1 + 2 ** -13, // x·y = 1 − 2⁻²⁶ exactly, 1 if rounded
  1 - 2 ** -13,
  -1,
  1, // (1 + 2⁻²⁵) − 1 is 0
  2 ** -25,
  2 ** -126, // half of the smallest normal number
  0.5,
  NaN,
  Infinity,
  5, // 5/3 and √5 are far from representable
  3,
);

/** Asks a device. */
export async function probeArithmetic(device: GPUDevice): Promise<DeviceArithmetic> {
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
  });
  const size = given.byteLength;
  const input = device.createBuffer({ size, usage: usage.storage | usage.copyTo });
  const output = device.createBuffer({ size, usage: usage.storage | usage.copyFrom });
  const staging = device.createBuffer({ size, usage: usage.mapRead | usage.copyTo });
  device.queue.writeBuffer(input, 0, given);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(
    0,
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [
        { binding: 0, resource: { buffer: input } },
        { binding: 1, resource: { buffer: output } },
      ],
    }),
  );
  pass.dispatchWorkgroups(1);
  pass.end();
  encoder.copyBufferToBuffer(output, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(mapForReading);
  const y = new Float32Array(staging.getMappedRange().slice(0));
  staging.unmap();
  for (const buffer of [input, output, staging]) buffer.destroy();
  return {
    fusedMultiplyAdd: y[0] === -(2 ** -26),
    contracts: y[1] !== 0,
    reassociates: y[2] !== 0,
    flushesSubnormals: y[3] !== 2 ** -127,
    keepsSpecialNumbers: y[4] === 1 && y[5] === Infinity,
    roundsQuotients: y[6] === Math.fround(5 / 3) && y[7] === Math.fround(Math.sqrt(5)),
  };
}
