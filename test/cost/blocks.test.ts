import { describe, expect, it } from 'vitest';
import { bitsetEngine } from '../../src/core/bitset.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { wasmEngine } from '../../src/core/wasm.ts';
import { normalBlock } from '../../src/cost/block-algebra.ts';
import { blockFlops, flops } from '../../src/cost/flops.ts';
import { blockMultiplications, multiplications } from '../../src/cost/multiplications.ts';
import { blockPairs, pairs } from '../../src/cost/pairs.ts';
import type { CostedGraph, Step, ZeroStep } from '../../src/cost/types.ts';
import { buildGraph } from '../../src/graph/build.ts';
import { constant, unit, variable } from '../../src/graph/partial.ts';
import type { ElementalPartial, Graph } from '../../src/graph/types.ts';
import { add } from '../../src/notation/add.ts';
import { type Block, blockKey } from '../../src/notation/block.ts';
import { compose } from '../../src/notation/compose.ts';
import { flatPosition, forEachIndex, valuePosition } from '../../src/notation/dense.ts';
import { parseOrder } from '../../src/order/orders.ts';
import { createRandom, type Random } from '../../src/support/random.ts';
import { oddGraph, randomOrder, wasmEngineOfKind } from '../core/support.ts';
import { randomBlock, randomShape } from '../notation/blocks.ts';

const coefficients = { unit: unit(), constant: constant(), variable } as const;

function partialOf({ to, from, value, sizes, coefficient }: Block): ElementalPartial {
  return { to, from, value, sizes, coefficient: coefficients[coefficient] };
}

/** x → 1 → 2 and x → 2. */
function triangle(inner: Block, outer: Block, beside: Block): Graph {
  return buildGraph({
    name: 'triangle',
    vertices: [
      { id: 'x', shape: inner.fromShape },
      { id: 1, shape: inner.toShape },
      { id: 2, shape: outer.toShape },
    ],
    edges: [
      { from: 'x', to: 1, partial: partialOf(inner) },
      { from: 1, to: 2, partial: partialOf(outer) },
      { from: 'x', to: 2, partial: partialOf(beside) },
    ],
  });
}

/** Where a block is not zero, with the place of the stored number that stands there. */
function entries(block: Block): { row: number; column: number; stored: number }[] {
  const found: { row: number; column: number; stored: number }[] = [];
  forEachIndex(block.sizes, (indices) => {
    found.push({
      row: flatPosition(block.to, block.toShape, block.sizes, indices),
      column: flatPosition(block.from, block.fromShape, block.sizes, indices),
      stored: valuePosition(block, indices),
    });
  });
  return found;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string | number): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = String(keyOf(item));
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

interface Path {
  /** Entry of the product that the path belongs to. */
  readonly entry: string;
  /** The two stored numbers that meet. */
  readonly product: string;
}

/** Every path x → middle → y along entries of both blocks. */
function paths(outer: Block, inner: Block): Path[] {
  const into = grouped(entries(inner), ({ row }) => row);
  return entries(outer).flatMap((left) =>
    (into.get(String(left.column)) ?? []).map((right) => ({
      entry: `${left.row} ${right.column}`,
      product: `${left.stored} ${right.stored}`,
    })),
  );
}

const known = (block: Block): boolean => block.coefficient !== 'variable';

/** Multiplications of two numbers that both have to be read and that are not both constants. */
function countedProducts(outer: Block, inner: Block): number {
  if (outer.coefficient === 'unit' || inner.coefficient === 'unit') return 0;
  if (known(outer) && known(inner)) return 0;
  return new Set(paths(outer, inner).map(({ product }) => product)).size;
}

/** Additions that join the terms of each different number of the result. */
function countedAdditions(outer: Block, inner: Block): number {
  if (known(outer) && known(inner)) return 0;
  const terms = grouped(paths(outer, inner), ({ entry }) => entry);
  const different = new Map(
    [...terms.values()].map((own) => [
      own
        .map(({ product }) => product)
        .sort()
        .join(),
      own.length - 1,
    ]),
  );
  return [...different.values()].reduce((sum, count) => sum + count, 0);
}

/** Shapes without merged axes, whose splitting stores zeros. */
const lengths = [1, 2, 3, 5];

function plainShape(random: Random): number[] {
  return Array.from({ length: random.integer(4) }, () => lengths[random.integer(4)] ?? 1);
}

interface Triangle {
  readonly inner: Block;
  readonly outer: Block;
  readonly beside: Block;
}

/** Random triangles of plain blocks. */
function triangles(number: number): Triangle[] {
  const random = createRandom(31);
  return Array.from({ length: number }, () => {
    const [x, middle, y] = [plainShape(random), plainShape(random), plainShape(random)];
    const inner = randomBlock(random, middle, x).block;
    const outer = randomBlock(random, y, middle).block;
    const beside = randomBlock(random, y, x).block;
    return { inner, outer, beside };
  });
}

function productCost(prepare: (graph: Graph) => CostedGraph, one: Triangle): Step | ZeroStep {
  const { algebra, states } = prepare(triangle(one.inner, one.outer, one.beside));
  return algebra.compose(states[1] ?? -1, states[0] ?? -1);
}

