import { describe, expect, it } from 'vitest';
import { bitsetEngine } from '../../src/core/bitset.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import type { EliminationEngine } from '../../src/core/types.ts';
import { wasmEngine } from '../../src/core/wasm.ts';
import type { CostedGraph } from '../../src/cost/types.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { createRandom } from '../../src/support/random.ts';
import { countings, oddGraph, randomOrder, sparseGraph, wasmEngineOfKind } from './support.ts';

/** What an engine says about a graph. */
function answers(engine: EliminationEngine, costed: CostedGraph, orders: EliminationOrder[]) {
  const handle = engine.load(costed);
  const result = {
    counts: [...handle.count(orders)],
    steps: orders.map((order) => [...handle.steps(order)]),
    low: [...handle.markowitz('low')],
    high: [...handle.markowitz('high')],
  };
  handle.dispose();
  return result;
}

function randomOrders(costed: CostedGraph, seed: number, number: number): EliminationOrder[] {
  const random = createRandom(seed);
  return Array.from({ length: number }, () => randomOrder(costed.graph, random));
}

const engines: readonly EliminationEngine[] = [
  bitsetEngine,
  wasmEngine,
  wasmEngineOfKind('threeWords'),
  wasmEngineOfKind('wideRows'),
  wasmEngineOfKind('lists'),
];

describe.each([...countings])('on 1,000 random graphs under %s', (_, prepare) => {
  it('every engine counts, prices each step and finds Markowitz orders as the reference does', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const costed = prepare(oddGraph(seed));
      const orders = randomOrders(costed, seed, 3);
      const expected = answers(referenceEngine, costed, orders);
      for (const engine of engines) {
        expect(answers(engine, costed, orders), `graph ${seed}, ${engine.name}`).toEqual(expected);
      }
    }
  });
});

describe.each([...countings])('where the representation changes, under %s', (_, prepare) => {
  it.each([63, 64, 65, 127, 128, 129, 191, 192, 193, 256, 257, 300])(
    'all engines agree on %d vertices',
    (vertices) => {
      const costed = prepare(sparseGraph(vertices, vertices));
      const orders = randomOrders(costed, vertices, 2);
      const expected = answers(referenceEngine, costed, orders);
      for (const engine of [bitsetEngine, wasmEngine, wasmEngineOfKind('lists')]) {
        expect(answers(engine, costed, orders), engine.name).toEqual(expected);
      }
    },
  );
});

describe('on large graphs', () => {
  it('all engines agree on 1,000 vertices', () => {
    for (const prepare of countings.values()) {
      const costed = prepare(sparseGraph(5, 1000, 1.5));
      const orders = randomOrders(costed, 5, 1);
      const expected = answers(referenceEngine, costed, orders);
      for (const engine of [bitsetEngine, wasmEngine, wasmEngineOfKind('lists')]) {
        expect(answers(engine, costed, orders), engine.name).toEqual(expected);
      }
    }
  });

  it.each([4096, 4097])('the core agrees with plain JavaScript on %d vertices', (vertices) => {
    const costed = pairs.prepare(sparseGraph(vertices, vertices, 1.2));
    const orders = randomOrders(costed, vertices, 1);
    expect(answers(wasmEngine, costed, orders)).toEqual(answers(bitsetEngine, costed, orders));
  });
});

describe('batches', () => {
  it('of more positions than one call takes are counted in order', () => {
    const costed = pairs.prepare(oddGraph(7, { intermediates: 100, density: 0.05 }));
    const orders = randomOrders(costed, 7, 800);
    const handle = wasmEngine.load(costed);
    const alone = orders.map((order) => handle.count([order])[0]);
    expect([...handle.count(orders)]).toEqual(alone);
    expect(new Set(alone).size).toBeGreaterThan(10);
    handle.dispose();
  });

  it('may be empty, and so may orders', () => {
    const graph = oddGraph(3, { intermediates: 0, outputsFeedOthers: false });
    for (const engine of [referenceEngine, bitsetEngine, wasmEngine]) {
      const handle = engine.load(pairs.prepare(graph));
      const order = handle.markowitz('low');
      expect([...order]).toEqual([]);
      expect([...handle.count([])]).toEqual([]);
      expect([...handle.count([order, order])]).toEqual([0, 0]);
      expect([...handle.steps(order)]).toEqual([]);
      handle.dispose();
    }
  });
});
