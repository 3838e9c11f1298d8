/**
 * A Program with axes as a WebAssembly module of loops: for Programs that are too large to be
 * unrolled to scalars, whose code would be as long as their work. The module is called as an unrolled
 * one is (../generate.ts): tiles of 16 points, one value of a tensor's element at all points of a tile
 * side by side. Code and time to write it: linear in the number of equations, whatever their shapes.
 */
import type { Program } from '../../../program/types.ts';
import type { LaneOptions } from '../../lanes/types.ts';
import { isElementwise, runsOf, storedValues } from '../../tensor-runs.ts';
import { elementCount } from '../../../program/shapes.ts';
import { shapeOf } from '../../shapes.ts';
import { dataOf } from '../constants.ts';
import { pageBytes } from '../engine.ts';
import { FunctionEmitter } from '../emitter.ts';
import type { GeneratedModule } from '../generate.ts';
import { FunctionLibrary } from '../library.ts';
import { encodeModule, type FunctionType, type WasmFunction } from '../module.ts';
import { plain } from '../opcodes.ts';
import { laneFormat } from '../operations.ts';
import { repackFunctions } from '../repack.ts';
import { advance, overTiles } from '../tile-loop.ts';
import { pointAccess, type PointAccess, tileAccess } from './access.ts';
import { type LoopContext, LoopEmitter, type LoopStep } from './code.ts';
import { elementCode } from './element-code.ts';
import { TensorMemory } from './memory.ts';

/** Equations of one element-wise run: its values of one element want registers. */
const longestRun = 100;

/** Bytes of code of one function, as far as steps allow: engines optimise long functions late. */
const functionBytes = 8000;

const partType: FunctionType = { parameters: ['i32', 'i32'], results: [] };

/**
 * Generates a module.
 * @param program with or without axes, as it is to be computed
 * @param options precision, and whether the engine fuses
 * @param describe text of a custom section called `crosscountry`; none if left out
 */
export function generateLoops(
  program: Program,
  options: LaneOptions,
  describe?: (bufferStart: number) => string,
): GeneratedModule {
  const format = laneFormat(options.precision);
  const runs = runsOf(program, longestRun);
  const stored = storedValues(program, runs);
  const memory = new TensorMemory(program, runs, stored, format);
  const library = new FunctionLibrary(format, memory.constants);
  const steps = [
    ...runs.map((run): LoopStep => {
      const [head] = run;
      if (head !== undefined && !isElementwise(head)) return { kind: 'structural', equation: head };
      const code = elementCode(program, run, stored, options);
      return { kind: 'elements', run, code, places: library.add(code.lanes) };
    }),
    ...copies(program, memory),
  ];
  const context = { program, memory, format, fused: options.fused };
  const tileParts = partsOf(steps, tileAccess(format), context);
  const pointParts = partsOf(steps, pointAccess(format), context);
  const firstPart = library.functions.length + 2;
  const rowsOf = (lengths: readonly number[]): number =>
    lengths.reduce((sum, length) => sum + length, 0) * tileAccess(format).rowBytes;
  const { constants } = memory;
  const bufferStart = Math.ceil(constants.end / 128) * 128;
  const run = new FunctionEmitter({ parameters: ['i32', 'i32', 'i32'], results: [] });
  overTiles(run, () => {
    callParts(run, firstPart, tileParts.length, 1);
    advance(run, 1, rowsOf(program.inputs.map(({ type }) => elementCount(type.shape))));
    advance(
      run,
      2,
      rowsOf(program.outputs.map(({ operand }) => elementCount(shapeOf(program, operand)))),
    );
  });
  const point = new FunctionEmitter(partType);
  callParts(point, firstPart + tileParts.length, pointParts.length, 0);
  return {
    bytes: encodeModule({
      functions: [
        ...library.functions,
        run.finish('run'),
        point.finish('point'),
        ...tileParts,
        ...pointParts,
        ...repackFunctions(format),
      ],
      memoryPages: Math.max(1, Math.ceil(bufferStart / pageBytes)),
      ...dataOf(constants),
      ...(describe === undefined
        ? {}
        : { custom: { name: 'crosscountry', text: describe(bufferStart) } }),
    }),
    bufferStart,
  };
}

/** Outputs that are not computed where they belong: literals, inputs, values that are two outputs. */
function copies(program: Program, memory: TensorMemory): LoopStep[] {
  return program.outputs.flatMap(({ operand }, output): LoopStep[] => {
    const own = memory.output(output);
    const at = operand.kind === 'value' ? memory.place(operand) : undefined;
    const isThere =
      at?.kind === 'rows' && own.kind === 'rows' && at.base === own.base && at.row === own.row;
    return isThere ? [] : [{ kind: 'copy', operand, output }];
  });
}

/** Functions that do all steps one after the other. */
function partsOf(
  steps: readonly LoopStep[],
  access: PointAccess,
  context: LoopContext,
): WasmFunction[] {
  const parts: WasmFunction[] = [];
  let emitter = new FunctionEmitter(partType);
  let code = new LoopEmitter(emitter, access, context);
  for (const step of steps) {
    code.step(step);
    if (emitter.length < functionBytes) continue;
    parts.push(emitter.finish());
    emitter = new FunctionEmitter(partType);
    code = new LoopEmitter(emitter, access, context);
  }
  return [...parts, emitter.finish()];
}

/** Calls parts with inputs and outputs, which lie in two neighbouring locals. */
function callParts(emitter: FunctionEmitter, first: number, count: number, inputs: number): void {
  for (let part = 0; part < count; part += 1) {
    emitter.indexed(plain.localGet, inputs);
    emitter.indexed(plain.localGet, inputs + 1);
    emitter.indexed(plain.call, first + part);
  }
}
