/**
 * A lane program as a WebAssembly module, written straight as bytes.
 *
 * A batch lies in tiles of 16 points: tile by tile, value by value, point by point (an array of
 * structures of arrays). Rows of all values at one place would be whole powers of two apart and
 * compete for the same lines of the first-level cache; in tiles everything that a vector of points
 * needs lies close together. The module exports
 *
 * - `memory`: the first `bufferStart` bytes are its own, the rest is the caller's;
 * - `run(tiles, inputs, outputs)`: addresses of tiles of inputs and outputs, multiples of 128;
 * - `point(inputs, outputs)`: addresses of one number an input and one an output;
 * - `pack` and `unpack` (repack.ts), which copy between row-major arrays and tiles.
 *
 * A module has all of them, or those of tiles, or the one of a point: building and optimising code that is
 * never called would double both times.
 *
 * The first two compute with the same instructions (a point is a vector of equal lanes), so a point has the
 * same result in a batch and alone, bit for bit.
 */
import type { LaneValue } from '../lanes/types.ts';
import { BodyEmitter, countUses } from './body.ts';
import { ConstantPool, dataOf } from './constants.ts';
import { pageBytes } from './engine.ts';
import { beginBlock, blockStatements } from './basic-blocks.ts';
import { FunctionEmitter } from './emitter.ts';
import { FunctionLibrary } from './library.ts';
import { encodeModule, type FunctionType, type WasmFunction } from './module.ts';
import { emptyBlockType, plain, vector } from './opcodes.ts';
import { laneFormat, type LaneFormat } from './operations.ts';
import type { ModulePlaces } from './places.ts';
import {
  definedBy,
  isLiteral,
  operandsOf,
  type OutlinedProgram,
  type PointStatement,
} from '../outline/statements.ts';
import { divideProgram, type DividedProgram, type ProgramPart } from '../outline/parts.ts';
import type { Schedule } from '../schedules.ts';
import { repackFunctions } from './repack.ts';
import { schedule } from '../outline/schedule.ts';
import { shareCalls } from './shared-calls.ts';
import { StoresByValue } from '../outline/stores.ts';
import { advance, overTiles } from './tile-loop.ts';
import { tilePoints } from './tiles.ts';

/** A module and what its caller has to know. */
export interface GeneratedModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** First byte of memory that belongs to the caller; a multiple of 128. */
  readonly bufferStart: number;
}

/** What a module can be called for. */
export type ModuleEntry = 'tiles' | 'point';

/** How a module is generated. */
export interface GenerateOptions {
  /** Code of one point, which computes the same; the code of tiles if left out. */
  readonly point?: OutlinedProgram;
  /** What the module exports: tiles with what packs them, a point; both if left out. */
  readonly entries?: readonly ModuleEntry[];
  /** Text of a custom section called `crosscountry`; none if left out. */
  readonly describe?: (bufferStart: number) => string;
  /** Order of statements; `by need` if left out. */
  readonly schedule?: Schedule | undefined;
  /** Most statements of one function; longer programs are cut. */
  readonly longest?: number | undefined;
}

/** Statements of one function: longer programs are cut. */
const longestPart = 1000;

const vectorBytes = 16;

/** How a body reads inputs and crossing values and writes results. */
interface Access {
  /** Locals of the addresses of inputs and outputs of the vector in hand. */
  readonly inputs: number;
  readonly outputs: number;
  /** Bytes from one input or output to the next. */
  readonly stride: number;
  /** Label behind everything, counted from where statements stand. */
  readonly exit: number;
  load(emitter: FunctionEmitter, offset: number): void;
  store(emitter: FunctionEmitter, offset: number): void;
}

const alignmentOf = (bytes: number): number => Math.log2(bytes);

/**
 * Generates a module.
 * @param program code of tiles
 * @param options code of a point, description, length of functions
 */
