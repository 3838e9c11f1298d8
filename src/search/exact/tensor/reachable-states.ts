/**
 * Which states the edge u → w can ever have, in any elimination order: an upper set R(u, w).
 *
 * An edge u → w is there from the beginning, with the state of the graph, or appears when some v
 * between u and w is eliminated while u → v and v → w are there; its state then is a product of
 * theirs, or the sum of what it was and such a product. Nothing else changes it. So with
 *
 *     Q(u, w) = all products of R(v, w) after R(u, v), over all eliminable v
 *     R(u, w) = sums that begin with the graph's edge where there is one, else with any of Q(u, w),
 *               and have any of Q(u, w) added any number of times
 *
 * Once something has been added or the edge was not there at first, its state is one of
 *
 *     R'(u, w) = sums that begin with the graph's edge and one of Q(u, w) added, or with any of Q(u, w),
 *                and have any of Q(u, w) added any number of times
 *
 * R holds every state that occurs, by induction over the eliminations of an order: orders are not
 * assumed to lead to the same states. v stands topologically between u and w, so pairs nearer
 * together come first and nothing has to be iterated.
 *
 * A vertex v may break paths where some product of R(v, w) after R(u, v) is structurally zero (windows
 * that do not meet): its elimination may leave u and w without an edge.
 *
 * O(V³) look-ups of interned sets.
 */
import type { CostedGraph } from '../../../cost/types.ts';
import type { Graph } from '../../../graph/types.ts';
import { eliminableVertices } from '../../../order/orders.ts';
import { emptySet, type StateSet, StateSets } from './state-sets.ts';

/** What is known of all edges that can be. */
export interface ReachableStates {
  readonly sets: StateSets;
  /** At u · vertices + w: R(u, w), empty where there is never an edge. */
  readonly edges: Int32Array;
  /** The same for R'. */
  readonly changed: Int32Array;
  /** The same for the graph's own edges, each with its one state. */
  readonly given: Int32Array;
  /** The same for Q. */
  readonly terms: Int32Array;
  readonly vertices: number;
  /** By vertex its place in a topological order. */
  readonly places: readonly number[];
  /** By vertex: whether its elimination may leave two neighbours unconnected. */
  readonly breaks: readonly boolean[];
}

/** Computes R. */
export function reachableStates({ graph, algebra, states }: CostedGraph): ReachableStates {
  const sets = new StateSets(algebra);
  const vertices = graph.vertices.length;
  const order = topological(graph);
  const place = new Map(order.map((vertex, index) => [vertex, index]));
  const eliminable = new Set<number>(eliminableVertices(graph));
  const edges = new Int32Array(vertices * vertices);
  const changed = new Int32Array(vertices * vertices);
  const terms = new Int32Array(vertices * vertices);
  const given = new Int32Array(vertices * vertices);
  graph.edges.forEach(({ from, to }, index) => {
    given[from * vertices + to] = sets.of([states[index] ?? -1]);
  });
  const set = (from: number, to: number): StateSet => edges[from * vertices + to] ?? emptySet;
  const breaks = new Array<boolean>(vertices).fill(false);
  for (const to of order) {
    const last = place.get(to) ?? 0;
    // From the nearest place back, so that v → w is there before u → w is asked for.
    for (let start = last - 1; start >= 0; start -= 1) {
      const from = order[start] ?? -1;
      let products = emptySet;
      for (let middle = start + 1; middle < last; middle += 1) {
        const through = order[middle] ?? -1;
        const incoming = set(from, through);
        const outgoing = set(through, to);
        if (incoming === emptySet || outgoing === emptySet || !eliminable.has(through)) continue;
        const product = sets.product(outgoing, incoming);
        if (product.mayVanish) breaks[through] = true;
        products = sets.union(products, product.set);
      }
      const own = given[from * vertices + to] ?? emptySet;
      const first = own === emptySet ? products : sets.added(own, products);
      const pair = from * vertices + to;
      terms[pair] = products;
      changed[pair] = sets.sums(first, products);
      edges[pair] = sets.union(own, changed[pair]);
    }
  }
  const places = graph.vertices.map((_, vertex) => place.get(vertex) ?? -1);
  return { sets, edges, changed, given, terms, vertices, places, breaks };
}

/** Places of the vertices so that edges lead to later ones; the graph has no cycle. */
function topological(graph: Graph): readonly number[] {
  const waiting = new Int32Array(graph.vertices.length);
  const after = new Map<number, number[]>();
  for (const { from, to } of graph.edges) {
    waiting[to] = (waiting[to] ?? 0) + 1;
    const row = after.get(from);
    if (row === undefined) after.set(from, [to]);
    else row.push(to);
  }
  const order = [...graph.vertices.keys()].filter((vertex) => waiting[vertex] === 0);
  // The list grows while it is walked along.
  for (const vertex of order) {
    for (const next of after.get(vertex) ?? []) {
      waiting[next] = (waiting[next] ?? 0) - 1;
      if (waiting[next] === 0) order.push(next);
    }
  }
  return order;
}
