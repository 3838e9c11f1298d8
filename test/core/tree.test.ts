import { describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/reference.ts';
import { consideredVisits, referenceTreeSearch } from '../../src/core/tree-reference.ts';
import type { TreeNode, TreeOptions, TreeSearch } from '../../src/core/tree-types.ts';
import { nodeBytes } from '../../src/core/tree-types.ts';
import { createWasmEngine } from '../../src/core/wasm.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { Position } from '../../src/graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { createRandom, type Random } from '../../src/support/random.ts';
import { UserError } from '../../src/support/user-error.ts';
import { countings, oddGraph, sparseGraph } from './support.ts';

const roomy = 2 ** 20;

function randomOptions(random: Random, length: number): TreeOptions {
  const policy = (least: number) => {
    const kind = (['random', 'markowitz', 'damage'] as const)[random.integer(3)] ?? 'random';
    return kind === 'random'
      ? { kind }
      : { kind, temperature: Math.max(least, 0.5 * random.integer(5)) };
  };
  return {
    method:
      random.integer(2) === 0
        ? { kind: 'uct', exploration: 2 * random.next() }
        : { kind: 'gumbel', scale: random.next() / 4, considered: 1 + random.integer(9) },
    prior: policy(0.25),
    rollout: policy(0),
    // Room for a handful of nodes now and then.
    bytes: random.integer(3) === 0 ? nodeBytes(length) * (1 + random.integer(12)) : roomy,
  };
}

const standard: TreeOptions = {
  method: { kind: 'uct', exploration: 1 },
  prior: { kind: 'damage', temperature: 1 },
  rollout: { kind: 'damage', temperature: 0 },
  bytes: roomy,
};

const gumbel: TreeOptions = { ...standard, method: { kind: 'gumbel', scale: 0.1, considered: 8 } };

/** A whole game, cut into pieces of at most `limit` simulations; what is seen on the way. */
function* game(
  search: TreeSearch,
  { seed, simulations, limit }: { seed: number; simulations: number; limit: number },
): Generator {
  search.start(seed);
  while (search.remaining > 0) {
    yield search.beginMove(simulations);
    for (let made = search.search(limit); made > 0; made = search.search(limit)) yield made;
    yield [search.root(), search.nodes, search.bestCost, search.bestOrder()];
    yield search.play();
  }
  search.dispose();
}

/** All nodes of a tree with the moves that lead there. */
function* nodesOf(
  node: TreeNode | undefined,
  moves: readonly Position[] = [],
): Generator<{ readonly node: TreeNode; readonly moves: readonly Position[] }> {
  if (node === undefined) return;
  yield { node, moves };
  for (const child of node.children) yield* nodesOf(child.node, [...moves, child.vertex]);
}

describe.each([...countings])('tree search under %s', (_, prepare) => {
  it('in the core makes the same choices as its twin, whatever the rows', () => {
    for (let seed = 0; seed < 120; seed += 1) {
      const graph = oddGraph(seed, { intermediates: seed % 9 });
      const costed = prepare(graph);
      const random = createRandom(seed);
      const options = randomOptions(random, eliminableVertices(graph).length);
      const how = { seed, simulations: random.integer(24), limit: 1 + random.integer(9) };
      const expected = [...game(referenceTreeSearch.treeSearch(costed, options), how)];
      const kind = [undefined, 'threeWords', 'wideRows'][seed % 3] as undefined | 'wideRows';
      const own = [...game(createWasmEngine().treeSearch(costed, options, kind), how)];
      expect(own, `graph ${seed}`).toEqual(expected);
    }
  });
});

describe.each([
  ['uct', standard],
  ['gumbel', gumbel],
])('a tree of %s', (_, options) => {
  it('adds up: visits, totals, legal moves and nothing else', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const graph = oddGraph(seed, { intermediates: 12 });
      const eliminable = eliminableVertices(graph);
      const search = createWasmEngine().treeSearch(pairs.prepare(graph), options);
      search.start(seed);
      const played: Position[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        const before = search.root()?.visits ?? 0;
        const made = search.beginMove(50) + search.search(Infinity);
        const root = search.root();
        expect(root?.visits).toBe(before + made);
        const nodes = [...nodesOf(root)];
        expect(nodes).toHaveLength(search.nodes);
        for (const { node, moves } of nodes) {
          const gone = new Set([...played, ...moves]);
          expect(node.children.map(({ vertex }) => vertex)).toEqual(
            eliminable.filter((vertex) => !gone.has(vertex)),
          );
          if (node.children.length === 0) continue;
          const visits = node.children.reduce((sum, child) => sum + child.visits, 0);
          const total = node.children.reduce((sum, child) => sum + child.sum, 0);
          expect(node.visits).toBe(1 + visits);
          expect(node.sum).toBe(node.first + total);
          for (const child of node.children) {
            expect(child.node?.visits ?? 0).toBe(child.visits);
            expect(child.node?.sum ?? 0).toBe(child.sum);
            if (child.visits > 0) {
              expect(child.sum / child.visits).toBeGreaterThanOrEqual(search.bestCost);
            }
          }
        }
        played.push(search.play());
      }
      search.dispose();
    }
  });

  it('keeps the subtree of the move that is played, and frees the others', () => {
    const search = createWasmEngine().treeSearch(
      pairs.prepare(oddGraph(5, { intermediates: 20 })),
      options,
    );
    search.start(1);
    while (search.remaining > 1) {
      search.beginMove(200);
      search.search(Infinity);
      const before = search.root();
      const vertex = search.play();
      const kept = before?.children.find((child) => child.vertex === vertex)?.node;
      expect(search.root()).toEqual(kept);
      expect(search.nodes).toBe([...nodesOf(kept)].length);
    }
    search.dispose();
  });

  it('never holds more nodes than it has room for', () => {
    const graph = oddGraph(5, { intermediates: 20 });
    const bytes = 10 * nodeBytes(eliminableVertices(graph).length);
    const search = createWasmEngine().treeSearch(pairs.prepare(graph), { ...options, bytes });
    search.start(1);
    while (search.remaining > 0) {
      search.beginMove(100);
      expect(search.search(Infinity)).toBe(100);
      expect(search.nodes).toBeLessThanOrEqual(10);
      search.play();
    }
    search.dispose();
  });

  it.each(['pairs', 'paper', 'multiplications', 'flops'])(
    'finds the optimum of small graphs under %s, as brute force does',
    (name) => {
      for (let seed = 0; seed < 25; seed += 1) {
        const graph = oddGraph(seed, { intermediates: 1 + (seed % 6), outputsFeedOthers: false });
        const costed = costModelNamed(name).prepare(graph);
        const orders = permutations(eliminableVertices(graph));
        const counts = referenceEngine
          .load(costed)
          .count(orders.map((order) => orderFromPositions(graph, order)));
        const search = createWasmEngine().treeSearch(costed, {
          ...options,
          rollout: { kind: 'random' },
          prior: { kind: 'random' },
        });
        search.start(seed);
        while (search.remaining > 0) {
          search.beginMove(3000);
          search.search(Infinity);
          search.play();
        }
        expect(search.bestCost, `graph ${seed}`).toBe(Math.min(...counts));
        expect(referenceEngine.load(costed).count([search.bestOrder()])[0]).toBe(search.bestCost);
        search.dispose();
      }
    },
  );

  it('gives all its memory back', () => {
    const engine = createWasmEngine();
    const costed = pairs.prepare(oddGraph(2, { intermediates: 20 }));
    const used = (): number => {
      const search = engine.treeSearch(costed, options);
      search.beginMove(30);
      search.search(Infinity);
      search.dispose();
      return engine.bytesInUse();
    };
    expect(used()).toBe(used());
  });

  it('refuses graphs that the core keeps as lists', () => {
    const costed = pairs.prepare(sparseGraph(1, 4200, 1));
    expect(() => createWasmEngine().treeSearch(costed, options)).toThrow(UserError);
  });
});

/** All orders of some vertices. */
function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

describe('sequential halving', () => {
  it('visits as the figure of Danihelka et al. says', () => {
    // 16 considered of 200 simulations: 3 rounds of 16, 6 of 8, 12 of 4, 25 of 2, the rest again.
    const sequence = consideredVisits(16, 200, 30);
    expect(sequence).toHaveLength(200);
    const had = (visits: number): number => sequence.filter((one) => one === visits).length;
    expect([had(0), had(2), had(3), had(8), had(9), had(20), had(21)]).toEqual([
      16, 16, 8, 8, 4, 4, 2,
    ]);
  });
});
