/** Generated modules compute what the interpreter of lane code does, bit for bit. */
import { setFlagsFromString } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpretLane } from '../../../src/compile/lanes/interpret.ts';
import type { LaneProgram, Precision } from '../../../src/compile/lanes/types.ts';
import { schedules } from '../../../src/compile/schedules.ts';
import { compileModule, instantiateModule } from '../../../src/compile/wasm/engine.ts';
import { hasFusedMultiplyAdd } from '../../../src/compile/wasm/features.ts';
import { type GenerateOptions, generateWasm } from '../../../src/compile/wasm/generate.ts';
import { tilesFor } from '../../../src/compile/wasm/tiles.ts';
import { arbitraryLanes, specialNumbers } from './arbitrary-lanes.ts';
import { placeInTiles } from './naive-tiles.ts';

// Node 20 hides relaxed SIMD behind a flag; later versions have it and know no such flag.
setFlagsFromString('--experimental-wasm-relaxed-simd');

/** Runs all points through `run`, and each alone through `point`. */
function runModule(
  program: LaneProgram,
  points: readonly (readonly number[])[],
  options: Pick<GenerateOptions, 'longest' | 'schedule'>,
): { readonly batch: number[][]; readonly alone: number[][] } {
  const { bytes, bufferStart } = generateWasm({ ...program, functions: [] }, options);
  const { memory, run, point } = instantiateModule(compileModule(bytes), ['run', 'point']);
  memory.grow(4);
  const [width, height] = [program.arguments.length, program.results.length];
  const numbers = program.precision === 'f64' ? Float64Array : Float32Array;
  const tiles = tilesFor(points.length);
  const inputs = new numbers(memory.buffer, bufferStart, tiles * 16 * width);
  const outputsAt = bufferStart + inputs.byteLength;
  const outputs = new numbers(memory.buffer, outputsAt, tiles * 16 * height);
  points.forEach((numbersOfPoint, p) => {
    numbersOfPoint.forEach((x, row) => (inputs[placeInTiles(width, row, p)] = x));
  });
  run(tiles, bufferStart, outputsAt);
  const batch = points.map((_, p) =>
    program.results.map((__, row) => outputs[placeInTiles(height, row, p)] ?? NaN),
  );
  const alone = points.map((numbersOfPoint) => {
    inputs.set(numbersOfPoint);
    point(bufferStart, outputsAt);
    return [...outputs.slice(0, height)];
  });
  return { batch, alone };
}

const pointsOf = (width: number, numbers: readonly number[]): number[][] =>
  Array.from({ length: 21 }, (_, k) =>
    Array.from({ length: width }, (__, j) => numbers[(k * (2 * j + 1) + j) % numbers.length] ?? 0),
  );

describe.each<[Precision, boolean]>([
  ['f64', false],
  ['f32', false],
  ['f64', true],
  ['f32', true],
])('lane code in %s (fused: %s)', (precision, fused) => {
  it('runs as it is interpreted, on special numbers too, whole and in parts, in every order', () => {
    if (fused) expect(hasFusedMultiplyAdd()).toBe(true);
    fc.assert(
      fc.property(
        arbitraryLanes({ precision, fused }),
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 7, maxLength: 7 }),
        fc.constantFrom(...schedules),
        (program, ordinary, schedule) => {
          const points = pointsOf(program.arguments.length, [...specialNumbers, ...ordinary]);
          const expected = points.map((point) => interpretLane(program, point));
          for (const longest of [undefined, 9, 40]) {
            const { batch, alone } = runModule(program, points, { longest, schedule });
            expect(batch).toEqual(expected);
            expect(alone).toEqual(expected);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a module', () => {
  const [lanes] = fc.sample(arbitraryLanes({ precision: 'f64', fused: false }), {
    seed: 1,
    numRuns: 1,
  });
  if (lanes === undefined) throw new Error('a sample has a program');
  const program = { ...lanes, functions: [] };

  it('exports what it was asked for, and nothing else', () => {
    const tiles = compileModule(generateWasm(program, { entries: ['tiles'] }).bytes);
    const point = compileModule(generateWasm(program, { entries: ['point'] }).bytes);
    expect(Object.keys(instantiateModule(tiles, ['run', 'pack', 'unpack'])).toSorted()).toEqual([
      'memory',
      'pack',
      'run',
      'unpack',
    ]);
    expect(Object.keys(instantiateModule(point, ['point'])).toSorted()).toEqual([
      'memory',
      'point',
    ]);
  });

  it('that lacks an entry is refused where the entry is wanted', () => {
    const tiles = compileModule(generateWasm(program, { entries: ['tiles'] }).bytes);
    expect(() => instantiateModule(tiles, ['run', 'point'])).toThrow('does not export point');
  });
});
