import { describe, expect, it } from 'vitest';

import type { OrderWalk } from '../../src/core/order-walk.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { createWasmEngine } from '../../src/core/wasm.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { CostedGraph } from '../../src/cost/types.ts';
import type { Graph, Position } from '../../src/graph/types.ts';
import { orderFromPositions } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { createRandom } from '../../src/support/random.ts';
import { lawless, oddGraph, randomOrder } from './support.ts';

const engine = createWasmEngine();

function count(costed: CostedGraph, order: EliminationOrder): number {
  const handle = referenceEngine.load(costed);
  const [result = NaN] = handle.count([order]);
  handle.dispose();
  return result;
}

function withWalk(costed: CostedGraph, use: (walk: OrderWalk) => void): void {
  const walk = engine.walk(costed);
  use(walk);
  walk.dispose();
}

const models: readonly (readonly [string, (graph: Graph) => CostedGraph])[] = [
  ['pairs', (graph) => pairs.prepare(graph)],
  ['multiplications', (graph) => multiplications.prepare(graph)],
];

describe('a walk along an order', () => {
  it.each([...models, ['a lawless algebra', lawless] as const])(
    'costs what the reference counts, in any pieces, under %s',
    (_, prepare) => {
      for (let seed = 0; seed < 300; seed += 1) {
        const costed = prepare(oddGraph(seed));
        const random = createRandom(seed);
        const order = randomOrder(costed.graph, random);
        withWalk(costed, (walk) => {
          let total = 0;
          for (let place = 0; place < order.length;) {
            const length = 1 + random.integer(9);
            total += walk.advance(order.slice(place, place + length));
            place += length;
          }
          expect(total).toBe(count(costed, order));
        });
      }
    },
  );

  it.each(models)(
    'names the neighbours that are still to be eliminated, under %s',
    (_, prepare) => {
      for (let seed = 0; seed < 300; seed += 1) {
        const costed = prepare(oddGraph(seed));
        const order = randomOrder(costed.graph, createRandom(seed));
        const places = new Map(order.map((vertex, place) => [vertex, place]));
        withWalk(costed, (walk) => {
          walk.advance(order, (vertex, neighbours) => {
            const place = places.get(vertex) ?? NaN;
            const before = new Set(order.slice(0, place));
            const expected = order
              .slice(place + 1)
              .filter((other) => joined(costed.graph, vertex, other, before));
            expect(new Set(neighbours)).toEqual(new Set(expected));
          });
        });
      }
    },
  );

  it.each(models)(
    'sees small graphs in which a run of vertices costs, in any order, what it costs, under %s',
    (_, prepare) => {
      let looked = 0;
      for (let seed = 0; seed < 1000; seed += 1) {
        const costed = prepare(oddGraph(seed));
        const random = createRandom(seed);
        const order = randomOrder(costed.graph, random);
        const start = random.integer(Math.max(1, order.length));
        const window = order.slice(start, start + 1 + random.integer(12));
        withWalk(costed, (walk) => {
          walk.advance(order.slice(0, start));
          const local = walk.localGraph(window);
          if (local === undefined) throw new Error('a graph of 40 vertices is small');
          expect(
            [...local.free, ...local.order.map((place) => local.originOf(place))].sort(),
          ).toEqual(window.toSorted());
          const own = random.shuffle(local.order);
          const changed = orderFromPositions(costed.graph, [
            ...order.slice(0, start),
            ...local.free,
            ...own.map((place) => local.originOf(place)),
            ...order.slice(start + window.length),
          ]);
          const handle = referenceEngine.load(costed);
          const steps = handle.steps(changed).slice(start, start + window.length);
          const expected = steps.reduce((sum, cost) => sum + cost, 0);
          handle.dispose();
          expect(count(local.costed, orderFromPositions(local.costed.graph, own))).toBe(expected);
          if (own.length > 2) looked += 1;
        });
      }
      expect(looked).toBeGreaterThan(300);
    },
  );
});

/** Whether a path joins two vertices whose inner vertices have been eliminated: the definition. */
function joined(graph: Graph, a: Position, b: Position, gone: ReadonlySet<Position>): boolean {
  return reaches(graph, a, b, gone) || reaches(graph, b, a, gone);
}

function reaches(graph: Graph, from: Position, to: Position, gone: ReadonlySet<Position>): boolean {
  const open = [from];
  const seen = new Set(open);
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    for (const edge of graph.edges) {
      if (edge.from !== vertex) continue;
      if (edge.to === to) return true;
      if (!gone.has(edge.to) || seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return false;
}
