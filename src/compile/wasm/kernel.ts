/** Instances of a generated module with buffers in their memory. */
import { type InputChecks, requireCapacity } from '../inputs.ts';
import type { Numbers, PointKernel, Precision, ProgramKernel } from '../types.ts';
import { type EngineModule, instantiateModule, pageBytes } from './engine.ts';
import { packTiles, type PointRange, tilePoints, tilesFor, unpackTiles } from './tiles.ts';

/** What all instances of a module share. */
export interface CompiledModule {
  readonly module: EngineModule;
  /** First byte of the memory that belongs to the caller. */
  readonly bufferStart: number;
  readonly precision: Precision;
  readonly checks: InputChecks;
  /** Elements of each output. */
  readonly outputLengths: readonly number[];
  /** Elements of all outputs. */
  readonly outputTotal: number;
}

/** Bytes of a number. */
export function bytesOf(precision: Precision): 4 | 8 {
  return precision === 'f64' ? 8 : 4;
}

/** An instance with room for inputs and outputs of so many points, and views of that room. */
function instantiate(compiled: CompiledModule, points: number) {
  const { module, bufferStart, precision, checks, outputTotal } = compiled;
  const bytes = bytesOf(precision);
  const exports = instantiateModule(module, ['run', 'point']);
  const { memory } = exports;
  const outputsAt = bufferStart + points * checks.total * bytes;
  const end = outputsAt + points * outputTotal * bytes;
  const missing = Math.ceil((end - memory.buffer.byteLength) / pageBytes);
  // Growing detaches views, so it comes before them and never again.
  if (missing > 0) memory.grow(missing);
  const view = (start: number, length: number): Numbers =>
    precision === 'f64'
      ? new Float64Array(memory.buffer, start, length)
      : new Float32Array(memory.buffer, start, length);
  return {
    exports,
    inputsAt: bufferStart,
    outputsAt,
    inputs: view(bufferStart, points * checks.total),
    outputs: view(outputsAt, points * outputTotal),
  };
}

/** Arrays for the results of so many points. */
export function newResults({ precision, outputLengths }: CompiledModule, count: number): Numbers[] {
  return outputLengths.map((length) =>
    precision === 'f64' ? new Float64Array(count * length) : new Float32Array(count * length),
  );
}

/** A kernel that can also be loaded from, and read to, the middle of larger arrays. */
export class TileKernel implements ProgramKernel {
  readonly capacity: number;
  readonly #compiled: CompiledModule;
  readonly #instance: ReturnType<typeof instantiate>;
  #loaded = 0;

  /** Buffers for up to `capacity` points. */
  constructor(compiled: CompiledModule, capacity: number) {
    this.capacity = capacity;
    this.#compiled = compiled;
    this.#instance = instantiate(compiled, tilesFor(capacity) * tilePoints);
  }

  load(inputs: readonly ArrayLike<number>[], count: number): void {
    this.#compiled.checks.requireBatch(inputs, count);
    this.loadRange(inputs, { first: 0, count });
  }

  /** Loads some points of arrays that are known to hold them. */
  loadRange(inputs: readonly ArrayLike<number>[], range: PointRange): void {
    requireCapacity(range.count, this.capacity);
    packTiles(this.#instance.inputs, inputs, this.#compiled.checks.lengths, range);
    this.#loaded = range.count;
  }

  run(): void {
    const { exports, inputsAt, outputsAt } = this.#instance;
    exports.run(tilesFor(this.#loaded), inputsAt, outputsAt);
  }

  read(): Numbers[] {
    const results = newResults(this.#compiled, this.#loaded);
    this.readRange(results, 0);
    return results;
  }

  /** Copies the points that were loaded to their places from `first` on. */
  readRange(results: readonly Numbers[], first: number): void {
    const range = { first, count: this.#loaded };
    unpackTiles(this.#instance.outputs, results, this.#compiled.outputLengths, range);
  }

  bytesMoved(): number {
    const { precision, checks, outputTotal } = this.#compiled;
    const points = tilesFor(this.#loaded) * tilePoints;
    return points * (checks.total + outputTotal) * bytesOf(precision);
  }

  dispose(): void {
    // The instance and its memory go when nothing refers to the kernel any more.
  }
}

/** A kernel for one point. */
export function pointKernel(compiled: CompiledModule): PointKernel {
  const { exports, inputsAt, outputsAt, inputs, outputs } = instantiate(compiled, 1);
  return {
    inputs,
    outputs,
    run: () => {
      exports.point(inputsAt, outputsAt);
    },
  };
}
