/**
 * Least weighted cuts: of the vertices that can be reached from a source along `next` and the edges from
 * the source to its neighbours, a set of least weight that every path from the source to an end has a
 * member of. By the theorem of Ford and
 * Fulkerson (Flows in Networks, 1962) it is the largest flow with the weights as capacities of
 * vertices; Dinic's algorithm on vertices split in an entry and an exit. Weights are whole numbers.
 */

/** A graph to cut: local vertices 0 … size − 1, of which 0 is the source. */
export interface CutGraph {
  readonly size: number;
  /** For each vertex those that paths go on to. */
  readonly next: readonly (readonly number[])[];
}

/** Computes cuts of one graph under changing weights; not reentrant. */
export class WeightedCut {
  readonly #size: number;
  /** One past the arcs of edges from the source, and of all edges. */
  #directEnd = 0;
  readonly #edgesEnd: number;
  /** Arcs in pairs, an arc and its reverse; entry of v is node 2v, exit 2v + 1. */
  readonly #head: Int32Array;
  readonly #first: Int32Array;
  readonly #arcs: Int32Array;
  readonly #capacity: Float64Array;
  readonly #level: Int32Array;
  readonly #queue: Int32Array;
  readonly #open: Int32Array;

  constructor({ size, next }: CutGraph) {
    this.#size = size;
    const ends: number[] = [];
    // Arc 2v leads from the entry of v to its exit, arc 2v + 1 back; then two for each edge; then two
    // for each vertex to the sink.
    const sink = 2 * size;
    for (let vertex = 0; vertex < size; vertex += 1) ends.push(2 * vertex, 2 * vertex + 1);
    next.forEach((row, vertex) => {
      for (const other of row) ends.push(2 * vertex + 1, 2 * other);
      if (vertex === 0) this.#directEnd = ends.length;
    });
    this.#edgesEnd = ends.length;
    for (let vertex = 0; vertex < size; vertex += 1) ends.push(2 * vertex + 1, sink);
    const nodes = sink + 1;
    const lists = Array.from({ length: nodes }, (): number[] => []);
    this.#head = new Int32Array(ends.length);
    for (let arc = 0; arc < ends.length; arc += 1) {
      // The end of an arc is the other one of its pair.
      this.#head[arc] = ends[arc ^ 1] ?? -1;
      lists[ends[arc] ?? -1]?.push(arc);
    }
    this.#first = new Int32Array(nodes + 1);
    lists.forEach((list, node) => {
      this.#first[node + 1] = (this.#first[node] ?? 0) + list.length;
    });
    this.#arcs = Int32Array.from(lists.flat());
    this.#capacity = new Float64Array(ends.length);
    this.#level = new Int32Array(nodes);
    this.#queue = new Int32Array(nodes);
    this.#open = new Int32Array(nodes);
  }

  /**
   * The weight of the least cut.
   * @param weights two by vertex: of the edge from the source to it, at 2 · vertex, and of the vertex;
   * infinite for what can be in no cut. Those of the source count nothing.
   * @param isEnd whether paths may end at a vertex
   */
  weight(weights: Float64Array, isEnd: Uint8Array): number {
    const capacity = this.#capacity;
    capacity.fill(0);
    for (let vertex = 0; vertex < this.#size; vertex += 1) {
      capacity[2 * vertex] = vertex === 0 ? Infinity : (weights[2 * vertex + 1] ?? 0);
      capacity[this.#edgesEnd + 2 * vertex] = isEnd[vertex] === 1 ? Infinity : 0;
    }
    for (let arc = 2 * this.#size; arc < this.#edgesEnd; arc += 2) {
      capacity[arc] = arc < this.#directEnd ? (weights[this.#head[arc] ?? 0] ?? 0) : Infinity;
    }
    let flow = 0;
    while (this.#layer()) {
      this.#open.set(this.#first.subarray(0, this.#open.length));
      for (;;) {
        const more = this.#push(1, Infinity);
        if (more === 0) break;
        flow += more;
        if (flow === Infinity) return Infinity;
      }
    }
    return flow;
  }

  /** Distances from the source's exit; whether the sink is reached. */
  #layer(): boolean {
    const level = this.#level;
    const queue = this.#queue;
    const sink = 2 * this.#size;
    level.fill(-1);
    level[1] = 0;
    queue[0] = 1;
    for (let head = 0, tail = 1; head < tail; head += 1) {
      const node = queue[head] ?? -1;
      const end = this.#first[node + 1] ?? 0;
      for (let place = this.#first[node] ?? 0; place < end; place += 1) {
        const arc = this.#arcs[place] ?? -1;
        const other = this.#head[arc] ?? -1;
        if ((this.#capacity[arc] ?? 0) <= 0 || level[other] !== -1) continue;
        level[other] = (level[node] ?? 0) + 1;
        if (other === sink) return true;
        queue[tail] = other;
        tail += 1;
      }
    }
    return false;
  }

  #push(node: number, most: number): number {
    if (node === 2 * this.#size) return most;
    const end = this.#first[node + 1] ?? 0;
    for (; (this.#open[node] ?? 0) < end; this.#open[node] = (this.#open[node] ?? 0) + 1) {
      const arc = this.#arcs[this.#open[node] ?? 0] ?? -1;
      const other = this.#head[arc] ?? -1;
      const free = this.#capacity[arc] ?? 0;
      if (free <= 0 || this.#level[other] !== (this.#level[node] ?? 0) + 1) continue;
      const pushed = this.#push(other, Math.min(most, free));
      if (pushed === 0) continue;
      this.#capacity[arc] = free - pushed;
      this.#capacity[arc ^ 1] = (this.#capacity[arc ^ 1] ?? 0) + pushed;
      return pushed;
    }
    return 0;
  }
}
