import { describe, expect, it } from 'vitest';
import { parseWeights, weightCount } from '../../src/core/network-types.ts';
import { referenceTreeSearchWith } from '../../src/core/tree-reference.ts';
import { nodeBytes, type TreeOptions } from '../../src/core/tree-types.ts';
import { createWasmEngine } from '../../src/core/wasm.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { Position } from '../../src/graph/types.ts';
import { eliminableVertices } from '../../src/order/orders.ts';
import { createRandom } from '../../src/support/random.ts';
import { countings, oddGraph } from './support.ts';

/** A network of no sense: what it says depends on the moves alone. */
function opinion(moves: readonly Position[], remaining: number) {
  const random = createRandom(moves.reduce((hash, move) => (31 * hash + move + 1) | 0, 7));
  const logits = Array.from({ length: remaining }, () => 6 * random.next() - 3);
  return { logits: Float32Array.from(logits), rest: Math.fround(40 * random.next()) };
}

describe.each([...countings])('a tree whose leaves the host evaluates, under %s', (_, prepare) => {
  it('is the tree that its twin grows by the same evaluations', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const graph = oddGraph(seed, { intermediates: seed % 9 });
      const costed = prepare(graph);
      const random = createRandom(seed);
      const length = eliminableVertices(graph).length;
      const method: TreeOptions['method'] =
        random.integer(2) === 0
          ? { kind: 'uct', exploration: 2 * random.next() }
          : { kind: 'gumbel', scale: random.next() / 4, considered: 1 + random.integer(9) };
      // Room for a handful of nodes now and then.
      const bytes =
        random.integer(3) === 0 ? nodeBytes(length) * (1 + random.integer(12)) : 2 ** 20;
      const simulations = random.integer(24);
      let asked = 0;
      const twin = referenceTreeSearchWith((play) => {
        asked += 1;
        return opinion(play.moves(), play.remaining().length);
      }).treeSearch(costed, {
        method,
        bytes,
        prior: { kind: 'network', temperature: 1 },
        rollout: { kind: 'value' },
        network: parseWeights(new Float32Array(weightCount)),
      });
      const kind = [undefined, 'threeWords', 'wideRows'][seed % 3] as undefined | 'wideRows';
      const own = createWasmEngine().hostedTreeSearch(costed, { method, bytes }, kind);
      own.start(seed);
      twin.start(seed);
      while (own.remaining > 0) {
        twin.beginMove(simulations);
        twin.search(Infinity);
        own.beginMove(simulations);
        for (let leaf = own.nextLeaf(); leaf !== undefined; leaf = own.nextLeaf()) {
          const { logits, rest } = opinion(leaf, length - leaf.length);
          own.answer(logits, rest);
        }
        expect(own.root(), `graph ${seed}`).toEqual(twin.root());
        if (method.kind === 'gumbel') expect(own.improvedPolicy()).toEqual(twin.improvedPolicy());
        expect(own.play()).toBe(twin.play());
      }
      expect(asked).toBeGreaterThanOrEqual(length === 0 ? 0 : 1);
      expect(own.bestCost).toBe(twin.bestCost);
      own.dispose();
    }
  });
});

describe('a tree whose leaves the host evaluates', () => {
  it('asks again for a leaf that was not answered, and gives its memory back', () => {
    const engine = createWasmEngine();
    const costed = pairs.prepare(oddGraph(3, { intermediates: 12 }));
    const once = (): number => {
      const search = engine.hostedTreeSearch(costed, {
        method: { kind: 'gumbel', scale: 0.1, considered: 4 },
        bytes: 2 ** 16,
      });
      search.beginMove(8);
      expect(search.nextLeaf()).toEqual([]);
      expect(search.nextLeaf()).toEqual([]);
      expect(() => {
        search.answer([], 1);
      }).toThrow('0 logits');
      search.answer(new Float32Array(search.remaining), 1);
      const leaf = search.nextLeaf();
      expect(leaf).toHaveLength(1);
      expect(search.nextLeaf()).toEqual(leaf);
      search.start(0);
      search.beginMove(8);
      expect(search.nextLeaf()).toEqual([]);
      search.dispose();
      return engine.bytesInUse();
    };
    expect(once()).toBe(once());
  });
});
