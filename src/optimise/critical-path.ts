/**
 * The longest chain of operations of a graph of values, in cycles that an operation's result takes to be
 * there. Fewer operations are no gain where they wait for each other longer: a processor does several at
 * a time. So no rewriting makes the longest chain longer than it was at first. Negations, which are
 * chosen when a graph is written, have no part in it.
 */
import { kinds, type ValueGraph } from './value-graph.ts';

/** Cycles, about those of processors of the last ten years; functions by their weight. */
const latencies = { arithmetic: 4, reciprocal: 14, ofWeight: 3 } as const;

/** When values are there, and how long it is from there to the last output. */
export class CriticalPath {
  readonly #graph: ValueGraph;
  /** By node: cycles until it is there. */
  #ready = new Float64Array(256);
  /** By node: cycles of the longest chain that uses it, its own not included. */
  #after = new Float64Array(256);
  #limit = Infinity;

  /** Of a graph that is going to be rewritten; `refresh` comes first. */
  constructor(graph: ValueGraph) {
    this.#graph = graph;
  }

  /** Takes the longest chain that `refresh` found as the longest that may be. */
  limitToNow(order: Int32Array, live: number): void {
    this.#limit = 0;
    for (const node of order.subarray(0, live)) {
      this.#limit = Math.max(this.#limit, this.#ready[node] ?? 0);
    }
  }

  /** Works everything out anew. O(live nodes). @param order nodes in use, operands first */
  refresh(order: Int32Array, live: number): void {
    const graph = this.#graph;
    const room = graph.kind.length;
    if (this.#ready.length < room) {
      this.#ready = new Float64Array(room);
      this.#after = new Float64Array(room);
    }
    const after = this.#after;
    for (let place = 0; place < live; place += 1) {
      const node = order[place] ?? 0;
      this.#ready[node] = this.#readyTime(node);
      after[node] = 0;
    }
    for (let place = live - 1; place >= 0; place -= 1) {
      const node = order[place] ?? 0;
      const through = (after[node] ?? 0) + latencyOf(graph, node);
      const kind = graph.kind[node] ?? 0;
      if (kind === kinds.function) {
        const end = (graph.poolStart[node] ?? 0) + (graph.poolCount[node] ?? 0);
        for (let at = graph.poolStart[node] ?? 0; at < end; at += 1) {
          const operand = (graph.pool[at] ?? 0) >> 1;
          after[operand] = Math.max(after[operand] ?? 0, through);
        }
      } else if (kind >= kinds.product) {
        const left = (graph.left[node] ?? 0) >> 1;
        after[left] = Math.max(after[left] ?? 0, through);
        if (kind === kinds.reciprocal) continue;
        const right = (graph.right[node] ?? 0) >> 1;
        after[right] = Math.max(after[right] ?? 0, through);
      }
    }
  }

  /**
   * Whether all chains through a node, with the definition that it has now, are short enough.
   * @param inner a new node among its operands, whose definition stands; −1 where there is none
   */
  isInTime(node: number, inner: number): boolean {
    if (inner >= 0) this.#ready[inner] = this.#readyTime(inner);
    return this.#readyTime(node) + (this.#after[node] ?? 0) <= this.#limit;
  }

  #readyTime(node: number): number {
    const graph = this.#graph;
    const ready = this.#ready;
    const kind = graph.kind[node] ?? 0;
    let latest = 0;
    if (kind === kinds.function) {
      const end = (graph.poolStart[node] ?? 0) + (graph.poolCount[node] ?? 0);
      for (let at = graph.poolStart[node] ?? 0; at < end; at += 1) {
        latest = Math.max(latest, ready[(graph.pool[at] ?? 0) >> 1] ?? 0);
      }
    } else if (kind >= kinds.product) {
      latest = ready[(graph.left[node] ?? 0) >> 1] ?? 0;
      if (kind !== kinds.reciprocal) {
        latest = Math.max(latest, ready[(graph.right[node] ?? 0) >> 1] ?? 0);
      }
    }
    return latest + latencyOf(graph, node);
  }
}

/** Cycles that a node's own operation takes. */
export function latencyOf(graph: ValueGraph, node: number): number {
  switch (graph.kind[node]) {
    case kinds.product:
    case kinds.sum:
      return latencies.arithmetic;
    case kinds.reciprocal:
      return latencies.reciprocal;
    case kinds.function:
      return latencies.ofWeight * (graph.cost[node] ?? 0);
    default:
      return 0;
  }
}
