/** Optimal elimination orders by dynamic programming over all sets of vertices, for small graphs. */
import type { CostedGraph } from '../../../src/cost/types.ts';
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
  readonly price: (v: number, set: number) => number;
}

/** 2^n · n prices; for at most a dozen vertices. */
function optimumOf(vertices: readonly Position[], price: Optimum['price']): Optimum {
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

/** Under `pairs`, prices by paths. */
export function optimum(graph: Graph): Optimum {
  const vertices = eliminableVertices(graph);
  const before = new Map<number, number[]>();
  const after = new Map<number, number[]>();
  for (const { from, to } of graph.edges) {
    before.set(to, [...(before.get(to) ?? []), from]);
    after.set(from, [...(after.get(from) ?? []), to]);
  }
  return optimumOf(vertices, (v, set) => {
    const place = vertices[v] ?? -1;
    const gone = new Set<number>(vertices.filter((_, bit) => ((set >> bit) & 1) === 1));
    return ends(graph, before, place, gone, false) * ends(graph, after, place, gone, true);
  });
}

/** Edge states by `to`, by `from`. */
type Edges = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Under any model, prices by its algebra; keeps the edges after every set. */
export function optimumByAlgebra({ graph, algebra, states }: CostedGraph): Optimum {
  const vertices = eliminableVertices(graph);
  const first = new Map<number, Map<number, number>>();
  graph.edges.forEach(({ from, to }, index) => {
    const row = first.get(from) ?? new Map<number, number>();
    first.set(from, row.set(to, states[index] ?? -1));
  });
  const pairsAt = (
    edges: Edges,
    v: number,
  ): { from: number; to: number; incoming: number; outgoing: number }[] =>
    [...edges].flatMap(([from, row]) => {
      const incoming = row.get(v);
      if (incoming === undefined) return [];
      return [...(edges.get(v) ?? [])].map(([to, outgoing]) => ({ from, to, incoming, outgoing }));
    });
  const without = (edges: Edges, v: number): Edges => {
    const next = new Map([...edges].map(([from, row]) => [from, new Map(row)]));
    for (const { from, to, incoming, outgoing } of pairsAt(edges, v)) {
      const { state } = algebra.compose(outgoing, incoming);
      const row = next.get(from);
      if (row === undefined || state === null) throw new Error('no scalar graph');
      const known = row.get(to);
      row.set(to, known === undefined ? state : algebra.add(known, state).state);
    }
    next.delete(v);
    if (graph.vertices[v]?.kind !== 'output') for (const row of next.values()) row.delete(v);
    return next;
  };
  const after: Edges[] = [first];
  for (let set = 1; set < 2 ** vertices.length; set += 1) {
    const last = 31 - Math.clz32(set);
    after.push(without(after[set & ~(1 << last)] ?? first, vertices[last] ?? -1));
  }
  return optimumOf(vertices, (v, set) =>
    pairsAt(after[set] ?? first, vertices[v] ?? -1).reduce(
      (sum, { incoming, outgoing }) => sum + algebra.compose(outgoing, incoming).cost,
      0,
    ),
  );
}
