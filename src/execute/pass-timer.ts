/** Times one compute pass: by timestamps of the device where it has them, and by the wall clock. */
import type { ComputeDevice } from './device.ts';
import { mapForReading, usage } from './flags.ts';

/** What one measurement gives, in nanoseconds a run. */
export interface KernelTimes {
  /** On the device, from the begin of the pass to its end; where it has timestamps. */
  readonly device: number | undefined;
  /** From submitting to the end of the work, as the processor sees it. */
  readonly wall: number;
}

const bytes = 16;

/** Queries and their buffers, used over and over. */
export class PassTimer {
  readonly #device: ComputeDevice;
  readonly #queries: GPUQuerySet | undefined;
  readonly #resolved: GPUBuffer;
  readonly #staging: GPUBuffer;

  constructor(device: ComputeDevice) {
    const { gpuDevice } = device;
    this.#device = device;
    this.#queries = device.hasTimestamps
      ? gpuDevice.createQuerySet({ type: 'timestamp', count: 2 })
      : undefined;
    this.#resolved = gpuDevice.createBuffer({
      size: bytes,
      usage: usage.queryResolve | usage.copyFrom,
    });
    this.#staging = gpuDevice.createBuffer({ size: bytes, usage: usage.mapRead | usage.copyTo });
  }

  /**
   * Times a pass.
   * @param encode writes the commands of all runs
   * @param repeats how many runs they are
   * @throws DeviceError `lost`
   */
  async measure(
    encode: (pass: GPUComputePassEncoder) => void,
    repeats: number,
  ): Promise<KernelTimes> {
    const { gpuDevice } = this.#device;
    const encoder = gpuDevice.createCommandEncoder();
    const queries = this.#queries;
    const timestampWrites = queries && {
      querySet: queries,
      beginningOfPassWriteIndex: 0,
      endOfPassWriteIndex: 1,
    };
    const pass = encoder.beginComputePass(timestampWrites && { timestampWrites });
    encode(pass);
    pass.end();
    if (queries !== undefined) {
      encoder.resolveQuerySet(queries, 0, 2, this.#resolved, 0);
      encoder.copyBufferToBuffer(this.#resolved, 0, this.#staging, 0, bytes);
    }
    const commands = encoder.finish();
    const before = performance.now();
    gpuDevice.queue.submit([commands]);
    await this.#device.settled(gpuDevice.queue.onSubmittedWorkDone());
    const wall = ((performance.now() - before) * 1e6) / repeats;
    if (queries === undefined) return { device: undefined, wall };
    await this.#device.settled(this.#staging.mapAsync(mapForReading));
    const [begin = 0n, end = 0n] = new BigUint64Array(this.#staging.getMappedRange().slice(0));
    this.#staging.unmap();
    return { device: Number(end - begin) / repeats, wall };
  }

  /** Frees queries and buffers. */
  dispose(): void {
    this.#queries?.destroy();
    this.#resolved.destroy();
    this.#staging.destroy();
  }
}
