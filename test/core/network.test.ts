import { describe, expect, it } from 'vitest';
import { referenceEvaluation } from '../../src/core/network-reference.ts';
import { parseWeights, weightCount, type NetworkWeights } from '../../src/core/network-types.ts';
import { ReferencePlay } from '../../src/core/play-reference.ts';
import { referenceTreeSearchWith } from '../../src/core/tree-reference.ts';
import type { TreeOptions } from '../../src/core/tree-types.ts';
import { createWasmEngine } from '../../src/core/wasm.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { CostedGraph } from '../../src/cost/types.ts';
import { createRandom } from '../../src/support/random.ts';
import { UserError } from '../../src/support/user-error.ts';
import { countings, oddGraph, sparseGraph } from './support.ts';

/** Weights by chance, of the size that training starts with. */
function randomWeights(seed: number, scale = 0.3): NetworkWeights {
  const random = createRandom(seed);
  return parseWeights(
    Float32Array.from({ length: weightCount }, () => scale * (2 * random.next() - 1)),
  );
}

/** Largest difference, relative above 1. */
function difference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  expect(left.length).toBe(right.length);
  return Array.from(left).reduce((most, one, index) => {
    const other = right[index] ?? NaN;
    return Math.max(most, Math.abs(one - other) / Math.max(1, Math.abs(other)));
  }, 0);
}

const kinds = [undefined, 'threeWords', 'wideRows'] as const;

describe.each([...countings])('the network in the core under %s', (_, prepare) => {
  it('says what its description says, at every position, whatever the rows', () => {
    for (let seed = 0; seed < 12; seed += 1) {
      const costed = prepare(oddGraph(seed, { intermediates: seed % 9 }));
      const weights = randomWeights(seed);
      const play = createWasmEngine().play(costed, 'degrees', kinds[seed % 3]);
      play.loadNetwork(weights);
      const random = createRandom(seed);
      for (;;) {
        const own = play.evaluate();
        const expected = referenceEvaluation(costed, play.moves(), weights);
        expect(difference(own.features, expected.features.flat()), `graph ${seed}`).toBeLessThan(
          1e-5,
        );
        expect(difference(own.logits, expected.logits), `graph ${seed}`).toBeLessThan(1e-5);
        expect(difference(own.costs, expected.costs), `graph ${seed}`).toBeLessThan(1e-5);
        expect(difference([own.rest], [expected.rest]), `graph ${seed}`).toBeLessThan(1e-5);
        const vertex = own.vertices[random.integer(own.vertices.length)];
        if (vertex === undefined) break;
        play.eliminate(vertex);
      }
      play.dispose();
    }
  });

  it('in a tree makes the choices of its twin that is told the same', () => {
    for (let seed = 0; seed < 30; seed += 1) {
      const costed = prepare(oddGraph(seed, { intermediates: 1 + (seed % 8) }));
      const weights = randomWeights(seed);
      const options = treeOptions(seed, weights);
      const evaluated = evaluatorOf(costed, weights);
      const twin = referenceTreeSearchWith(evaluated).treeSearch(costed, options);
      const search = createWasmEngine().treeSearch(costed, options, kinds[seed % 3]);
      for (const one of [twin, search]) one.start(seed);
      while (twin.remaining > 0) {
        expect(search.beginMove(12)).toBe(twin.beginMove(12));
        while (twin.search(5) > 0) search.search(5);
        expect(search.root(), `graph ${seed}`).toEqual(twin.root());
        if (options.method.kind === 'gumbel') {
          expect(search.improvedPolicy()).toEqual(twin.improvedPolicy());
        }
        expect(search.play()).toBe(twin.play());
      }
      expect(search.bestCost).toBe(twin.bestCost);
      expect(search.bestOrder()).toEqual(twin.bestOrder());
      search.dispose();
    }
  });

  it('plays rounds of moves after one evaluation as its twin does', () => {
    for (let seed = 0; seed < 30; seed += 1) {
      const costed = prepare(oddGraph(seed, { intermediates: 1 + (seed % 14) }));
      const weights = randomWeights(seed);
      const twin = new ReferencePlay(costed, evaluatorOf(costed, weights));
      const play = createWasmEngine().play(costed, 'degrees', kinds[seed % 3]);
      play.loadNetwork(weights);
      for (const share of [0, 0.2, 0.5, 1]) {
        const policy = { kind: 'network', temperature: seed % 2, share } as const;
        for (const one of [twin, play]) {
          one.forgetBest();
          one.seed(seed);
        }
        expect([...play.rollouts(policy, 2)], `graph ${seed}`).toEqual([
          ...twin.rollouts(policy, 2),
        ]);
        expect(play.bestOrder()).toEqual(twin.bestOrder());
      }
      play.dispose();
    }
  });
});

function treeOptions(seed: number, network: NetworkWeights): TreeOptions {
  return {
    method:
      seed % 3 === 0
        ? { kind: 'uct', exploration: 1 }
        : { kind: 'gumbel', scale: 0.1, considered: 4 },
    prior: seed % 2 === 0 ? { kind: 'network', temperature: 1 } : { kind: 'random' },
    rollout: seed % 5 === 0 ? { kind: 'network', temperature: seed % 10 } : { kind: 'value' },
    network,
    bytes: 2 ** 20,
  };
}

/** The core's own evaluation, of another play that is brought to the same position. */
function evaluatorOf(costed: CostedGraph, weights: NetworkWeights) {
  const other = createWasmEngine().play(costed, 'degrees');
  other.loadNetwork(weights);
  return (play: { moves(): ReturnType<typeof other.moves> }) => {
    other.reset();
    for (const move of play.moves()) other.eliminate(move);
    return other.evaluate();
  };
}

describe('a network', () => {
  it('has 7,122 weights, no fewer and all of them numbers', () => {
    expect(weightCount).toBe(7122);
    expect(() => parseWeights(new Float32Array(7121))).toThrow(UserError);
    const broken = new Float32Array(weightCount);
    broken[7] = NaN;
    expect(() => parseWeights(broken)).toThrow('weight 7');
  });

  it('can be given other weights between games, and play greedily', () => {
    const costed = pairs.prepare(sparseGraph(3, 60));
    const play = createWasmEngine().play(costed, 'degrees');
    play.loadNetwork(randomWeights(1));
    const first = play.rollouts({ kind: 'network', temperature: 0 }, 2);
    expect(first[0]).toBe(first[1]);
    play.loadNetwork(randomWeights(2));
    expect(play.rollouts({ kind: 'network', temperature: 0 }, 1)[0]).not.toBe(first[0]);
    play.loadNetwork(randomWeights(1));
    expect(play.rollouts({ kind: 'network', temperature: 0 }, 1)[0]).toBe(first[0]);
    play.dispose();
  });

  it('is missed where a play has none', () => {
    const engine = createWasmEngine();
    const costed = pairs.prepare(sparseGraph(3, 20));
    const play = engine.play(costed, 'degrees');
    expect(() => play.rollouts({ kind: 'network', temperature: 0 }, 1)).toThrow('no network');
    expect(() => play.evaluate()).toThrow('no network');
  });

  it('leaves no memory behind', () => {
    const engine = createWasmEngine();
    const costed = pairs.prepare(sparseGraph(5, 40));
    const once = () => {
      const search = engine.treeSearch(costed, treeOptions(2, randomWeights(1)));
      search.start(1);
      search.beginMove(30);
      search.search(Infinity);
      search.dispose();
    };
    once();
    const bytes = engine.bytesInUse();
    once();
    expect(engine.bytesInUse()).toBe(bytes);
  });
});
