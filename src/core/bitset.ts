/**
 * The core's algorithm in plain JavaScript: bitset rows of 32-bit words, masks instead of removals,
 * gathered non-zero words, degrees tracked by new bits (assembly/rows-two.ts, rows-wide.ts,
 * markowitz.ts). It is what the WASM core is measured against, and a third opinion in the tests.
 */
import type { CostedGraph, EdgeAlgebra } from '../cost/types.ts';
import type { Graph } from '../graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { UserError } from '../support/user-error.ts';
import { countFourWords } from './bitset-four.ts';
import { popcount, setBit, wordAt } from './bits.ts';
import { refuseTensors } from './refuse-tensors.ts';
import type { EliminationEngine, EliminationHandle, TieRule } from './types.ts';

/** Rows of that many vertices take n²/2 bytes, states another 2n². */
const mostVertices = 8192;

/** The non-zero words of one masked row. */
class GatheredRow {
  readonly #offsets: Int32Array;
  readonly #words: Int32Array;
  size = 0;

  constructor(words: number) {
    this.#offsets = new Int32Array(words);
    this.#words = new Int32Array(words);
  }

  /** Reads `row & mask`; returns the number of set bits. */
  read(rows: Int32Array, row: number, mask: Int32Array): number {
    let size = 0;
    let bits = 0;
    for (let offset = 0; offset < mask.length; offset += 1) {
      const word = wordAt(rows, row + offset) & wordAt(mask, offset);
      if (word === 0) continue;
      this.#offsets[size] = offset;
      this.#words[size] = word;
      size += 1;
      bits += popcount(word);
    }
    this.size = size;
    return bits;
  }

