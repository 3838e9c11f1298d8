import { describe, expect, it } from 'vitest';

import { referenceEngine } from '../../src/core/reference.ts';
import { wasmEngine } from '../../src/core/wasm.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { parseOrder } from '../../src/order/orders.ts';
import { heuristicNamed } from '../../src/search/heuristics/heuristics.ts';
import {
  graphFamilies,
  graphFamilyNamed,
  graphOfFamily,
} from '../../src/subject/families/families.ts';
import { taskNamed } from '../../tasks/tasks.ts';

describe.each(graphFamilies.map((family) => [family.name, family] as const))(
  'the family %s',
  (_, family) => {
    const size = Math.max(family.leastVertices, 3000);

    it('is the same for the same seed, ascending, and as large as whole parts allow', () => {
      for (const vertices of [family.leastVertices, size, 10_000]) {
        const graph = family.make(vertices, 5);
        const list = [...graph.vertices()];
        const edges = [...graph.edges()];
        expect([...family.make(vertices, 5).edges()]).toEqual(edges);
        expect([...graph.edges()]).toEqual(edges);
        expect(list.length).toBeLessThanOrEqual(vertices);
        expect(list.length).toBeGreaterThan(vertices * 0.4);
        expect(edges.every(({ from, to }) => from < to && to < list.length)).toBe(true);
        expect(new Set(edges.map(({ from, to }) => from * vertices + to)).size).toBe(edges.length);
      }
    });

    it('has no edge into an input, none out of an output, and no intermediate beside the way', () => {
      const graph = family.make(size, 1);
      const kinds = [...graph.vertices()].map(({ kind }) => kind);
      const edges = [...graph.edges()];
      const hasIn = new Set(edges.map(({ to }) => to));
      const hasOut = new Set(edges.map(({ from }) => from));
      kinds.forEach((kind, vertex) => {
        expect(hasIn.has(vertex)).toBe(kind !== 'input');
        if (kind === 'output') expect(hasOut.has(vertex)).toBe(false);
        // The task RoeFlux_1d computes what its fluxes do not use.
        if (kind === 'intermediate' && !family.name.includes('roe-flux')) {
          expect(hasOut.has(vertex)).toBe(true);
        }
      });
    });

    it('is counted alike by the core and by the reference', () => {
      const graph = graphOfFamily(family.make(size, 2));
      const order = heuristicNamed('markowitz').order(graph, { seed: 0 });
      for (const model of [pairs, multiplications]) {
        const costed = model.prepare(graph);
        const [handle, reference] = [wasmEngine.load(costed), referenceEngine.load(costed)];
        expect([...handle.count([order])]).toEqual([...reference.count([order])]);
        handle.dispose();
      }
    });
  },
);

describe('figures that are known', () => {
  const countOf = (rule: string, name: string, vertices: number): number => {
    const graph = graphOfFamily(graphFamilyNamed(name).make(vertices, 0));
    const order = heuristicNamed(rule).order(graph, { seed: 0 });
    return wasmEngine.load(pairs.prepare(graph)).count([order])[0] ?? NaN;
  };

  it('a chain of n vertices costs n − 2', () => {
    for (const rule of ['forward', 'reverse', 'markowitz', 'minimal-damage']) {
      expect(countOf(rule, 'chain', 10_000)).toBe(9998);
    }
  });

  it('a stencil costs forwards, far from the inputs, 10 inputs times the 28 edges of a row', () => {
    const [shorter, longer] = [5000, 10_000].map((n) => countOf('forward', 'stencil', n));
    expect((longer ?? 0) - (shorter ?? 0)).toBe(500 * 10 * 28);
  });

  it('a tile of RoeFlux_1d is the task: its published order costs 320 in each face', () => {
    const task = taskNamed('RoeFlux_1d');
    const own = linearise(task.program()).graph;
    const tiles = graphOfFamily(graphFamilyNamed('tiled-roe-flux').make(10_550, 0));
    expect(tiles.vertices).toHaveLength(10_550);
    const faces = 100;
    const perFace = own.vertices.length - 6;
    const published = parseOrder(own, task.publishedOrder ?? []);
    const inFaces = Array.from({ length: faces }, (_, face) =>
      published.map((vertex) => 150 + face * perFace + vertex - 6),
    ).flat();
    const rest = tiles.vertices.flatMap(({ id, kind }, place) =>
      kind === 'intermediate' && !inFaces.includes(place) ? [id] : [],
    );
    const order = parseOrder(tiles, [...inFaces, ...rest].map(Number));
    const steps = wasmEngine.load(pairs.prepare(tiles)).steps(order);
    for (let face = 0; face < faces; face += 1) {
      const cost = steps
        .slice(face * published.length, (face + 1) * published.length)
        .reduce((sum, one) => sum + one, 0);
      expect(cost).toBe(320);
    }
  });
});
