/**
 * What a Program is as compute shaders: text, and how its kernels are run one after the other. Made
 * without a device, so it is exported as it is; src/execute runs it.
 *
 * A batch lies in tiles, one workgroup each: tile by tile, number by number, the points of a tile side
 * by side, so that neighbouring invocations touch neighbouring addresses and every number's place in a
 * tile is known when the shader is written. A tile is 64 points where an invocation computes a point,
 * and one point where a workgroup does. Bindings of group 0, all `array<f32>`s in
 * effect: 0 inputs, 1 outputs, 2 scratch (what crosses from one kernel to another), 3 the places that
 * one dispatch works on (uniform), 4 constants.
 */
import type { InputChecks } from './inputs.ts';
import type { Shape } from '../program/types.ts';
import type { AnyPrecision, ShaderPrecision, TensorCode } from './target-description.ts';

/** Who computes a point: one invocation all of it, or the invocations of a workgroup together. */
export type PointWorkers = 'invocation' | 'workgroup';

/** Points of a tile, which is a workgroup's. */
export const tilePointsOf: Readonly<Record<PointWorkers, number>> = {
  invocation: 64,
  workgroup: 1,
};

/**
 * Invocations of a workgroup: WebGPU guarantees 256, cards like multiples of 32. One that shares a point
 * has as few as that: the tensors of one point are small (docs/webgpu.md has measurements).
 */
export const groupInvocations: Readonly<Record<PointWorkers, number>> = {
  invocation: tilePointsOf.invocation,
  workgroup: 32,
};

/** Bytes of workgroup memory that WebGPU guarantees. */
export const leastWorkgroupBytes = 16_384;

/** A place of group 0. */
export const bindings = { inputs: 0, outputs: 1, scratch: 2, places: 3, constants: 4 } as const;

/** Name of a place of group 0. */
export type BindingName = keyof typeof bindings;

/** How shaders are generated. */
export interface ShaderOptions {
  /** Keep every operation as the Program has it: not simplified, no shared reciprocals. */
  readonly strict?: boolean;
  /** Whether the Program is simplified first; unless `strict`, yes if left out. */
  readonly simplify?: boolean;
  /** `f32` if left out. */
  readonly precision?: AnyPrecision;
  /** Use `fma`; only for devices whose `fma` rounds once (docs/webgpu.md). No if left out. */
  readonly fusedMultiplyAdd?: boolean;
  /** WGSL's own elementary functions instead of ours. No if left out. */
  readonly builtIns?: boolean;
  /** Whether a Program with axes becomes straight lines; up to a length if left out. */
  readonly tensors?: TensorCode;
  /**
   * Who computes a point of a Program that is too large for straight lines, where the target leaves it
   * open. `invocation` if left out.
   */
  readonly workers?: PointWorkers;
  /** Bytes of memory that the invocations of a workgroup share; `leastWorkgroupBytes` if left out. */
  readonly workgroupBytes?: number;
  /**
   * Most statements of one kernel, or, of loops, tensors that it reads and stores; longer Programs are
   * cut. `longestKernel` or `longestTensorKernel` if left out.
   */
  readonly longest?: number;
  /**
   * Terms of an equation of loops up to which an invocation does all elements of its point; beyond
   * that workgroups share them. `largestSerial` if left out.
   */
  readonly largestSerial?: number;
}

/** Length of the array of places, in vectors of four. */
export const placeVectors = (places: number): number => Math.max(1, Math.ceil(places / 4));

/** One kernel: a module with one entry point, `main`. */
export interface ShaderKernel {
  /** For messages: `RoeFlux_1d, part 2 of 3`. */
  readonly name: string;
  readonly code: string;
  /** What the code declares. */
  readonly bindings: readonly BindingName[];
}

/** One dispatch; x goes over tiles. */
export interface ShaderStep {
  /** Place in `kernels`. */
  readonly kernel: number;
  /** Workgroups a tile, in y; the kernel loops where a device allows fewer. */
  readonly groups: number;
  /** Numbers for the binding `places`; none where the kernel has no such binding. */
  readonly places: readonly number[];
}

/** A Program as shaders. */
export interface ShaderProgram {
  /** Name of the Program. */
  readonly name: string;
  /** Name of the target. */
  readonly target: string;
  /** What inputs, outputs and all operations but elementary functions are in. */
  readonly precision: ShaderPrecision;
  /** Whether `fma` occurs, and has to round once. */
  readonly fusedMultiplyAdd: boolean;
  readonly workers: PointWorkers;
  /** Whether the option `workers` decided that, so that another would have given other shaders. */
  readonly workersChosen: boolean;
  /** Points of a tile. */
  readonly tilePoints: number;
  readonly checks: InputChecks;
  readonly outputs: readonly string[];
  readonly outputShapes: readonly Shape[];
  /** Elements of each output. */
  readonly outputLengths: readonly number[];
  /** Numbers a point in the binding of this name. */
  readonly inputTotal: number;
  readonly outputTotal: number;
  readonly scratchTotal: number;
  readonly constants: readonly number[];
  readonly kernels: readonly ShaderKernel[];
  readonly steps: readonly ShaderStep[];
  /** Arithmetic a point: operations on reals, integers and masks, without guarded routines. */
  readonly operations: number;
}

/** How the exported text is run, for people. */
export function shaderUsage({ tilePoints, precision }: ShaderProgram): string {
  return [
    `compute shaders, entry point main; dispatch (tiles, groups as the head says), a tile is ${pointsText(tilePoints)}`,
    'bindings of group 0: 0 inputs, 1 outputs, 2 scratch, 3 places (uniform), 4 constants',
    `numbers in tiles: for each number of the inputs (outputs) in order, ${tilePoints} ${precision} side by side`,
  ].join('\n');
}

const pointsText = (count: number): string => (count === 1 ? 'one point' : `${count} points`);

/** All kernels in one text, for export: each in turn, with its name above it. */
export function shaderText({ kernels, steps, tilePoints }: ShaderProgram): string {
  const order = steps.map(({ kernel, groups, places }) => {
    const at = places.length === 0 ? '' : `, places ${places.join(' ')}`;
    return `//   kernel ${kernel}, workgroups (tiles, ${groups})${at}`;
  });
  return [
    `// Compute shaders written by crosscountry. A workgroup is a tile of ${pointsText(tilePoints)}.`,
    ...(steps.length > 1 ? ['// Dispatches, in this order:', ...order] : []),
    ...kernels.flatMap(({ name, code }, index) => [
      '',
      `// kernel ${index}: ${name.replaceAll(/[\r\n\u2028\u2029]/g, ' ')}`,
      code,
    ]),
    '',
  ].join('\n');
}
