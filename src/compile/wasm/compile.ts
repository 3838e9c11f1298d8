/**
 * The WebAssembly target: vectors of two doubles or four floats, the batch in tiles of 16 points.
 * The module is written straight as bytes; nothing but the engine is needed to run it.
 */
import { elementCount } from '../../program/shapes.ts';
import { simplify } from '../../program/simplify.ts';
import type { Program } from '../../program/types.ts';
import { once } from '../../support/once.ts';
import { UserError } from '../../support/user-error.ts';
import { InputChecks } from '../inputs.ts';
import { formatOf } from '../lanes/format.ts';
import type { LaneOptions } from '../lanes/types.ts';
import { type Schedule, schedules } from '../schedules.ts';
import { shareReciprocals } from '../share-reciprocals.ts';
import { shapeOf } from '../shapes.ts';
import type {
  CompiledProgram,
  CompileOptions,
  Numbers,
  PointKernel,
  Precision,
  Target,
} from '../types.ts';
import { compileModule } from './engine.ts';
import { hasFusedMultiplyAdd, hasVectors } from './features.ts';
import { type GeneratedModule, generateWasm, type ModuleEntry } from './generate.ts';
import { bytesOf, type CompiledModule, newResults, pointKernel, TileKernel } from './kernel.ts';
import { generateLoops } from './loops/generate.ts';
import { lowerForPoint, lowerWithCalls } from '../outline/outline.ts';
import { tilePoints } from './tiles.ts';
import { quickerCode, scalarProgram } from './unrolling.ts';

/** A Program as a WebAssembly module. */
export interface CompiledWasm extends CompiledProgram {
  readonly target: 'wasm';
  /** The module of tiles and points; src/compile/wasm/generate.ts says what it exports. */
  readonly source: Uint8Array<ArrayBuffer>;
  /** The module that batches run in. */
  readonly tilesSource: Uint8Array<ArrayBuffer>;
}

/** Most points that `batch` has in its kernel at a time: inputs and outputs stay in the cache. */
const chunkPoints = 512;

/** Bytes of inputs and outputs that `batch` has in its kernel at a time, beyond one tile of points. */
const chunkBytes = 2 ** 25;

/** Points that `batch` has in its kernel at a time, whole tiles of them. */
function chunkOf({ precision, checks, outputTotal }: CompiledModule): number {
  const points = chunkBytes / ((checks.total + outputTotal) * bytesOf(precision));
  return Math.min(chunkPoints, tilePoints * Math.max(1, Math.floor(points / tilePoints)));
}

/**
 * Compiles a Program to WebAssembly, simplified first unless `strict` or told not to.
 * @throws UserError `target-missing` where the engine has no vectors, `target-size` where a Program
 *   is asked to be unrolled that is too large for it; `batch` and `point` throw `input-count` and
 *   `batch-length`
 */
export function compileWasm(program: Program, options: CompileOptions = {}): CompiledWasm {
  const { strict = false, precision = 'f64', fusedMultiplyAdd = true } = options;
  const { simplify: simplified = !strict } = options;
  if (!hasVectors()) {
    throw new UserError({
      code: 'target-missing',
      message: 'This engine has no WebAssembly with vectors (SIMD); use the target js',
    });
  }
  const fused = fusedMultiplyAdd && !strict && hasFusedMultiplyAdd();
  const checks = new InputChecks(program);
  const outputShapes = program.outputs.map(({ operand }) => shapeOf(program, operand));
  const { schedule } = options;
  const generate = generatorOf(
    program,
    { precision, fused, strict, simplified, schedule },
    options.tensors,
  );
  const { bytes, bufferStart } = generate(['tiles']);
  const outputLengths = outputShapes.map(elementCount);
  const outputTotal = outputLengths.reduce((sum, length) => sum + length, 0);
  const layout = { precision, checks, outputLengths, outputTotal };
  const compiled = { ...layout, module: compileModule(bytes), bufferStart };
  const whole = once(() => generate(['tiles', 'point']));
  // Code of one point is a module of its own, made when it is asked for.
  const compiledPoint = once(() => {
    const made = generate(['point']);
    return { ...layout, module: compileModule(made.bytes), bufferStart: made.bufferStart };
  });
  let ownKernel: TileKernel | undefined;
  let ownPoint: PointKernel | undefined;
  return {
    target: 'wasm',
    precision,
    fusedMultiplyAdd: fused,
    inputs: checks.names,
    outputs: program.outputs.map(({ name }) => name),
    outputShapes,
    tilesSource: bytes,
    get source() {
      return whole().bytes;
    },
    get usage() {
      return [
        `exports memory, run(tiles, inputs, outputs) and point(inputs, outputs); addresses are yours from byte ${whole().bufferStart} on`,
        `a tile holds 16 points: for each number of the inputs (outputs) in order, 16 ${precision} side by side`,
        'names, shapes and the first free byte stand as JSON in the custom section "crosscountry"',
      ].join('\n');
    },
    point: (point) => {
      checks.requirePoint(point);
      ownPoint ??= pointKernel(compiledPoint());
      return runPoint(ownPoint, point);
    },
    batch: (columns, count) => {
      checks.requireBatch(columns, count);
      ownKernel ??= new TileKernel(compiled, chunkOf(compiled));
      return runInChunks(compiled, ownKernel, columns, count);
    },
    prepare: (capacity) => new TileKernel(compiled, capacity),
    preparePoint: () => pointKernel(compiledPoint()),
    dispose: () => {
      ownKernel = undefined;
      ownPoint = undefined;
    },
  };
}

