/** Compile, run and dispose, over and over: what is left of it in memory. */
import { generateFused } from '../../src/compile/wgsl/generate.ts';
import type { ComputeDevice } from '../../src/execute/device.ts';
import { DeviceProgram } from '../../src/execute/program.ts';
import { trace } from '../../src/program/trace.ts';

/**
 * Makes so many rounds, each with another Program and a batch of 64 KiB.
 * @returns growth of the resident memory over the second half, as a share of what it was
 */
export async function rounds(device: ComputeDevice, count: number): Promise<number> {
  const inputs = [new Float32Array(2 ** 14).fill(0.5)];
  const once = async (k: number): Promise<void> => {
    const program = await DeviceProgram.create(
      device,
      generateFused(trace((x) => x.mul(k + 0.5).add(x.mul(x)), [[]])),
    );
    await program.batch(inputs, 2 ** 14);
    program.dispose();
  };
  for (let k = 0; k < count / 2; k += 1) await once(k);
  const before = process.memoryUsage.rss();
  for (let k = 0; k < count / 2; k += 1) await once(k);
  return process.memoryUsage.rss() / before - 1;
}
