/** The kernels of a Program as pipelines of one device, and the buffers that all batches share. */
import {
  type BindingName,
  bindings,
  placeVectors,
  type ShaderKernel,
  type ShaderProgram,
} from '../compile/shader.ts';
import { DeviceError } from './device-error.ts';
import { adapterName, type ComputeDevice } from './device.ts';
import { computeStage, usage } from './flags.ts';

/** One kernel made ready. */
export interface KernelPipeline {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  readonly bindings: readonly BindingName[];
  /** Bytes of `places` that one dispatch sees. */
  readonly placesBytes: number;
}

/** A Program on a device. */
export interface ProgramPipelines {
  readonly device: ComputeDevice;
  readonly program: ShaderProgram;
  /** By kernel of the Program. */
  readonly kernels: readonly KernelPipeline[];
  /** By step: first byte of its part of `places`. */
  readonly placesAt: readonly number[];
  readonly places: GPUBuffer | undefined;
  readonly constants: GPUBuffer | undefined;
  /** From text to pipelines, in milliseconds; drivers may leave work for the first dispatch. */
  readonly pipelineMs: number;
  dispose(): void;
}

/**
 * Compiles all kernels.
 * @throws DeviceError `shader` with the kernel's name and the line, `feature`, `memory`, `lost`
 */
export async function makePipelines(
  device: ComputeDevice,
  program: ShaderProgram,
): Promise<ProgramPipelines> {
  device.requireHealthy();
  if (program.precision === 'f16' && !device.hasHalves) {
    throw new DeviceError(
      'feature',
      `${adapterName(device.adapter)} has no half precision (shader-f16); take --precision f32, or another adapter`,
    );
  }
  const before = performance.now();
  const { kernels: texts, steps } = program;
  const placesOfKernel = texts.map((_, kernel) =>
    Math.max(
      0,
      ...steps.filter((step) => step.kernel === kernel).map(({ places }) => places.length),
    ),
  );
  const kernels = await Promise.all(
    texts.map((text, index) => makeKernel(device, text, placesOfKernel[index] ?? 0)),
  );
  const pipelineMs = performance.now() - before;
  const { placesAt, data } = layOutPlaces(device, program, kernels);
  const shared = await device.allocate(`the constants of ${program.name}`, (create) => {
    const filled = (
      label: string,
      kind: number,
      numbers: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
    ): GPUBuffer | undefined => {
      if (numbers.length === 0) return undefined;
      const buffer = create({ label, size: numbers.byteLength, usage: kind | usage.copyTo });
      device.gpuDevice.queue.writeBuffer(buffer, 0, numbers);
      return buffer;
    };
    return {
      places: filled('places', usage.uniform, data),
      constants: filled('constants', usage.storage, Float32Array.from(program.constants)),
    };
  });
  return {
    device,
    program,
    kernels,
    placesAt,
    ...shared,
    pipelineMs,
    dispose: () => {
      shared.places?.destroy();
      shared.constants?.destroy();
    },
  };
}

/** The places of every step, each at an offset that the device takes. */
function layOutPlaces(
  { limits }: ComputeDevice,
  { steps }: ShaderProgram,
  kernels: readonly KernelPipeline[],
): { readonly placesAt: readonly number[]; readonly data: Uint32Array<ArrayBuffer> } {
  const align = limits.minUniformBufferOffsetAlignment;
  let end = 0;
  const placesAt = steps.map(({ kernel, places }) => {
    const at = end;
    if (places.length > 0) {
      end += Math.ceil((kernels[kernel]?.placesBytes ?? 0) / align) * align;
    }
    return at;
  });
  const data = new Uint32Array(end / 4);
  steps.forEach(({ places }, index) => {
    data.set(places, (placesAt[index] ?? 0) / 4);
  });
  return { placesAt, data };
}

async function makeKernel(
  device: ComputeDevice,
  text: ShaderKernel,
  places: number,
): Promise<KernelPipeline> {
  const { gpuDevice } = device;
  gpuDevice.pushErrorScope('validation');
  const module = gpuDevice.createShaderModule({ code: text.code, label: text.name });
  const invalid = await gpuDevice.popErrorScope();
  if (invalid !== null) throw await refusal(text, module, invalid.message);
  const layout = gpuDevice.createBindGroupLayout({ entries: text.bindings.map(layoutEntry) });
  const pipelineLayout = gpuDevice.createPipelineLayout({ bindGroupLayouts: [layout] });
  try {
    const pipeline = await gpuDevice.createComputePipelineAsync({
      layout: pipelineLayout,
      compute: { module, entryPoint: 'main' },
      label: text.name,
    });
    const placesBytes = 16 * placeVectors(places);
    return { pipeline, layout, bindings: text.bindings, placesBytes };
  } catch (error) {
    await device.settled(Promise.resolve());
    throw await refusal(text, module, error instanceof Error ? error.message : String(error));
  }
}

function layoutEntry(name: BindingName): GPUBindGroupLayoutEntry {
  const entry = { binding: bindings[name], visibility: computeStage };
  switch (name) {
    case 'places':
      return { ...entry, buffer: { type: 'uniform', hasDynamicOffset: true } };
    case 'inputs':
    case 'constants':
      return { ...entry, buffer: { type: 'read-only-storage' } };
    default:
      return { ...entry, buffer: { type: 'storage' } };
  }
}

/** What the compiler says first, with the line that it is about. */
async function refusal(
  { name, code }: ShaderKernel,
  module: GPUShaderModule,
  message: string,
): Promise<DeviceError> {
  const { messages } = await module.getCompilationInfo();
  const first = messages.find(({ type }) => type === 'error');
  const length = code.split('\n').length;
  if (first === undefined) {
    return new DeviceError(
      'shader',
      `the driver refuses a kernel of ${length} lines: ${message.replaceAll(/\s+/g, ' ')}; take the target wasm, or report it`,
      name,
    );
  }
  const line = code.split('\n')[first.lineNum - 1] ?? '';
  return new DeviceError(
    'shader',
    `${first.message} in "${line.trim()}"; this is a fault of the program, please report it`,
    `${name}, line ${first.lineNum} of ${length}`,
  );
}
