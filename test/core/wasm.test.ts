import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/reference.ts';
import { createWasmEngine, wasmEngine } from '../../src/core/wasm.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { CostedGraph } from '../../src/cost/types.ts';
import { buildGraph } from '../../src/graph/build.ts';
import { orderFromPositions } from '../../src/order/orders.ts';
import { createRandom } from '../../src/support/random.ts';
import { UserError } from '../../src/support/user-error.ts';
import {
  countings,
  lawless,
  lawlessAlgebra,
  oddGraph,
  randomOrder,
  sparseGraph,
} from './support.ts';

function referenceCount(costed: CostedGraph, order: ReturnType<typeof randomOrder>): number[] {
  return [...referenceEngine.load(costed).count([order])];
}

describe('handles', () => {
  it('may be loaded, used and disposed in any interleaving', () => {
    const random = createRandom(11);
    const prepares = [...countings.values()];
    const alive: { costed: CostedGraph; handle: ReturnType<typeof wasmEngine.load> }[] = [];
    for (let turn = 0; turn < 1500; turn += 1) {
      const one = alive[random.integer(alive.length)];
      if (one === undefined || (alive.length < 20 && random.next() < 0.4)) {
        const sizes = { intermediates: random.integer(180), density: 0.03 };
        const prepare = prepares[random.integer(prepares.length)];
        if (prepare === undefined) throw new Error('there is no counting');
        const costed = prepare(oddGraph(turn, sizes));
        alive.push({ costed, handle: wasmEngine.load(costed) });
        continue;
      }
      const order = randomOrder(one.costed.graph, random);
      expect([...one.handle.count([order])]).toEqual(referenceCount(one.costed, order));
      if (random.next() < 0.4) {
        one.handle.dispose();
        alive.splice(alive.indexOf(one), 1);
      }
    }
    for (const { handle } of alive) handle.dispose();
  });

  it('give all their memory back, and thousands of them need no more than a few', () => {
    const engine = createWasmEngine();
    const random = createRandom(12);
    const graphs = [9, 60, 150, 250].map((vertices) => sparseGraph(vertices, vertices, 1.5));
    const turn = (): void => {
      const handles = graphs.flatMap((graph) =>
        [pairs.prepare(graph), multiplications.prepare(graph), lawless(graph)].map((costed) => {
          const handle = engine.load(costed);
          handle.count([randomOrder(graph, random)]);
          return handle;
        }),
      );
      for (const handle of random.shuffle(handles)) handle.dispose();
    };
    turn();
    const inUse = engine.bytesInUse();
    for (let warm = 0; warm < 20; warm += 1) turn();
    const size = engine.memoryBytes();
    for (let again = 0; again < 200; again += 1) turn();
    expect(engine.bytesInUse()).toBe(inUse);
    expect(engine.memoryBytes()).toBe(size);
  });

  it('of adjacency lists give the memory of their fill-in back', () => {
    const engine = createWasmEngine();
    const graph = sparseGraph(3, 700, 2);
    const load = (): void => {
      const handle = engine.load(pairs.prepare(graph), 'lists');
      handle.count([randomOrder(graph, createRandom(4))]);
      handle.dispose();
    };
    load();
    const inUse = engine.bytesInUse();
    load();
    const size = engine.memoryBytes();
    for (let again = 0; again < 50; again += 1) load();
    expect(engine.bytesInUse()).toBe(inUse);
    expect(engine.memoryBytes()).toBe(size);
  });

  it('can be disposed twice, and refuse to be used afterwards', () => {
    const graph = oddGraph(1);
    const handle = wasmEngine.load(pairs.prepare(graph));
    handle.dispose();
    handle.dispose();
    expect(() => handle.count([])).toThrow('was disposed');
    expect(() => handle.markowitz('low')).toThrow('was disposed');
  });

  it('refuse orders of another graph', () => {
    const small = sparseGraph(1, 20);
    const large = sparseGraph(1, 200);
    const handle = wasmEngine.load(pairs.prepare(small));
    const foreign = randomOrder(large, createRandom(1));
    expect(() => handle.count([foreign])).toThrow('not one of graph');
    expect(() => handle.steps(foreign)).toThrow('not one of graph');
    handle.dispose();
  });
});

