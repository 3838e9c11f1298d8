/**
 * Transforms of graphs, made only on request: each gives a new graph and leaves the old one as it
 * is. Linear in the graph unless said otherwise.
 */
import type { Edge, Graph, Position, Vertex, VertexId } from './types.ts';
import { position } from './build.ts';
import { addCoefficients } from './partial.ts';

/**
 * Drops the intermediates that no output depends on, with their edges. Inputs stay.
 */
export function dropDeadVertices(graph: Graph): Graph {
  const used = reach(graph, graph.outputs, 'backwards');
  return keepVertices(graph, (place, { kind }) => kind !== 'intermediate' || used.has(place));
}

/**
 * Drops the intermediates that depend on no input, with their edges. Constant outputs stay, but
 * nothing is computed from them any more.
 */
export function dropConstantVertices(graph: Graph): Graph {
  const dependent = reach(graph, graph.inputs, 'forwards');
  const kept = keepVertices(
    graph,
    (place, { kind }) => kind !== 'intermediate' || dependent.has(place),
  );
  const constants = new Set<VertexId>(
    graph.vertices.flatMap(({ id, kind }, place) =>
      kind === 'output' && !dependent.has(position(place)) ? [id] : [],
    ),
  );
  const edges = kept.edges.filter(({ from }) => {
    const start = kept.vertices[from];
    return start === undefined || !constants.has(start.id);
  });
  return { ...kept, edges };
}

/**
 * Gives inputs the ids i1, i2, … and all other vertices 1, 2, 3, … in the order in which the graph
 * lists them.
 */
export function renumber(graph: Graph): Graph {
  let inputs = 0;
  let others = 0;
  const vertices = graph.vertices.map((vertex): Vertex => {
    if (vertex.kind === 'input') {
      inputs += 1;
      return { ...vertex, id: `i${inputs}` };
    }
    others += 1;
    return { ...vertex, id: others };
  });
  return { ...graph, vertices };
}

/**
 * What AlphaGrad's program does to equations whose results nobody uses: they share one column, that
 * of the first of them. All edges into dead vertices (intermediates without out-edges) go to the
 * first dead one instead, duplicates merge, and the others stay without edges.
 *
 * The shared vertex keeps its place in the list, because published orders and heuristics go by
 * place. So edges into it may come from later places: the one exception to the topological order,
 * harmless to elimination since nothing depends on it.
 */
export function shareDeadVertices(graph: Graph): Graph {
  const used = new Set<Position>(graph.edges.map(({ from }) => from));
  const isDead = (place: Position): boolean =>
    graph.vertices[place]?.kind === 'intermediate' && !used.has(place);
  const first = graph.vertices.map((_, place) => position(place)).find(isDead);
  if (first === undefined) return graph;
  const edges = new Map<string, Edge>();
  for (const edge of graph.edges) {
    const to = isDead(edge.to) ? first : edge.to;
    const key = `${edge.from} ${to}`;
    const earlier = edges.get(key);
    edges.set(key, earlier === undefined ? { ...edge, to } : addEdges(earlier, edge));
  }
  return { ...graph, edges: [...edges.values()] };
}

/** Two edges of one pair; the first one's notation, since both were scalar or equally shaped. */
function addEdges(first: Edge, second: Edge): Edge {
  const coefficient = addCoefficients(first.partial.coefficient, second.partial.coefficient);
  const partial = { ...first.partial, coefficient };
  const copies = first.paper?.[0] === -1 && second.paper?.[0] === -1;
  return first.paper === undefined || copies
    ? { ...first, partial }
    : { from: first.from, to: first.to, partial, ...(second.paper ? { paper: second.paper } : {}) };
}

function reach(
  graph: Graph,
  from: readonly Position[],
  direction: 'forwards' | 'backwards',
): ReadonlySet<Position> {
  const next = new Map<Position, Position[]>();
  for (const edge of graph.edges) {
    const [here, there] = direction === 'forwards' ? [edge.from, edge.to] : [edge.to, edge.from];
    const list = next.get(here);
    if (list === undefined) next.set(here, [there]);
    else list.push(there);
  }
  const reached = new Set(from);
  const open = [...from];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const other of next.get(place) ?? []) {
      if (reached.has(other)) continue;
      reached.add(other);
      open.push(other);
    }
  }
  return reached;
}

/** The graph induced by the vertices to keep; inputs and outputs have to be among them. */
export function keepVertices(
  graph: Graph,
  keep: (place: Position, vertex: Vertex) => boolean,
): Graph {
  const places = new Map<Position, Position>();
  const vertices = graph.vertices.filter((vertex, index) => {
    const kept = keep(position(index), vertex);
    if (kept) places.set(position(index), position(places.size));
    return kept;
  });
  const place = (old: Position): Position => {
    const found = places.get(old);
    if (found === undefined) throw new Error(`vertex at position ${old} was dropped`);
    return found;
  };
  return {
    name: graph.name,
    vertices,
    edges: graph.edges.flatMap((edge) => {
      const from = places.get(edge.from);
      const to = places.get(edge.to);
      return from === undefined || to === undefined ? [] : [{ ...edge, from, to }];
    }),
    inputs: graph.inputs.map(place),
    outputs: graph.outputs.map(place),
  };
}
