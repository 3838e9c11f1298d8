/** Instances of a generated module with buffers in their memory. */
import { UserError } from '../../support/user-error.ts';
import { type InputChecks, requireCapacity } from '../inputs.ts';
import type { Numbers, PointKernel, Precision, ProgramKernel } from '../types.ts';
import { type EngineModule, instantiateModule, pageBytes } from './engine.ts';
import { tilePoints, tilesFor } from './tiles.ts';

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

/** Bytes that 32-bit addresses reach. */
const largestMemory = 2 ** 32;

/** Points that are repacked at a time: row-major and in tiles they stay in the cache. */
const repackedPoints = 512;

/** An instance with room for inputs and outputs of so many points, and views of that room. */
function instantiate<Name extends string>(
  compiled: CompiledModule,
  names: readonly Name[],
  { points, stagedNumbers }: { readonly points: number; readonly stagedNumbers: number },
) {
  const { module, bufferStart, precision, checks, outputTotal } = compiled;
  const bytes = bytesOf(precision);
  const exports = instantiateModule(module, names);
  const { memory } = exports;
  const outputsAt = bufferStart + points * checks.total * bytes;
  const stagingAt = outputsAt + points * outputTotal * bytes;
  const end = stagingAt + stagedNumbers * bytes;
  if (end > largestMemory) {
    throw new UserError({
      code: 'target-memory',
      message: `${points} points need ${(end / 2 ** 30).toFixed(1)} GiB of memory, WebAssembly has 4; run fewer at a time`,
    });
  }
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
    stagingAt,
    inputs: view(bufferStart, points * checks.total),
    outputs: view(outputsAt, points * outputTotal),
    staging: view(stagingAt, stagedNumbers),
  };
}

/** Arrays for the results of so many points. */
export function newResults({ precision, outputLengths }: CompiledModule, count: number): Numbers[] {
  return outputLengths.map((length) =>
    precision === 'f64' ? new Float64Array(count * length) : new Float32Array(count * length),
  );
}

/** Which points of row-major arrays are meant; in tiles they are the first ones. */
export interface PointRange {
  readonly first: number;
  readonly count: number;
}

/** A kernel that can also be loaded from, and read to, the middle of larger arrays. */
export class TileKernel implements ProgramKernel {
  readonly capacity: number;
  readonly #compiled: CompiledModule;
  readonly #instance: ReturnType<typeof instantiate<'run' | 'pack' | 'unpack'>>;
  #loaded = 0;

  /** Buffers for up to `capacity` points. */
  constructor(compiled: CompiledModule, capacity: number) {
    const points = tilesFor(capacity) * tilePoints;
    const widest = Math.max(1, ...compiled.checks.lengths, ...compiled.outputLengths);
    this.capacity = capacity;
    this.#compiled = compiled;
    this.#instance = instantiate(compiled, ['run', 'pack', 'unpack'], {
      points,
      stagedNumbers: widest * Math.min(points, repackedPoints),
    });
  }

  load(inputs: readonly ArrayLike<number>[], count: number): void {
    this.#compiled.checks.requireBatch(inputs, count);
    this.loadRange(inputs, { first: 0, count });
  }

  /** Loads some points of arrays that are known to hold them. */
  loadRange(inputs: readonly ArrayLike<number>[], { first, count }: PointRange): void {
    requireCapacity(count, this.capacity);
    for (let start = 0; start < count; start += repackedPoints) {
      const points = Math.min(repackedPoints, count - start);
      this.#packPoints(inputs, first + start, start, points);
    }
    this.#loaded = count;
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
    for (let start = 0; start < this.#loaded; start += repackedPoints) {
      const points = Math.min(repackedPoints, this.#loaded - start);
      this.#unpackPoints(results, first + start, start, points);
    }
  }

  bytesMoved(): number {
    const { precision, checks, outputTotal } = this.#compiled;
    const points = tilesFor(this.#loaded) * tilePoints;
    return points * (checks.total + outputTotal) * bytesOf(precision);
  }

  dispose(): void {
    // The instance and its memory go when nothing refers to the kernel any more.
  }

  /**
   * Points `from` … of the arrays to the tiles from point `to` on. The last tile is filled up with
   * its last point, so that what is computed there takes no slow way that no point of the batch takes.
   */
  #packPoints(
    columns: readonly ArrayLike<number>[],
    from: number,
    to: number,
    count: number,
  ): void {
    const { exports, inputsAt, stagingAt, staging } = this.#instance;
    const { precision, checks } = this.#compiled;
    const bytes = bytesOf(precision);
    const tiles = tilesFor(count);
    const tileBytes = checks.total * tilePoints * bytes;
    const tileAt = inputsAt + (to / tilePoints) * tileBytes;
    let row = 0;
    columns.forEach((column, index) => {
      const length = checks.lengths[index] ?? 1;
      copyNumbers(staging, column, from * length, count * length);
      for (let end = count; end < tiles * tilePoints; end += 1) {
        staging.copyWithin(end * length, (count - 1) * length, count * length);
      }
      for (let element = 0; element < length; element += 1) {
        const rowAt = tileAt + row * tilePoints * bytes;
        exports.pack(tiles, stagingAt + element * bytes, length * bytes, rowAt, tileBytes);
        row += 1;
      }
    });
  }

  /** Points of the tiles from point `from` on to the places `to` … of the arrays. */
  #unpackPoints(columns: readonly Numbers[], to: number, from: number, count: number): void {
    const { exports, outputsAt, stagingAt, staging } = this.#instance;
    const { precision, outputLengths, outputTotal } = this.#compiled;
    const bytes = bytesOf(precision);
    const tileBytes = outputTotal * tilePoints * bytes;
    const tileAt = outputsAt + (from / tilePoints) * tileBytes;
    let row = 0;
    columns.forEach((column, index) => {
      const length = outputLengths[index] ?? 1;
      for (let element = 0; element < length; element += 1) {
        const rowAt = tileAt + row * tilePoints * bytes;
        const target = stagingAt + element * bytes;
        exports.unpack(tilesFor(count), rowAt, tileBytes, target, length * bytes);
        row += 1;
      }
      column.set(staging.subarray(0, count * length), to * length);
    });
  }
}

/** `target[k] = source[start + k]` for `length` numbers. */
function copyNumbers(
  target: Numbers,
  source: ArrayLike<number>,
  start: number,
  length: number,
): void {
  if (source instanceof Float64Array || source instanceof Float32Array) {
    target.set(source.subarray(start, start + length));
    return;
  }
  for (let k = 0; k < length; k += 1) target[k] = source[start + k] ?? NaN;
}

/** A kernel for one point. */
export function pointKernel(compiled: CompiledModule): PointKernel {
  const { exports, inputsAt, outputsAt, inputs, outputs } = instantiate(compiled, ['point'], {
    points: 1,
    stagedNumbers: 0,
  });
  return {
    inputs,
    outputs,
    run: () => {
      exports.point(inputsAt, outputsAt);
    },
  };
}
