/** Compile, run and dispose, over and over: what is left of it in memory. */
import { generateFused } from '../../src/compile/wgsl/generate.ts';
import type { ComputeDevice } from '../../src/execute/device.ts';
import { DeviceProgram } from '../../src/execute/program.ts';
import { trace } from '../../src/program/trace.ts';

/** Points of a batch: 256 KiB of inputs, as much of outputs, and as much to read them back. */
const points = 2 ** 16;

/**
 * Makes so many rounds, each with another Program.
 * @returns growth of the resident memory over the second half, in bytes a round; a round that kept one of
 *   its buffers would keep 256 KiB
 */
export async function rounds(device: ComputeDevice, count: number): Promise<number> {
  const inputs = [new Float32Array(points).fill(0.5)];
  const once = async (k: number): Promise<void> => {
    const program = await DeviceProgram.create(
      device,
      generateFused(trace((x) => x.mul(k + 0.5).add(x.mul(x)), [[]])),
    );
    await program.batch(inputs, points);
    program.dispose();
  };
  const half = Math.floor(count / 2);
  for (let k = 0; k < half; k += 1) await once(k);
  const before = process.memoryUsage.rss();
  for (let k = 0; k < half; k += 1) await once(half + k);
  return (process.memoryUsage.rss() - before) / half;
}
