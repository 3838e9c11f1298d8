/**
 * The core's annealing in plain JavaScript: bitset rows of 32-bit words, fill-in kept for vertices of
 * the window only, rows of a proposal's own told by stamps (assembly/anneal-wide.ts), the same random
 * choices. It is what the core is measured against, and a third opinion in the tests. Uniform
 * algebras only.
 */
import type { CostedGraph } from '../cost/types.ts';
import type { Graph } from '../graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { createRandom, type Random } from '../support/random.ts';
import { type Annealer, type AnnealingEngine, logarithms, type Proposals } from './annealer.ts';
import { popcount, setBit, wordAt } from './bits.ts';

const nowhere = 0x7fffffff;

/** Element of a typed array at an index that is known to be in range. */
function floatAt(array: Float64Array, index: number): number {
  // In range, so never undefined; a check here would cost a branch in the innermost loops.
  // eslint-disable-next-line @typescript-eslint/no-non-null-assertion
  return array[index]!;
}

class BitsetAnnealer implements Annealer {
  readonly #graph: Graph;
  readonly #tries: number;
  readonly #farthest: number;
  readonly #words: number;
  readonly #initial: Int32Array;
  readonly #rows: Int32Array;
  readonly #work: Int32Array;
  /** Words of the outputs, and of sources and targets in the graph and in a proposal. */
  readonly #outputs: Int32Array;
  readonly #sources: Int32Array;
  readonly #targets: Int32Array;
  readonly #workSources: Int32Array;
  readonly #workTargets: Int32Array;
  /** P, then S, of the vertex in hand. */
  readonly #hand: Int32Array;
  readonly #places: Int32Array;
  readonly #stamps: Int32Array;
  #stamp = 0;
  readonly #order: Int32Array;
  readonly #window: Int32Array;
  readonly #best: Int32Array;
  readonly #sums: Float64Array;
  readonly #candidate: Float64Array;
  #bestCost = 0;
  #random: Random = createRandom(0);
  #place = 0;
  #tried = 0;

