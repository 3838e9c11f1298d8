/**
 * Buffers of one device for batches of one Program. What exceeds the largest buffer or dispatch that
 * the device allows is cut into chunks of whole tiles, each with inputs and outputs of its own; the
 * scratch buffer is one for all, because chunks run one after the other.
 */
import { type BindingName, bindings } from '../compile/shader.ts';
import { requireCapacity } from '../compile/inputs.ts';
import { bitsOfHalf, halfOfBits } from '../support/half.ts';
import { DeviceError } from './device-error.ts';
import type { ComputeDevice } from './device.ts';
import { mapForReading, usage } from './flags.ts';
import { type KernelTimes, PassTimer } from './pass-timer.ts';
import type { ProgramPipelines } from './pipelines.ts';
import { packTiles, type PointRange, tilesFor, unpackTiles } from './tiles.ts';

/** Bytes of a tile of so many numbers a point, each of so many bytes. */
const tileBytes = (
  { tilePoints }: ProgramPipelines['program'],
  numbers: number,
  each: number,
): number => Math.max(1, numbers) * tilePoints * each;

/** Bytes of a number in the buffers of inputs and outputs; elsewhere there are words. */
const numberBytes = ({ precision }: ProgramPipelines['program']): number =>
  precision === 'f16' ? 2 : wordBytes;

const wordBytes = 4;

/** A part of the batch. */
interface Chunk {
  /** Most points that fit. */
  readonly capacity: number;
  readonly inputs: GPUBuffer;
  readonly outputs: GPUBuffer;
  /** By kernel. */
  readonly groups: readonly GPUBindGroup[];
}

/**
 * Tiles of the largest chunk that a device takes.
 * @throws DeviceError `limit` where not even one tile fits
 */
export function largestChunk(
  { limits }: Pick<ComputeDevice, 'limits'>,
  program: ProgramPipelines['program'],
): number {
  const { inputTotal, outputTotal, scratchTotal, name } = program;
  const widest = Math.max(
    tileBytes(program, Math.max(inputTotal, outputTotal), numberBytes(program)),
    tileBytes(program, scratchTotal, wordBytes),
  );
  const bytes = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  const tiles = Math.min(Math.floor(bytes / widest), limits.maxComputeWorkgroupsPerDimension);
  if (tiles >= 1) return tiles;
  throw new DeviceError(
    'limit',
    `${name} needs ${widest} bytes for ${program.tilePoints} points in one buffer, the device allows ${bytes}; take the target wasm or js`,
  );
}

/**
 * Largest buffers that a kernel may need in all. A device does not say how much memory it has, and
 * software devices promise what they do not have until it is written to; no card holds this much.
 */
const mostLargestBuffers = 16;

/** @throws DeviceError `limit` */
function requireReasonable(
  { limits }: Pick<ComputeDevice, 'limits'>,
  program: ProgramPipelines['program'],
  capacity: number,
): void {
  const { inputTotal, outputTotal, tilePoints, name } = program;
  const each = numberBytes(program);
  const bytes =
    tilesFor(capacity, tilePoints) *
    (tileBytes(program, inputTotal, each) + tileBytes(program, outputTotal, each));
  const allowed = mostLargestBuffers * limits.maxBufferSize;
  if (bytes <= allowed) return;
  throw new DeviceError(
    'limit',
    `${capacity} points of ${name} need ${bytes} bytes, no more than ${allowed} are asked of this device; take smaller batches`,
  );
}

/** Buffers for up to `capacity` points. */
export class DeviceKernel {
  readonly capacity: number;
  readonly #pipelines: ProgramPipelines;
  readonly #chunks: readonly Chunk[];
  readonly #scratch: GPUBuffer;
  readonly #staging: GPUBuffer;
  readonly #timer: PassTimer;
  #loaded = 0;

  private constructor(
    pipelines: ProgramPipelines,
    capacity: number,
    buffers: {
      readonly chunks: readonly Chunk[];
      readonly scratch: GPUBuffer;
      readonly staging: GPUBuffer;
      readonly timer: PassTimer;
    },
  ) {
    this.#pipelines = pipelines;
    this.capacity = capacity;
    this.#chunks = buffers.chunks;
    this.#scratch = buffers.scratch;
    this.#staging = buffers.staging;
    this.#timer = buffers.timer;
  }

