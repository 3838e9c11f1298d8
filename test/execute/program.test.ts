/** Batches, chunks, errors and buffers of Programs on a device. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  generateByWorkgroups,
  generateFused,
  generateUnfused,
} from '../../src/compile/wgsl/generate.ts';
import { DeviceError } from '../../src/execute/device-error.ts';
import { DeviceKernel } from '../../src/execute/kernel.ts';
import { makePipelines } from '../../src/execute/pipelines.ts';
import { DeviceProgram } from '../../src/execute/program.ts';
import { interpret } from '../../src/program/interpret.ts';
import { trace } from '../../src/program/trace.ts';
import { UserError } from '../../src/support/user-error.ts';
import { arbitraryTensorProgram } from '../support/arbitrary-tensor-program.ts';
import { describeOnDevice, openTestDevice, watchBuffers } from '../support/device.ts';

/** Sums, products and a matrix: y = W v · s, z = s². */
const small = trace((s, v) => ({ y: v.mul(s), z: s.mul(s), sum: v.sum() }), [[], [3]]);

/** Inputs whose results are known: s = k, v = [k, 2k, 3k] at point k. */
function knownBatch(count: number) {
  const s = Float32Array.from({ length: count }, (_, k) => k);
  const v = Float32Array.from({ length: 3 * count }, (_, k) => Math.floor(k / 3) * ((k % 3) + 1));
  const y = v.map((x, k) => x * Math.floor(k / 3));
  return { inputs: [s, v], results: [y, s.map((x) => x * x), s.map((x) => 6 * x)] };
}

