import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { pairs } from '../../src/cost/pairs.ts';
import { buildGraph } from '../../src/graph/build.ts';
import { preEliminate } from '../../src/graph/pre-eliminate.ts';
import {
  dropConstantVertices,
  dropDeadVertices,
  renumber,
  shareDeadVertices,
} from '../../src/graph/transforms.ts';
import { eliminableVertices, parseOrder } from '../../src/order/orders.ts';
import { arbitraryGraph } from './arbitrary-graph.ts';
import { edgeNames, eliminateAll, leastCost } from './simple-elimination.ts';

const untidy = buildGraph({
  name: 'untidy',
  vertices: [
    { id: 'x', kind: 'input' },
    { id: 'k', kind: 'intermediate' },
    { id: 1, kind: 'intermediate' },
    { id: 2, kind: 'intermediate' },
    { id: 3, kind: 'intermediate' },
    { id: 4, kind: 'output' },
  ],
  edges: [
    { from: 'x', to: 1 },
    { from: 'k', to: 1 },
    { from: 1, to: 2 },
    { from: 1, to: 3 },
    { from: 1, to: 4 },
  ],
});

describe('transforms', () => {
  it('drop dead vertices with their edges, and nothing else', () => {
    const graph = dropDeadVertices(untidy);
    expect(graph.vertices.map(({ id }) => id)).toEqual(['x', 'k', 1, 4]);
    expect(edgeNames(graph)).toEqual(['1 4', 'k 1', 'x 1']);
  });

  it('drop constant vertices with their edges', () => {
    const graph = dropConstantVertices(untidy);
    expect(edgeNames(graph)).toEqual(['1 2', '1 3', '1 4', 'x 1']);
  });

  it('keep a constant output and take its out-edges away', () => {
    const graph = dropConstantVertices(
      buildGraph({
        name: 'constant output',
        vertices: [
          { id: 'x', kind: 'input' },
          { id: 1, kind: 'output' },
          { id: 2, kind: 'output' },
        ],
        edges: [
          { from: 1, to: 2 },
          { from: 'x', to: 2 },
        ],
      }),
    );
    expect(graph.vertices.map(({ id }) => id)).toEqual(['x', 1, 2]);
    expect(edgeNames(graph)).toEqual(['x 2']);
  });

  it('renumber in the order of the list', () => {
    expect(renumber(untidy).vertices.map(({ id }) => id)).toEqual(['i1', 1, 2, 3, 4, 5]);
  });

  it('let dead vertices share the first one, merging duplicates', () => {
    const graph = shareDeadVertices(untidy);
    expect(graph.vertices).toEqual(untidy.vertices);
    expect(edgeNames(graph)).toEqual(['1 2', '1 4', 'k 1', 'x 1']);
  });

  it('keep the Jacobian: dropping changes no edge from an input to an output', () => {
    fc.assert(
      fc.property(arbitraryGraph(6), (graph) => {
        const jacobian = (subject: typeof graph): string[] => {
          const { links } = eliminateAll(pairs.prepare(subject), eliminableVertices(subject));
          const name = (place: number): string => JSON.stringify(subject.vertices[place]?.id);
          return links
            .filter(({ from }) => subject.vertices[from]?.kind === 'input')
            .filter(({ to }) => subject.outputs.includes(to))
            .map(({ from, to }) => `${name(from)} ${name(to)}`)
            .sort();
        };
        expect(jacobian(dropDeadVertices(graph))).toEqual(jacobian(graph));
        expect(jacobian(dropConstantVertices(graph))).toEqual(jacobian(graph));
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('make the published graph of BlackScholes_Jacobian from the true one', () => {
    interface Golden {
      readonly inputs: readonly string[];
      readonly outputs: readonly string[];
      readonly vertices: readonly { readonly id: string }[];
      readonly edges: readonly { readonly from: string; readonly to: string }[];
      readonly edges_only_in_true_graph: readonly (readonly [string, string])[];
    }
    const file = new URL('../golden/data/BlackScholes_Jacobian.json', import.meta.url);
    const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
    const shared = golden.edges.filter(({ to }) => to === 'v16');
    const graph = buildGraph({
      name: 'BlackScholes_Jacobian',
      vertices: golden.vertices.map(({ id }) => ({ id })),
      edges: [
        ...golden.edges.filter((edge) => !shared.includes(edge)),
        { from: 'v15', to: 'v16' },
        ...golden.edges_only_in_true_graph.map(([from, to]) => ({ from, to })),
      ].filter(
        ({ from, to }, index, all) =>
          all.findIndex((other) => other.from === from && other.to === to) === index,
      ),
      inputs: golden.inputs,
      outputs: golden.outputs,
    });
    expect(edgeNames(shareDeadVertices(graph))).toEqual(
      golden.edges.map(({ from, to }) => `${from} ${to}`).sort(),
    );
    expect(golden.edges).toHaveLength(194);
  });
});

describe('safe pre-elimination', () => {
  it('keeps the least count under pairs, together with what it paid', () => {
    fc.assert(
      fc.property(arbitraryGraph(4), (graph) => {
        const original = pairs.prepare(graph);
        if (eliminableVertices(graph).length > 6) return;
        const { graph: rest, eliminated, cost } = preEliminate(graph);
        expect(cost + leastCost(pairs.prepare(rest))).toBe(leastCost(original));
        const ids = eliminableVertices(rest).map((place) => rest.vertices[place]?.id ?? '');
        const order = parseOrder(graph, [...eliminated, ...ids]);
        const restOrder = eliminableVertices(rest);
        expect(eliminateAll(original, order).cost).toBe(
          cost + eliminateAll(pairs.prepare(rest), restOrder).cost,
        );
      }),
      { seed: 3, numRuns: 600 },
    );
  });

  it('eliminates a chain wholly, each vertex at cost 1', () => {
    const ids = ['x', 1, 2, 3, 4];
    const chain = buildGraph({
      name: 'chain',
      vertices: ids.map((id) => ({ id })),
      edges: ids.slice(1).map((to, index) => ({ from: ids[index] ?? '', to })),
    });
    const { graph, cost } = preEliminate(chain);
    expect([graph.vertices.length, edgeNames(graph), cost]).toEqual([2, ['x 4'], 3]);
  });

  it('refuses tensors', () => {
    const tensor = buildGraph({ name: 't', vertices: [{ id: 'x', shape: [2] }], edges: [] });
    expect(() => preEliminate(tensor)).toThrow('scalar graphs');
  });
});
