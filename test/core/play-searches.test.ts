import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/reference.ts';
import { referencePlaySearches } from '../../src/core/play-searches-reference.ts';
import { createWasmEngine, type LeastKind } from '../../src/core/wasm.ts';
import type { CostedGraph } from '../../src/cost/types.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { Graph } from '../../src/graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { createRandom } from '../../src/support/random.ts';
import { countings, oddGraph, sparseGraph } from './support.ts';

const engine = createWasmEngine();
const kinds: readonly (LeastKind | undefined)[] = [undefined, 'threeWords', 'wideRows'];

/** A small graph with every oddity, for the twins are slow. */
function smallGraph(seed: number, most: number): Graph {
  return oddGraph(seed, { intermediates: seed % (most + 1) });
}

/** Every order of a graph costs at least this: all are tried. */
function leastCount(costed: CostedGraph): number {
  const permutations = (items: readonly number[]): number[][] =>
    items.length === 0
      ? [[]]
      : items.flatMap((first) =>
          permutations(items.filter((one) => one !== first)).map((rest) => [first, ...rest]),
        );
  const orders = permutations(eliminableVertices(costed.graph)).map((order) =>
    orderFromPositions(costed.graph, order),
  );
  return Math.min(...engine.load(costed).count(orders));
}

/** ln of the chance that a rollout by a policy without bias is the order. */
function likelihood(policy: readonly number[], order: readonly number[]): number {
  return order.reduce((total, vertex, place) => {
    const weights = order.slice(place).map((one) => Math.exp(policy[one] ?? NaN));
    return total + (policy[vertex] ?? NaN) - Math.log(weights.reduce((sum, one) => sum + one, 0));
  }, 0);
}

const recount = (costed: CostedGraph, order: ReturnType<typeof orderFromPositions>) =>
  referenceEngine.load(costed).count([order])[0];

describe.each([...countings])('under %s', (_, prepare) => {
  it('a beam in the core keeps the same positions as its twin', () => {
    for (let seed = 0; seed < 250; seed += 1) {
      const costed = prepare(smallGraph(seed, 7));
      const random = createRandom(seed);
      const width = 1 + random.integer(12);
      const options = { width, damage: [0, 0.6, 1][seed % 3] ?? 0 };
      const pass = seed % 2 === 0 ? { width } : { width, seed };
      const twin = referencePlaySearches.beam(costed, options);
      twin.start(pass);
      twin.extend(Infinity);
      const beam = engine.beam(costed, options, kinds[seed % kinds.length]);
      beam.start(pass);
      while (!beam.extend(1 + random.integer(30)));
      const expected = [twin.order(), twin.cost, twin.isExhaustive];
      expect([beam.order(), beam.cost, beam.isExhaustive], `graph ${seed}`).toEqual(expected);
      expect(recount(costed, beam.order())).toBe(beam.cost);
      beam.dispose();
    }
  });

  it('greedy orders in the core are those of their twin, however far they look ahead', () => {
    for (let seed = 0; seed < 250; seed += 1) {
      const costed = prepare(smallGraph(seed, 8));
      const random = createRandom(seed);
      const options = {
        damage: [0, 0.6, 1][seed % 3] ?? 0,
        depth: random.integer(3),
        breadth: 1 + random.integer(3),
      };
      const twin = referencePlaySearches.greedy(costed, options);
      twin.start(seed, 0.8);
      twin.extend(Infinity);
      const greedy = engine.greedy(costed, options, kinds[seed % kinds.length]);
      greedy.start(seed, 0.8);
      while (!greedy.extend(1 + random.integer(3)));
      expect([greedy.order(), greedy.cost], `graph ${seed}`).toEqual([twin.order(), twin.cost]);
      expect(recount(costed, greedy.order())).toBe(greedy.cost);
      greedy.dispose();
    }
  });

  it('nested rollouts in the core are those of their twin, and so are the policies', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const costed = prepare(smallGraph(seed, 8));
      const random = createRandom(seed);
      const options = {
        levels: 1 + random.integer(3),
        iterations: 1 + random.integer(3),
        rate: 0.5 + random.next(),
        strength: [0, 0.3, 1][seed % 3] ?? 0,
        damage: [0, 0.6][seed % 2] ?? 0,
      };
      const twin = referencePlaySearches.nested(costed, options);
      const nested = engine.nested(costed, options, kinds[seed % kinds.length]);
      twin.start(seed);
      nested.start(seed);
      while (!twin.isFinished) {
        const most = 1 + random.integer(4);
        expect(nested.search(most), `graph ${seed}`).toBe(twin.search(most));
        expect(nested.bestCost).toBe(twin.bestCost);
        expect(nested.bestOrder()).toEqual(twin.bestOrder());
        expect(nested.isFinished).toBe(twin.isFinished);
        for (let level = 1; level <= options.levels; level += 1) {
          expect(nested.policy(level), `graph ${seed}, level ${level}`).toEqual(twin.policy(level));
        }
      }
      expect(recount(costed, nested.bestOrder())).toBe(nested.bestCost);
      nested.dispose();
    }
  });
});

