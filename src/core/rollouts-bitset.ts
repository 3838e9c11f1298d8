/**
 * Markowitz rollouts in plain JavaScript: bitset rows of four 32-bit words, masks instead of removals,
 * degrees tracked by new bits, as the core does it (assembly/play-two.ts). It is what the core's
 * rollouts are measured against, and makes the same choices from the same seed. Graphs of up to 128
 * vertices whose products all cost 1.
 */
import type { CostedGraph } from '../cost/types.ts';
import { eliminableVertices } from '../order/orders.ts';
import { createRandom } from '../support/random.ts';
import { popcount, setBit, wordAt } from './bits.ts';

/** Words of one side of a row, and of both. */
const words = 4;
const stride = 8;
/** Degree of a vertex that does not remain. */
const gone = 0x7fffffff;

/** Rollouts of one graph from its start; each takes the least degree, equals by chance. */
export class BitsetRollouts {
  readonly #vertices: number;
  readonly #length: number;
  readonly #initial: Int32Array;
  readonly #rows: Int32Array;
  readonly #outputs = new Int32Array(words);
  readonly #sources = new Int32Array(words);
  readonly #targets = new Int32Array(words);
  readonly #initialIn: Int32Array;
  readonly #initialOut: Int32Array;
  readonly #initialDegrees: Int32Array;
  readonly #in: Int32Array;
  readonly #out: Int32Array;
  readonly #degrees: Int32Array;
  readonly #before = new Int32Array(words);
  readonly #after = new Int32Array(words);

  constructor({ graph, algebra }: CostedGraph) {
    const vertices = graph.vertices.length;
    if (vertices > 128 || !algebra.uniform) throw new Error(`${graph.name} is no graph for that`);
    const eliminable = eliminableVertices(graph);
    this.#vertices = vertices;
    this.#length = eliminable.length;
    this.#initial = new Int32Array(stride * vertices);
    this.#rows = new Int32Array(stride * vertices);
    this.#initialIn = new Int32Array(vertices);
    this.#initialOut = new Int32Array(vertices);
    for (const { from, to } of graph.edges) {
      setBit(this.#initial, stride * to, from);
      setBit(this.#initial, stride * from + words, to);
      this.#initialIn[to] = wordAt(this.#initialIn, to) + 1;
      this.#initialOut[from] = wordAt(this.#initialOut, from) + 1;
    }
    graph.vertices.forEach(({ kind }, index) => {
      if (kind === 'output') setBit(this.#outputs, 0, index);
    });
    this.#initialDegrees = new Int32Array(vertices).fill(gone);
    for (const vertex of eliminable) {
      this.#initialDegrees[vertex] =
        wordAt(this.#initialIn, vertex) * wordAt(this.#initialOut, vertex);
    }
    this.#in = new Int32Array(vertices);
    this.#out = new Int32Array(vertices);
    this.#degrees = new Int32Array(vertices);
  }

  /** What each of `number` orders costs. */
  run(number: number, seed: number): Float64Array {
    const random = createRandom(seed);
    return Float64Array.from({ length: number }, () => {
      this.#reset();
      let total = 0;
      for (let left = this.#length; left > 0; left -= 1) {
        total += this.#eliminate(this.#least((bound) => random.integer(bound)));
      }
      return total;
    });
  }

  #reset(): void {
    this.#rows.set(this.#initial);
    this.#in.set(this.#initialIn);
    this.#out.set(this.#initialOut);
    this.#degrees.set(this.#initialDegrees);
    this.#sources.fill(-1);
    this.#targets.fill(-1);
  }

  /** One of the vertices with the least degree. */
  #least(integer: (bound: number) => number): number {
    const degrees = this.#degrees;
    const vertices = this.#vertices;
    let least = gone;
    let equals = 0;
    let last = 0;
    for (let vertex = 0; vertex < vertices; vertex += 1) {
      const degree = wordAt(degrees, vertex);
      if (degree > least) continue;
      equals = degree === least ? equals + 1 : 1;
      least = degree;
      last = vertex;
    }
    if (equals === 1) return last;
    let left = integer(equals);
    for (let vertex = 0; ; vertex += 1) {
      if (wordAt(degrees, vertex) !== least) continue;
      if (left === 0) return vertex;
      left -= 1;
    }
  }

  /** Eliminates a vertex; returns its degree, which is its cost. */
  #eliminate(vertex: number): number {
    const cost = wordAt(this.#degrees, vertex);
    const row = stride * vertex;
    for (let word = 0; word < words; word += 1) {
      this.#before[word] = wordAt(this.#rows, row + word) & wordAt(this.#sources, word);
      this.#after[word] = wordAt(this.#rows, row + words + word) & wordAt(this.#targets, word);
    }
    const word = vertex >>> 5;
    const kept = (wordAt(this.#outputs, word) >>> (vertex & 31)) & 1;
    const others = ~(1 << (vertex & 31));
    this.#sources[word] = wordAt(this.#sources, word) & others;
    if (kept === 0) this.#targets[word] = wordAt(this.#targets, word) & others;
    this.#degrees[vertex] = gone;
    this.#spread(words, this.#before, this.#after, this.#out, this.#in, 1 - kept);
    this.#spread(0, this.#after, this.#before, this.#in, this.#out, 1);
    return cost;
  }

  /** ORs one set into the rows of the vertices of the other, and puts their degrees up to date. */
  #spread(
    side: number,
    vertices: Int32Array,
    added: Int32Array,
    own: Int32Array,
    other: Int32Array,
    lost: number,
  ): void {
    const rows = this.#rows;
    const degrees = this.#degrees;
    const added0 = wordAt(added, 0);
    const added1 = wordAt(added, 1);
    const added2 = wordAt(added, 2);
    const added3 = wordAt(added, 3);
    for (let word = 0; word < words; word += 1) {
      for (let left = wordAt(vertices, word); left !== 0; left &= left - 1) {
        const vertex = (word << 5) + 31 - Math.clz32(left & -left);
        const row = stride * vertex + side;
        let fresh = 0;
        const new0 = added0 & ~wordAt(rows, row);
        if (new0 !== 0) {
          rows[row] = wordAt(rows, row) | new0;
          fresh += popcount(new0);
        }
        const new1 = added1 & ~wordAt(rows, row + 1);
        if (new1 !== 0) {
          rows[row + 1] = wordAt(rows, row + 1) | new1;
          fresh += popcount(new1);
        }
        const new2 = added2 & ~wordAt(rows, row + 2);
        if (new2 !== 0) {
          rows[row + 2] = wordAt(rows, row + 2) | new2;
          fresh += popcount(new2);
        }
        const new3 = added3 & ~wordAt(rows, row + 3);
        if (new3 !== 0) {
          rows[row + 3] = wordAt(rows, row + 3) | new3;
          fresh += popcount(new3);
        }
        const degree = wordAt(own, vertex) + fresh - lost;
        own[vertex] = degree;
        if (wordAt(degrees, vertex) !== gone) degrees[vertex] = degree * wordAt(other, vertex);
      }
    }
  }
}
