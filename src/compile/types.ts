/**
 * The contract that every target shares: a Program in, batches of points through it.
 *
 * A compiled Program is run in three ways. `batch` takes and gives row-major arrays and copies into
 * the target's own layout and back (timings call it `call`). `prepare` gives a kernel whose buffers
 * are in that layout, so that what is run, and timed as `kernel`, is the computation alone.
 * `preparePoint` is the kernel of one point. All three give the same numbers, bit for bit, on every
 * run; where a target has vector code beside scalar code, equal to rounding between the two.
 */
import type { Program, Shape } from '../program/types.ts';
import type { Schedule } from './schedules.ts';
import type { ShaderOptions, ShaderProgram } from './shader.ts';
import type {
  AnyPrecision,
  Precision,
  ShaderPrecision,
  TargetDescription,
  TensorCode,
} from './target-description.ts';

export type { AnyPrecision, Precision, ShaderPrecision, TargetDescription, TensorCode };

/** Results: `Float64Array` under `f64`, `Float32Array` under `f32`. */
export type Numbers = Float64Array | Float32Array;

/** How a Program is compiled, whatever the target. */
export interface CompileOptions {
  /**
   * Keep every operation as the Program has it, on the same operands: not simplified, nothing fused.
   * When each is carried out is free, as nobody sees it.
   */
  readonly strict?: boolean;
  /**
   * Whether the Program is simplified first; unless `strict`, yes if left out. What an optimiser has
   * written is best left as it is; products and sums may still be fused.
   */
  readonly simplify?: boolean;
  /** `f64` if left out. */
  readonly precision?: Precision;
  /**
   * Whether a product and a sum may become one fused multiply-add, which rounds once, where the
   * engine has the instruction (relaxed SIMD); yes if left out. Never required.
   */
  readonly fusedMultiplyAdd?: boolean;
  /**
   * Whether a Program with axes becomes straight code on scalars or loops over its axes. What is
   * quicker where it is left out; a target that has one way only takes that one.
   */
  readonly tensors?: TensorCode;
  /**
   * In which order straight-line code computes, the same bits in every order; `by need` if left out.
   * Targets without `schedules` leave it to the engine, as do loops over tensors.
   */
  readonly schedule?: Schedule;
}

/** A compiled Program with buffers in the target's own layout. */
export interface ProgramKernel {
  /** Most points that fit. */
  readonly capacity: number;
  /**
   * Copies a batch into the kernel's buffers.
   * @param inputs one array an input, row-major `[count, …shape]`
   * @throws UserError `input-count`, `batch-length`, and `kernel-capacity` where count exceeds it
   */
  load(inputs: readonly ArrayLike<number>[], count: number): void;
  /** Computes all points that were loaded. No copies, no allocation. */
  run(): void;
  /** Copies what the last `run` computed: one new array an output, row-major `[count, …shape]`. */
  read(): Numbers[];
  /** Bytes of inputs that one `run` of the loaded points reads plus bytes of outputs it writes. */
  bytesMoved(): number;
  /** Frees the buffers; the kernel must not be used afterwards. */
  dispose(): void;
}

/** A compiled Program for one point, called in a loop: write `inputs`, `run()`, read `outputs`. */
export interface PointKernel {
  /** The elements of all inputs in a row; written by the caller. */
  readonly inputs: Numbers;
  /** The elements of all outputs in a row; overwritten by `run`. */
  readonly outputs: Numbers;
  /** Computes the point. No copies, no allocation. */
  run(): void;
}

/** A Program made ready to run. */
export interface CompiledProgram {
  /** Name of the target. */
  readonly target: string;
  readonly precision: Precision;
  /** Whether fused multiply-adds were used. */
  readonly fusedMultiplyAdd: boolean;
  /** Names of the inputs, in order. */
  readonly inputs: readonly string[];
  /** Names of the outputs, in order. */
  readonly outputs: readonly string[];
  /** Shape of each output. */
  readonly outputShapes: readonly Shape[];
  /** The generated code: text, or a binary module; what `export` writes. */
  readonly source: string | Uint8Array;
  /** How the generated code is called, for those who export it: a line or a few. */
  readonly usage: string;
  /**
   * Evaluates one point.
   * @param inputs the elements of all inputs in a row: one number an input of a scalar Program
   * @returns the elements of all outputs in a row
   * @throws UserError `input-count`
   */
  point(inputs: readonly number[]): number[];
  /**
   * Runs a batch.
   * @param inputs one array an input, row-major `[count, …shape]`
   * @param count number of points; each array has to hold as many
   * @returns one array an output, row-major `[count, …shape]`
   * @throws UserError `input-count`, `batch-length`
   */
  batch(inputs: readonly ArrayLike<number>[], count: number): Numbers[];
  /** A kernel for up to `capacity` points. */
  prepare(capacity: number): ProgramKernel;
  /** A kernel for one point. */
  preparePoint(): PointKernel;
  /** Frees what the target holds; the compiled program must not be used afterwards. */
  dispose(): void;
}

/** A target that computes where it is called, and returns when it is done. */
export interface Target extends TargetDescription {
  readonly kind: 'immediate';
  readonly precisions: readonly Precision[];
  /** Orders of statements that it can be told to keep. */
  readonly schedules?: readonly Schedule[];
  /** @throws UserError where the target can't run the Program. */
  compile(program: Program, options?: CompileOptions): CompiledProgram;
}

/**
 * A target that computes on a device. It generates code here, without one; src/execute runs it, and
 * every call there is awaited.
 */
export interface ShaderTarget extends TargetDescription {
  readonly kind: 'device';
  readonly precisions: readonly ShaderPrecision[];
  /** @throws UserError where the target can't run the Program. */
  generate(program: Program, options?: ShaderOptions): ShaderProgram;
}

/** A way of running Programs; one folder each, listed in targets.ts. */
export type AnyTarget = Target | ShaderTarget;
