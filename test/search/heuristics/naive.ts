/** The heuristics once more, slow and straight from their definitions, on a set of edges. */
import type { Graph } from '../../../src/graph/types.ts';

/** A graph under elimination: nothing but edges `from>to`. */
export interface NaiveState {
  readonly edges: ReadonlySet<string>;
  readonly remaining: readonly number[];
}

const edge = (from: number, to: number): string => `${from}>${to}`;

function ends(edges: ReadonlySet<string>): [from: number, to: number][] {
  return [...edges].map((text) => {
    const [from = Number.NaN, to = Number.NaN] = text.split('>').map(Number);
    return [from, to];
  });
}

export function predecessors(state: NaiveState, vertex: number): number[] {
  return ends(state.edges).flatMap(([from, to]) => (to === vertex ? [from] : []));
}

export function successors(state: NaiveState, vertex: number): number[] {
  return ends(state.edges).flatMap(([from, to]) => (from === vertex ? [to] : []));
}

export function startState(graph: Graph): NaiveState {
  const edges = new Set(graph.edges.map(({ from, to }) => edge(from, to)));
  const used = new Set<number>(graph.edges.map(({ from }) => from));
  const remaining = graph.vertices.flatMap(({ kind }, vertex) =>
    kind === 'intermediate' || (kind === 'output' && used.has(vertex)) ? [vertex] : [],
  );
  return { edges, remaining };
}

/** Every path p → v → s becomes an edge p → s; v loses its out-edges, and its in-edges too unless
 * it is an output. */
export function eliminated(graph: Graph, state: NaiveState, vertex: number): NaiveState {
  const edges = new Set(state.edges);
  for (const from of predecessors(state, vertex)) {
    for (const to of successors(state, vertex)) edges.add(edge(from, to));
  }
  for (const to of successors(state, vertex)) edges.delete(edge(vertex, to));
  if (graph.vertices[vertex]?.kind !== 'output') {
    for (const from of predecessors(state, vertex)) edges.delete(edge(from, vertex));
  }
  return { edges, remaining: state.remaining.filter((other) => other !== vertex) };
}

export function degree(state: NaiveState, vertex: number): number {
  return predecessors(state, vertex).length * successors(state, vertex).length;
}

/** The change of all other vertices' degrees, by eliminating and looking. */
export function damageBySimulation(graph: Graph, state: NaiveState, vertex: number): number {
  const others = state.remaining.filter((other) => other !== vertex);
  const sum = (of: NaiveState): number =>
    others.reduce((total, other) => total + degree(of, other), 0);
  return sum(eliminated(graph, state, vertex)) - sum(state);
}

/** Edges after the elimination that were not there before. */
export function fillBySimulation(graph: Graph, state: NaiveState, vertex: number): number {
  return [...eliminated(graph, state, vertex).edges].filter((text) => !state.edges.has(text))
    .length;
}

/** What the vertex costs when all others have gone before it. */
export function lastDegreeBySimulation(graph: Graph, vertex: number): number {
  let state = startState(graph);
  for (const other of state.remaining) {
    if (other !== vertex) state = eliminated(graph, state, other);
  }
  return degree(state, vertex);
}

/** Scores all remaining vertices before every step. */
export function greedyByDefinition(
  graph: Graph,
  tie: 'low' | 'high',
  score: (state: NaiveState, vertex: number) => number,
): number[] {
  const order: number[] = [];
  let state = startState(graph);
  while (state.remaining.length > 0) {
    const scored = state.remaining.map((vertex) => ({ vertex, score: score(state, vertex) }));
    const least = Math.min(...scored.map((entry) => entry.score));
    const best = scored.filter((entry) => entry.score === least);
    const chosen = (tie === 'low' ? best[0] : best.at(-1))?.vertex ?? Number.NaN;
    order.push(chosen);
    state = eliminated(graph, state, chosen);
  }
  return order;
}