export function generateWasm(
  program: OutlinedProgram,
  options: GenerateOptions = {},
): GeneratedModule {
  const {
    point = program,
    entries = ['tiles', 'point'],
    describe,
    longest = longestPart,
    schedule: how = 'by need',
  } = options;
  const format = laneFormat(program.precision);
  // Of one point all lanes are equal, so that several calls can share a run of a function.
  const codes = entries.map((entry) => {
    const lanes = entry === 'tiles' ? program : point;
    const shared = entry === 'tiles' ? program : shareCalls(point, format.lanes);
    const code = schedule<PointStatement>(shared, how);
    return { entry, lanes, code, divided: divideProgram(code, longest) };
  });
  // The order of blocks is what an engine keeps.
  const blockLength = how === 'as found' ? Infinity : blockStatements;
  const slotCount = Math.max(...codes.map(({ divided }) => divided.slotCount));
  const constants = new ConstantPool(format, slotCount * tilePoints * format.bytes);
  const library = new FunctionLibrary(format, constants);
  const generators = codes.map(({ entry, lanes, code, divided }) => ({
    entry,
    generator: new Generator(code, format, divided, library.add(lanes), blockLength),
  }));
  const functions = [...library.functions];
  // Parts stand behind all entries.
  const firstPart = functions.length + generators.length;
  const parts: WasmFunction[] = [];
  for (const { entry, generator } of generators) {
    functions.push(generator.entry(entry, firstPart + parts.length));
    parts.push(...generator.parts(entry));
  }
  functions.push(...parts);
  if (entries.includes('tiles')) functions.push(...repackFunctions(format));
  const bufferStart = Math.ceil(constants.end / 128) * 128;
  return {
    bytes: encodeModule({
      functions,
      memoryPages: Math.max(1, Math.ceil(bufferStart / pageBytes)),
      ...dataOf(constants),
      ...(describe === undefined
        ? {}
        : { custom: { name: 'crosscountry', text: describe(bufferStart) } }),
    }),
    bufferStart,
  };
}

const tileType: FunctionType = { parameters: ['i32', 'i32'], results: [] };
const runType: FunctionType = { parameters: ['i32', 'i32', 'i32'], results: [] };

class Generator {
  readonly #program: OutlinedProgram<PointStatement>;
  readonly #places: ModulePlaces;
  readonly #format: LaneFormat;
  readonly #divided: DividedProgram;
  /** Statements of a basic block. */
  readonly #blockLength: number;
  readonly #rowBytes: number;
  /** Bytes of a tile of inputs, and of outputs. */
  readonly #inputBytes: number;
  readonly #outputBytes: number;

  constructor(
    program: OutlinedProgram<PointStatement>,
    format: LaneFormat,
    divided: DividedProgram,
    places: ModulePlaces,
    blockLength: number,
  ) {
    this.#blockLength = blockLength;
    this.#program = program;
    this.#places = places;
    this.#format = format;
    this.#divided = divided;
    this.#rowBytes = tilePoints * format.bytes;
    this.#inputBytes = program.arguments.length * this.#rowBytes;
    this.#outputBytes = program.results.length * this.#rowBytes;
  }

  /** The function that is exported: the whole code of a program of one part, else calls of all parts. */
  entry(entry: ModuleEntry, firstPart: number): WasmFunction {
    const { parts } = this.#divided;
    const [whole, ...others] = parts;
    if (whole === undefined) throw new Error('a program has a part');
    const calls = others.length === 0 ? undefined : parts.map((_, index) => firstPart + index);
    if (entry === 'tiles') {
      return calls === undefined ? this.#runWhole(whole) : this.#runParts(calls);
    }
    const emitter = new FunctionEmitter(tileType);
    if (calls === undefined) this.#part(emitter, whole, this.#pointAccess());
    else callParts(emitter, calls, 0);
    return emitter.finish('point');
  }

