import { describe, expect, it } from 'vitest';
import { pairs } from '../../../src/cost/pairs.ts';
import { preparePaper } from '../../../src/cost/paper/paper.ts';
import type { Edge, Graph, PaperCode, Position } from '../../../src/graph/types.ts';
import { eliminableVertices } from '../../../src/order/orders.ts';
import { heuristicNamed, heuristics } from '../../../src/search/heuristics/heuristics.ts';
import { goldenGraph, readGoldenTensors } from '../../golden/tensor-graphs.ts';
import { eliminateAll } from '../../graph/simple-elimination.ts';
import { greedyByDefinition } from './naive.ts';

/** A graph as a file may bring it: without the peer's codes. */
function withoutCodes(graph: Graph): Graph {
  const edges = graph.edges.map(({ from, to, partial }): Edge => ({ from, to, partial }));
  return { ...graph, edges };
}

/** The greedy order by a score of (what has been eliminated, vertex). */
function greedy(
  graph: Graph,
  tie: 'low' | 'high',
  score: (done: readonly Position[], vertex: Position) => number,
): Position[] {
  const order: Position[] = [];
  let left = [...eliminableVertices(graph)];
  while (left.length > 0) {
    const scores = left.map((vertex) => score(order, vertex));
    const least = Math.min(...scores);
    const place = tie === 'low' ? scores.indexOf(least) : scores.lastIndexOf(least);
    const [chosen] = left.slice(place);
    if (chosen === undefined) throw new Error('no vertex is left');
    order.push(chosen);
    left = left.filter((vertex) => vertex !== chosen);
  }
  return order;
}

/** AlphaGrad's degree, from the edges that are left. */
function peerDegree(graph: Graph): (done: readonly Position[], vertex: Position) => number {
  const costed = preparePaper(graph);
  const weight = ([type, o1, o2]: PaperCode, dense: number): number => {
    if (type === 1) return dense;
    if (type >= 6 && type <= 8) return 1;
    return [3, 4, -1].includes(type) ? o1 : o2;
  };
  return (done, vertex) => {
    const links = eliminateAll(costed, done).links.map(({ from, to, state }) => ({
      from,
      to,
      code: costed.codeOf(state),
    }));
    const outgoing = links
      .filter(({ from }) => from === vertex)
      .map(({ code }) => weight(code, code[3] * code[4]));
    const incoming = links
      .filter(({ to }) => to === vertex)
      .map(({ code }) => weight(code, code[1] * code[2]));
    const sum = (weights: readonly number[]): number => weights.reduce((a, b) => a + b, 0);
    return sum(outgoing) * sum(incoming);
  };
}

/** What eliminating the vertex next adds to the count under `pairs`. */
function priceNow(graph: Graph): (done: readonly Position[], vertex: Position) => number {
  const costed = pairs.prepare(graph);
  return (done, vertex) =>
    eliminateAll(costed, [...done, vertex]).cost - eliminateAll(costed, done).cost;
}

describe.each(['Perceptron', 'f'])('Markowitz on the tensors of %s', (task) => {
  const graph = goldenGraph(readGoldenTensors(task));

  it.each([
    ['low', 'markowitz'],
    ['high', 'markowitz-high'],
  ] as const)(
    "goes by the peer's degree of the codes of the moment, ties to the %sest",
    (tie, name) => {
      expect([...heuristicNamed(name).order(graph, { seed: 1 })]).toEqual(
        greedy(graph, tie, peerDegree(graph)),
      );
    },
  );

  it.each([
    ['low', 'markowitz'],
    ['high', 'markowitz-high'],
  ] as const)('goes without codes by the price under pairs, ties to the %sest', (tie, name) => {
    const plain = withoutCodes(graph);
    expect([...heuristicNamed(name).order(plain, { seed: 1 })]).toEqual(
      greedy(plain, tie, priceNow(plain)),
    );
  });
});

describe('the other heuristics', () => {
  const graph = goldenGraph(readGoldenTensors('Perceptron'));
  const others = heuristics.map(({ name }) => name).filter((name) => !name.startsWith('markowitz'));

  it.each(others)('%s takes tensors for vertices, whatever their shapes and edges', (name) => {
    const vertices = graph.vertices.map((vertex) => ({ ...vertex, shape: [] }));
    const scalars: Graph = {
      ...withoutCodes(graph),
      vertices,
      edges: graph.edges.map(({ from, to, partial }) => ({
        from,
        to,
        partial: { ...partial, to: [], from: [], value: [], sizes: [] },
      })),
    };
    const heuristic = heuristicNamed(name);
    expect(heuristic.order(graph, { seed: 1 })).toEqual(heuristic.order(scalars, { seed: 1 }));
  });

  it('do not stand for markowitz: in × out neighbours give another order', () => {
    const byNeighbours = greedyByDefinition(graph, 'low', (state, vertex) => {
      const ends = [...state.edges].map((edge) => edge.split('>').map(Number));
      const into = ends.filter(([, to]) => to === vertex).length;
      return into * ends.filter(([from]) => from === vertex).length;
    });
    expect([...heuristicNamed('markowitz').order(graph, { seed: 1 })]).not.toEqual(byNeighbours);
  });
});
