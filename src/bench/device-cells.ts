/** Jacobians on a device made ready to be timed: compiled, checked, with buffers and a copy beside. */
import { compileJacobianAsync, type AsyncJacobian } from '../accumulate/compile-jacobian-async.ts';
import type { JacobianSource } from '../accumulate/types.ts';
import { adapterName, type ComputeDevice } from '../execute/device.ts';
import type { DeviceKernel } from '../execute/kernel.ts';
import { deviceCopy } from '../execute/rates.ts';
import type { DeviceProgram } from '../execute/program.ts';
import { batchOf } from '../subject/points.ts';
import { quantile } from '../support/statistics.ts';
import { errorFault, type ErrorSummary, errorsOfResults } from './check.ts';
import { type Clock, type Sampling, timeRepeated } from './clock.ts';
import { columnsFor, type Domain } from './domain.ts';
import type { Timed, TimedCell } from './timed-cell.ts';
import type { CellName, DeviceTiming, TimingRequest } from './types.ts';
import { isDenormal } from './warnings.ts';

/** A device, and what it does at best. */
export interface MeasuredDevice {
  readonly device: ComputeDevice;
  /** Operations a nanosecond (execute/rates.ts). */
  readonly arithmeticRate: number;
}

/** A compiled Jacobian on a device; several batches share one. */
export interface BuiltOnDevice {
  readonly jacobian: AsyncJacobian;
  readonly program: DeviceProgram;
  readonly buildMs: number;
  readonly firstCallMs: number;
  readonly errors: ErrorSummary;
}

/**
 * Compiles, times the build and the first call, and checks. Built once: a driver keeps what it compiled,
 * so that a second build is no build; `batch` is for Programs that differ by the points of a call.
 * @returns why there is nothing to time where the Jacobian is wrong
 * @throws UserError what the target throws; DeviceError
 */
export async function buildOnDevice(
  source: JacobianSource,
  { target, batch, precision }: Pick<CellName, 'target' | 'batch' | 'precision'>,
  { form, values, builtIns = false }: Pick<TimingRequest, 'form' | 'values' | 'builtIns'>,
  { points, references }: Domain,
  { device }: MeasuredDevice,
  clock: Clock,
): Promise<BuiltOnDevice | string> {
  const began = clock();
  const jacobian = await compileJacobianAsync(source, {
    ...{ target, precision, points: batch, outputs: form, values, builtIns },
    device: () => Promise.resolve(device),
  });
  const buildMs = (clock() - began) / 1e6;
  const { onDevice: program } = jacobian.compiled;
  if (program === undefined) throw new Error(`${target} is on no device`);
  const [point = []] = points;
  const before = clock();
  await program.point(point.flatMap(({ data }) => data));
  const firstCallMs = (clock() - before) / 1e6;
  const columns = batchOf(references.map((each) => each.point));
  const checked = await jacobian.batch(columns, references.length);
  const errors = errorsOfResults(jacobian, checked.jacobian, references);
  const fault = errorFault(errors, precision);
  if (fault === undefined) return { jacobian, program, buildMs, firstCallMs, errors };
  jacobian.dispose();
  return fault;
}

/** Measurements of transfers of which the median counts. */
const transfers = 3;

/**
 * Gets a cell ready: buffers on the device, loaded; transfers timed; a copy of as many bytes. Where that
 * fails nothing of the cell stays on the device.
 * @throws DeviceError `memory`, `limit`, `lost`
 */
export async function deviceCell(
  name: CellName,
  built: BuiltOnDevice,
  domain: Domain,
  measured: MeasuredDevice,
  sampling: Sampling,
): Promise<TimedCell> {
  const kernel = await built.program.prepare(name.batch);
  try {
    return await loadedCell(name, built, domain, { kernel, measured, sampling });
  } catch (error) {
    kernel.dispose();
    throw error;
  }
}

