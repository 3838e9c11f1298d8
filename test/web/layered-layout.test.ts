import { describe, expect, it } from 'vitest';

import { readGraph } from '../../src/graph/file.ts';
import { randomGraph } from '../../src/graph/generators.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { tasks } from '../../tasks/tasks.ts';
import { crossings, layeredLayout, layersOf } from '../../web/laboratory/layered-layout.ts';

const graphs = [
  ...tasks
    .filter(({ suite }) => suite === 'paper')
    .map((task) => taskSubject(task).linearisation().graph),
  ...Array.from({ length: 30 }, (_, seed) =>
    randomGraph({
      inputs: 3,
      intermediates: 25,
      outputs: 4,
      density: 0.1,
      loose: seed % 2 === 0,
      seed,
    }),
  ),
];

describe('a layered layout', () => {
  it('lets every edge run forwards, from its tail to its head', () => {
    for (const graph of graphs) {
      const { places, routes } = layeredLayout(graph);
      routes.forEach(({ from, to, points }, index) => {
        expect(graph.edges[index]).toMatchObject({ from, to });
        const ends = [places[from], places[to]].map((place) => [place?.along, place?.across]);
        expect([points.at(0), points.at(-1)]).toEqual(ends);
        points.slice(1).forEach(([along], step) => {
          expect(along).toBeGreaterThan(points[step]?.[0] ?? NaN);
        });
      });
    }
  });

  it('lets no two vertices touch, and all lie within its size', () => {
    for (const graph of graphs) {
      const { places, along, across } = layeredLayout(graph);
      places.forEach((one, index) => {
        expect(one.along).toBeGreaterThan(0);
        expect(one.along).toBeLessThan(along);
        expect(one.across).toBeGreaterThan(0);
        expect(one.across).toBeLessThan(across);
        const distances = places
          .slice(index + 1)
          .map((other) => Math.hypot(one.along - other.along, one.across - other.across));
        // A vertex is 22 wide.
        expect(Math.min(Infinity, ...distances)).toBeGreaterThan(22);
      });
    }
  });

  it('is in layers where edges go from lower to higher ones, the first of them 0', () => {
    for (const graph of graphs) {
      const layers = layersOf(graph);
      expect(Math.min(...layers)).toBe(0);
      for (const { from, to } of graph.edges) {
        expect(layers[from]).toBeLessThan(layers[to] ?? NaN);
      }
    }
  });

  it('knows a crossing: two edges whose ends stand the other way round', () => {
    const after = (edges: Record<number, readonly number[]>) => (item: number) => edges[item] ?? [];
    const rows = [
      [0, 1],
      [2, 3],
    ];
    expect(crossings(rows, after({ 0: [2], 1: [3] }))).toBe(0);
    expect(crossings(rows, after({ 0: [3], 1: [2] }))).toBe(1);
    expect(crossings(rows, after({ 0: [2, 3], 1: [2, 3] }))).toBe(1);
  });

  it('unties chains that are listed crosswise', () => {
    const vertices = ['a', 'b', 'c', 1, 2, 3, 'x', 'y', 'z'].map((id) => ({ id }));
    const pairs = [['a', 3], ['b', 2], ['c', 1], [3, 'y'], [2, 'z'], [1, 'x']]; // prettier-ignore
    const edges = pairs.map(([from, to]) => ({ from, to }));
    const file = { format: 'crosscountry/graph', version: 1, name: 'chains', vertices, edges };
    const { routes } = layeredLayout(readGraph(JSON.stringify(file), 'file'));
    // Without crossings every chain can be straight.
    for (const { points } of routes) {
      for (const [, across] of points) expect(across).toBeCloseTo(points[0]?.[1] ?? NaN, 6);
    }
  });
});
