/**
 * Programs as WGSL: `generateFused`, in straight-line code, one invocation a point, where the Program is
 * short enough for that, and else in loops over axes, by one invocation or one workgroup a point, and
 * `generateUnfused`, one kernel an equation. Single precision; the first in half precision too.
 */
import { elementCount, hasTensors } from '../../program/shapes.ts';
import { simplify } from '../../program/simplify.ts';
import type { Program } from '../../program/types.ts';
import { InputChecks, requirePrecision } from '../inputs.ts';
import { scalarsOf } from '../scalars.ts';
import {
  leastWorkgroupBytes,
  type PointWorkers,
  type ShaderOptions,
  type ShaderProgram,
  tilePointsOf,
} from '../shader.ts';
import { shapeOf, takesTensors } from '../shapes.ts';
import type { ShaderPrecision } from '../target-description.ts';
import { lowerWithCalls } from '../outline/outline.ts';
import { fusedShaders } from './fused.ts';
import { operationCount } from './operation-count.ts';
import { tensorShaders } from './tensors/generate.ts';
import { partitionJoined, partitionSingly } from './tensors/partition.ts';

/** Statements of one kernel: longer Programs are cut (docs/webgpu.md has the measurement). */
export const longestKernel = 1000;

/**
 * Operations on elements up to which a Program of tensors is unrolled. Beyond that straight lines
 * need more memory accesses than a shader compiler takes, and there are loops.
 */
export const largestFused = 2000;

/**
 * Terms of an equation up to which an invocation does its elements one after the other. A buffer of
 * 1 GiB holds such a result for 65,536 points, a thousand workgroups, which a card can work on at once;
 * of larger results there are too few points.
 */
export const largestSerial = 4096;

/** Tensors that one kernel of loops reads and stores: longer ones take too long to compile. */
export const longestTensorKernel = 100;

/** @throws UserError `target-precision` where another than `precisions` is asked for */
function precisionFor(
  name: string,
  precisions: readonly ShaderPrecision[],
  { precision = 'f32' }: ShaderOptions,
): ShaderPrecision {
  requirePrecision({ name, precisions }, precision);
  return precision === 'f16' ? 'f16' : 'f32';
}

type Generated = Pick<
  ShaderProgram,
  | 'kernels'
  | 'steps'
  | 'scratchTotal'
  | 'constants'
  | 'operations'
  | 'workers'
  | 'workersChosen'
  | 'precision'
>;

/**
 * In as few kernels as there can be. An invocation computes a point in straight lines where the Program
 * is short enough for them; else the option `workers` says who does, in single precision. In half
 * precision only elementary functions and roots are computed in single, and rounded.
 * @throws UserError `target-precision` where another than f32 or f16 is asked for
 */
export function generateFused(program: Program, options: ShaderOptions = {}): ShaderProgram {
  const precision = precisionFor('webgpu', ['f32', 'f16'], options);
  // A point of halves may end between two words, where no other workgroup may write.
  const chosen = precision === 'f32';
  const { workers = 'invocation' } = chosen ? options : {};
  return fusedBy('webgpu', program, options, { workers, chosen, precision });
}

/**
 * The same with one invocation a point.
 * @throws UserError `target-precision` where another than f32 is asked for
 */
export function generateByInvocations(
  program: Program,
  options: ShaderOptions = {},
): ShaderProgram {
  const precision = precisionFor('wgsl-invocation', ['f32'], options);
  return fusedBy('wgsl-invocation', program, options, {
    workers: 'invocation',
    chosen: false,
    precision,
  });
}

/**
 * The same with one workgroup a point, whatever the Program is.
 * @throws UserError `target-precision` where another than f32 is asked for
 */
export function generateByWorkgroups(program: Program, options: ShaderOptions = {}): ShaderProgram {
  const precision = precisionFor('wgsl-workgroup', ['f32'], options);
  return fusedBy('wgsl-workgroup', program, options, {
    workers: 'workgroup',
    chosen: false,
    precision,
  });
}