  /**
   * Makes the buffers.
   * @param mostTiles tiles of a chunk, at most; what the device takes if left out
   * @throws DeviceError `memory`, `limit`, `lost`
   */
  static async create(
    pipelines: ProgramPipelines,
    capacity: number,
    mostTiles = Infinity,
  ): Promise<DeviceKernel> {
    const { device, program } = pipelines;
    requireReasonable(device, program, capacity);
    const { tilePoints } = program;
    const tiles = Math.max(1, tilesFor(capacity, tilePoints));
    const each = Math.min(largestChunk(device, program), mostTiles, tiles);
    const what = `the buffers of ${program.name} for ${capacity} points`;
    const buffers = await device.allocate(what, (create) => {
      const made = (label: string, numbers: number, ownTiles: number, flags: number): GPUBuffer =>
        create({
          label,
          size: ownTiles * tileBytes(program, numbers, numberBytes(program)),
          usage: flags,
        });
      const scratch = create({
        label: 'scratch',
        size: each * tileBytes(program, program.scratchTotal, wordBytes),
        usage: usage.storage,
      });
      const chunks: Chunk[] = [];
      for (let first = 0; first < tiles; first += each) {
        const own = Math.min(each, tiles - first);
        const inputs = made('inputs', program.inputTotal, own, usage.storage | usage.copyTo);
        const outputs = made('outputs', program.outputTotal, own, usage.storage | usage.copyFrom);
        const groups = bindGroups(pipelines, { inputs, outputs, scratch });
        chunks.push({ capacity: own * tilePoints, inputs, outputs, groups });
      }
      return {
        chunks,
        scratch,
        staging: made('read-back', program.outputTotal, each, usage.mapRead | usage.copyTo),
      };
    });
    return new DeviceKernel(pipelines, capacity, { ...buffers, timer: new PassTimer(device) });
  }

  /**
   * Copies a batch into the kernel's buffers.
   * @param inputs one array an input, row-major `[count, …shape]`
   * @throws UserError `input-count`, `batch-length`, `kernel-capacity`; DeviceError `lost`
   */
  load(inputs: readonly ArrayLike<number>[], count: number): void {
    this.#pipelines.program.checks.requireBatch(inputs, count);
    this.loadRange(inputs, { first: 0, count });
  }

  /** Loads some points of arrays that are known to hold them. */
  loadRange(inputs: readonly ArrayLike<number>[], { first, count }: PointRange): void {
    requireCapacity(count, this.capacity);
    const { device, program } = this.#pipelines;
    const { inputTotal, tilePoints, checks } = program;
    device.requireHealthy();
    this.#loaded = count;
    for (const [chunk, range] of this.#parts()) {
      const tiles = new Float32Array(tilesFor(range.count, tilePoints) * tilePoints * inputTotal);
      const moved = { first: first + range.first, count: range.count };
      packTiles(inputs, { lengths: checks.lengths, tilePoints }, moved, tiles);
      const data = program.precision === 'f16' ? Uint16Array.from(tiles, bitsOfHalf) : tiles;
      device.gpuDevice.queue.writeBuffer(chunk.inputs, 0, data);
    }
  }

  /**
   * Computes all points that were loaded, and waits for the end.
   * @throws DeviceError `lost`
   */
  async run(): Promise<void> {
    this.submit();
    await this.finished();
  }

  /** Submits the computation without waiting. */
  submit(): void {
    const { gpuDevice } = this.#pipelines.device;
    const encoder = gpuDevice.createCommandEncoder();
    const pass = encoder.beginComputePass();
    this.#dispatch(pass);
    pass.end();
    gpuDevice.queue.submit([encoder.finish()]);
  }

  /** Waits until the device has done what was submitted. */
  async finished(): Promise<void> {
    const { device } = this.#pipelines;
    await device.settled(device.gpuDevice.queue.onSubmittedWorkDone());
  }

