/**
 * A WebGPU device, opened with all that its adapter allows, and what is known of it. The GPU object is
 * the caller's: `navigator.gpu` in a page, Dawn in Node (dawn.ts). Nothing here knows Node.
 */
import { type DeviceArithmetic, probeArithmetic } from './arithmetic.ts';
import { DeviceError } from './device-error.ts';

/** What an adapter says of itself. */
export interface AdapterDescription {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  /** Whether it is a processor that plays a GPU: SwiftShader, llvmpipe, WARP. */
  readonly isSoftware: boolean;
}

/** What is asked for where the adapter has it: timing on the device, half precision. */
const wantedFeatures: readonly GPUFeatureName[] = ['timestamp-query', 'shader-f16'];

/** Limits that decide how batches are cut and kernels made. */
const wantedLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupStorageSize',
] as const;

/** The limits that were asked for, as the device has them. */
export type DeviceLimits = Readonly<
  Record<(typeof wantedLimits)[number] | 'minUniformBufferOffsetAlignment', number>
>;

/** A buffer whose label messages can name. */
export type LabelledBuffer = GPUBufferDescriptor & { readonly label: string };

/** What an adapter is opened with. */
export interface DeviceOptions {
  readonly powerPreference?: GPUPowerPreference;
}

const softwareNames = /swiftshader|llvmpipe|lavapipe|software|basic render|warp/i;

function describe(info: GPUAdapterInfo): AdapterDescription {
  const { vendor, architecture, device, description } = info;
  const isFallback = 'isFallbackAdapter' in info && info.isFallbackAdapter;
  const isSoftware =
    isFallback || softwareNames.test([vendor, architecture, device, description].join(' '));
  return { vendor, architecture, device, description, isSoftware };
}

/** An adapter in one line: vendor, architecture and what else it says. */
export function adapterName(adapter: AdapterDescription): string {
  const { vendor, architecture, device, description } = adapter;
  return [vendor, architecture, device, description].filter((text) => text !== '').join(', ');
}

/** An open device. */
export class ComputeDevice {
  readonly gpuDevice: GPUDevice;
  readonly adapter: AdapterDescription;
  readonly limits: DeviceLimits;
  /** Whether passes can be timed on the device itself. */
  readonly hasTimestamps: boolean;
  /** Whether shaders may compute in half precision. */
  readonly hasHalves: boolean;
  /** What its arithmetic does where WGSL leaves a choice. */
  readonly arithmetic: DeviceArithmetic;
  #lost: string | undefined;
  #fault: string | undefined;

  private constructor(
    gpuDevice: GPUDevice,
    adapter: AdapterDescription,
    hasTimestamps: boolean,
    arithmetic: DeviceArithmetic,
  ) {
    this.gpuDevice = gpuDevice;
    this.adapter = adapter;
    this.limits = gpuDevice.limits;
    this.hasTimestamps = hasTimestamps;
    this.hasHalves = gpuDevice.features.has('shader-f16');
    this.arithmetic = arithmetic;
    void gpuDevice.lost.then(({ reason, message }) => {
      this.#lost = reason === 'destroyed' ? 'it was closed' : message;
    });
    gpuDevice.addEventListener('uncapturederror', ({ error }) => {
      this.#fault ??= error.message;
    });
  }

  /**
   * Opens the preferred adapter.
   * @throws DeviceError `missing` where there is no adapter
   */
  static async open(gpu: GPU, options: DeviceOptions = {}): Promise<ComputeDevice> {
    const adapter = await gpu.requestAdapter({
      powerPreference: 'high-performance',
      ...options,
    });
    if (adapter === null) {
      throw new DeviceError(
        'missing',
        'there is no WebGPU adapter here: install a driver for the GPU, or run on the processor ' +
          'with `npm run software-adapter -- COMMAND` in a clone (docs/webgpu.md)',
      );
    }
    const hasTimestamps = adapter.features.has('timestamp-query');
    const gpuDevice = await adapter.requestDevice({
      requiredFeatures: wantedFeatures.filter((name) => adapter.features.has(name)),
      requiredLimits: Object.fromEntries(wantedLimits.map((name) => [name, adapter.limits[name]])),
    });
    const arithmetic = await probeArithmetic(gpuDevice);
    return new ComputeDevice(gpuDevice, describe(adapter.info), hasTimestamps, arithmetic);
  }

  /** Whether the device is gone. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /**
   * Says what went wrong since the device was opened, if anything did.
   * @throws DeviceError `lost`, or an Error where a command was invalid, which is a fault of ours
   */
  requireHealthy(): void {
    if (this.#lost !== undefined) {
      throw new DeviceError(
        'lost',
        `the GPU device is gone (${oneLine(this.#lost)}); open it again, with smaller batches if this repeats`,
      );
    }
    if (this.#fault === undefined) return;
    const message = this.#fault;
    this.#fault = undefined;
    throw new Error(`the device refused a command: ${message}`);
  }

  /**
   * Makes buffers and what refers to them, and says if they do not fit; then none of them stays.
   * @param what is made, for the message
   * @param make makes it, all buffers by the function that it is given, labelled for the message
   * @throws DeviceError `memory`, `lost`
   */
  async allocate<T>(
    what: string,
    make: (create: (descriptor: LabelledBuffer) => GPUBuffer) => T,
  ): Promise<T> {
    this.requireHealthy();
    const device = this.gpuDevice;
    const buffers: GPUBuffer[] = [];
    device.pushErrorScope('out-of-memory');
    device.pushErrorScope('validation');
    const made = make((descriptor) => {
      const buffer = device.createBuffer(descriptor);
      buffers.push(buffer);
      return buffer;
    });
    const invalid = await device.popErrorScope();
    const memory = await device.popErrorScope();
    if (memory !== null || invalid !== null) for (const buffer of buffers) buffer.destroy();
    this.requireHealthy();
    if (memory !== null) {
      throw new DeviceError(
        'memory',
        `${what} do not fit into the device's memory: ${this.#sizesText(buffers)} (${firstLine(memory.message)}); take smaller batches`,
      );
    }
    if (invalid !== null) throw new Error(`the device refused ${what}: ${invalid.message}`);
    return made;
  }

  /** What was asked for, beside the limit of one buffer. */
  #sizesText(buffers: readonly GPUBuffer[]): string {
    const total = buffers.reduce((sum, { size }) => sum + size, 0);
    const [largest] = buffers.toSorted((a, b) => b.size - a.size);
    const text = `${total} bytes in ${buffers.length} buffers`;
    if (largest === undefined) return text;
    return `${text}, the largest, ${largest.label}, of ${largest.size} where one may have ${this.limits.maxBufferSize}`;
  }

  /**
   * Waits for something of the device.
   * @throws DeviceError `lost` where the device went away meanwhile
   */
  async settled<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      this.requireHealthy();
      return result;
    } catch (error) {
      // A lost device rejects what was under way before it tells that it is lost.
      await Promise.race([this.gpuDevice.lost, Promise.resolve()]);
      await Promise.resolve();
      this.requireHealthy();
      throw error;
    }
  }

  /** Gives the device back; what was made on it must not be used afterwards. */
  close(): void {
    this.gpuDevice.destroy();
  }
}

/** A driver's message without the places in its own source that follow. */
function firstLine(text: string): string {
  return oneLine(text.split('\n')[0] ?? '');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
