/**
 * Where vertices are drawn: in layers by their distance from the inputs, ordered for few crossings
 * (Sugiyama, Tagawa and Toda 1981; as implemented by dagre, after Gansner, Koutsofios, North and Vo,
 * A technique for drawing directed graphs, 1993). Which way a layer runs on the screen is the
 * drawing's affair.
 */
import { Graph as LayoutGraph, layout, type Point } from '@dagrejs/dagre';

import type { Graph } from '../../src/graph/types.ts';
import type { RoutedEdge } from '../protocol.ts';

/** Room for a vertex, and between vertices of one layer and between layers, in pixels. */
const [vertexSize, beside, between] = [24, 8, 30];

/** Places by vertex, and the size of it all. */
export interface GraphLayout {
  readonly places: readonly { readonly along: number; readonly across: number }[];
  /** As in the graph. */
  readonly routes: readonly RoutedEdge[];
  readonly along: number;
  readonly across: number;
}

/** Lays a graph out. */
export function layeredLayout(graph: Graph): GraphLayout {
  const drawn = new LayoutGraph();
  drawn.setGraph({ rankdir: 'LR', nodesep: beside, ranksep: between, edgesep: 4 });
  drawn.setDefaultEdgeLabel(() => ({}));
  graph.vertices.forEach((_, vertex) => {
    drawn.setNode(String(vertex), { width: vertexSize, height: vertexSize });
  });
  for (const { from, to } of graph.edges) drawn.setEdge(String(from), String(to));
  layout(drawn);
  const { width = 0, height = 0 } = drawn.graph();
  return {
    places: graph.vertices.map((_, vertex) => {
      const { x = 0, y = 0 } = drawn.node(String(vertex));
      return { along: x, across: y };
    }),
    routes: graph.edges.map(({ from, to }) => {
      const drawnEdge: { readonly points?: readonly Point[] } = drawn.edge(String(from), String(to));
      return { from, to, points: (drawnEdge.points ?? []).map(({ x, y }) => [x, y] as const) };
    }),
    along: width,
    across: height,
  };
}
