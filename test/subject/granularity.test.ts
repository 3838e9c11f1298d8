import { describe, expect, it } from 'vitest';
import { costModelNamed, costModels } from '../../src/cost/models.ts';
import { readGraph, writeGraph } from '../../src/graph/file.ts';
import { eliminableVertices, orderIds, parseOrder } from '../../src/order/orders.ts';
import { granularityNamed, scalarSubject } from '../../src/subject/granularity.ts';
import { pointInLayout, resultsFromLayout } from '../../src/subject/layout.ts';
import { loadSubject } from '../../src/subject/load.ts';
import type { FunctionSubject, GraphSubject, Subject } from '../../src/subject/types.ts';

async function elementsOf(name: string): Promise<FunctionSubject> {
  const subject = await loadSubject(name, 'scalar');
  if (subject.kind === 'graph') throw new Error('a task has a function');
  return subject;
}

const graphSubject = (shape: readonly number[]): GraphSubject => {
  const text = JSON.stringify({
    format: 'crosscountry/graph',
    version: 1,
    name: 'small',
    vertices: [
      { id: 'x', shape },
      { id: 1, shape },
      { id: 2, shape },
    ],
    edges: [
      { from: 'x', to: 1, partial: shape.length === 0 ? '||' : 'i|i|i' },
      { from: 1, to: 2, partial: shape.length === 0 ? '||' : 'i|i|i' },
    ],
  });
  const graph = readGraph(text, 'small.json');
  return {
    kind: 'graph',
    name: 'small',
    granularity: 'tensor',
    file: 'small.json',
    graph: () => graph,
  };
};

describe('a subject at scalar granularity', () => {
  it('has a vertex an element, named by equation and place', async () => {
    const subject = await elementsOf('Perceptron');
    const { graph } = subject.linearisation();
    expect(subject.granularity).toBe('scalar');
    expect(graph.vertices.every(({ shape }) => shape.length === 0)).toBe(true);
    expect(graph.vertices.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['W1[7,3]', '1[7,0]', '27[0,3]', '39[0]']),
    );
    for (const model of costModels) expect(subject.graph(model)).toBe(graph);
  });

  it('has only vertices on a path from an input to an output', async () => {
    const { graph } = (await elementsOf('Perceptron')).linearisation();
    const ids = graph.vertices.map(({ id }) => String(id));
    // The maximum that is subtracted before exponentials, behind a stopGradient.
    expect(ids.filter((id) => /^(28|29|30)\b/.test(id))).toEqual([]);
    const [from, to] = [
      new Set(graph.edges.map((edge) => edge.from)),
      new Set(graph.edges.map((edge) => edge.to)),
    ];
    graph.vertices.forEach(({ kind }, place) => {
      if (kind !== 'intermediate') return;
      expect(from.has(place as never)).toBe(true);
      expect(to.has(place as never)).toBe(true);
    });
  });

  it('has as many partials as edges, each of the edge it stands beside', async () => {
    const { graph, partials } = (await elementsOf('f')).linearisation();
    expect(partials).toHaveLength(graph.edges.length);
    graph.edges.forEach(({ partial }, index) => {
      expect(partials[index]?.kind).toBe(partial.coefficient.kind);
    });
  });

  it('is a graph file that reads back', async () => {
    const { graph } = (await elementsOf('RoeFlux_3d')).linearisation();
    const back = readGraph(writeGraph(graph), 'roe.json');
    const order = eliminableVertices(graph).toReversed();
    const ids = orderIds(
      graph,
      parseOrder(
        graph,
        order.map((place) => graph.vertices[place]?.id ?? ''),
      ),
    );
    expect(parseOrder(back, ids)).toHaveLength(152);
  });

  it('lays points and results out as the tensors are', async () => {
    const subject = await elementsOf('Perceptron');
    const point = pointInLayout(subject, subject.sample ?? []);
    expect(point).toHaveLength(86);
    const { values, jacobian } = resultsFromLayout(
      subject,
      Array.from({ length: 1 + 86 }, (_, k) => [k]),
    );
    expect(values).toEqual([{ shape: [1], data: [0] }]);
    expect(jacobian[0]?.map(({ shape }) => shape)).toEqual(
      subject.program().inputs.map(({ type }) => [1, ...type.shape]),
    );
    expect(jacobian[0]?.flatMap(({ data }) => data)).toEqual(
      Array.from({ length: 86 }, (_, k) => k + 1),
    );
  });

  it('is the same for a graph file of scalars, and refused for one of tensors', () => {
    const model = costModelNamed('multiplications');
    const scalar: Subject = scalarSubject(graphSubject([]));
    expect(scalar.granularity).toBe('scalar');
    expect(scalar.graph(model).edges).toHaveLength(2);
    expect(() => scalarSubject(graphSubject([3])).graph(model)).toThrow(
      expect.objectContaining({ code: 'granularity-no-function', file: 'small.json' }),
    );
  });

  it('is asked for by name', () => {
    expect(granularityNamed('scalar')).toBe('scalar');
    expect(() => granularityNamed('scaler')).toThrow('Did you mean "scalar"');
  });
});
