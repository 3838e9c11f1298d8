/** Costed random graphs and orders for the tests of the engines. */
import type { LeastKind } from '../../src/core/wasm.ts';
import { createWasmEngine } from '../../src/core/wasm.ts';
import type { EliminationEngine } from '../../src/core/types.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { paper } from '../../src/cost/paper/paper.ts';
import type { CostedGraph, EdgeAlgebra, Step } from '../../src/cost/types.ts';
import { randomGraph, type RandomGraphOptions } from '../../src/graph/generators.ts';
import type { Graph } from '../../src/graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { createRandom, type Random } from '../../src/support/random.ts';

/** Random graph with every oddity that the seed switches on. */
export function oddGraph(seed: number, sizes: Partial<RandomGraphOptions> = {}): Graph {
  const random = createRandom(seed);
  return randomGraph({
    seed,
    inputs: 1 + random.integer(6),
    intermediates: random.integer(30),
    outputs: 1 + random.integer(5),
    density: 0.03 + 0.4 * random.next() ** 2,
    units: 0.4,
    constants: 0.2,
    copies: 0.5,
    outputsFeedOthers: random.next() < 0.5,
    loose: random.next() < 0.5,
    inputIsOutput: random.next() < 0.3,
    doubleOutput: random.next() < 0.3,
    ...sizes,
  });
}

/** Sparse graph with exactly `vertices` vertices; `degree` edges a vertex on average. */
export function sparseGraph(seed: number, vertices: number, degree = 2.5): Graph {
  const inputs = Math.min(9, Math.floor(vertices / 4));
  return randomGraph({
    seed,
    inputs,
    intermediates: vertices - 2 * inputs,
    outputs: inputs,
    density: (2 * degree) / vertices,
    units: 0.4,
    constants: 0.2,
    outputsFeedOthers: true,
  });
}

/**
 * An algebra without any law: compose and add give pseudo-random states below `states`, interned in
 * the order in which they are met, or none, at prices that are multiples of 1/2. It grows like those
 * of tensor patterns do.
 */
export function lawlessAlgebra(states: number): EdgeAlgebra {
  const interned = [0, 1, 2];
  const intern = (value: number): number => {
    const found = interned.indexOf(value);
    return found >= 0 ? found : interned.push(value) - 1;
  };
  const mix = (left: number, right: number, salt: number): number => {
    const a = interned[left];
    const b = interned[right];
    if (a === undefined || b === undefined) throw new Error('a state that was never handed out');
    const hash = Math.imul((a + 1) * 40503 + (b + 1) * 9176 + salt, 0x9e3779b1);
    return (hash ^ (hash >>> 15)) >>> 0;
  };
  const price = (hash: number): number => ((hash >>> 8) % 40) / 2;
  const result = (hash: number): Step => ({ state: intern(hash % states), cost: price(hash) });
  return {
    uniform: false,
    size: () => interned.length,
    compose: (outgoing, incoming) => {
      const hash = mix(outgoing, incoming, 1);
      // One product in eight is structurally zero, at a price all the same.
      return (hash >>> 16) % 8 === 0 ? { state: null, cost: price(hash) } : result(hash);
    },
    add: (existing, added) => result(mix(existing, added, 2)),
  };
}

/** The graph under a lawless algebra, its edges in the first three states. */
export function lawless(graph: Graph, states = 40): CostedGraph {
  return { graph, algebra: lawlessAlgebra(states), states: graph.edges.map((_, edge) => edge % 3) };
}

/** The ways of counting that the engines are compared under. */
export const countings: ReadonlyMap<string, (graph: Graph) => CostedGraph> = new Map([
  ['pairs', (graph: Graph) => pairs.prepare(graph)],
  ['multiplications', (graph: Graph) => multiplications.prepare(graph)],
  ['paper', (graph: Graph) => paper.prepare(graph)],
  ['a lawless algebra', (graph: Graph) => lawless(graph)],
]);

/** A random legal order. */
export function randomOrder(graph: Graph, random: Random): EliminationOrder {
  return orderFromPositions(graph, random.shuffle(eliminableVertices(graph)));
}

/** An engine whose graphs get at least the given representation in the core. */
export function wasmEngineOfKind(kind: LeastKind): EliminationEngine {
  const engine = createWasmEngine();
  return { name: `wasm ${kind}`, load: (costed) => engine.load(costed, kind) };
}
