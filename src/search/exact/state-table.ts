/**
 * What a search knows of the states that it has met: a hash table from 128-bit keys to bounds,
 * which grows by doubling up to a limit that is kept. Where a bucket of four is full, a new state
 * takes the place of the cheapest; a forgotten state is searched again, so the limit costs time and
 * never truth. Two different states of one key would be a fault; with 128 bits the chance
 * of any such pair among 10^8 states is below 10^-22.
 */
import { at } from './words.ts';

const stride = 6;
const bucket = 4;
const firstStates = 2 ** 14;

/** Stands for an upper bound that nobody has found. */
export const unknownUpper = 0x7ffffffe;

/** Bytes of one state. */
export const bytesPerState = stride * 4;

/** Bounds of states, by key. */
export class StateTable {
  readonly #limit: number;
  #cells: Int32Array;
  #states: number;
  #used = 0;

  /**
   * @param bytes most memory for the table, also while it is copied to a larger one
   */
  constructor(bytes: number) {
    this.#limit = Math.max(bucket, 2 ** Math.floor(Math.log2(bytes / (1.5 * bytesPerState))));
    this.#states = Math.min(firstStates, this.#limit);
    this.#cells = new Int32Array(this.#states * stride);
  }

  /** States held now. */
  get used(): number {
    return this.#used;
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#cells.byteLength;
  }

  /** Cell of a state, −1 where it is not held; valid until the next `set`. */
  find(key0: number, key1: number, key2: number, key3: number): number {
    const cells = this.#cells;
    const start = this.#bucket(key0);
    for (let cell = start; cell < start + bucket * stride; cell += stride) {
      if (
        at(cells, cell) === key0 &&
        at(cells, cell + 1) === key1 &&
        at(cells, cell + 2) === key2 &&
        at(cells, cell + 3) === key3 &&
        at(cells, cell + 5) !== 0
      ) {
        return cell;
      }
    }
    return -1;
  }

  /** Lower bound in a cell. */
  lower(cell: number): number {
    return at(this.#cells, cell + 4);
  }

  /** Upper bound in a cell, of an order that was found. */
  upper(cell: number): number {
    return at(this.#cells, cell + 5) - 1;
  }

  /** Keeps the bounds of a state in place of what was known. */
  set(key0: number, key1: number, key2: number, key3: number, lower: number, upper: number): void {
    const known = this.find(key0, key1, key2, key3);
    if (known >= 0) {
      this.#cells[known + 4] = lower;
      this.#cells[known + 5] = upper + 1;
      return;
    }
    if (this.#used * 3 > this.#states && this.#states < this.#limit) this.#grow();
    this.#put(this.#cells, key0, key1, key2, key3, lower, upper + 1);
  }

  #bucket(key0: number): number {
    return ((key0 >>> 0) % (this.#states / bucket)) * bucket * stride;
  }

  /** Cells hold upper bounds plus 1: 0 is an empty cell. */
  #put(
    cells: Int32Array,
    key0: number,
    key1: number,
    key2: number,
    key3: number,
    lower: number,
    upper: number,
  ): void {
    const start = this.#bucket(key0);
    let chosen = start;
    let least = Infinity;
    for (let cell = start; cell < start + bucket * stride; cell += stride) {
      if (at(cells, cell + 5) === 0) {
        chosen = cell;
        this.#used += 1;
        break;
      }
      if (at(cells, cell + 4) < least) {
        least = at(cells, cell + 4);
        chosen = cell;
      }
    }
    cells[chosen] = key0;
    cells[chosen + 1] = key1;
    cells[chosen + 2] = key2;
    cells[chosen + 3] = key3;
    cells[chosen + 4] = lower;
    cells[chosen + 5] = upper;
  }

  #grow(): void {
    const old = this.#cells;
    this.#states *= 2;
    this.#used = 0;
    this.#cells = new Int32Array(this.#states * stride);
    for (let cell = 0; cell < old.length; cell += stride) {
      if (at(old, cell + 5) === 0) continue;
      this.#put(
        this.#cells,
        at(old, cell),
        at(old, cell + 1),
        at(old, cell + 2),
        at(old, cell + 3),
        at(old, cell + 4),
        at(old, cell + 5),
      );
    }
  }
}