  offset(index: number): number {
    return wordAt(this.#offsets, index);
  }

  word(index: number): number {
    return wordAt(this.#words, index);
  }
}

class BitsetHandle implements EliminationHandle {
  readonly #graph: Graph;
  readonly #algebra: EdgeAlgebra;
  readonly #words: number;
  readonly #initial: Int32Array;
  readonly #rows: Int32Array;
  readonly #outputs: Int32Array;
  readonly #sources: Int32Array;
  readonly #targets: Int32Array;
  readonly #predecessors: GatheredRow;
  readonly #successors: GatheredRow;
  readonly #initialStates: readonly number[];
  /** States of u → w at u·n + w; empty where the algebra is uniform. */
  readonly #states: Uint16Array;

  constructor({ graph, algebra, states }: CostedGraph) {
    const vertices = graph.vertices.length;
    if (vertices > mostVertices) {
      throw new UserError({
        code: 'core-memory',
        message: `graph ${graph.name} has over ${mostVertices} vertices; use the WASM engine`,
      });
    }
    const words = Math.max(4, Math.ceil(vertices / 32));
    this.#graph = graph;
    this.#algebra = algebra;
    this.#words = words;
    this.#initial = new Int32Array(2 * words * vertices);
    this.#rows = new Int32Array(2 * words * vertices);
    this.#outputs = new Int32Array(words);
    this.#sources = new Int32Array(words);
    this.#targets = new Int32Array(words);
    this.#predecessors = new GatheredRow(words);
    this.#successors = new GatheredRow(words);
    this.#initialStates = states;
    this.#states = new Uint16Array(algebra.uniform ? 0 : vertices * vertices);
    for (const { from, to } of graph.edges) {
      setBit(this.#initial, 2 * words * to, from);
      setBit(this.#initial, 2 * words * from + words, to);
    }
    graph.vertices.forEach(({ kind }, index) => {
      if (kind === 'output') setBit(this.#outputs, 0, index);
    });
  }

  count(orders: readonly EliminationOrder[]): Float64Array {
    return Float64Array.from(orders, (order) => this.#countOne(order));
  }

  steps(order: EliminationOrder): Float64Array {
    this.#reset();
    return Float64Array.from(order, (vertex) => this.#eliminate(vertex));
  }

  markowitz(tie: TieRule): EliminationOrder {
    refuseTensors(this.#graph);
    this.#reset();
    const vertices = this.#graph.vertices.length;
    const inDegrees = new Int32Array(vertices);
    const outDegrees = new Int32Array(vertices);
    const words = this.#words;
    for (const { from, to } of this.#graph.edges) {
      inDegrees[to] = wordAt(inDegrees, to) + 1;
      outDegrees[from] = wordAt(outDegrees, from) + 1;
    }
    const left = Int32Array.from(eliminableVertices(this.#graph));
    const order: number[] = [];
    for (let size = left.length; size > 0; size -= 1) {
      let place = 0;
      let least = Infinity;
      for (let index = 0; index < size; index += 1) {
        const vertex = wordAt(left, index);
        const degree = wordAt(inDegrees, vertex) * wordAt(outDegrees, vertex);
        if (degree < least || (degree === least && tie === 'high')) {
          least = degree;
          place = index;
        }
      }
      const vertex = wordAt(left, place);
      left.copyWithin(place, place + 1, size);
      order.push(vertex);
      this.#gather(vertex);
      const kept = (wordAt(this.#outputs, vertex >>> 5) >>> (vertex & 31)) & 1;
      this.#spread(words, this.#predecessors, this.#successors, outDegrees, 1 - kept);
      this.#spread(0, this.#successors, this.#predecessors, inDegrees, 1);
      this.#maskOut(vertex);
    }
    return orderFromPositions(this.#graph, order);
  }

  dispose(): void {
    // The garbage collector frees everything.
  }

  #countOne(order: EliminationOrder): number {
    this.#reset();
    if (this.#words === 4 && this.#algebra.uniform) {
      return countFourWords(this.#rows, this.#outputs, order);
    }
    let total = 0;
    for (const vertex of order) total += this.#eliminate(vertex);
    return total;
  }

  #reset(): void {
    this.#rows.set(this.#initial);
    this.#sources.fill(-1);
    this.#targets.fill(-1);
    if (this.#algebra.uniform) return;
    const vertices = this.#graph.vertices.length;
    this.#graph.edges.forEach(({ from, to }, index) => {
      this.#states[from * vertices + to] = this.#initialStates[index] ?? 0;
    });
  }

  /** Reads P and S of a vertex; returns |P|·|S|. */
  #gather(vertex: number): number {
    const row = 2 * this.#words * vertex;
    const inDegree = this.#predecessors.read(this.#rows, row, this.#sources);
    return inDegree * this.#successors.read(this.#rows, row + this.#words, this.#targets);
  }

  #eliminate(vertex: number): number {
    let cost = this.#gather(vertex);
    if (this.#algebra.uniform) {
      this.#connect(this.#words, this.#predecessors, this.#successors);
      this.#connect(0, this.#successors, this.#predecessors);
    } else {
      cost = this.#composeAll(vertex);
    }
    this.#maskOut(vertex);
    return cost;
  }

  #maskOut(vertex: number): void {
    const word = vertex >>> 5;
    const kept = ~(1 << (vertex & 31));
    this.#sources[word] = wordAt(this.#sources, word) & kept;
    this.#targets[word] = wordAt(this.#targets, word) & (kept | wordAt(this.#outputs, word));
  }

  /** ORs one gathered row into the rows of the vertices of the other; side is 0 or W. */
  #connect(side: number, vertices: GatheredRow, added: GatheredRow): void {
    const rows = this.#rows;
    const stride = 2 * this.#words;
    for (let group = 0; group < vertices.size; group += 1) {
      const first = vertices.offset(group) << 5;
      for (let left = vertices.word(group); left !== 0; left &= left - 1) {
        const row = (first + 31 - Math.clz32(left & -left)) * stride + side;
        for (let item = 0; item < added.size; item += 1) {
          const cell = row + added.offset(item);
          rows[cell] = wordAt(rows, cell) | added.word(item);
        }
      }
    }
  }

  /** The same, with the degree of each vertex changed by its new bits less `lost`. */
  #spread(
    side: number,
    vertices: GatheredRow,
    added: GatheredRow,
    degrees: Int32Array,
    lost: number,
  ): void {
    const rows = this.#rows;
    const stride = 2 * this.#words;
    for (let group = 0; group < vertices.size; group += 1) {
      const first = vertices.offset(group) << 5;
      for (let left = vertices.word(group); left !== 0; left &= left - 1) {
        const vertex = first + 31 - Math.clz32(left & -left);
        let fresh = 0;
        for (let item = 0; item < added.size; item += 1) {
          const cell = vertex * stride + side + added.offset(item);
          const before = wordAt(rows, cell);
          const after = before | added.word(item);
          fresh += popcount(before ^ after);
          rows[cell] = after;
        }
        degrees[vertex] = wordAt(degrees, vertex) + fresh - lost;
      }
    }
  }

  /** Puts all products that are not structurally zero in place; returns what they cost. */
  #composeAll(vertex: number): number {
    const vertices = this.#graph.vertices.length;
    const stride = 2 * this.#words;
    const states = this.#states;
    let cost = 0;
    for (const predecessor of members(this.#predecessors)) {
      const incoming = wordAt(states, predecessor * vertices + vertex);
      for (const successor of members(this.#successors)) {
        const cell = predecessor * vertices + successor;
        const product = this.#algebra.compose(
          wordAt(states, vertex * vertices + successor),
          incoming,
        );
        cost += product.cost;
        if (product.state === null) continue;
        const ownRow = predecessor * stride + this.#words;
        const word = wordAt(this.#rows, ownRow + (successor >>> 5));
        if (((word >>> (successor & 31)) & 1) === 0) {
          states[cell] = product.state;
          setBit(this.#rows, ownRow, successor);
          setBit(this.#rows, successor * stride, predecessor);
          continue;
        }
        const sum = this.#algebra.add(wordAt(states, cell), product.state);
        cost += sum.cost;
        states[cell] = sum.state;
      }
    }
    return cost;
  }
}

function* members(row: GatheredRow): Generator<number> {
  for (let group = 0; group < row.size; group += 1) {
    for (let left = row.word(group); left !== 0; left &= left - 1) {
      yield (row.offset(group) << 5) + 31 - Math.clz32(left & -left);
    }
  }
}

/** Plain JavaScript bitsets, up to 8,192 vertices. */
export const bitsetEngine: EliminationEngine = {
  name: 'bitset',
  load: (costed) => new BitsetHandle(costed),
};
