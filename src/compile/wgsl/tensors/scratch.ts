/** Numbers of the scratch buffer, given away and taken back: the smallest gap that is large enough. */

interface Gap {
  readonly start: number;
  readonly length: number;
}

/** What is given away. O(gaps) a call. */
export class Scratch {
  readonly #capacity: number;
  #total = 0;
  /** By start; no two touch. */
  #gaps: readonly Gap[] = [];

  /** @param capacity numbers that there may be */
  constructor(capacity = Infinity) {
    this.#capacity = capacity;
  }

  /** How many numbers there have to be. */
  get total(): number {
    return this.#total;
  }

  /** So many numbers in a row that nobody has. @returns the first */
  take(length: number): number {
    const start = this.takeIfRoom(length);
    if (start === undefined) throw new Error(`there is no room for ${length} numbers`);
    return start;
  }

  /** The same; nothing where there is no room. */
  takeIfRoom(length: number): number | undefined {
    const fitting = this.#gaps.filter((gap) => gap.length >= length);
    const [smallest] = fitting.toSorted((a, b) => a.length - b.length);
    if (smallest !== undefined) {
      const { start } = smallest;
      const rest = { start: start + length, length: smallest.length - length };
      this.#gaps = this.#gaps.flatMap((gap) => {
        if (gap !== smallest) return [gap];
        return rest.length > 0 ? [rest] : [];
      });
      return start;
    }
    // A gap at the end grows.
    const last = this.#gaps.at(-1);
    const start =
      last !== undefined && last.start + last.length === this.#total ? last.start : this.#total;
    if (start + length > this.#capacity) return undefined;
    this.#gaps = this.#gaps.filter((gap) => gap.start !== start);
    this.#total = start + length;
    return start;
  }

  /** Takes back what was given. */
  giveBack(start: number, length: number): void {
    const all = [...this.#gaps, { start, length }].sort((a, b) => a.start - b.start);
    const joined: Gap[] = [];
    for (const gap of all) {
      const before = joined.at(-1);
      if (before !== undefined && before.start + before.length === gap.start) {
        joined[joined.length - 1] = { start: before.start, length: before.length + gap.length };
      } else joined.push(gap);
    }
    this.#gaps = joined;
  }
}