describe.each([...countings])('a beam under %s', (_, prepare) => {
  it('that leaves nothing out finds the least count of all orders', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const graph = oddGraph(seed, { intermediates: seed % 6, outputsFeedOthers: false });
      const costed = prepare(graph);
      const beam = engine.beam(costed, { width: 2000, damage: 0.6 });
      beam.start({ width: 2000 });
      beam.extend(Infinity);
      expect(beam.isExhaustive).toBe(true);
      expect(beam.cost, `graph ${seed}`).toBe(leastCount(costed));
      beam.dispose();
    }
  });
});

describe('a beam', () => {
  it('comes to its end where it is narrowed at any moment', () => {
    const costed = pairs.prepare(sparseGraph(5, 60, 1.5));
    const beam = engine.beam(costed, { width: 20, damage: 0.6 });
    for (const calls of [0, 1, 5, 40, 200]) {
      beam.start({ width: 20 });
      for (let call = 0; call < calls; call += 1) beam.extend(3);
      beam.narrow();
      beam.extend(Infinity);
      expect(beam.isExhaustive).toBe(false);
      expect(recount(costed, beam.order())).toBe(beam.cost);
    }
    beam.dispose();
  });

  it('refuses a width that the memory has no room for, and says what there is room for', () => {
    const costed = pairs.prepare(sparseGraph(1, 2000));
    expect(() => engine.beam(costed, { width: 1e6, damage: 0.6 })).toThrow(/use at most \d+/);
  });

  it('gives back all memory', () => {
    const costed = pairs.prepare(oddGraph(3));
    const own = createWasmEngine();
    own.load(costed).dispose();
    const before = own.bytesInUse();
    own.beam(costed, { width: 9, damage: 1 }).dispose();
    own.greedy(costed, { damage: 1, depth: 2, breadth: 3 }).dispose();
    own.nested(costed, { levels: 2, iterations: 3, rate: 1, strength: 1, damage: 1 }).dispose();
    expect(own.bytesInUse()).toBe(before);
  });
});

describe('adapting a policy', () => {
  it('leaves its sum at 0, and makes the order that it goes by more likely', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const costed = pairs.prepare(oddGraph(seed, { intermediates: 12 }));
      // Small steps up a concave function; great ones may go too far.
      const options = { levels: 1, iterations: 40, rate: 0.05, strength: 0, damage: 0 };
      const nested = engine.nested(costed, options);
      nested.start(seed);
      let improvements = 0;
      while (!nested.isFinished) {
        const before = nested.policy(1);
        const least = nested.bestCost;
        nested.search(1);
        const after = nested.policy(1);
        const total = after.reduce((sum, one) => sum + one, 0);
        expect(Math.abs(total), `graph ${seed}`).toBeLessThan(1e-9);
        if (nested.bestCost === least) continue;
        const order = nested.bestOrder();
        expect(likelihood(after, order)).toBeGreaterThan(likelihood(before, order));
        improvements += 1;
      }
      expect(improvements).toBeGreaterThan(0);
      nested.dispose();
    }
  });
});

describe('graphs beyond what is played', () => {
  it('are refused', () => {
    const costed = pairs.prepare(sparseGraph(1, 30));
    const options = { levels: 1, iterations: 1, rate: 1, strength: 1, damage: 0 };
    for (const make of [
      () => engine.beam(costed, { width: 1, damage: 0 }, 'lists'),
      () => engine.greedy(costed, { damage: 0, depth: 0, breadth: 1 }, 'lists'),
      () => engine.nested(costed, options, 'lists'),
    ]) {
      expect(make).toThrow(/4,096 vertices/);
    }
  });
});