describe('the price of a product of blocks', () => {
  const cases = triangles(1000);

  it('is, under pairs, the number of paths through entries', () => {
    for (const one of cases) {
      const { cost } = productCost(blockPairs, one);
      expect(cost).toBe(paths(one.outer, one.inner).length);
    }
  });

  it('is, under multiplications, the number of different products', () => {
    for (const one of cases) {
      const { cost } = productCost(blockMultiplications, one);
      expect(cost).toBe(countedProducts(one.outer, one.inner));
    }
  });

  it('is, under flops, those and the additions that join them', () => {
    for (const one of cases) {
      const { cost } = productCost(blockFlops, one);
      const { outer, inner } = one;
      expect(cost).toBe(countedProducts(outer, inner) + countedAdditions(outer, inner));
    }
  });

  it('has no state exactly where no path exists', () => {
    const zero = cases.map((one) => {
      const { state } = productCost(blockMultiplications, one);
      expect(state === null).toBe(paths(one.outer, one.inner).length === 0);
      return state === null;
    });
    expect(new Set(zero).size).toBe(2);
  });
});

describe('the price of a sum of blocks', () => {
  it('is, under flops, one addition for each number that the sum stores', () => {
    for (const one of triangles(500)) {
      const { algebra, states } = blockFlops(triangle(one.inner, one.outer, one.beside));
      const product = compose(normalBlock(one.outer), normalBlock(one.inner));
      const { state } = algebra.compose(states[1] ?? -1, states[0] ?? -1);
      if (state === null || product === undefined) continue;
      const sum = add(one.beside, product.result);
      const numbers = new Set(entries(sum).map(({ stored }) => stored)).size;
      expect(algebra.add(states[2] ?? -1, state).cost).toBe(known(sum) ? 0 : numbers);
    }
  });
});

describe('blocks that are the same state', () => {
  it('have the same entries, and products and sums that are the same again', () => {
    const random = createRandom(32);
    const key = (block: Block): string => blockKey(normalBlock(block));
    for (let turn = 0; turn < 2000; turn += 1) {
      const [x, middle, y] = [randomShape(random), randomShape(random), randomShape(random)];
      const inner = randomBlock(random, middle, x).block;
      const outer = randomBlock(random, y, middle).block;
      const beside = randomBlock(random, y, x).block;
      const places = ({ row, column }: { row: number; column: number }): string =>
        `${row} ${column}`;
      expect(entries(normalBlock(inner)).map(places).sort()).toEqual(
        entries(inner).map(places).sort(),
      );
      const own = compose(outer, inner);
      const normal = compose(normalBlock(outer), normalBlock(inner));
      expect(normal?.multiplications).toBe(own?.multiplications);
      if (own === undefined || normal === undefined) continue;
      expect(key(normal.result)).toBe(key(own.result));
      expect(key(add(normalBlock(beside), normalBlock(own.result)))).toBe(
        key(add(beside, own.result)),
      );
    }
  });
});

describe('scalar graphs counted by blocks', () => {
  it.each([
    ['multiplications', multiplications, blockMultiplications],
    ['pairs', pairs, blockPairs],
    ['flops', flops, blockFlops],
  ] as const)('cost what they cost under %s by the short algebra', (_, model, byBlocks) => {
    for (let seed = 0; seed < 300; seed += 1) {
      const graph = oddGraph(seed);
      const order = randomOrder(graph, createRandom(seed));
      const [short, long] = [model.prepare(graph), byBlocks(graph)].map((costed) => [
        ...referenceEngine.load(costed).steps(order),
      ]);
      expect(long, `graph ${seed}`).toEqual(short);
    }
  });
});

describe('a product of windows that do not meet', () => {
  /** x is the head of v, and w the rest of v; u is all of v. */
  const graph = buildGraph({
    name: 'windows',
    vertices: [
      { id: 'x', shape: [2] },
      { id: 'v', shape: [5] },
      { id: 'w', shape: [3] },
      { id: 'u', shape: [5] },
      { id: 'y', shape: [] },
    ],
    edges: [
      { from: 'x', to: 'v', partial: windowed(0, 0, 2) },
      { from: 'v', to: 'w', partial: windowed(0, 2, 3) },
      { from: 'v', to: 'u', partial: windowed(0, 0, 5) },
      { from: 'w', to: 'y', partial: dot(3) },
      { from: 'u', to: 'y', partial: dot(5) },
    ],
    outputs: ['y'],
  });

  function windowed(to: number, from: number, size: number): ElementalPartial {
    return {
      to: [[{ index: 0, offset: to }]],
      from: [[{ index: 0, offset: from }]],
      value: [0],
      sizes: [size],
      coefficient: variable,
    };
  }

  function dot(size: number): ElementalPartial {
    const from = [[{ index: 0, offset: 0 }]];
    return { to: [], from, value: [0], sizes: [size], coefficient: variable };
  }

  it.each(
    [
      referenceEngine,
      bitsetEngine,
      wasmEngine,
      wasmEngineOfKind('wideRows'),
      wasmEngineOfKind('lists'),
    ].map((engine) => [engine.name, engine] as const),
  )('costs nothing and makes no edge by the %s engine', (_, engine) => {
    const handle = engine.load(multiplications.prepare(graph));
    // v: x → w is empty, x → u 2 products; then w has no in-edge; u: 2.
    expect([...handle.steps(parseOrder(graph, ['v', 'w', 'u']))]).toEqual([2, 0, 2]);
    // w: 3, u: 5 and the sum over all of v; v: 2 of its 5 numbers.
    expect([...handle.steps(parseOrder(graph, ['w', 'u', 'v']))]).toEqual([3, 5, 2]);
    expect([...handle.count([parseOrder(graph, ['v', 'u', 'w'])])]).toEqual([4]);
    handle.dispose();
  });
});
