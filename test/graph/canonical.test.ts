import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { buildGraph, type GraphSpecification } from '../../src/graph/build.ts';
import { canonicalForm, graphHash } from '../../src/graph/canonical.ts';
import { readGraph } from '../../src/graph/file.ts';
import { constant, scalarPartial, unit, variable } from '../../src/graph/partial.ts';
import { createRandom } from '../../src/support/random.ts';
import { arbitraryGraph } from './arbitrary-graph.ts';
import type { Graph, Vertex } from '../../src/graph/types.ts';

const base = {
  name: 'base',
  vertices: [{ id: 'x' }, { id: 1, op: 'sin' }, { id: 2, op: 'exp' }],
  edges: [
    { from: 'x', to: 1, partial: scalarPartial(variable) },
    { from: 1, to: 2, partial: scalarPartial(constant(2)) },
  ],
} satisfies GraphSpecification;

const hashOf = (change: Partial<GraphSpecification>): string =>
  graphHash(buildGraph({ ...base, ...change }));

/** The same graph listed in another order, under other names. */
function shuffled(graph: Graph, seed: number): Graph {
  const random = createRandom(seed);
  const id = (place: number): Vertex['id'] => graph.vertices[place]?.id ?? '';
  return buildGraph({
    name: 'another name',
    vertices: random.shuffle(graph.vertices).map((vertex) => ({ ...vertex, op: 'other' })),
    edges: random
      .shuffle(graph.edges)
      .map((edge) => ({ ...edge, from: id(edge.from), to: id(edge.to) })),
    inputs: random.shuffle(graph.inputs).map(id),
    outputs: random.shuffle(graph.outputs).map(id),
  });
}

describe('graphHash', () => {
  it('is 64 hexadecimal digits of SHA-256', async () => {
    const graph = buildGraph(base);
    const bytes = new TextEncoder().encode(canonicalForm(graph));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const expected = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(graphHash(graph)).toBe(expected);
  });

  it('does not depend on listing order and names', () => {
    fc.assert(
      fc.property(arbitraryGraph(8), fc.nat(), (graph, seed) => {
        expect(graphHash(shuffled(graph, seed))).toBe(graphHash(graph));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('does not depend on the letters of indices', () => {
    const text = (partial: string): string =>
      JSON.stringify({
        format: 'crosscountry/graph',
        version: 1,
        vertices: [
          { id: 'x', shape: [2, 3] },
          { id: 1, shape: [2, 3] },
        ],
        edges: [{ from: 'x', to: 1, partial }],
      });
    const [one, other, third] = ['ij|ij|j', 'ba|ba|a', 'ij|ij|i'].map((partial) =>
      graphHash(readGraph(text(partial))),
    );
    expect(other).toBe(one);
    expect(third).not.toBe(one);
  });

  it('depends on ids, kinds, shapes, edges, numbers and the paper codes', () => {
    const [first, second] = base.edges;
    if (first === undefined || second === undefined) throw new Error('two edges');
    const hashes = [
      hashOf({}),
      hashOf({
        vertices: [{ id: 'y' }, ...base.vertices.slice(1)],
        edges: [{ ...first, from: 'y' }, second],
      }),
      hashOf({ outputs: [1, 2] }),
      hashOf({ outputs: ['x', 2] }),
      hashOf({ vertices: [{ id: 'x', shape: [1] }, ...base.vertices.slice(1)] }),
      hashOf({ edges: [...base.edges, { from: 'x', to: 2 }] }),
      hashOf({ edges: [first, { ...second, partial: scalarPartial(constant(3)) }] }),
      hashOf({ edges: [first, { ...second, partial: scalarPartial(unit(1)) }] }),
      hashOf({ edges: [first, { ...second, partial: scalarPartial(unit(-1)) }] }),
      hashOf({ edges: [first, { ...second, paper: [-1, 1, 1, 1, 1] }] }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
