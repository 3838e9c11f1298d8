/** Programs on any target, every call awaited: those that compute at once, and those on a device. */
import { requirePrecision } from '../compile/inputs.ts';
import { anyTargetNamed } from '../compile/targets.ts';
import type { AnyPrecision, CompileOptions, Numbers } from '../compile/types.ts';
import type { Program, Shape } from '../program/types.ts';
import { shaderText } from '../compile/shader.ts';
import type { ComputeDevice } from './device.ts';
import { workersFor } from './point-workers.ts';
import { DeviceProgram } from './program.ts';

/** How a Program is compiled for any target. */
export interface AsyncCompileOptions extends Omit<CompileOptions, 'precision'> {
  /** What the target computes in first if left out: `f64`, or `f32` on a device. */
  readonly precision?: AnyPrecision;
  readonly target: string;
  /** Opens the device, asked for by targets that need one; the caller closes it. */
  readonly device: () => Promise<ComputeDevice>;
  /**
   * Points that a call is expected to have, which decides who computes a point of a Program on a device
   * (point-workers.ts); many if left out.
   */
  readonly points?: number;
  /** The device's own elementary functions instead of ours; for targets on a device. */
  readonly builtIns?: boolean;
}

/** A compiled Program of either kind. */
export interface AsyncProgram {
  readonly target: string;
  readonly precision: AnyPrecision;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly outputShapes: readonly Shape[];
  /** The generated code. */
  readonly source: string | Uint8Array;
  /** What is on the device, for targets that use one. */
  readonly onDevice: DeviceProgram | undefined;
  /** As `CompiledProgram.batch`; rejects with what that throws, and DeviceErrors. */
  batch(inputs: readonly ArrayLike<number>[], count: number): Promise<Numbers[]>;
  /** Frees its buffers on the device; it must not be used afterwards. */
  dispose(): void;
}

/**
 * Compiles a Program for any target.
 * @throws UserError `unknown-name`, and what the target throws; DeviceError
 */
export async function compileAsync(
  program: Program,
  { target: name, device: open, points = Infinity, ...options }: AsyncCompileOptions,
): Promise<AsyncProgram> {
  const target = anyTargetNamed(name);
  if (target.kind === 'immediate') {
    const { precision, ...others } = options;
    if (precision === 'f16') {
      requirePrecision(target, precision);
      throw new Error(`${name} says that it computes in f16, which only devices do`);
    }
    const compiled = target.compile(program, { ...others, ...(precision && { precision }) });
    return {
      ...compiled,
      onDevice: undefined,
      batch: (inputs, count) =>
        new Promise((resolve) => {
          resolve(compiled.batch(inputs, count));
        }),
    };
  }
  const device = await open();
  const onDevice = await DeviceProgram.create(
    device,
    target.generate(program, {
      ...options,
      workers: workersFor(device.adapter, points),
      workgroupBytes: device.limits.maxComputeWorkgroupStorageSize,
      // Exact products in our functions rest on a multiply-add that rounds once.
      fusedMultiplyAdd: options.fusedMultiplyAdd !== false && device.arithmetic.fusedMultiplyAdd,
    }),
  );
  const { shaders } = onDevice;
  return {
    target: name,
    precision: shaders.precision,
    inputs: shaders.checks.names,
    outputs: shaders.outputs,
    outputShapes: shaders.outputShapes,
    source: shaderText(shaders),
    onDevice,
    batch: (inputs, count) => onDevice.batch(inputs, count),
    dispose: () => {
      onDevice.dispose();
    },
  };
}
