import { describe, expect, it } from 'vitest';

import { buildGraph, type GraphSpecification } from '../../src/graph/build.ts';
import { scalarPartial, variable } from '../../src/graph/partial.ts';
import { UserError } from '../../src/support/user-error.ts';

function failure(specification: Omit<GraphSpecification, 'name'>): UserError {
  try {
    buildGraph({ name: 'test', ...specification });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the specification was taken');
}

const chain = [{ id: 'x' }, { id: 1 }, { id: 2 }];

describe('buildGraph', () => {
  it('infers inputs and outputs from missing edges', () => {
    const graph = buildGraph({
      name: 'chain',
      vertices: chain,
      edges: [
        { from: 'x', to: 1 },
        { from: 1, to: 2 },
      ],
    });
    expect(graph.vertices.map(({ kind }) => kind)).toEqual(['input', 'intermediate', 'output']);
    expect([graph.inputs, graph.outputs]).toEqual([[0], [2]]);
    expect(graph.edges[0]?.partial).toEqual(scalarPartial(variable));
  });

  it('keeps a listing that is in order and otherwise takes the first vertex that is ready', () => {
    const graph = buildGraph({
      name: 'mixed',
      vertices: [{ id: 'c' }, { id: 'b' }, { id: 'd' }, { id: 'a' }],
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
      ],
    });
    expect(graph.vertices.map(({ id }) => id)).toEqual(['d', 'a', 'b', 'c']);
    expect(graph.edges.every(({ from, to }) => from < to)).toBe(true);
  });

  it('lets the lists win over the kinds', () => {
    const graph = buildGraph({
      name: 'lists',
      vertices: [
        { id: 'x', kind: 'input' },
        { id: 'k', kind: 'input' },
        { id: 1, kind: 'output' },
        { id: 2, kind: 'intermediate' },
      ],
      edges: [
        { from: 'x', to: 1 },
        { from: 'k', to: 1 },
        { from: 1, to: 2 },
      ],
      inputs: ['x'],
      outputs: [2, 'x', 2],
    });
    expect(graph.vertices.map(({ kind }) => kind)).toEqual([
      'input',
      'intermediate',
      'intermediate',
      'output',
    ]);
    expect(graph.outputs).toEqual([3, 0, 3]);
  });

  it('tells the integer 1 from the text "1", and takes __proto__ as a name', () => {
    const graph = buildGraph({
      name: 'names',
      vertices: [{ id: '1' }, { id: '__proto__' }, { id: 1 }],
      edges: [
        { from: '1', to: '__proto__' },
        { from: '__proto__', to: 1 },
      ],
    });
    expect(graph.vertices.map(({ id }) => id)).toEqual(['1', '__proto__', 1]);
  });

  it('sorts a listing of 20 000 vertices from back to front', () => {
    const count = 20_000;
    const graph = buildGraph({
      name: 'long',
      vertices: Array.from({ length: count }, (_, index) => ({ id: count - index })),
      edges: Array.from({ length: count - 1 }, (_, index) => ({ from: index + 1, to: index + 2 })),
    });
    expect(graph.vertices.map(({ id }) => id)).toEqual(
      Array.from({ length: count }, (_, index) => index + 1),
    );
  });

  it('refuses a cycle and names its vertices', () => {
    const error = failure({
      vertices: [{ id: 'x' }, { id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'y' }],
      edges: [
        { from: 'x', to: 'a' },
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
        { from: 'c', to: 'a' },
        { from: 'c', to: 'y' },
      ],
    });
    expect(error.code).toBe('graph-cycle');
    const [, cycle = ''] = /vertices (.*) form a cycle/.exec(error.message) ?? [];
    const names = cycle.split(' → ');
    expect(names[0]).toBe(names.at(-1));
    expect(new Set(names)).toEqual(new Set(['"a"', '"b"', '"c"']));
  });

  it.each([
    ['graph-double-vertex', 'vertices[1].id', { vertices: [{ id: 1 }, { id: 1 }], edges: [] }],
    ['graph-unknown-vertex', 'edges[0].to', { vertices: chain, edges: [{ from: 'x', to: '1' }] }],
    ['graph-unknown-vertex', 'outputs[0]', { vertices: chain, edges: [], outputs: ['nil'] }],
    ['graph-self-loop', 'edges[0]', { vertices: chain, edges: [{ from: 1, to: 1 }] }],
    [
      'graph-double-edge',
      'edges[1]',
      {
        vertices: chain,
        edges: [
          { from: 'x', to: 1 },
          { from: 'x', to: 1 },
        ],
      },
    ],
    [
      'graph-edge-into-input',
      'edges[0].to',
      { vertices: [{ id: 'x' }, { id: 1, kind: 'input' }], edges: [{ from: 'x', to: 1 }] },
    ],
    ['graph-double-input', 'inputs[1]', { vertices: chain, edges: [], inputs: ['x', 'x'] }],
    [
      'graph-missing-partial',
      'edges[0]',
      { vertices: [{ id: 'x', shape: [2] }, { id: 1 }], edges: [{ from: 'x', to: 1 }] },
    ],
  ] as const)('refuses with %s at %s', (code, at, specification) => {
    const error = failure(specification);
    expect([error.code, error.at]).toEqual([code, at]);
    expect(error.message).not.toContain('\n');
  });

  it('says that strings and integers differ where the other one exists', () => {
    const error = failure({ vertices: chain, edges: [{ from: 'x', to: '1' }] });
    expect(error.message).toContain('there is a vertex 1');
  });
});
