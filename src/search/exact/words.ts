/**
 * Sets as rows of 32-bit words, for the exact search: bit i of a row stands in word ⌊i / 32⌋. The
 * innermost loops of proofs run here, so indices are not checked again.
 */
import { popcount } from '../../core/bits.ts';

export { popcount };

/** Element at an index that is known to be in range. */
export function at(array: Int32Array, index: number): number {
  // In range, so never undefined; a check would cost a branch in the innermost loops.
  // eslint-disable-next-line @typescript-eslint/no-non-null-assertion
  return array[index]!;
}

/** Number of the lowest set bit of a word that is not 0. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** How many words hold `bits` bits; at least one. */
export function wordsFor(bits: number): number {
  return Math.max(1, (bits + 31) >>> 5);
}

/** Whether a bit of the row that begins at `row` is set. */
export function hasBit(array: Int32Array, row: number, bit: number): boolean {
  return (at(array, row + (bit >>> 5)) & (1 << (bit & 31))) !== 0;
}

/** Sets a bit of the row that begins at `row`. */
export function addBit(array: Int32Array, row: number, bit: number): void {
  const cell = row + (bit >>> 5);
  array[cell] = at(array, cell) | (1 << (bit & 31));
}

/** Clears a bit of the row that begins at `row`. */
export function dropBit(array: Int32Array, row: number, bit: number): void {
  const cell = row + (bit >>> 5);
  array[cell] = at(array, cell) & ~(1 << (bit & 31));
}

/** A row that holds 0 … size − 1. */
export function allOf(size: number, words: number): Int32Array {
  const set = new Int32Array(words);
  for (let bit = 0; bit < size; bit += 1) addBit(set, 0, bit);
  return set;
}

/** Set bits of the row of `words` words that begins at `row`. */
export function sizeOf(array: Int32Array, row: number, words: number): number {
  let size = 0;
  for (let word = 0; word < words; word += 1) size += popcount(at(array, row + word));
  return size;
}

/** The set bits of a row, ascending. */
export function bitsOf(array: Int32Array, row: number, words: number): number[] {
  const bits: number[] = [];
  for (let word = 0; word < words; word += 1) {
    for (let rest = at(array, row + word); rest !== 0; rest &= rest - 1) {
      bits.push(word * 32 + lowestBit(rest));
    }
  }
  return bits;
}
