/**
 * Programs as WGSL: `generateFused`, one invocation a point, in straight-line code where the Program is
 * short enough for that and else in loops over axes, and `generateUnfused`, one kernel an equation.
 * Single precision.
 */
import { elementCount, hasTensors } from '../../program/shapes.ts';
import { simplify } from '../../program/simplify.ts';
import type { Program } from '../../program/types.ts';
import { InputChecks, requirePrecision } from '../inputs.ts';
import { scalarsOf } from '../scalars.ts';
import type { ShaderOptions, ShaderProgram } from '../shader.ts';
import { shapeOf, takesTensors } from '../shapes.ts';
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

function requireSingle({ precision = 'f32' }: ShaderOptions): void {
  requirePrecision({ name: 'webgpu', precisions: ['f32'] }, precision);
}

type Generated = Pick<
  ShaderProgram,
  'kernels' | 'steps' | 'scratchTotal' | 'constants' | 'operations'
>;

/**
 * One invocation a point; of tensors too large for that, in as few kernels as they can be joined to.
 * @throws UserError `target-precision` where another than f32 is asked for
 */
export function generateFused(program: Program, options: ShaderOptions = {}): ShaderProgram {
  requireSingle(options);
  const { strict = false, fusedMultiplyAdd = false, builtIns = false } = options;
  const { simplify: simplified = !strict } = options;
  const { tensors, longest } = options;
  const largest = tensors === 'unrolled' ? Infinity : largestFused;
  const scalars =
    tensors === 'loops' && takesTensors(program)
      ? undefined
      : scalarsOf(program, { precision: 'f32', strict, simplified, largest });
  if (scalars === undefined) {
    const limits = {
      largestSerial: options.largestSerial ?? largestSerial,
      longestKernel: longest ?? longestTensorKernel,
    };
    const joined = (each: Program) => partitionJoined(each, limits);
    const shaders = tensorShaders(simplified ? simplify(program) : program, joined, {
      fused: fusedMultiplyAdd,
      builtIns,
    });
    return described('webgpu', program, fusedMultiplyAdd, shaders);
  }
  // Every elementary function is a function of the shader: it is in there once.
  const lanes = lowerWithCalls(scalars, { precision: 'f32', fused: fusedMultiplyAdd }, 0);
  const shaders = fusedShaders(lanes, { builtIns, longest: longest ?? longestKernel });
  const operations = operationCount(lanes);
  return described('webgpu', program, fusedMultiplyAdd, { ...shaders, constants: [], operations });
}

/**
 * One kernel an equation; of a Program without axes, an operation on numbers each.
 * @throws UserError `target-precision` where another than f32 is asked for
 */
export function generateUnfused(program: Program, options: ShaderOptions = {}): ShaderProgram {
  requireSingle(options);
  const { strict = false, fusedMultiplyAdd = false, builtIns = false } = options;
  const { simplify: simplified = !strict } = options;
  const scalars = hasTensors(program)
    ? undefined
    : scalarsOf(program, { precision: 'f32', strict, simplified, largest: Infinity });
  const prepared = scalars ?? (simplified ? simplify(program) : program);
  const shaders = tensorShaders(prepared, partitionSingly, { fused: fusedMultiplyAdd, builtIns });
  return described('wgsl-unfused', program, fusedMultiplyAdd, shaders);
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
    checks,
    outputs: program.outputs.map(({ name }) => name),
    outputShapes,
    outputLengths,
    inputTotal: checks.total,
    outputTotal: outputLengths.reduce((sum, length) => sum + length, 0),
    ...generated,
  };
}
