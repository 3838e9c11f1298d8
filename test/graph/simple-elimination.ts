/** Elimination written as plainly as possible, for tests: a map of edges, no cleverness. */
import type { Graph, Position } from '../../src/graph/types.ts';
import type { CostedGraph } from '../../src/cost/types.ts';
import { eliminableVertices } from '../../src/order/orders.ts';

interface Link {
  readonly from: Position;
  readonly to: Position;
  readonly state: number;
}

/** Cost of an order and the edges that are left. */
export function eliminateAll(
  { graph, algebra, states }: CostedGraph,
  order: readonly Position[],
): { readonly cost: number; readonly links: readonly Link[] } {
  let links: Link[] = graph.edges.map(({ from, to }, index) => ({
    from,
    to,
    state: states[index] ?? -1,
  }));
  let cost = 0;
  for (const v of order) {
    const ins = links.filter(({ to }) => to === v);
    const outs = links.filter(({ from }) => from === v);
    const keepsIns = graph.vertices[v]?.kind === 'output';
    links = links.filter(({ from, to }) => from !== v && (keepsIns || to !== v));
    for (const outgoing of outs) {
      for (const incoming of ins) {
        const product = algebra.compose(outgoing.state, incoming.state);
        cost += product.cost;
        if (product.state === null) continue;
        const same = (link: Link): boolean =>
          link.from === incoming.from && link.to === outgoing.to;
        const earlier = links.find(same);
        links = links.filter((link) => !same(link));
        const state =
          earlier === undefined ? product.state : algebra.add(earlier.state, product.state).state;
        links.push({ from: incoming.from, to: outgoing.to, state });
      }
    }
  }
  return { cost, links };
}

/** Least cost over all orders; factorial, for a handful of vertices. */
export function leastCost(costed: CostedGraph): number {
  const permute = (done: readonly Position[], left: readonly Position[]): number =>
    left.length === 0
      ? eliminateAll(costed, done).cost
      : Math.min(
          ...left.map((next) =>
            permute(
              [...done, next],
              left.filter((other) => other !== next),
            ),
          ),
        );
  return permute([], eliminableVertices(costed.graph));
}

/** Vertex ids of the edges, `from to`, sorted. */
export function edgeNames(graph: Graph): string[] {
  return graph.edges
    .map(({ from, to }) => `${graph.vertices[from]?.id ?? '?'} ${graph.vertices[to]?.id ?? '?'}`)
    .sort();
}