  /**
   * The same computation over and over in one pass, timed.
   * @throws DeviceError `lost`
   */
  measure(repeats: number): Promise<KernelTimes> {
    return this.#timer.measure((pass) => {
      for (let k = 0; k < repeats; k += 1) this.#dispatch(pass);
    }, repeats);
  }

  /**
   * Copies what the last `run` computed: one new array an output, row-major `[count, …shape]`.
   * @throws DeviceError `lost`
   */
  async read(): Promise<Float32Array<ArrayBuffer>[]> {
    const results = this.#pipelines.program.outputLengths.map(
      (length) => new Float32Array(this.#loaded * length),
    );
    await this.readRange(results, 0);
    return results;
  }

  /** Copies the points that were loaded to their places from `first` on. */
  async readRange(results: readonly Float32Array[], first: number): Promise<void> {
    const { device, program } = this.#pipelines;
    const layout = { lengths: program.outputLengths, tilePoints: program.tilePoints };
    for (const [chunk, range] of this.#parts()) {
      const size =
        tilesFor(range.count, layout.tilePoints) *
        tileBytes(program, program.outputTotal, numberBytes(program));
      const encoder = device.gpuDevice.createCommandEncoder();
      encoder.copyBufferToBuffer(chunk.outputs, 0, this.#staging, 0, size);
      device.gpuDevice.queue.submit([encoder.finish()]);
      await device.settled(this.#staging.mapAsync(mapForReading, 0, size));
      const mapped = this.#staging.getMappedRange(0, size);
      const tiles =
        program.precision === 'f16'
          ? Float32Array.from(new Uint16Array(mapped), halfOfBits)
          : new Float32Array(mapped);
      const moved = { first: first + range.first, count: range.count };
      unpackTiles(tiles, layout, moved, results);
      this.#staging.unmap();
    }
  }

  /** Bytes of inputs that one `run` of the loaded points reads plus bytes of outputs it writes. */
  bytesMoved(): number {
    const { program } = this.#pipelines;
    const { inputTotal, outputTotal, tilePoints } = program;
    const points = tilesFor(this.#loaded, tilePoints) * tilePoints;
    return points * (inputTotal + outputTotal) * numberBytes(program);
  }

  /** Frees the buffers; the kernel must not be used afterwards. */
  dispose(): void {
    for (const { inputs, outputs } of this.#chunks) {
      inputs.destroy();
      outputs.destroy();
    }
    this.#scratch.destroy();
    this.#staging.destroy();
    this.#timer.dispose();
  }

  /** The chunks that hold loaded points, and which. */
  #parts(): (readonly [Chunk, PointRange])[] {
    let first = 0;
    return this.#chunks.flatMap((chunk) => {
      const count = Math.min(chunk.capacity, this.#loaded - first);
      if (count <= 0) return [];
      const range = { first, count };
      first += count;
      return [[chunk, range] as const];
    });
  }

  #dispatch(pass: GPUComputePassEncoder): void {
    const { program, kernels, placesAt, device } = this.#pipelines;
    const most = device.limits.maxComputeWorkgroupsPerDimension;
    for (const [chunk, { count }] of this.#parts()) {
      program.steps.forEach(({ kernel, groups, places }, step) => {
        const found = kernels[kernel];
        const group = chunk.groups[kernel];
        if (found === undefined || group === undefined) {
          throw new Error(`kernel ${kernel} is missing`);
        }
        pass.setPipeline(found.pipeline);
        const offsets = places.length === 0 ? [] : [placesAt[step] ?? 0];
        pass.setBindGroup(0, group, offsets);
        pass.dispatchWorkgroups(tilesFor(count, program.tilePoints), Math.min(groups, most));
      });
    }
  }
}

function bindGroups(
  { device, kernels, places, constants }: ProgramPipelines,
  own: Readonly<Record<'inputs' | 'outputs' | 'scratch', GPUBuffer>>,
): GPUBindGroup[] {
  const bufferOf = (name: BindingName): GPUBuffer => {
    const buffer = { ...own, places, constants }[name];
    if (buffer === undefined) throw new Error(`the buffer ${name} is missing`);
    return buffer;
  };
  return kernels.map((kernel) =>
    device.gpuDevice.createBindGroup({
      layout: kernel.layout,
      entries: kernel.bindings.map((name) => ({
        binding: bindings[name],
        resource: {
          buffer: bufferOf(name),
          ...(name === 'places' ? { size: kernel.placesBytes } : {}),
        },
      })),
    }),
  );
}
