import { describe, expect, it } from 'vitest';
import { bitsetEngine } from '../../src/core/bitset.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { wasmEngine } from '../../src/core/wasm.ts';
import { costModels } from '../../src/cost/models.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { paper } from '../../src/cost/paper/paper.ts';
import type { CostModel } from '../../src/cost/types.ts';
import type { EliminationEngine } from '../../src/core/types.ts';
import type { Graph } from '../../src/graph/types.ts';
import {
  eliminableVertices,
  orderFromPositions,
  orderIds,
  parseOrder,
} from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { heuristicNamed } from '../../src/search/heuristics/heuristics.ts';
import { createRandom } from '../../src/support/random.ts';
import { wasmEngineOfKind } from '../core/support.ts';
import { goldenGraph, readGoldenTensors, tensorTasks } from './tensor-graphs.ts';

const engines: readonly EliminationEngine[] = [referenceEngine, bitsetEngine, wasmEngine];
const orders = ['fwd', 'rev', 'markowitz', 'published'] as const;

interface Counted {
  readonly total: number | undefined;
  readonly steps: readonly number[];
}

function counted(
  engine: EliminationEngine,
  model: CostModel,
  graph: Graph,
  order: EliminationOrder,
): Counted {
  const handle = engine.load(model.prepare(graph));
  const result = { total: handle.count([order])[0], steps: [...handle.steps(order)] };
  handle.dispose();
  return result;
}

function randomOrders(graph: Graph, seed: number, number: number): EliminationOrder[] {
  const random = createRandom(seed);
  const eliminable = eliminableVertices(graph);
  return Array.from({ length: number }, () =>
    orderFromPositions(graph, random.shuffle(eliminable)),
  );
}

describe.each(tensorTasks)('the elimination of %s', (task) => {
  const golden = readGoldenTensors(task);
  const graph = goldenGraph(golden);

  describe.each(engines.map((engine) => [engine.name, engine] as const))(
    'by the %s engine',
    (_, engine) => {
      it.each(orders)('costs what it costs in the paper, step by step: %s', (key) => {
        const { order, paper_steps, paper_total } = golden.orders[key];
        expect(counted(engine, paper, graph, parseOrder(graph, order))).toEqual({
          total: paper_total,
          steps: paper_steps,
        });
      });

      it.each(orders)('costs true multiplications, step by step: %s', (key) => {
        const { order, true_steps, true_total } = golden.orders[key];
        expect(counted(engine, multiplications, graph, parseOrder(graph, order))).toEqual({
          total: true_total,
          steps: true_steps,
        });
      });

      it('leaves the Markowitz degree of tensors to the heuristic', () => {
        const handle = engine.load(pairs.prepare(graph));
        expect(() => handle.markowitz('low')).toThrow('has tensors');
        handle.dispose();
      });
    },
  );

  it.each(costModels.map((model) => [model.name, model] as const))(
    'is the same by all engines in 20 random orders under %s',
    (_, model) => {
      const some = randomOrders(graph, 2, 20);
      const [first, ...others] = [
        ...engines,
        wasmEngineOfKind('threeWords'),
        wasmEngineOfKind('wideRows'),
        wasmEngineOfKind('lists'),
      ].map((engine) => some.map((order) => counted(engine, model, graph, order)));
      for (const other of others) expect(other).toEqual(first);
    },
  );

  it.each([
    ['forward', 'fwd'],
    ['reverse', 'rev'],
    ['markowitz', 'markowitz'],
  ] as const)('has the golden order of the heuristic %s', (heuristic, key) => {
    const found = heuristicNamed(heuristic).order(graph, { seed: 1 });
    expect(orderIds(graph, found)).toEqual(golden.orders[key].order);
  });
});

describe('the patterns of the tensor tasks', () => {
  it('close at no more than 2,000 over named and random orders', () => {
    const sizes = tensorTasks.map((task) => {
      const golden = readGoldenTensors(task);
      const graph = goldenGraph(golden);
      const costed = multiplications.prepare(graph);
      const ofEdges = costed.algebra.size();
      const handle = wasmEngine.load(costed);
      handle.count(orders.map((key) => parseOrder(graph, golden.orders[key].order)));
      handle.count(randomOrders(graph, 1, 200));
      handle.dispose();
      expect(costed.algebra.size()).toBeGreaterThan(ofEdges);
      return costed.algebra.size();
    });
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2000);
  });
});