/** The cell of a kernel, which it frees with everything else when it is disposed of. */
async function loadedCell(
  name: CellName,
  built: BuiltOnDevice,
  domain: Domain,
  {
    kernel,
    measured,
    sampling: { clock, length },
  }: {
    readonly kernel: DeviceKernel;
    readonly measured: MeasuredDevice;
    readonly sampling: Sampling;
  },
): Promise<TimedCell> {
  const { program } = built;
  const { batch } = name;
  const columns = columnsFor(domain, batch);
  kernel.load(columns, batch);
  await kernel.run();
  const results = await kernel.read();
  const hasDenormals = results.some((array) => array.some((x) => isDenormal(x, name.precision)));
  const median = async (transfer: () => Promise<unknown>): Promise<number> => {
    const times: number[] = [];
    for (let k = 0; k < transfers; k += 1) times.push(await timeRepeated(transfer, length, clock));
    return quantile(times, 0.5);
  };
  const upload = await median(() => {
    kernel.load(columns, batch);
    return kernel.finished();
  });
  const readBack = await median(() => kernel.read());
  const copy = await deviceCopy(measured.device, kernel.bytesMoved());
  const walls: number[] = [];
  return {
    name,
    timed: {
      kernel: async (repeats) => {
        const { device: own, wall } = await kernel.measure(repeats);
        walls.push(wall / batch);
        return own ?? wall;
      },
      call: timedCalls(program, columns, batch),
      copy: async (repeats) => {
        const { device: own, wall } = await copy.measure(repeats);
        return own ?? wall;
      },
    },
    facts: {
      buildMs: built.buildMs,
      firstCallMs: built.firstCallMs,
      errors: built.errors,
      fusedMultiplyAdd: program.shaders.fusedMultiplyAdd,
    },
    hasDenormals,
    onDevice: (kernelSamples, copySamples) =>
      deviceTiming(measured, program, {
        uploadNsPerPoint: upload / batch,
        readBackNsPerPoint: readBack / batch,
        // The last ones are those of the rounds; before them things were warmed up.
        wallNsPerPoint: quantile(walls.slice(-kernelSamples.length), 0.5),
        bytesPerPoint: kernel.bytesMoved() / batch,
        kernel: quantile(kernelSamples, 0.5),
        copy: quantile(copySamples, 0.5),
      }),
    dispose: () => {
      kernel.dispose();
      copy.dispose();
      built.jacobian.dispose();
    },
  };
}

/** Calls, one after the other: row-major arrays in, row-major arrays out. */
function timedCalls(
  program: DeviceProgram,
  columns: readonly Float64Array[],
  batch: number,
): Timed {
  return async (repeats, clock) => {
    const before = clock();
    for (let k = 0; k < repeats; k += 1) await program.batch(columns, batch);
    return (clock() - before) / repeats;
  };
}

function deviceTiming(
  { device, arithmeticRate }: MeasuredDevice,
  { shaders, pipelineMs }: DeviceProgram,
  times: Pick<
    DeviceTiming,
    'uploadNsPerPoint' | 'readBackNsPerPoint' | 'wallNsPerPoint' | 'bytesPerPoint'
  > & { readonly kernel: number; readonly copy: number },
): DeviceTiming {
  const { kernel, copy, ...rest } = times;
  const arithmeticNsPerPoint = shaders.operations / arithmeticRate;
  // A copy of n bytes reads n and writes n; a kernel moves them once, inputs or outputs.
  const rooflineNsPerPoint = Math.max(copy / 2, arithmeticNsPerPoint);
  return {
    ...rest,
    adapter: adapterName(device.adapter),
    isSoftware: device.adapter.isSoftware,
    timestamps: device.hasTimestamps,
    workers: shaders.workers,
    kernels: shaders.kernels.length,
    dispatches: shaders.steps.length,
    operationsPerPoint: shaders.operations,
    pipelineMs,
    arithmeticNsPerPoint,
    rooflineNsPerPoint,
    rooflineShare: rooflineNsPerPoint / kernel,
  };
}
