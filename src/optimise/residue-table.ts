/** An open-addressing table from packed residues to two integers; linear probing, grown by doubling. */

const empty = -1;

/** The first entry of a key stays; others of it are not taken. */
export class ResidueTable {
  #keys: Float64Array;
  #first: Int32Array;
  #second: Int32Array;
  #mask: number;
  #size = 0;

  /** An empty table with room for about `expected` keys. */
  constructor(expected: number) {
    const capacity = 2 ** Math.max(4, Math.ceil(Math.log2(2 * expected + 1)));
    this.#keys = new Float64Array(capacity).fill(empty);
    this.#first = new Int32Array(capacity);
    this.#second = new Int32Array(capacity);
    this.#mask = capacity - 1;
  }

  /** How many keys there are. */
  get size(): number {
    return this.#size;
  }

  /** Where a key stands; −1 where it does not. */
  find(key: number): number {
    let place = this.#start(key);
    for (;;) {
      const found = this.#keys[place];
      if (found === key) return place;
      if (found === empty) return -1;
      place = (place + 1) & this.#mask;
    }
  }

  /** The first integer at a place that `find` gave. */
  first(place: number): number {
    return this.#first[place] ?? 0;
  }

  /** The second integer. */
  second(place: number): number {
    return this.#second[place] ?? 0;
  }

  /** Changes the integers at a place that `find` gave. */
  set(place: number, first: number, second: number): void {
    this.#first[place] = first;
    this.#second[place] = second;
  }

  /** Adds a key that is not there yet. */
  add(key: number, first: number, second: number): void {
    if (2 * this.#size > this.#mask) this.#grow();
    let place = this.#start(key);
    for (;;) {
      const found = this.#keys[place];
      if (found === key) return;
      if (found === empty) break;
      place = (place + 1) & this.#mask;
    }
    this.#keys[place] = key;
    this.#first[place] = first;
    this.#second[place] = second;
    this.#size += 1;
  }

  #start(key: number): number {
    const high = Math.floor(key / 2 ** 26);
    const low = key - high * 2 ** 26;
    const mixed = Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca77);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }

  #grow(): void {
    const [keys, first, second] = [this.#keys, this.#first, this.#second];
    const grown = new ResidueTable(2 * this.#size + 16);
    for (let place = 0; place < keys.length; place += 1) {
      const key = keys[place] ?? empty;
      if (key !== empty) grown.add(key, first[place] ?? 0, second[place] ?? 0);
    }
    this.#keys = grown.#keys;
    this.#first = grown.#first;
    this.#second = grown.#second;
    this.#mask = grown.#mask;
  }
}
