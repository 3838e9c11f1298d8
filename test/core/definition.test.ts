import { describe, expect, it } from 'vitest';
import { bitsetEngine } from '../../src/core/bitset.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import type { EliminationEngine } from '../../src/core/types.ts';
import { wasmEngine } from '../../src/core/wasm.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { buildGraph } from '../../src/graph/build.ts';
import type { Graph } from '../../src/graph/types.ts';
import { parseOrder } from '../../src/order/orders.ts';
import { createRandom } from '../../src/support/random.ts';
import { oddGraph, randomOrder } from './support.ts';

const engines: readonly EliminationEngine[] = [referenceEngine, bitsetEngine, wasmEngine];

/** Vertices that a walk from `start` meets, passing through vertices of `through` only. */
function met(
  neighbours: ReadonlyMap<number, readonly number[]>,
  start: number,
  through: ReadonlySet<number>,
): Set<number> {
  const seen = new Set<number>();
  const walk = (vertex: number): void => {
    for (const next of neighbours.get(vertex) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (through.has(next)) walk(next);
    }
  };
  walk(start);
  return seen;
}

/**
 * What eliminating v costs after the set E, without eliminating anything: the number of vertices
 * that reach v through E, times the number that v reaches through E. An eliminated output has given
 * up its out-edges only, so it is still among the vertices reached.
 */
function costAfter(graph: Graph, eliminated: ReadonlySet<number>, vertex: number): number {
  const successors = new Map<number, number[]>();
  const predecessors = new Map<number, number[]>();
  for (const { from, to } of graph.edges) {
    successors.set(from, [...(successors.get(from) ?? []), to]);
    predecessors.set(to, [...(predecessors.get(to) ?? []), from]);
  }
  const sources = [...met(predecessors, vertex, eliminated)].filter((one) => !eliminated.has(one));
  const targets = [...met(successors, vertex, eliminated)].filter(
    (one) => !eliminated.has(one) || graph.vertices[one]?.kind === 'output',
  );
  return sources.length * targets.length;
}

describe.each(engines.map((engine) => [engine.name, engine] as const))('%s', (_, engine) => {
  it('prices a vertex by the paths through the vertices eliminated before it', () => {
    for (let seed = 10_000; seed < 10_500; seed += 1) {
      const graph = oddGraph(seed);
      const order = randomOrder(graph, createRandom(seed));
      const handle = engine.load(pairs.prepare(graph));
      const eliminated = new Set<number>();
      const expected = order.map((vertex) => {
        const cost = costAfter(graph, eliminated, vertex);
        eliminated.add(vertex);
        return cost;
      });
      expect([...handle.steps(order)], `graph ${seed}`).toEqual(expected);
      handle.dispose();
    }
  });

  it('eliminates an output that others use, and keeps its in-edges', () => {
    // x, y → a → b → c with outputs b and c: b first costs 1·1, then a has one in-edge from each
    // input and out-edges to b and c; a first costs 2·1, then b has two in-edges and one out-edge.
    const graph = buildGraph({
      name: 'used output',
      vertices: [{ id: 'x' }, { id: 'y' }, { id: 'a' }, { id: 'b' }, { id: 'c' }],
      edges: [
        { from: 'x', to: 'a' },
        { from: 'y', to: 'a' },
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
      ],
      outputs: ['b', 'c'],
    });
    const handle = engine.load(pairs.prepare(graph));
    expect([...handle.steps(parseOrder(graph, ['b', 'a']))]).toEqual([1, 4]);
    expect([...handle.steps(parseOrder(graph, ['a', 'b']))]).toEqual([2, 2]);
    expect([...handle.markowitz('low')]).toEqual([...parseOrder(graph, ['b', 'a'])]);
    handle.dispose();
  });

  it('breaks Markowitz ties by the lowest or by the highest position', () => {
    // Two chains side by side: every degree is 1 at every moment.
    const graph = buildGraph({
      name: 'two chains',
      vertices: ['x', 'y', 'a', 'b', 'c', 'd', 'u', 'v'].map((id) => ({ id })),
      edges: [
        { from: 'x', to: 'a' },
        { from: 'a', to: 'c' },
        { from: 'c', to: 'u' },
        { from: 'y', to: 'b' },
        { from: 'b', to: 'd' },
        { from: 'd', to: 'v' },
      ],
    });
    const handle = engine.load(pairs.prepare(graph));
    expect([...handle.markowitz('low')]).toEqual([2, 3, 4, 5]);
    expect([...handle.markowitz('high')]).toEqual([5, 4, 3, 2]);
    handle.dispose();
  });

  it('counts exactly where a single elimination costs more than 2^16', () => {
    const sides = Array.from({ length: 300 }, (_value, index) => index);
    const graph = buildGraph({
      name: 'hub',
      vertices: [
        ...sides.map((index) => ({ id: `x${index}` })),
        { id: 'hub' },
        ...sides.map((index) => ({ id: `y${index}` })),
      ],
      edges: sides.flatMap((index) => [
        { from: `x${index}`, to: 'hub' },
        { from: 'hub', to: `y${index}` },
      ]),
    });
    const handle = engine.load(pairs.prepare(graph));
    expect([...handle.count([parseOrder(graph, ['hub'])])]).toEqual([90_000]);
    handle.dispose();
  });
});