/** What a module says of itself. */
function description(program: Program, precision: Precision, bufferStart: number): string {
  return JSON.stringify({
    name: program.name,
    precision,
    tilePoints,
    bufferStart,
    inputs: program.inputs.map(({ name, type: { shape } }) => ({ name, shape })),
    outputs: program.outputs.map(({ name, operand }) => ({
      name,
      shape: shapeOf(program, operand),
    })),
  });
}

/** Makes modules with the entries that are asked for. */
type ModuleGenerator = (entries: readonly ModuleEntry[]) => GeneratedModule;

/** Modules of a Program, unrolled to scalars or with loops; those of loops have all entries. */
function generatorOf(
  program: Program,
  options: LaneOptions & {
    readonly strict: boolean;
    readonly simplified: boolean;
    readonly schedule: Schedule | undefined;
  },
  tensors = quickerCode(program),
): ModuleGenerator {
  const { precision, strict, simplified, schedule } = options;
  const describe = (start: number): string => description(program, precision, start);
  if (tensors === 'unrolled') {
    const scalars = scalarProgram(program, precision, { strict, simplified });
    const tiles = lowerWithCalls(scalars, options);
    const point = once(() => lowerForPoint(scalars, options, tiles));
    return (entries) =>
      generateWasm(tiles, {
        entries,
        describe,
        schedule,
        ...(entries.includes('point') ? { point: point() } : {}),
      });
  }
  const prepared = simplified ? simplify(program) : program;
  const { smallestNormal } = formatOf(precision);
  const shared = strict ? prepared : shareReciprocals(prepared, smallestNormal);
  return once(() => generateLoops(shared, options, describe));
}

/**
 * One point through a kernel. Loops, because `set` of an array and a spread of a typed array take
 * several times as long as the computation.
 */
function runPoint(kernel: PointKernel, point: readonly number[]): number[] {
  const { inputs, outputs } = kernel;
  const { length } = outputs;
  for (let k = 0; k < inputs.length; k += 1) inputs[k] = point[k] ?? NaN;
  kernel.run();
  const results = new Array<number>(length);
  for (let k = 0; k < length; k += 1) results[k] = outputs[k] ?? NaN;
  return results;
}

/** A batch through a kernel that holds a part of it at a time. */
function runInChunks(
  compiled: CompiledModule,
  kernel: TileKernel,
  columns: readonly ArrayLike<number>[],
  count: number,
): Numbers[] {
  const results = newResults(compiled, count);
  for (let first = 0; first < count; first += kernel.capacity) {
    kernel.loadRange(columns, { first, count: Math.min(kernel.capacity, count - first) });
    kernel.run();
    kernel.readRange(results, first);
  }
  return results;
}

/** Entry of the list of targets. */
export const wasmTarget: Target = {
  kind: 'immediate',
  name: 'wasm',
  summary: 'WebAssembly with vectors, double or single precision',
  precisions: ['f64', 'f32'],
  schedules,
  exported: { summary: 'values and Jacobian as a WebAssembly module', binary: true },
  compile: compileWasm,
};