function fusedBy(
  target: string,
  program: Program,
  options: ShaderOptions,
  {
    workers,
    chosen,
    precision,
  }: {
    readonly workers: PointWorkers;
    readonly chosen: boolean;
    readonly precision: ShaderPrecision;
  },
): ShaderProgram {
  const { strict = false, builtIns = false, tensors, longest } = options;
  // Whether `fma` rounds once is tried in single precision only.
  const fusedMultiplyAdd = options.fusedMultiplyAdd === true && precision === 'f32';
  const { simplify: simplified = !strict } = options;
  const largest = tensors === 'unrolled' ? Infinity : largestFused;
  const isShared = workers === 'workgroup';
  const inLoops = (isShared && !chosen) || (tensors === 'loops' && takesTensors(program));
  const scalars = inLoops
    ? undefined
    : scalarsOf(program, { precision, strict, simplified, largest });
  if (scalars === undefined) {
    const prepared = simplified ? simplify(program) : program;
    const limits = {
      // A workgroup shares the elements of any nest.
      largestSerial: isShared ? Infinity : (options.largestSerial ?? largestSerial),
      longestKernel: longest ?? longestTensorKernel,
    };
    const shaders = tensorShaders(prepared, (each) => partitionJoined(each, limits), {
      ...{ fused: fusedMultiplyAdd, builtIns, workers, precision },
      mostHeld: Math.floor((options.workgroupBytes ?? leastWorkgroupBytes) / 4),
    });
    return described(target, program, fusedMultiplyAdd, {
      ...shaders,
      ...{ workers, workersChosen: chosen, precision },
    });
  }
  // Every elementary function is a function of the shader: it is in there once.
  const lanes = lowerWithCalls(scalars, { precision: 'f32', fused: fusedMultiplyAdd }, 0);
  const shaders = fusedShaders(lanes, { builtIns, precision, longest: longest ?? longestKernel });
  const operations = operationCount(lanes);
  return described(target, program, fusedMultiplyAdd, {
    ...shaders,
    ...{ constants: [], operations, precision, workers: 'invocation', workersChosen: false },
  });
}

/**
 * One kernel an equation; of a Program without axes, an operation on numbers each.
 * @throws UserError `target-precision` where another than f32 is asked for
 */
export function generateUnfused(program: Program, options: ShaderOptions = {}): ShaderProgram {
  const precision = precisionFor('wgsl-unfused', ['f32'], options);
  const { strict = false, fusedMultiplyAdd = false, builtIns = false } = options;
  const { simplify: simplified = !strict } = options;
  const scalars = hasTensors(program)
    ? undefined
    : scalarsOf(program, { precision, strict, simplified, largest: Infinity });
  const prepared = scalars ?? (simplified ? simplify(program) : program);
  const workers = 'invocation';
  const shaders = tensorShaders(prepared, partitionSingly, {
    ...{ fused: fusedMultiplyAdd, builtIns, workers, precision },
    mostHeld: 0,
  });
  return described('wgsl-unfused', program, fusedMultiplyAdd, {
    ...shaders,
    ...{ workers, workersChosen: false, precision },
  });
}

function described(
  target: string,
  program: Program,
  fusedMultiplyAdd: boolean,
  generated: Generated,
): ShaderProgram {
  const checks = new InputChecks(program);
  const outputShapes = program.outputs.map(({ operand }) => shapeOf(program, operand));
  const outputLengths = outputShapes.map(elementCount);
  return {
    name: program.name,
    target,
    fusedMultiplyAdd,
    tilePoints: tilePointsOf[generated.workers],
    checks,
    outputs: program.outputs.map(({ name }) => name),
    outputShapes,
    outputLengths,
    inputTotal: checks.total,
    outputTotal: outputLengths.reduce((sum, length) => sum + length, 0),
    ...generated,
  };
}
