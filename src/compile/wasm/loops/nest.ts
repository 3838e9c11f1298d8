/**
 * Loop nests over arrays in memory. Every array has an address that goes along with the loops: a
 * pointer is advanced by its stride at the end of each turn and set back behind the loop, so that no
 * product of indices is ever computed. Arrays that go along alike share a pointer and differ in the
 * offset of the instruction. Neighbouring loops that all arrays pass through as through one are one.
 */
import type { FunctionEmitter } from '../emitter.ts';
import { plain } from '../opcodes.ts';
import { advance, countDown } from '../tile-loop.ts';

/** An array that a nest reads or writes. */
export interface NestArray {
  /** Local of the address that `offset` counts from; undefined: address 0. */
  readonly base: number | undefined;
  /** Bytes to the element at the beginning of all loops. */
  readonly offset: number;
  /** Bytes from one turn to the next, by loop. */
  readonly strides: readonly number[];
}

/** Loops from the outermost on, by their number of turns, and the arrays that go along. */
export interface Nest {
  readonly turns: readonly number[];
  readonly arrays: readonly NestArray[];
}

/** Locals of type i32 that are used again. */
export class Counters {
  readonly #emitter: FunctionEmitter;
  readonly #free: number[] = [];

  constructor(emitter: FunctionEmitter) {
    this.#emitter = emitter;
  }

  /** A local that nothing else uses until it is given back. */
  take(): number {
    return this.#free.pop() ?? this.#emitter.counter();
  }

  /** Gives a local back. */
  giveBack(local: number): void {
    this.#free.push(local);
  }
}

/**
 * The same nest with fewer loops: those of one turn are left out, and a loop becomes one with the
 * loop inside it where every array's outer stride is what its inner loop passes through. Only loops
 * on one side of `split` become one.
 * @param whole the nest
 * @param split number of outer loops; what is inside them is kept apart
 * @returns the nest and its number of outer loops
 */
export function coalesce(
  whole: Nest,
  split = whole.turns.length,
): { readonly nest: Nest; readonly split: number } {
  const { turns, arrays } = whole;
  const kept: { turns: number; strides: number[]; isOuter: boolean }[] = [];
  turns.forEach((count, loop) => {
    if (count === 1) return;
    const strides = arrays.map((array) => array.strides[loop] ?? 0);
    const isOuter = loop < split;
    const last = kept.at(-1);
    const isOne =
      last?.isOuter === isOuter &&
      strides.every((stride, array) => last.strides[array] === stride * count);
    if (!isOne) kept.push({ turns: count, strides, isOuter });
    else {
      last.turns *= count;
      last.strides = strides;
    }
  });
  return {
    nest: {
      turns: kept.map((loop) => loop.turns),
      arrays: arrays.map(({ base, offset }, array) => ({
        base,
        offset,
        strides: kept.map(({ strides }) => strides[array] ?? 0),
      })),
    },
    split: kept.filter(({ isOuter }) => isOuter).length,
  };
}

/** Emits the loops of one nest. */
export class NestEmitter {
  readonly #emitter: FunctionEmitter;
  readonly #counters: Counters;
  readonly #nest: Nest;
  /** Local of the pointer of each array; undefined: address 0. */
  readonly #pointers: (number | undefined)[];
  /** Locals that are pointers, with their strides by loop. */
  readonly #moving = new Map<number, readonly number[]>();

  /** Sets the pointers to the beginning of all loops. */
  constructor(emitter: FunctionEmitter, counters: Counters, nest: Nest) {
    this.#emitter = emitter;
    this.#counters = counters;
    this.#nest = nest;
    const shared = new Map<string, number>();
    this.#pointers = nest.arrays.map(({ base, strides }) => {
      if (strides.every((stride) => stride === 0)) return base;
      const key = [base, ...strides].join();
      const known = shared.get(key);
      if (known !== undefined) return known;
      const pointer = counters.take();
      this.#pushBase(base);
      emitter.indexed(plain.localSet, pointer);
      shared.set(key, pointer);
      this.#moving.set(pointer, strides);
      return pointer;
    });
  }

  /** Puts the address of an array at this turn onto the stack. @returns the offset to add to it */
  address(array: number): number {
    this.#pushBase(this.#pointers[array]);
    return this.#nest.arrays[array]?.offset ?? 0;
  }

  /** Loops `from` … `to` − 1 around a body. */
  loops(from: number, to: number, body: () => void): void {
    if (from === to) {
      body();
      return;
    }
    const turns = this.#nest.turns[from] ?? 1;
    if (turns === 0) return;
    const emitter = this.#emitter;
    const counter = this.#counters.take();
    emitter.i32(turns);
    emitter.indexed(plain.localSet, counter);
    countDown(emitter, counter, () => {
      this.loops(from + 1, to, body);
      for (const [pointer, strides] of this.#moving) this.#advance(pointer, strides[from] ?? 0);
    });
    this.#counters.giveBack(counter);
    // Behind the outermost loop nothing follows that would need them.
    if (from === 0) return;
    for (const [pointer, strides] of this.#moving) {
      this.#advance(pointer, -turns * (strides[from] ?? 0));
    }
  }

  /** Gives the pointers back; nothing of the nest may be emitted afterwards. */
  finish(): void {
    for (const pointer of this.#moving.keys()) this.#counters.giveBack(pointer);
  }

  #pushBase(local: number | undefined): void {
    if (local === undefined) this.#emitter.i32(0);
    else this.#emitter.indexed(plain.localGet, local);
  }

  #advance(pointer: number, bytes: number): void {
    if (bytes !== 0) advance(this.#emitter, pointer, bytes);
  }
}
