/**
 * One depth of the exact search: the rows of a part of the graph after the reductions made so far,
 * in buffers that are made once for each depth.
 */
import type { Instance, Rows } from './instance.ts';
import { allOf, at, lowestBit } from './words.ts';

/** State of one depth. Rows are up to date for the vertices inside. */
export interface Level extends Rows {
  /** Vertices still to be eliminated. */
  readonly inside: Int32Array;
  /** Vertices that reductions took out and that are joined to those inside. */
  readonly gone: Int32Array;
  /** Vertices that fit a reduction but for Menger numbers. */
  readonly waiting: Int32Array;
  /** Vertices whose reductions have to be looked at. */
  readonly pending: Int32Array;
  /** Components, one row each. */
  readonly parts: Int32Array;
  readonly partBounds: Int32Array;
  /** Candidates for the last vertex, by bound. */
  readonly candidates: Int32Array;
  readonly candidateBounds: Int32Array;
  readonly candidatePrices: Int32Array;
}

/** Makes and fills levels for one instance. */
export class Levels {
  readonly #instance: Instance;
  readonly #levels: Level[] = [];
  readonly #near: Int32Array;
  readonly #stack: Int32Array;

  constructor(instance: Instance) {
    this.#instance = instance;
    this.#near = new Int32Array(instance.words);
    this.#stack = new Int32Array(instance.size + 1);
  }

  /** A level that holds the whole instance. */
  top(): Level {
    const { size, words, predecessors, successors } = this.#instance;
    const level = this.at(0);
    level.predecessors.set(predecessors);
    level.successors.set(successors);
    level.inside.set(allOf(size, words));
    level.pending.set(level.inside);
    level.waiting.fill(0);
    level.gone.fill(0);
    return level;
  }

  /** The buffers of a depth. */
  at(depth: number): Level {
    const known = this.#levels[depth];
    if (known !== undefined) return known;
    const { size, words, layers, doubled, ownEnd } = this.#instance;
    const made: Level = {
      words,
      layers,
      doubled,
      ownEnd,
      predecessors: new Int32Array(size * words * layers),
      successors: new Int32Array(size * words * layers),
      inside: new Int32Array(words),
      gone: new Int32Array(words),
      waiting: new Int32Array(words),
      pending: new Int32Array(words),
      parts: new Int32Array(size * words),
      partBounds: new Int32Array(size),
      candidates: new Int32Array(size),
      candidateBounds: new Int32Array(size),
      candidatePrices: new Int32Array(size),
    };
    this.#levels.push(made);
    return made;
  }

  /** Fills a level with what another one has inside, but for a vertex that has become an end. */
  enterWithout(above: Level, last: number, level: Level): void {
    const { words, layers } = this.#instance;
    level.inside.set(above.inside);
    level.inside[last >>> 5] = at(level.inside, last >>> 5) & ~(1 << (last & 31));
    for (let word = 0; word < words; word += 1) {
      const cell = last * layers * words + word;
      const joined = at(above.predecessors, cell) | at(above.successors, cell);
      level.pending[word] = (joined | at(above.waiting, word)) & at(level.inside, word);
    }
    this.#copy(above, level);
  }

  /** Fills a level with one part of another one, to which no reduction applies. */
  enterPart(above: Level, part: number, level: Level): void {
    const { words } = this.#instance;
    for (let word = 0; word < words; word += 1) {
      level.inside[word] = at(above.parts, part * words + word);
    }
    level.pending.fill(0);
    this.#copy(above, level);
  }

  #copy(above: Level, level: Level): void {
    const { words, layers } = this.#instance;
    const stride = layers * words;
    for (let word = 0; word < words; word += 1) {
      const inside = at(level.inside, word);
      level.waiting[word] = at(above.waiting, word) & inside;
      for (let rest = inside; rest !== 0; rest &= rest - 1) {
        const row = (word * 32 + lowestBit(rest)) * stride;
        for (let cell = row; cell < row + stride; cell += 1) {
          level.predecessors[cell] = at(above.predecessors, cell);
          level.successors[cell] = at(above.successors, cell);
        }
      }
    }
    this.#keepJoined(above.gone, level);
  }

  /** Of the vertices that are gone, only those that join the level's vertices by others gone. */
  #keepJoined(gone: Int32Array, level: Level): void {
    const { words, layers, predecessors, successors } = this.#instance;
    const near = this.#near;
    near.set(level.inside);
    level.gone.fill(0);
    for (let changed = true; changed;) {
      changed = false;
      for (let word = 0; word < words; word += 1) {
        for (let rest = at(gone, word) & ~at(level.gone, word); rest !== 0; rest &= rest - 1) {
          const row = (word * 32 + lowestBit(rest)) * layers * words;
          let joined = 0;
          for (let w = 0; w < words; w += 1) {
            joined |= (at(predecessors, row + w) | at(successors, row + w)) & at(near, w);
          }
          if (joined === 0) continue;
          level.gone[word] = at(level.gone, word) | (rest & -rest);
          near[word] = at(near, word) | (rest & -rest);
          changed = true;
        }
      }
    }
  }

  /** Splits what a level has inside into its parts; says how many. */
  split(level: Level): number {
    const { words } = this.#instance;
    const { parts } = level;
    const left = this.#near;
    left.set(level.inside);
    let count = 0;
    for (let word = 0; word < words; word += 1) {
      while (at(left, word) !== 0) {
        const place = count * words;
        parts.fill(0, place, place + words);
        const first = at(left, word) & -at(left, word);
        parts[place + word] = first;
        left[word] = at(left, word) ^ first;
        this.#flood(level, place, word * 32 + lowestBit(first), left);
        count += 1;
      }
    }
    return count;
  }

  /** Moves what is joined to a vertex from `left` to the part at `place`. */
  #flood(
    { predecessors, successors, parts }: Level,
    place: number,
    start: number,
    left: Int32Array,
  ): void {
    const { words, layers } = this.#instance;
    const stack = this.#stack;
    let height = 1;
    stack[0] = start;
    while (height > 0) {
      height -= 1;
      const row = at(stack, height) * layers * words;
      for (let word = 0; word < words; word += 1) {
        const found = (at(predecessors, row + word) | at(successors, row + word)) & at(left, word);
        if (found === 0) continue;
        left[word] = at(left, word) ^ found;
        parts[place + word] = at(parts, place + word) | found;
        for (let rest = found; rest !== 0; rest &= rest - 1) {
          stack[height] = word * 32 + lowestBit(rest);
          height += 1;
        }
      }
    }
  }
}