  /** The functions of a program of several parts, each on one tile or point; none of one part. */
  parts(entry: ModuleEntry): WasmFunction[] {
    const { parts } = this.#divided;
    if (parts.length === 1) return [];
    return parts.map((part) => {
      const emitter = new FunctionEmitter(tileType);
      if (entry === 'point') this.#part(emitter, part, this.#pointAccess());
      else {
        this.#overVectors(emitter, 0, () => {
          this.#part(emitter, part, this.#tileAccess(0, 1, 1));
        });
      }
      return emitter.finish();
    });
  }

  /** `run` of a program of one part: loops over tiles and the vectors in them. */
  #runWhole(part: ProgramPart): WasmFunction {
    const emitter = new FunctionEmitter(runType);
    overTiles(emitter, () => {
      this.#overVectors(emitter, 1, () => {
        this.#part(emitter, part, this.#tileAccess(1, 2, 2));
      });
      advance(emitter, 1, this.#inputBytes - this.#rowBytes);
      advance(emitter, 2, this.#outputBytes - this.#rowBytes);
    });
    return emitter.finish('run');
  }

  /** `run` of a program of several parts: each part does a whole tile. */
  #runParts(parts: readonly number[]): WasmFunction {
    const emitter = new FunctionEmitter(runType);
    overTiles(emitter, () => {
      callParts(emitter, parts, 1);
      advance(emitter, 1, this.#inputBytes);
      advance(emitter, 2, this.#outputBytes);
    });
    return emitter.finish('run');
  }

  #tileAccess(inputs: number, outputs: number, exit: number): Access {
    return {
      inputs,
      outputs,
      exit,
      stride: this.#rowBytes,
      load: (emitter, offset) => {
        emitter.memory(vector.load, offset);
      },
      store: (emitter, offset) => {
        emitter.memory(vector.store, offset);
      },
    };
  }

  #pointAccess(): Access {
    const { bytes, real } = this.#format;
    return {
      inputs: 0,
      outputs: 1,
      exit: 0,
      stride: bytes,
      load: (emitter, offset) => {
        emitter.memory(real.loadSplat, offset, alignmentOf(bytes));
      },
      store: (emitter, offset) => {
        emitter.memoryLane(real.storeLane, offset, alignmentOf(bytes), 0);
      },
    };
  }

  /** Goes along the rows of a tile, which begin at multiples of their length. */
  #overVectors(emitter: FunctionEmitter, inputs: number, body: () => void): void {
    emitter.indexed(plain.loop, emptyBlockType);
    body();
    advance(emitter, inputs + 1, vectorBytes);
    advance(emitter, inputs, vectorBytes);
    emitter.indexed(plain.localGet, inputs);
    emitter.i32(this.#rowBytes - 1);
    emitter.op(plain.i32And);
    emitter.indexed(plain.brIf, 0);
    emitter.op(plain.end);
  }

  /** The statements of a part on one vector of points, and the stores of what it makes. */
  #part(emitter: FunctionEmitter, part: ProgramPart, access: Access): void {
    const { arguments: inputs, results } = this.#program;
    const { slots } = this.#divided;
    const stored = part.results.map((index) => results[index] ?? missingResult(index));
    const uses = countUses({
      types: this.#program.types,
      statements: part.statements,
      results: [...stored, ...part.leaving],
    });
    const body = new BodyEmitter(emitter, this.#format, uses, this.#places);
    inputs.forEach((_, index) => {
      // Arguments are the values 0, 1, …, by the definition of a body.
      body.loaded(index as LaneValue, () => {
        emitter.indexed(plain.localGet, access.inputs);
        access.load(emitter, index * access.stride);
      });
    });
    const slotAddress = (): void => {
      // Rows of crossing values are laid out as tiles are, from address 0 on.
      emitter.indexed(plain.localGet, access.inputs);
      emitter.i32(access.stride === this.#rowBytes ? this.#rowBytes - 1 : 0);
      emitter.op(plain.i32And);
    };
    if (slots.size > 0) {
      const made = new Set(part.statements.flatMap(definedBy));
      for (const operand of part.statements.flatMap(operandsOf)) {
        const slot = slots.get(operand);
        if (slot === undefined || made.has(operand)) continue;
        body.loaded(operand, () => {
          slotAddress();
          emitter.memory(vector.load, slot * this.#rowBytes);
        });
      }
    }
    const storeResults = new StoresByValue(stored, part.results);
    let inBlock = 0;
    let blocks = 0;
    for (const statement of part.statements) {
      if (inBlock === this.#blockLength) {
        beginBlock(emitter, access, blocks);
        body.forgetLoaded();
        blocks += 1;
        inBlock = 0;
      }
      if (!isLiteral(statement)) inBlock += 1;
      body.statement(statement);
      for (const [value, index] of storeResults.madeBy(statement)) {
        emitter.indexed(plain.localGet, access.outputs);
        body.get(value);
        access.store(emitter, index * access.stride);
      }
    }
    for (const value of part.leaving) {
      slotAddress();
      body.get(value);
      emitter.memory(vector.store, (slots.get(value) ?? 0) * this.#rowBytes);
    }
    for (const [value, index] of storeResults.rest()) {
      emitter.indexed(plain.localGet, access.outputs);
      body.get(value);
      access.store(emitter, index * access.stride);
    }
  }
}

/** Calls functions with inputs and outputs, which lie in two neighbouring locals. */
function callParts(emitter: FunctionEmitter, parts: readonly number[], inputs: number): void {
  for (const part of parts) {
    emitter.indexed(plain.localGet, inputs);
    emitter.indexed(plain.localGet, inputs + 1);
    emitter.indexed(plain.call, part);
  }
}

function missingResult(index: number): never {
  throw new Error(`result ${index} is no value of the program`);
}
