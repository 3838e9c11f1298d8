/**
 * Numbers in the memory of a module from an address on: tables that lanes look up, tensors that are
 * written into a Program, and literals of functions that are called. Equal ones are there once. What asks for a place gets its address at once.
 */
import type { LaneTable } from '../lanes/types.ts';
import type { WasmModule } from './module.ts';
import type { LaneFormat } from './operations.ts';
import type { TablePlace } from './places.ts';

/** What a module that has them starts with, if there are any. */
export function dataOf(constants: ConstantPool): Pick<WasmModule, 'data'> {
  const { start, end, bytes } = constants;
  return start === end ? {} : { data: { address: start, bytes } };
}

/** Constants of one module. */
export class ConstantPool {
  readonly #format: LaneFormat;
  readonly #places = new Map<string, number>();
  readonly #numbers: number[] = [];
  /** First byte. */
  readonly start: number;

  /** @param start first byte, a multiple of the bytes of a number */
  constructor(format: LaneFormat, start: number) {
    this.#format = format;
    this.start = start;
  }

  /** First byte behind all that was asked for. */
  get end(): number {
    return this.start + this.#numbers.length * this.#format.bytes;
  }

  /** All numbers that were asked for. */
  get bytes(): Uint8Array {
    const numbers =
      this.#format.precision === 'f64'
        ? Float64Array.from(this.#numbers)
        : Float32Array.from(this.#numbers);
    return new Uint8Array(numbers.buffer);
  }

  /** The address of numbers that lie side by side. */
  numbers(data: readonly number[]): number {
    const key = data.map((number) => (Object.is(number, -0) ? '-0' : String(number))).join();
    return this.#place(key, () => data);
  }

  /** The place of a table; its rows are filled up to a power of two. */
  table(table: LaneTable): TablePlace {
    const { shift, numbers } = paddedTable(table);
    const address = this.#place(`table ${table.name}`, () => numbers);
    return { address, rowShift: shift + Math.log2(this.#format.bytes) };
  }

  #place(key: string, make: () => readonly number[]): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const address = this.end;
    for (const number of make()) this.#numbers.push(number);
    this.#places.set(key, address);
    return address;
  }
}

/** A table row by row, each row of 2^shift numbers. */
interface PaddedTable {
  readonly shift: number;
  readonly numbers: readonly number[];
}

const paddedTables = new WeakMap<LaneTable, PaddedTable>();

function paddedTable(table: LaneTable): PaddedTable {
  const known = paddedTables.get(table);
  if (known !== undefined) return known;
  const columns = table.rows[0]?.length ?? 1;
  const shift = Math.ceil(Math.log2(columns));
  const padding = Array.from({ length: 2 ** shift - columns }, () => 0);
  const numbers = table.rows.flatMap((row) => [...row, ...padding]);
  const padded = { shift, numbers };
  paddedTables.set(table, padded);
  return padded;
}
