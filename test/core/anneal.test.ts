import { describe, expect, it } from 'vitest';
import { bitsetAnnealing } from '../../src/core/anneal-bitset.ts';
import { referenceAnnealing } from '../../src/core/anneal-reference.ts';
import type { Annealer } from '../../src/core/annealer.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { createWasmEngine, type LeastKind, wasmEngine } from '../../src/core/wasm.ts';
import type { CostedGraph } from '../../src/cost/types.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { Graph } from '../../src/graph/types.ts';
import { orderFromPositions } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { createRandom } from '../../src/support/random.ts';
import { UserError } from '../../src/support/user-error.ts';
import { goldenGraph, readGoldenTensors, tensorTasks } from '../golden/tensor-graphs.ts';
import { countings, lawless, oddGraph, randomOrder, sparseGraph } from './support.ts';

interface Trace {
  readonly start: number;
  /** Proposals, cost, least cost, current and best order after each call. */
  readonly calls: readonly (readonly unknown[])[];
}

/** What an annealer does in a few sweeps, cut into pieces of at most `limit` proposals. */
function traceOf(
  annealer: Annealer,
  order: EliminationOrder,
  { seed, sweeps, limit }: { seed: number; sweeps: number; limit: number },
): Trace {
  const start = annealer.start(order, seed);
  const calls: unknown[][] = [];
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const temperature = 3 * 0.5 ** sweep;
    do {
      const made = annealer.sweep(temperature, limit);
      const { cost, bestCost } = annealer;
      calls.push([made, cost, bestCost, annealer.order(), annealer.bestOrder()]);
    } while (annealer.sweeping);
  }
  annealer.dispose();
  return { start, calls };
}

function expectTwins(costed: CostedGraph, seed: number, kinds: readonly (LeastKind | undefined)[]) {
  const random = createRandom(seed);
  const order = randomOrder(costed.graph, random);
  const proposals = { tries: 1 + random.integer(8), farthest: 2 ** random.integer(6) };
  const how = { seed, sweeps: 3, limit: 1 + random.integer(200) };
  const expected = traceOf(referenceAnnealing.annealer(costed, proposals), order, how);
  for (const kind of kinds) {
    const annealer = createWasmEngine().annealer(costed, proposals, kind);
    expect(traceOf(annealer, order, how), `graph ${seed}, ${kind ?? 'own kind'}`).toEqual(expected);
  }
  if (!costed.algebra.uniform) return;
  const plain = bitsetAnnealing.annealer(costed, proposals);
  expect(traceOf(plain, order, how), `graph ${seed}, plain JavaScript`).toEqual(expected);
}

describe.each([...countings])('annealing under %s', (_, prepare) => {
  it('in the core makes the same choices as its twin, whatever the rows', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      expectTwins(prepare(oddGraph(seed)), seed, [undefined, 'threeWords', 'wideRows']);
    }
  });

  it.each([63, 65, 127, 129, 191, 193, 257])('agrees with its twin on %d vertices', (vertices) => {
    const costed = prepare(sparseGraph(vertices, vertices, 1.2));
    const order = randomOrder(costed.graph, createRandom(vertices));
    // A sweep would take the twin minutes: some proposals at the first places, from two starts.
    const how = { seed: vertices, sweeps: 1, limit: 150 };
    const [core, twin] = [wasmEngine, referenceAnnealing].map((engine) => {
      const annealer = engine.annealer(costed, { tries: 2 });
      annealer.start(order, how.seed);
      const made = annealer.sweep(2, how.limit);
      const result = [made, annealer.cost, annealer.bestCost, annealer.order()];
      annealer.dispose();
      return result;
    });
    expect(core).toEqual(twin);
  });

  it('ends at a legal order that costs what it says and no more than the start', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const costed = prepare(oddGraph(seed));
      const order = randomOrder(costed.graph, createRandom(seed));
      const annealer = wasmEngine.annealer(costed, { tries: 8 });
      const start = annealer.start(order, seed);
      for (let sweep = 0; sweep < 20; sweep += 1) annealer.sweep(3 * 0.8 ** sweep);
      const handle = referenceEngine.load(costed);
      // Orders are parsed when they leave the core: none that is illegal comes here.
      const counts = handle.count([order, annealer.order(), annealer.bestOrder()]);
      expect([...counts], `graph ${seed}`).toEqual([start, annealer.cost, annealer.bestCost]);
      expect(annealer.bestCost).toBeLessThanOrEqual(Math.min(start, annealer.cost));
      annealer.dispose();
    }
  });
});