  constructor({ graph, algebra }: CostedGraph, { tries, farthest }: Proposals) {
    if (!algebra.uniform) throw new Error('plain JavaScript anneals uniform algebras only');
    const vertices = graph.vertices.length;
    const words = Math.max(4, Math.ceil(vertices / 32));
    const length = eliminableVertices(graph).length;
    this.#graph = graph;
    this.#tries = tries;
    this.#farthest = farthest ?? Math.max(1, length);
    this.#words = words;
    this.#initial = new Int32Array(2 * words * vertices);
    this.#rows = new Int32Array(2 * words * vertices);
    this.#work = new Int32Array(2 * words * vertices);
    this.#outputs = new Int32Array(words);
    this.#sources = new Int32Array(words);
    this.#targets = new Int32Array(words);
    this.#workSources = new Int32Array(words);
    this.#workTargets = new Int32Array(words);
    this.#hand = new Int32Array(2 * words);
    this.#places = new Int32Array(vertices).fill(nowhere);
    this.#stamps = new Int32Array(2 * vertices);
    this.#order = new Int32Array(length);
    this.#window = new Int32Array(length);
    this.#best = new Int32Array(length);
    this.#sums = new Float64Array(length + 1);
    this.#candidate = new Float64Array(length);
    for (const { from, to } of graph.edges) {
      setBit(this.#initial, 2 * words * to, from);
      setBit(this.#initial, 2 * words * from + words, to);
    }
    graph.vertices.forEach(({ kind }, index) => {
      if (kind === 'output') setBit(this.#outputs, 0, index);
    });
  }

  start(order: EliminationOrder, seed: number): number {
    this.#order.set(order);
    this.#order.forEach((vertex, place) => {
      this.#places[vertex] = place;
    });
    this.#random = createRandom(seed);
    this.#place = 0;
    this.#tried = 0;
    this.#reset();
    for (let place = 0; place < order.length; place += 1) {
      const cost = this.#advance(place);
      this.#sums[place + 1] = floatAt(this.#sums, place) + cost;
    }
    this.#keepBest();
    return this.cost;
  }

  sweep(temperature: number, limit = Infinity): number {
    const length = this.#order.length;
    let made = 0;
    if (!this.sweeping) this.#reset();
    for (; this.#place + 1 < length; this.#place += 1) {
      for (; this.#tried < this.#tries; this.#tried += 1) {
        if (made === limit) return made;
        this.#propose(this.#place, temperature);
        made += 1;
      }
      this.#advance(this.#place);
      this.#tried = 0;
    }
    this.#place = 0;
    return made;
  }

  get sweeping(): boolean {
    return this.#place > 0 || this.#tried > 0;
  }

  get cost(): number {
    return floatAt(this.#sums, this.#order.length);
  }

  get bestCost(): number {
    return this.#bestCost;
  }

  order(): EliminationOrder {
    return orderFromPositions(this.#graph, [...this.#order]);
  }

  bestOrder(): EliminationOrder {
    return orderFromPositions(this.#graph, [...this.#best]);
  }

  dispose(): void {
    // The garbage collector frees everything.
  }

  #reset(): void {
    this.#rows.set(this.#initial);
    this.#sources.fill(-1);
    this.#targets.fill(-1);
  }

  #keepBest(): void {
    this.#best.set(this.#order);
    this.#bestCost = this.cost;
  }

  #propose(place: number, temperature: number): void {
    const random = this.#random;
    const most = Math.min(this.#order.length - 1 - place, this.#farthest);
    const bits = (random.next() * 4294967296) | 0;
    const octave = ((bits >>> 16) * (32 - Math.clz32(most))) >>> 16;
    let length = (1 << octave) | (bits & ((1 << octave) - 1));
    if (length > most) length >>>= 1;
    const others = (random.next() * 4294967296) | 0;
    const move = ((others & 0xff) * 3) >>> 8;
    const odd = ((others >>> 8) << 1) | 1;
    const halvings = Math.clz32(odd) - 7;
    const step = ((odd << halvings) >>> 16) & 0xff;
    const exponential = halvings * Math.LN2 + floatAt(logarithms, step);

    const order = this.#order;
    const window = this.#window;
    const near = wordAt(order, place);
    const far = wordAt(order, place + length);
    for (let t = 1; t < length; t += 1) window[t] = wordAt(order, place + t);
    window[0] = far;
    window[length] = near;
    if (move === 0) {
      for (let t = 0; t < length; t += 1) window[t] = wordAt(order, place + t + 1);
    } else if (move === 1) {
      for (let t = 1; t <= length; t += 1) window[t] = wordAt(order, place + t - 1);
    }
    const start = floatAt(this.#sums, place);
    const old = floatAt(this.#sums, place + length + 1) - start;
    const total = this.#evaluate(place, length, old + Math.floor(temperature * exponential));
    if (total >= 0) this.#accept(place, length, total - old);
  }

  /** What the window costs; −1 as soon as it costs more than `allowed`. */
  #evaluate(place: number, length: number, allowed: number): number {
    this.#stamp += 1;
    this.#workSources.set(this.#sources);
    this.#workTargets.set(this.#targets);
    let total = 0;
    for (let t = 0; t <= length; t += 1) {
      const vertex = wordAt(this.#window, t);
      total += this.#take(vertex, true);
      if (total > allowed) return -1;
      this.#candidate[t] = total;
      if (t === length) break;
      this.#maskOut(vertex, this.#workSources, this.#workTargets);
      this.#spread(this.#work, place, length, 0, this.#words);
      this.#spread(this.#work, place, length, this.#words, 0);
    }
    return total;
  }

  /** Reads P and S of a vertex into the hand; returns |P|·|S|. */
  #take(vertex: number, proposed: boolean): number {
    const words = this.#words;
    const hand = this.#hand;
    const row = 2 * words * vertex;
    const stamp = this.#stamp;
    const before = proposed && wordAt(this.#stamps, 2 * vertex) === stamp ? this.#work : this.#rows;
    const after =
      proposed && wordAt(this.#stamps, 2 * vertex + 1) === stamp ? this.#work : this.#rows;
    const sources = proposed ? this.#workSources : this.#sources;
    const targets = proposed ? this.#workTargets : this.#targets;
    let incoming = 0;
    let outgoing = 0;
    for (let word = 0; word < words; word += 1) {
      const p = wordAt(before, row + word) & wordAt(sources, word);
      const s = wordAt(after, row + words + word) & wordAt(targets, word);
      hand[word] = p;
      hand[words + word] = s;
      incoming += popcount(p);
      outgoing += popcount(s);
    }
    return incoming * outgoing;
  }

  /**
   * ORs the hand's side `added` into the rows of the vertices on its side `side` whose places are
   * `place` … `place` + `length`.
   */
  #spread(rows: Int32Array, place: number, length: number, side: number, added: number): void {
    const words = this.#words;
    const hand = this.#hand;
    for (let group = 0; group < words; group += 1) {
      for (let left = wordAt(hand, side + group); left !== 0; left &= left - 1) {
        const vertex = group * 32 + 31 - Math.clz32(left & -left);
        if ((wordAt(this.#places, vertex) - place) >>> 0 > length) continue;
        // Predecessors' rows of successors change, and the other way round.
        const row = 2 * words * vertex + added;
        const stampAt = 2 * vertex + (added === 0 ? 0 : 1);
        const own = rows === this.#rows || wordAt(this.#stamps, stampAt) === this.#stamp;
        const from = own ? rows : this.#rows;
        if (!own) this.#stamps[stampAt] = this.#stamp;
        for (let word = 0; word < words; word += 1) {
          rows[row + word] = wordAt(from, row + word) | wordAt(hand, added + word);
        }
      }
    }
  }

  #maskOut(vertex: number, sources: Int32Array, targets: Int32Array): void {
    const word = vertex >>> 5;
    const others = ~(1 << (vertex & 31));
    sources[word] = wordAt(sources, word) & others;
    targets[word] = wordAt(targets, word) & (others | wordAt(this.#outputs, word));
  }

  /** Eliminates a place's vertex for good; returns what it costs. */
  #advance(place: number): number {
    const vertex = wordAt(this.#order, place);
    const cost = this.#take(vertex, false);
    this.#maskOut(vertex, this.#sources, this.#targets);
    const left = this.#order.length - place - 2;
    if (left >= 0) {
      this.#spread(this.#rows, place + 1, left, 0, this.#words);
      this.#spread(this.#rows, place + 1, left, this.#words, 0);
    }
    return cost;
  }

  #accept(place: number, length: number, change: number): void {
    const sums = this.#sums;
    const start = floatAt(sums, place);
    for (let t = 0; t <= length; t += 1) {
      const vertex = wordAt(this.#window, t);
      this.#order[place + t] = vertex;
      this.#places[vertex] = place + t;
      sums[place + t + 1] = start + floatAt(this.#candidate, t);
    }
    if (change === 0) return;
    for (let t = place + length + 2; t < sums.length; t += 1) {
      sums[t] = floatAt(sums, t) + change;
    }
    if (this.cost < this.#bestCost) this.#keepBest();
  }
}

/** Plain JavaScript bitsets, uniform algebras. */
export const bitsetAnnealing: AnnealingEngine = {
  name: 'bitset',
  annealer: (costed, proposals) => new BitsetAnnealer(costed, proposals),
};
