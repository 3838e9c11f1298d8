/**
 * What each vertex of a state costs when it is eliminated last: the number of vertices outside that
 * reach it through the others, times the number outside that it reaches. One sweep each way over the
 * vertices, whose numbers are in topological order; O(edges) row operations.
 */
import type { Level } from './level.ts';
import { at, lowestBit, sizeOf } from './words.ts';

/** Computes the prices; a workspace for one instance. */
export class LastPrices {
  readonly #into: Int32Array;
  readonly #from: Int32Array;

  constructor(size: number, words: number) {
    this.#into = new Int32Array(size * words);
    this.#from = new Int32Array(size * words);
  }

  /** Looks at a state; `price` is then about it. */
  look({ words, inside, predecessors, successors }: Level): void {
    for (let word = 0; word < words; word += 1) {
      for (let rest = at(inside, word); rest !== 0; rest &= rest - 1) {
        gather(words, word * 32 + lowestBit(rest), predecessors, this.#into, inside);
      }
    }
    for (let word = words - 1; word >= 0; word -= 1) {
      for (let rest = at(inside, word); rest !== 0;) {
        const bit = 31 - Math.clz32(rest);
        rest ^= 1 << bit;
        gather(words, word * 32 + bit, successors, this.#from, inside);
      }
    }
  }

  /** What a vertex of the state costs as the last one. */
  price({ words, ownEnd }: Level, vertex: number): number {
    const row = vertex * words;
    return sizeOf(this.#into, row, words) * (sizeOf(this.#from, row, words) - at(ownEnd, vertex));
  }
}

/** Neighbours outside, and what the neighbours inside have gathered. */
function gather(
  words: number,
  vertex: number,
  rows: Int32Array,
  reach: Int32Array,
  inside: Int32Array,
): void {
  const row = vertex * words;
  for (let word = 0; word < words; word += 1) {
    reach[row + word] = at(rows, row + word) & ~at(inside, word);
  }
  for (let word = 0; word < words; word += 1) {
    for (let rest = at(rows, row + word) & at(inside, word); rest !== 0; rest &= rest - 1) {
      const other = (word * 32 + lowestBit(rest)) * words;
      for (let w = 0; w < words; w += 1) {
        reach[row + w] = at(reach, row + w) | at(reach, other + w);
      }
    }
  }
}