describeOnDevice('a Program on a device', (device) => {
  it.each([
    ['fused', generateFused],
    ['unfused', generateUnfused],
    ['with a workgroup a point', generateByWorkgroups],
  ] as const)('%s runs batches of any length, none included', async (_, generate) => {
    const program = await DeviceProgram.create(device, generate(small));
    for (const count of [130, 0, 1, 63, 64, 65, 1000]) {
      const { inputs, results } = knownBatch(count);
      expect(await program.batch(inputs, count)).toEqual(results);
    }
    expect(await program.point([2, 1, 10, 100])).toEqual([2, 20, 200, 4, 111]);
    program.dispose();
  });

  it('cuts a batch into chunks that a buffer holds, and puts the results together again', async () => {
    const pipelines = await makePipelines(device, generateFused(small));
    const count = 500;
    const kernel = await DeviceKernel.create(pipelines, count, 3);
    const { inputs, results } = knownBatch(count);
    kernel.load(inputs, count);
    await kernel.run();
    expect(await kernel.read()).toEqual(results);
    // 8 tiles of 64 points, 4 numbers in and 5 out, 4 bytes each.
    expect(kernel.bytesMoved()).toBe(8 * 64 * 9 * 4);
    kernel.dispose();
    pipelines.dispose();
  });

  it('gives the same numbers where a Program is cut into several kernels', async () => {
    const { inputs, results } = knownBatch(70);
    const shaders = generateFused(small, { longest: 2 });
    expect(shaders.kernels.length).toBeGreaterThan(1);
    const program = await DeviceProgram.create(device, shaders);
    expect(await program.batch(inputs, 70)).toEqual(results);
    program.dispose();
  });

  it('runs batches that are asked for at once one after the other', async () => {
    const program = await DeviceProgram.create(device, generateFused(small));
    const given = [5, 200, 1].map(knownBatch);
    const found = await Promise.all(
      given.map(({ inputs }, k) => program.batch(inputs, [5, 200, 1][k] ?? 0)),
    );
    expect(found).toEqual(given.map(({ results }) => results));
    program.dispose();
  });

  it('says what does not fit', async () => {
    const program = await DeviceProgram.create(device, generateFused(small));
    await expect(program.point([1])).rejects.toThrow(UserError);
    await expect(program.batch([[1]], 1)).rejects.toThrow(/takes 2 inputs/);
    const kernel = await program.prepare(2);
    expect(() => {
      kernel.load(knownBatch(3).inputs, 3);
    }).toThrow(/prepared for 2 points/);
    kernel.dispose();
    program.dispose();
  });

  it.each([
    ['one kernel an equation', generateUnfused, {}],
    ['in loops', generateFused, { tensors: 'loops' }],
    [
      'in loops of short kernels, some of them spread over workgroups',
      generateFused,
      { tensors: 'loops', longest: 6, largestSerial: 8 },
    ],
    ['by workgroups', generateByWorkgroups, {}],
    [
      'by workgroups in short kernels, with little memory of their own',
      generateByWorkgroups,
      { longest: 20, workgroupBytes: 64 },
    ],
  ] as const)(
    'computes random programs of tensors as the interpreter does, %s',
    async (_, generate, options) => {
      await fc.assert(
        fc.asyncProperty(arbitraryTensorProgram(), async ({ program, sample }) => {
          const shaders = generate(program, { strict: true, ...options });
          const compiled = await DeviceProgram.create(device, shaders);
          const wanted = interpret(program, sample).flatMap(({ data }) => data);
          const given = await compiled.point(sample.flatMap(({ data }) => data));
          compiled.dispose();
          const scale = Math.max(1, ...wanted.map(Math.abs));
          given.forEach((x, k) => {
            expect(Math.abs(x - (wanted[k] ?? NaN)) / scale).toBeLessThan(1e-4);
          });
        }),
        { seed: 20247, numRuns: 12 },
      );
    },
  );

  it('measures on the device and by the wall clock', async () => {
    const program = await DeviceProgram.create(device, generateFused(small));
    const kernel = await program.prepare(64);
    kernel.load(knownBatch(64).inputs, 64);
    const { device: own, wall } = await kernel.measure(3);
    expect(wall).toBeGreaterThan(0);
    if (device.hasTimestamps) expect(own).toBeGreaterThan(0);
    else expect(own).toBeUndefined();
    expect(await kernel.read()).toEqual(knownBatch(64).results);
    kernel.dispose();
    program.dispose();
  });

  it('destroys every buffer that it made', async () => {
    const own = await openTestDevice();
    if (own === undefined) throw new Error('there was an adapter a moment ago');
    const alive = watchBuffers(own);
    for (const generate of [generateFused, generateUnfused]) {
      const program = await DeviceProgram.create(own, generate(small));
      // The second batch is larger than the buffers of the first.
      await program.batch(knownBatch(3).inputs, 3);
      await program.batch(knownBatch(300).inputs, 300);
      const kernel = await program.prepare(100);
      kernel.load(knownBatch(100).inputs, 100);
      await kernel.measure(2);
      expect(alive.size).toBeGreaterThan(5);
      kernel.dispose();
      program.dispose();
      expect(alive.size).toBe(0);
    }
    own.close();
  });

  it('names the kernel and the line that a driver refuses', async () => {
    const shaders = generateFused(small);
    const [kernel] = shaders.kernels;
    if (kernel === undefined) throw new Error('a Program has a kernel');
    const broken = { ...kernel, code: `${kernel.code}\nfn broken() { let x: f32 = true; }` };
    const refused = DeviceProgram.create(device, { ...shaders, kernels: [broken] });
    await expect(refused).rejects.toMatchObject({ kind: 'shader', code: 'device-shader' });
    await expect(refused).rejects.toThrow(/let x: f32 = true/);
  });

  it('says what does not fit into memory, keeps nothing of it, and goes on', async (context) => {
    // SwiftShader refuses a buffer as large as its own limit says; a card may have the memory.
    if (!device.adapter.isSoftware) context.skip('a software adapter only is sure to refuse this');
    const own = await openTestDevice();
    if (own === undefined) throw new Error('there was an adapter a moment ago');
    const outer = trace(
      (u, v) => ({ products: u.reshape([16, 1]).mul(v.reshape([1, 16])) }),
      [[16], [16]],
    );
    const program = await DeviceProgram.create(own, generateFused(outer));
    const alive = watchBuffers(own);
    const largest = own.limits.maxBufferSize;
    const refused = program.prepare(largest / (256 * 4));
    await expect(refused).rejects.toMatchObject({ kind: 'memory', code: 'device-memory' });
    await expect(refused).rejects.toThrow(
      `bytes in 4 buffers, the largest, outputs, of ${largest} where one may have ${largest} (`,
    );
    await expect(refused).rejects.toThrow(/^the buffers of .* points .*; take smaller batches$/);
    expect(alive.size).toBe(0);
    const [products] = await program.batch([Array(16).fill(2), Array(16).fill(3)], 1);
    expect(products).toEqual(new Float32Array(256).fill(6));
    program.dispose();
    own.close();
  });

  it('says that a batch is larger than a device may hold', async () => {
    const program = await DeviceProgram.create(device, generateFused(small));
    const error: unknown = await program.prepare(2 ** 40).then(
      (kernel) => kernel,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DeviceError);
    expect(error).toMatchObject({ kind: 'limit', code: 'device-limit' });
    program.dispose();
  });

  it('says that the device is gone, from then on', async () => {
    const own = await openTestDevice();
    if (own === undefined) throw new Error('there was an adapter a moment ago');
    const program = await DeviceProgram.create(own, generateFused(small));
    own.close();
    await own.gpuDevice.lost;
    expect(own.isLost).toBe(true);
    await expect(program.batch(knownBatch(3).inputs, 3)).rejects.toMatchObject({ kind: 'lost' });
    await expect(DeviceProgram.create(own, generateFused(small))).rejects.toThrow(/device is gone/);
  });
});
