/**
 * Stable topological sorting: Kahn's algorithm, always taking the first listed vertex that is ready,
 * so a listing that is in order already stays as it is. O((V + E) log V).
 */
import { UserError } from '../support/user-error.ts';
import type { VertexId } from './types.ts';

/** Ends of edges as places in a list of vertices: edge k leads from `from[k]` to `to[k]`. */
export interface Ends {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** An id as it stands in a message: strings in quotes, integers bare, so `1` and `"1"` differ. */
export function printId(id: VertexId): string {
  return typeof id === 'string' ? JSON.stringify(id) : String(id);
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
}

/**
 * Edges by the vertex they leave: those of vertex v are `edges[starts[v]] … edges[starts[v + 1]]`,
 * the last excluded, ascending. O(V + E).
 */
export function edgesBySource(
  vertices: number,
  from: Int32Array,
): { readonly starts: Int32Array; readonly edges: Int32Array } {
  const starts = new Int32Array(vertices + 2);
  for (const vertex of from) starts[vertex + 2] = (starts[vertex + 2] ?? 0) + 1;
  for (let vertex = 2; vertex < starts.length; vertex += 1) {
    starts[vertex] = (starts[vertex] ?? 0) + (starts[vertex - 1] ?? 0);
  }
  // starts[v + 1] is where the next edge of v goes; in the end it is where those of v + 1 begin.
  const edges = new Int32Array(from.length);
  from.forEach((vertex, edge) => {
    const next = starts[vertex + 1] ?? 0;
    edges[next] = edge;
    starts[vertex + 1] = next + 1;
  });
  return { starts, edges };
}

/**
 * Places of the listed vertices in topological order.
 * @param ids of the vertices
 * @param ends of the edges, as places in `ids`
 * @throws UserError graph-cycle, naming the vertices of a cycle
 */
export function topologicalOrder(ids: readonly VertexId[], ends: Ends): Int32Array {
  const { starts, edges } = edgesBySource(ids.length, ends.from);
  const waiting = new Int32Array(ids.length);
  for (const to of ends.to) waiting[to] = (waiting[to] ?? 0) + 1;
  const ready = new MinimumHeap();
  waiting.forEach((count, index) => {
    if (count === 0) ready.push(index);
  });
  const sorted = new Int32Array(ids.length);
  let length = 0;
  for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
    sorted[length] = index;
    length += 1;
    const end = starts[index + 1] ?? 0;
    for (let next = starts[index] ?? 0; next < end; next += 1) {
      const successor = ends.to[edges[next] ?? 0] ?? 0;
      const left = (waiting[successor] ?? 0) - 1;
      waiting[successor] = left;
      if (left === 0) ready.push(successor);
    }
  }
  if (length < ids.length) throw cycleError(ids, ends, waiting);
  return sorted;
}

/** Walks backwards among the vertices that were never ready until one repeats. */
function cycleError(ids: readonly VertexId[], ends: Ends, waiting: Int32Array): UserError {
  const blocked = (index: number): boolean => (waiting[index] ?? 0) > 0;
  const predecessor = new Map<number, number>();
  ends.from.forEach((from, edge) => {
    const to = ends.to[edge] ?? 0;
    if (blocked(from) && blocked(to)) predecessor.set(to, from);
  });
  const path: number[] = [];
  const seen = new Map<number, number>();
  let current = waiting.findIndex((count) => count > 0);
  while (!seen.has(current)) {
    seen.set(current, path.length);
    path.push(current);
    current = predecessor.get(current) ?? current;
  }
  const cycle = path.slice(seen.get(current)).reverse();
  const names = [...cycle, at(cycle, 0)].map((index) => printId(at(ids, index)));
  const shown = names.length > 12 ? [...names.slice(0, 10), '…', ...names.slice(-1)] : names;
  const first = at(cycle, 0);
  const second = at(cycle, 1);
  const edge = ends.from.findIndex((from, index) => from === first && ends.to[index] === second);
  return new UserError({
    code: 'graph-cycle',
    message: `the vertices ${shown.join(' → ')} form a cycle; take one of its edges out`,
    at: `edges[${edge}]`,
  });
}

/** A binary heap of integers, least first. */
class MinimumHeap {
  readonly #items: number[] = [];

  push(item: number): void {
    const items = this.#items;
    let child = items.length;
    items.push(item);
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = at(items, parent);
      if (above <= item) break;
      items[child] = above;
      child = parent;
    }
    items[child] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const least = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return least;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && at(items, child + 1) < at(items, child)) child += 1;
      if (at(items, child) >= last) break;
      items[parent] = at(items, child);
      parent = child;
    }
    items[parent] = last;
    return least;
  }
}
