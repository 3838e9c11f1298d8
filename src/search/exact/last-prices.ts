/**
 * What each vertex of a state costs when it is eliminated last: its price with the vertices outside
 * that reach it through the others, and the vertices outside that it reaches. One sweep each way over
 * the vertices, whose numbers are in topological order; O(edges) row operations.
 */
import { classedPrice, joinClasses } from './eliminate.ts';
import type { Instance } from './instance.ts';
import type { Level } from './level.ts';
import { at, lowestBit, sizeOf } from './words.ts';

/** Computes the prices; a workspace for one instance. */
export class LastPrices {
  readonly #into: Int32Array;
  readonly #from: Int32Array;

  constructor({ size, words, layers }: Instance) {
    this.#into = new Int32Array(size * words * layers);
    this.#from = new Int32Array(size * words * layers);
  }

  /** Looks at a state; `price` is then about it. */
  look(level: Level): void {
    const { words, inside, predecessors, successors } = level;
    for (let word = 0; word < words; word += 1) {
      for (let rest = at(inside, word); rest !== 0; rest &= rest - 1) {
        gather(level, word * 32 + lowestBit(rest), predecessors, this.#into);
      }
    }
    for (let word = words - 1; word >= 0; word -= 1) {
      for (let rest = at(inside, word); rest !== 0;) {
        const bit = 31 - Math.clz32(rest);
        rest ^= 1 << bit;
        gather(level, word * 32 + bit, successors, this.#from);
      }
    }
  }

  /** What a vertex of the state costs as the last one. */
  price({ words, layers, ownEnd }: Level, vertex: number): number {
    const row = vertex * layers * words;
    if (layers === 1) {
      return sizeOf(this.#into, row, words) * (sizeOf(this.#from, row, words) - at(ownEnd, vertex));
    }
    const heavy = row + words;
    const variable = heavy + words;
    return classedPrice(
      sizeOf(this.#into, heavy, words),
      sizeOf(this.#into, variable, words),
      sizeOf(this.#from, heavy, words),
      sizeOf(this.#from, variable, words),
    );
  }
}

/** Neighbours outside, and what the neighbours inside have gathered. */
function gather(
  { words, layers, doubled, inside }: Level,
  vertex: number,
  rows: Int32Array,
  reach: Int32Array,
): void {
  const stride = layers * words;
  const row = vertex * stride;
  if (layers === 1) {
    for (let word = 0; word < words; word += 1) {
      reach[row + word] = at(rows, row + word) & ~at(inside, word);
    }
  } else {
    // With the neighbours inside: joinClasses looks for their classes and takes them out.
    for (let cell = row; cell < row + stride; cell += 1) reach[cell] = at(rows, cell);
    for (let word = 0; word < words; word += 1) {
      reach[row + word] = at(rows, row + word) & ~at(inside, word);
    }
  }
  for (let word = 0; word < words; word += 1) {
    for (let rest = at(rows, row + word) & at(inside, word); rest !== 0; rest &= rest - 1) {
      const neighbour = word * 32 + lowestBit(rest);
      const other = neighbour * stride;
      if (layers > 1) joinClasses(reach, row, other, words, neighbour, doubled);
      for (let w = 0; w < words; w += 1) {
        reach[row + w] = at(reach, row + w) | at(reach, other + w);
      }
    }
  }
}
