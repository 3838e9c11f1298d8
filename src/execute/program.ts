/** A Program on a device: what CompiledProgram is to targets that compute at once, every call awaited. */
import type { ShaderProgram } from '../compile/shader.ts';
import type { ComputeDevice } from './device.ts';
import { DeviceKernel, largestChunk } from './kernel.ts';
import { makePipelines, type ProgramPipelines } from './pipelines.ts';

/** Points that `batch` has on the device at a time. */
const chunkPoints = 2 ** 16;

/** A Program made ready to run on one device. */
export class DeviceProgram {
  readonly shaders: ShaderProgram;
  readonly device: ComputeDevice;
  readonly #pipelines: ProgramPipelines;
  #kernel: DeviceKernel | undefined;
  /** Calls of `batch` that wait for one another: they share buffers. */
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(pipelines: ProgramPipelines) {
    this.#pipelines = pipelines;
    this.shaders = pipelines.program;
    this.device = pipelines.device;
  }

  /**
   * Compiles all kernels.
   * @throws DeviceError `shader`, `memory`, `lost`
   */
  static async create(device: ComputeDevice, shaders: ShaderProgram): Promise<DeviceProgram> {
    return new DeviceProgram(await makePipelines(device, shaders));
  }

  /** From text to pipelines, in milliseconds. */
  get pipelineMs(): number {
    return this.#pipelines.pipelineMs;
  }

  /**
   * Evaluates one point.
   * @param point the elements of all inputs in a row
   * @returns the elements of all outputs in a row
   * @throws UserError `input-count`; DeviceError `lost`, `memory`
   */
  async point(point: readonly number[]): Promise<number[]> {
    const { checks } = this.shaders;
    checks.requirePoint(point);
    const results = await this.batch(checks.split(point), 1);
    return results.flatMap((result) => [...result]);
  }

  /**
   * Runs a batch, in chunks that the device takes.
   * @param inputs one array an input, row-major `[count, …shape]`
   * @returns one array an output, row-major `[count, …shape]`
   * @throws UserError `input-count`, `batch-length`; DeviceError `lost`, `memory`, `limit`
   */
  async batch(
    inputs: readonly ArrayLike<number>[],
    count: number,
  ): Promise<Float32Array<ArrayBuffer>[]> {
    this.shaders.checks.requireBatch(inputs, count);
    const done = this.#queue.then(() => this.#batch(inputs, count));
    // Whoever called gets the error; the next call does not.
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #batch(inputs: readonly ArrayLike<number>[], count: number) {
    const results = this.shaders.outputLengths.map((length) => new Float32Array(count * length));
    const { tilePoints } = this.shaders;
    const most = Math.min(chunkPoints, largestChunk(this.device, this.shaders) * tilePoints);
    const wanted = Math.min(most, Math.max(count, 1));
    if (this.#kernel === undefined || this.#kernel.capacity < wanted) {
      this.#kernel?.dispose();
      this.#kernel = undefined;
      this.#kernel = await this.prepare(wanted);
    }
    for (let first = 0; first < count; first += wanted) {
      this.#kernel.loadRange(inputs, { first, count: Math.min(wanted, count - first) });
      this.#kernel.submit();
      await this.#kernel.readRange(results, first);
    }
    return results;
  }

  /**
   * A kernel for up to `capacity` points.
   * @throws DeviceError `memory`, `limit`, `lost`
   */
  prepare(capacity: number): Promise<DeviceKernel> {
    return DeviceKernel.create(this.#pipelines, capacity);
  }

  /** Frees what lies on the device; neither the Program nor its kernels may be used afterwards. */
  dispose(): void {
    this.#kernel?.dispose();
    this.#kernel = undefined;
    this.#pipelines.dispose();
  }
}