describe.each(['paper', 'pairs', 'multiplications', 'flops'])('annealing of tensors', (name) => {
  it.each(tensorTasks)(`of %s under ${name} makes the same choices as its twin`, (task) => {
    const costed = costModelNamed(name).prepare(goldenGraph(readGoldenTensors(task)));
    const order = randomOrder(costed.graph, createRandom(4));
    const [core, twin] = [wasmEngine, referenceAnnealing].map((engine) => {
      const annealer = engine.annealer(costed, { tries: 3 });
      annealer.start(order, 11);
      const result: unknown[] = [];
      for (const limit of [100, 60]) {
        result.push(annealer.sweep(20, limit), annealer.cost, annealer.order());
      }
      annealer.dispose();
      return result;
    });
    expect(core).toEqual(twin);
  });
});

describe('an annealer', () => {
  it('never makes the order worse at temperature 0', () => {
    const costed = pairs.prepare(oddGraph(12, { intermediates: 60 }));
    const annealer = wasmEngine.annealer(costed, { tries: 8 });
    let last = annealer.start(randomOrder(costed.graph, createRandom(1)), 1);
    for (let sweep = 0; sweep < 20; sweep += 1) {
      annealer.sweep(0);
      expect(annealer.cost).toBeLessThanOrEqual(last);
      last = annealer.cost;
    }
    expect(annealer.bestCost).toBe(last);
    annealer.dispose();
  });

  it('finds the best of all orders of a small graph', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const graph = oddGraph(seed, { intermediates: 5, outputsFeedOthers: false });
      const costed = multiplications.prepare(graph);
      const annealer = wasmEngine.annealer(costed, { tries: 8 });
      const order = randomOrder(graph, createRandom(seed));
      annealer.start(order, seed);
      for (let sweep = 0; sweep < 60; sweep += 1) annealer.sweep(3 * 0.95 ** sweep);
      const handle = referenceEngine.load(costed);
      const least = Math.min(...handle.count(permutations(graph, order)));
      expect(annealer.bestCost, `graph ${seed}`).toBe(least);
      annealer.dispose();
    }
  });

  it('starts anew as if it were fresh', () => {
    const costed = lawless(oddGraph(5, { intermediates: 25 }));
    const order = randomOrder(costed.graph, createRandom(2));
    const other = randomOrder(costed.graph, createRandom(3));
    const how = { seed: 9, sweeps: 2, limit: Infinity };
    const used = wasmEngine.annealer(costed, { tries: 4 });
    used.start(other, 1);
    used.sweep(3, 77);
    const fresh = createWasmEngine().annealer(costed, { tries: 4 });
    expect(traceOf(used, order, how)).toEqual(traceOf(fresh, order, how));
  });

  it('has nothing to propose where an order has fewer than two vertices', () => {
    for (const intermediates of [0, 1]) {
      const graph = oddGraph(3, { intermediates, outputsFeedOthers: false });
      for (const engine of [wasmEngine, referenceAnnealing]) {
        const annealer = engine.annealer(pairs.prepare(graph), { tries: 8 });
        const order = randomOrder(graph, createRandom(0));
        const cost = annealer.start(order, 0);
        expect(annealer.sweep(1)).toBe(0);
        expect(annealer.sweeping).toBe(false);
        expect([annealer.bestCost, annealer.bestOrder()]).toEqual([cost, order]);
        annealer.dispose();
      }
    }
  });

  it('frees its memory, also where it can not be made', () => {
    const engine = createWasmEngine();
    const costed = lawless(oddGraph(5, { intermediates: 25 }));
    const order = randomOrder(costed.graph, createRandom(2));
    const use = (): number => {
      const annealer = engine.annealer(costed, { tries: 8 });
      annealer.start(order, 1);
      annealer.sweep(3);
      annealer.dispose();
      expect(() => engine.annealer(costed, { tries: 8 }, 'lists')).toThrow(UserError);
      return engine.bytesInUse();
    };
    const first = use();
    for (let round = 0; round < 50; round += 1) expect(use()).toBe(first);
  });
});

function permutations(graph: Graph, order: EliminationOrder): EliminationOrder[] {
  const all = (items: readonly number[]): number[][] =>
    items.length === 0
      ? [[]]
      : items.flatMap((item, index) =>
          all(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
        );
  return all(order).map((positions) => orderFromPositions(graph, positions));
}
