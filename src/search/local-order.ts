/**
 * Orders that cost the same and keep together what has to do with each other. A heuristic's order
 * goes to and fro in a large graph: what it eliminates one after the other are strangers. But
 * eliminations of vertices that are no neighbours at the time commute and change nothing of each
 * other's cost (Griewank and Walther, Evaluating Derivatives, 2nd ed., section 9.1; as the
 * elimination tree of sparse factorisations, Liu 1990). So any order is as good that takes v before
 * its neighbours of the moment, those that come later. Here the neighbours of a vertex that went
 * before it stand directly before it, with those before them (a depth-first search from the last
 * vertex; the seed decides among them).
 *
 * Guarantees the same count under `pairs` and `multiplications`, where the graph after a set of
 * vertices does not depend on their order; elsewhere nearly so. O(V + Σ over v of neighbours of v when it is eliminated).
 */
import type { OrderWalk } from '../core/order-walk.ts';
import { orderFromPositions } from '../order/orders.ts';
import type { Position } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { Random } from '../support/random.ts';

/** Pairs of vertices, in a list that grows. */
class PairList {
  #items = new Uint32Array(1024);
  length = 0;

  push(first: number, second: number): void {
    if (this.length + 2 > this.#items.length) {
      const larger = new Uint32Array(2 * this.#items.length);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.length] = first;
    this.#items[this.length + 1] = second;
    this.length += 2;
  }

  at(index: number): number {
    return this.#items[index] ?? 0;
  }
}

/** For each vertex, those that have to go before it: `before[starts[v]] … before[starts[v + 1]]`. */
interface Prerequisites {
  readonly starts: Uint32Array;
  readonly before: Uint32Array;
}

function prerequisites(walk: OrderWalk, order: EliminationOrder): Prerequisites {
  const pairs = new PairList();
  walk.restart();
  walk.advance(order, (vertex, neighbours) => {
    for (const neighbour of neighbours) pairs.push(vertex, neighbour);
  });
  const starts = new Uint32Array(walk.graph.vertices.length + 2);
  for (let index = 1; index < pairs.length; index += 2) {
    const slot = pairs.at(index) + 2;
    starts[slot] = (starts[slot] ?? 0) + 1;
  }
  for (let slot = 2; slot < starts.length; slot += 1) {
    starts[slot] = (starts[slot] ?? 0) + (starts[slot - 1] ?? 0);
  }
  const before = new Uint32Array(pairs.length / 2);
  for (let index = 0; index < pairs.length; index += 2) {
    const slot = pairs.at(index + 1) + 1;
    const next = starts[slot] ?? 0;
    before[next] = pairs.at(index);
    starts[slot] = next + 1;
  }
  return { starts, before };
}

/** An order of the same count whose neighbours in it are neighbours in the graph. */
export function localOrder(
  walk: OrderWalk,
  order: EliminationOrder,
  random: Random,
): EliminationOrder {
  const { starts, before } = prerequisites(walk, order);
  // Which of several goes first, by the seed: one rotation for each vertex.
  const next = new Uint32Array(walk.graph.vertices.length);
  const first = new Uint32Array(walk.graph.vertices.length);
  const seen = new Uint8Array(walk.graph.vertices.length);
  const result: Position[] = [];
  const stack: Position[] = [];
  const enter = (vertex: Position): void => {
    seen[vertex] = 1;
    const count = (starts[vertex + 1] ?? 0) - (starts[vertex] ?? 0);
    first[vertex] = count > 1 ? random.integer(count) : 0;
    stack.push(vertex);
  };
  for (const root of order.toReversed()) {
    if (seen[root] === 1) continue;
    enter(root);
    for (let vertex = stack.at(-1); vertex !== undefined; vertex = stack.at(-1)) {
      const start = starts[vertex] ?? 0;
      const count = (starts[vertex + 1] ?? 0) - start;
      const turn = next[vertex] ?? 0;
      if (turn === count) {
        result.push(vertex);
        stack.pop();
        continue;
      }
      next[vertex] = turn + 1;
      const other = before[start + (((first[vertex] ?? 0) + turn) % count)] ?? 0;
      if (seen[other] === 0) enter(other as Position);
    }
  }
  return orderFromPositions(walk.graph, result);
}
