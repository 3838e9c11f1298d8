/** 32-bit words as sets of positions, for the plain JavaScript engine. */

/** Set bits of a 32-bit word (Warren, Hacker's Delight, 2nd ed., figure 5-2). */
export function popcount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  x = (x + (x >>> 4)) & 0x0f0f0f0f;
  return Math.imul(x, 0x01010101) >>> 24;
}

/** Element of a typed array at an index that is known to be in range. */
export function wordAt(array: Int32Array | Uint16Array, index: number): number {
  // In range, so never undefined; a check here would cost a branch in the innermost loops.
  // eslint-disable-next-line @typescript-eslint/no-non-null-assertion
  return array[index]!;
}

/** Adds a position to the row that begins at word `row`. */
export function setBit(array: Int32Array, row: number, position: number): void {
  const cell = row + (position >>> 5);
  array[cell] = wordAt(array, cell) | (1 << (position & 31));
}
