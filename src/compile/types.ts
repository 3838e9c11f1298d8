/** The contract that every target shares: a Program in, batches of points through it. */
import type { Program } from '../program/types.ts';

/** How a Program is compiled, whatever the target. */
export interface CompileOptions {
  /** Keep every operation as the Program has it, in its order: no simplification. */
  readonly strict?: boolean;
}

/** A Program made ready to run. Results are bit-equal from run to run. */
export interface CompiledProgram {
  /** Name of the target. */
  readonly target: string;
  /** Names of the inputs, in order. */
  readonly inputs: readonly string[];
  /** Names of the outputs, in order. */
  readonly outputs: readonly string[];
  /** The generated code, for readers and for `export`. */
  readonly source: string;
  /**
   * Runs a batch.
   * @param inputs one array an input, row-major `[count, …shape]`
   * @param count number of points; each array has to hold as many
   * @returns one array an output, row-major `[count, …shape]`
   */
  batch(inputs: readonly ArrayLike<number>[], count: number): Float64Array[];
  /** Frees what the target holds; the compiled program must not be used afterwards. */
  dispose(): void;
}

/** A way of running Programs; one folder each, listed in targets.ts. */
export interface Target {
  readonly name: string;
  /** One line for help texts. */
  readonly summary: string;
  /** @throws UserError where the target can't run the Program. */
  compile(program: Program, options?: CompileOptions): CompiledProgram;
}