describe('tables of an algebra', () => {
  it('grow with the states that are met, while several graphs use them', () => {
    const algebra = lawlessAlgebra(700);
    const random = createRandom(21);
    const costeds = [1, 2, 3].map((seed) => {
      const graph = sparseGraph(seed, 80, 3);
      return { graph, algebra, states: graph.edges.map((_, edge) => edge % 3) };
    });
    const handles = costeds.map((costed) => wasmEngine.load(costed));
    for (let turn = 0; turn < 10; turn += 1) {
      costeds.forEach((costed, index) => {
        const order = randomOrder(costed.graph, random);
        expect([...(handles[index]?.count([order]) ?? [])]).toEqual(referenceCount(costed, order));
      });
    }
    expect(algebra.size()).toBeGreaterThan(256);
    for (const handle of handles) handle.dispose();
  });

  it('end at 4,096 states with an error that says so', () => {
    const graph = sparseGraph(8, 100, 6);
    const handle = wasmEngine.load(lawless(graph, 1_000_000));
    const random = createRandom(8);
    const countMany = (): void => {
      for (;;) handle.count([randomOrder(graph, random)]);
    };
    expect(countMany).toThrow(UserError);
    expect(countMany).toThrow('4096 patterns');
    handle.dispose();
  });
});

describe('limits', () => {
  it('counts a hub between 50,000 inputs and 50,000 outputs without their 2.5·10⁹ edges', () => {
    const side = 50_000;
    const graph = buildGraph({
      name: 'hub',
      vertices: Array.from({ length: 2 * side + 1 }, (_, id) => ({ id })),
      edges: Array.from({ length: side }, (_, index) => [
        { from: index, to: 2 * side },
        { from: 2 * side, to: side + index },
      ]).flat(),
    });
    const engine = createWasmEngine();
    const handle = engine.load(pairs.prepare(graph));
    expect([...handle.count([handle.markowitz('low')])]).toEqual([2_500_000_000]);
    handle.dispose();
    expect(engine.memoryBytes()).toBeLessThan(64 * 2 ** 20);
  });

  it('counts a hub between 50,000 chains where it goes last', () => {
    const side = 50_000;
    const graph = buildGraph({
      name: 'hub of chains',
      vertices: Array.from({ length: 4 * side + 1 }, (_, id) => ({ id })),
      edges: Array.from({ length: side }, (_, index) => [
        { from: index, to: side + index },
        { from: side + index, to: 4 * side },
        { from: 4 * side, to: 2 * side + index },
        { from: 2 * side + index, to: 3 * side + index },
      ]).flat(),
    });
    const engine = createWasmEngine();
    const handle = engine.load(pairs.prepare(graph));
    // Each chain's own vertices cost 1, the hub all pairs of inputs and outputs.
    expect([...handle.count([handle.markowitz('low')])]).toEqual([2 * side + side * side]);
    handle.dispose();
    expect(engine.memoryBytes()).toBeLessThan(128 * 2 ** 20);
  });

  it('refuses a fill-in beyond its memory, and works on afterwards', () => {
    const side = 20_000;
    const graph = buildGraph({
      name: 'large hub',
      vertices: Array.from({ length: 2 * side + 2 }, (_, id) => ({ id })),
      // One more vertex behind all others: what the hub leads to is still to be eliminated.
      edges: Array.from({ length: side }, (_, index) => [
        { from: index, to: 2 * side },
        { from: 2 * side, to: side + index },
        { from: side + index, to: 2 * side + 1 },
      ]).flat(),
    });
    const engine = createWasmEngine();
    const handle = engine.load(pairs.prepare(graph));
    const order = orderFromPositions(
      graph,
      graph.vertices.flatMap(({ kind }, index) => (kind === 'intermediate' ? [index] : [])),
    );
    let error: unknown;
    try {
      handle.count([order]);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ code: 'core-memory' });
    handle.dispose();
    const small = oddGraph(5);
    const again = engine.load(pairs.prepare(small));
    const smallOrder = randomOrder(small, createRandom(5));
    expect([...again.count([smallOrder])]).toEqual(
      referenceCount(pairs.prepare(small), smallOrder),
    );
    again.dispose();
  });
});
