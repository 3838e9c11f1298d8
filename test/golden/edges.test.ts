import { describe, expect, it } from 'vitest';
import { blockKey, canonicalBlock, type Axis, type Block } from '../../src/notation/block.ts';
import { blockOf } from '../../src/graph/partial.ts';
import type { Graph } from '../../src/graph/types.ts';
import { type GoldenBlock, paperTasks, readGolden, vertexName } from './golden.ts';
import { taskGraphs } from './graphs.ts';

/** An edge by its ends, and the key of its canonical block (null: the block is not given). */
type NamedEdge = readonly [edge: string, block: string | null];

const coefficients = { unit: 'unit', const: 'constant', var: 'variable' } as const;

/** A golden block as one of ours. */
function blockOfGolden(
  { out, in: from, values, sizes, coef }: GoldenBlock,
  toShape: readonly number[],
  fromShape: readonly number[],
): Block {
  const letters = Object.keys(sizes);
  const axis = (text: string): Axis => {
    const [letter = '', offset = '0'] = text.split('+');
    return [{ index: letters.indexOf(letter), offset: Number(offset) }];
  };
  return {
    to: out.map(axis),
    from: from.map(axis),
    value: (values ?? []).map((letter) => letters.indexOf(letter)),
    sizes: letters.map((letter) => sizes[letter] ?? 0),
    coefficient: coefficients[coef],
    toShape,
    fromShape,
  };
}

function namedEdges(graph: Graph): NamedEdge[] {
  return graph.edges.map((edge) => [
    `${vertexName(graph, edge.from)} → ${vertexName(graph, edge.to)}`,
    blockKey(canonicalBlock(blockOf(graph, edge))),
  ]);
}

const byName = ([a]: NamedEdge, [b]: NamedEdge): number => (a < b ? -1 : a > b ? 1 : 0);

describe.each(paperTasks)('the graph of %s', (name) => {
  const golden = readGolden(name);
  const graphs = taskGraphs(name);
  const shapes = new Map(golden.vertices.map(({ id, shape }) => [id, shape]));
  const goldenEdges = golden.edges.map(({ from, to, true: block }): NamedEdge => {
    const [toShape = [], fromShape = []] = [shapes.get(to), shapes.get(from)];
    const key = block && blockKey(canonicalBlock(blockOfGolden(block, toShape, fromShape)));
    return [`${from} → ${to}`, key];
  });

  it("has the edges that the paper's program counts", () => {
    const names = namedEdges(graphs.peer).map(([edge]) => edge);
    expect(names.toSorted()).toEqual(goldenEdges.map(([edge]) => edge).toSorted());
  });

  it('has the golden edges between the vertices of the function, with their blocks', () => {
    const own = golden.edges_only_in_true_graph.map(([from, to]) => `${from} → ${to}`);
    // Edges without a block are those that the paper's program bends to a shared dead vertex.
    const shared = goldenEdges.filter(([, block]) => block !== null);
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
