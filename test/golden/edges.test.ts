import { describe, expect, it } from 'vitest';
import type { Graph } from '../../src/graph/types.ts';
import { readGolden, scalarTasks, vertexName } from './golden.ts';
import { taskGraphs } from './graphs.ts';

const classNames = { unit: 'unit', constant: 'const', variable: 'var' } as const;

type NamedEdge = readonly [edge: string, coefficient: string | null];

function namedEdges(graph: Graph): NamedEdge[] {
  return graph.edges.map(({ from, to, partial }) => [
    `${vertexName(graph, from)} → ${vertexName(graph, to)}`,
    classNames[partial.coefficient.kind],
  ]);
}

const byName = ([a]: NamedEdge, [b]: NamedEdge): number => (a < b ? -1 : a > b ? 1 : 0);

describe.each(scalarTasks)('the graph of %s', (name) => {
  const golden = readGolden(name);
  const graphs = taskGraphs(name);
  const goldenEdges = golden.edges.map(({ from, to, true: block }): NamedEdge => [
    `${from} → ${to}`,
    block?.coef ?? null,
  ]);

  it("has the edges that the paper's program counts", () => {
    const names = namedEdges(graphs.peer).map(([edge]) => edge);
    expect(names.toSorted()).toEqual(goldenEdges.map(([edge]) => edge).toSorted());
  });

  it('has the golden edges between the vertices of the function, with their coefficients', () => {
    const own = golden.edges_only_in_true_graph.map(([from, to]) => `${from} → ${to}`);
    // Edges without a block are those that the paper's program bends to a shared dead vertex.
    const shared = goldenEdges.filter(([, coefficient]) => coefficient !== null);
    const edges = namedEdges(graphs.true);
    expect(edges.filter(([edge]) => !own.includes(edge)).toSorted(byName)).toEqual(
      shared.toSorted(byName),
    );
    expect(
      edges
        .map(([edge]) => edge)
        .filter((edge) => own.includes(edge))
        .toSorted(),
    ).toEqual(own.toSorted());
  });
});
