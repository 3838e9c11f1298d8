import { describe, expect, it } from 'vitest';

import { randomGraph, type RandomGraphOptions } from '../../src/graph/generators.ts';

const plain: RandomGraphOptions = {
  seed: 7,
  inputs: 3,
  intermediates: 20,
  outputs: 4,
  density: 0.1,
};

describe('randomGraph', () => {
  it('gives the same graph for the same seed and another for another', () => {
    expect(randomGraph(plain)).toEqual(randomGraph(plain));
    expect(randomGraph(plain).edges).not.toEqual(randomGraph({ ...plain, seed: 8 }).edges);
  });

  it('has the vertices asked for, and intermediates that are joined on both sides', () => {
    const graph = randomGraph(plain);
    const count = (kind: string): number =>
      graph.vertices.filter((vertex) => vertex.kind === kind).length;
    expect(['input', 'intermediate', 'output'].map(count)).toEqual([3, 20, 4]);
    graph.vertices.forEach(({ kind }, place) => {
      if (kind !== 'intermediate') return;
      expect(graph.edges.some(({ from }) => from === place)).toBe(true);
      expect(graph.edges.some(({ to }) => to === place)).toBe(true);
    });
  });

  it('makes dead and constant vertices, outputs with uses and odd outputs on request', () => {
    const graph = randomGraph({
      ...plain,
      loose: true,
      outputsFeedOthers: true,
      inputIsOutput: true,
      doubleOutput: true,
      units: 0.3,
      constants: 0.3,
    });
    const intermediates = graph.vertices.flatMap(({ kind }, place) =>
      kind === 'intermediate' ? [place] : [],
    );
    expect(intermediates.some((v) => graph.edges.every(({ from }) => from !== v))).toBe(true);
    expect(graph.edges.some(({ from }) => graph.vertices[from]?.kind === 'output')).toBe(true);
    expect(graph.outputs.some((place) => graph.vertices[place]?.kind === 'input')).toBe(true);
    expect(new Set(graph.outputs).size).toBe(graph.outputs.length - 1);
    expect(new Set(graph.edges.map(({ partial }) => partial.coefficient.kind))).toEqual(
      new Set(['unit', 'constant', 'variable']),
    );
  });
});
