import { describe, expect, it } from 'vitest';

import { referenceEngine } from '../../src/core/reference.ts';
import type { GreedyWeights } from '../../src/core/types.ts';
import { createWasmEngine } from '../../src/core/wasm.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { Graph } from '../../src/graph/types.ts';
import { heuristicNamed } from '../../src/search/heuristics/heuristics.ts';
import { lastDegrees } from '../../src/search/heuristics/relative-markowitz.ts';
import { createRandom } from '../../src/support/random.ts';
import { oddGraph, randomOrder, sparseGraph, wasmEngineOfKind } from './support.ts';

const engine = createWasmEngine();

/** Each greedy heuristic as its definition computes it, and what the core takes for it. */
const rules: readonly (readonly [name: string, weights: (graph: Graph) => GreedyWeights])[] = [
  ['markowitz', () => ({ degree: 1, damage: 0, fill: 0 })],
  [
    'relative-markowitz',
    (graph) => ({ degree: 1, damage: 0, fill: 0, offsets: lastDegrees(graph) }),
  ],
  ['minimum-fill', () => ({ degree: 0, damage: 0, fill: 1 })],
  ['minimal-damage', () => ({ degree: 2, damage: 3, fill: 0 })],
  ['lowest-markowitz-minimal-damage', () => ({ degree: 1, damage: 1, fill: 0 })],
  ['maximal-markowitz-reduction', () => ({ degree: -1, damage: 1, fill: 0 })],
];

/** Small graphs of every oddity, and sparse ones of some hundred vertices. */
function* graphs(count: number): Iterable<Graph> {
  for (let seed = 0; seed < count; seed += 1) {
    yield oddGraph(seed);
    if (seed % 40 === 0) yield sparseGraph(seed, 150 + (seed % 400), 2);
  }
}

describe('greedy elimination on adjacency lists', () => {
  it.each(rules)('gives the order of the definition: %s', (name, weights) => {
    for (const graph of graphs(400)) {
      for (const tie of ['low', 'high'] as const) {
        const order = engine.greedyOrder(pairs.prepare(graph), weights(graph), tie);
        const heuristic = heuristicNamed(tie === 'low' ? name : `${name}-high`);
        expect(order, graph.name).toEqual(heuristic.order(graph, { seed: 0 }));
      }
    }
  });
});

describe('counting on adjacency lists', () => {
  it('agrees with the reference where inputs and outputs are hubs', () => {
    const lists = wasmEngineOfKind('lists');
    for (let seed = 0; seed < 600; seed += 1) {
      const random = createRandom(seed);
      // Few inputs and outputs, each at many vertices: their lists are the long ones.
      const graph = oddGraph(seed, {
        inputs: 1 + random.integer(3),
        outputs: 1 + random.integer(3),
        intermediates: 5 + random.integer(60),
        density: 0.05 + 0.3 * random.next(),
      });
      const costed = pairs.prepare(graph);
      const orders = [randomOrder(graph, random), randomOrder(graph, random)];
      const handle = lists.load(costed);
      const expected = referenceEngine.load(costed);
      expect(handle.count(orders)).toEqual(expected.count(orders));
      for (const order of orders) expect(handle.steps(order)).toEqual(expected.steps(order));
      handle.dispose();
    }
  });
});
