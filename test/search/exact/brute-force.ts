/** Optimal elimination orders by dynamic programming over all sets of vertices, for small graphs. */
import type { Graph, Position } from '../../../src/graph/types.ts';
import { eliminableVertices } from '../../../src/order/orders.ts';

/** Vertices that v reaches along `next` through vertices of `through` only: those not in it, and
 * outputs in it, which stay when they have been eliminated. */
function ends(
  graph: Graph,
  next: ReadonlyMap<number, readonly number[]>,
  v: number,
  through: ReadonlySet<number>,
  outputsStay: boolean,
): number {
  const met = new Set<number>();
  const found = new Set<number>();
  const open = [v];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const other of next.get(place) ?? []) {
      if (met.has(other)) continue;
      met.add(other);
      const stays = outputsStay && graph.vertices[other]?.kind === 'output';
      if (!through.has(other) || stays) found.add(other);
      if (through.has(other)) open.push(other);
    }
  }
  return found.size;
}

/** Least costs of eliminating every set of vertices first, all others being there. */
export interface Optimum {
  /** What the bits of a set stand for, from the lowest. */
  readonly vertices: readonly Position[];
  /** At a set: the least cost of eliminating it from the graph. */
  readonly least: readonly number[];
  /** What v costs after a set has been eliminated. */
  price(v: number, set: number): number;
}

/** 2^n · n prices; for at most a dozen vertices. */
export function optimum(graph: Graph): Optimum {
  const vertices = eliminableVertices(graph);
  const before = new Map<number, number[]>();
  const after = new Map<number, number[]>();
  for (const { from, to } of graph.edges) {
    before.set(to, [...(before.get(to) ?? []), from]);
    after.set(from, [...(after.get(from) ?? []), to]);
  }
  const price = (v: number, set: number): number => {
    const place = vertices[v] ?? -1;
    const gone = new Set<number>(vertices.filter((_, bit) => ((set >> bit) & 1) === 1));
    return ends(graph, before, place, gone, false) * ends(graph, after, place, gone, true);
  };
  const least = [0];
  for (let set = 1; set < 2 ** vertices.length; set += 1) {
    let best = Infinity;
    for (let v = 0; v < vertices.length; v += 1) {
      const without = set & ~(1 << v);
      if (without === set) continue;
      best = Math.min(best, (least[without] ?? Infinity) + price(v, without));
    }
    least.push(best);
  }
  return { vertices, least, price };
}

/** The least cost of a whole graph. */
export function leastCount(graph: Graph): number {
  return optimum(graph).least.at(-1) ?? 0;
}
