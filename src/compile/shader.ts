/**
 * What a Program is as compute shaders: text, and how its kernels are run one after the other. Made
 * without a device, so it is exported as it is; src/execute runs it.
 *
 * A batch lies in tiles of 64 points, one workgroup each: tile by tile, number by number, 64 points
 * side by side, so that neighbouring invocations touch neighbouring addresses and every number's
 * place in a tile is known when the shader is written. Bindings of group 0, all `array<f32>`s in
 * effect: 0 inputs, 1 outputs, 2 scratch (what crosses from one kernel to another), 3 the places that
 * one dispatch works on (uniform), 4 constants.
 */
import type { InputChecks } from './inputs.ts';
import type { Shape } from '../program/types.ts';
import type { Precision, TensorCode } from './target-description.ts';

/** Points of a tile, and invocations of a workgroup: WebGPU guarantees 256, hardware likes 32 or 64. */
export const tilePoints = 64;

/** Tiles that hold so many points. */
export function tilesFor(points: number): number {
  return Math.ceil(points / tilePoints);
}

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
  /** `f32`, the one there is, if left out. */
  readonly precision?: Precision;
  /** Use `fma`; only for devices whose `fma` rounds once (docs/webgpu.md). No if left out. */
  readonly fusedMultiplyAdd?: boolean;
  /** WGSL's own elementary functions instead of ours. No if left out. */
  readonly builtIns?: boolean;
  /** Whether a Program with axes becomes straight lines; up to a length if left out. */
  readonly tensors?: TensorCode;
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
  /** Whether `fma` occurs, and has to round once. */
  readonly fusedMultiplyAdd: boolean;
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
export const shaderUsage = [
  'compute shaders, entry point main; dispatch (tiles, groups as the head says), a tile is 64 points',
  'bindings of group 0: 0 inputs, 1 outputs, 2 scratch, 3 places (uniform), 4 constants',
  'numbers in tiles: for each number of the inputs (outputs) in order, 64 f32 side by side',
].join('\n');

/** All kernels in one text, for export: each in turn, with its name above it. */
export function shaderText({ kernels, steps }: ShaderProgram): string {
  const order = steps.map(({ kernel, groups, places }) => {
    const at = places.length === 0 ? '' : `, places ${places.join(' ')}`;
    return `//   kernel ${kernel}, workgroups (tiles, ${groups})${at}`;
  });
  return [
    '// Compute shaders written by crosscountry. A workgroup is a tile of 64 points.',
    ...(steps.length > 1 ? ['// Dispatches, in this order:', ...order] : []),
    ...kernels.flatMap(({ name, code }, index) => [
      '',
      `// kernel ${index}: ${name.replaceAll(/[\r\n\u2028\u2029]/g, ' ')}`,
      code,
    ]),
    '',
  ].join('\n');
}
