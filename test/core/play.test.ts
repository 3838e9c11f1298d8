import { describe, expect, it } from 'vitest';
import { referencePlaying } from '../../src/core/play-reference.ts';
import type { Play, PlaySnapshot, RolloutPolicy } from '../../src/core/play-types.ts';
import { exponentialOfMinus, logarithm } from '../../src/core/portable.ts';
import { BitsetRollouts } from '../../src/core/rollouts-bitset.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { createWasmEngine, wasmEngine } from '../../src/core/wasm.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { Graph, Position } from '../../src/graph/types.ts';
import { damage } from '../../src/search/heuristics/damage.ts';
import { EliminationState } from '../../src/search/heuristics/state.ts';
import { graphFamilyNamed, graphOfFamily } from '../../src/subject/families/families.ts';
import { createRandom, type Random } from '../../src/support/random.ts';
import { UserError } from '../../src/support/user-error.ts';
import { goldenGraph, readGoldenTensors, tensorTasks } from '../golden/tensor-graphs.ts';
import { countings, oddGraph, sparseGraph } from './support.ts';

const policies: readonly RolloutPolicy[] = [
  { kind: 'random' },
  { kind: 'markowitz', temperature: 0 },
  { kind: 'markowitz', temperature: 0.7 },
  { kind: 'damage', temperature: 0 },
  { kind: 'damage', temperature: 2.5 },
];

/** Everything that a position tells. */
function positionOf(play: Play, { vertices }: Graph): unknown {
  const positions = [...vertices.keys()] as Position[];
  return {
    cost: play.cost,
    moves: play.moves(),
    remaining: play.remaining(),
    vertices: positions.map((vertex) => [
      play.degrees(vertex),
      play.markowitz(vertex),
      play.damage(vertex),
    ]),
  };
}

/** Moves, saves, returns and rollouts by chance; what is seen on the way. */
function* game(play: Play, graph: Graph, random: Random): Generator {
  let saved: PlaySnapshot | undefined;
  play.seed(random.integer(1000));
  for (let turn = 0; turn < play.length + 6; turn += 1) {
    yield positionOf(play, graph);
    const what = random.integer(12);
    if (what === 0) saved = play.save(saved);
    else if (what === 1 && saved !== undefined) play.restore(saved);
    else if (what === 2) {
      const policy = policies[random.integer(policies.length)];
      if (policy === undefined) throw new Error('there are policies');
      yield [...play.rollouts(policy, 1 + random.integer(2))];
      yield play.bestCost;
      yield play.bestOrder();
    } else if (what === 3 && random.integer(5) === 0) play.reset();
    else {
      const remaining = play.remaining();
      const vertex = remaining[random.integer(remaining.length)];
      if (vertex !== undefined) yield play.eliminate(vertex);
    }
  }
  play.dispose();
}

describe.each([...countings])('a play under %s', (_, prepare) => {
  it('in the core goes like its twin, whatever the rows', () => {
    for (let seed = 0; seed < 150; seed += 1) {
      const graph = oddGraph(seed, { intermediates: seed % 24 });
      const costed = prepare(graph);
      const twin = [...game(referencePlaying.play(costed, 'damage'), graph, createRandom(seed))];
      for (const kind of [undefined, 'threeWords', 'wideRows'] as const) {
        const play = createWasmEngine().play(costed, 'damage', kind);
        const own = [...game(play, graph, createRandom(seed))];
        expect(own, `graph ${seed}, ${kind ?? 'own kind'}`).toEqual(twin);
      }
    }
  });
});

describe('a play', () => {
  it.each([100, 128, 129, 192, 193, 260])('goes like its twin on %d vertices', (vertices) => {
    const graph = sparseGraph(vertices, vertices, 1.4);
    for (const costed of [pairs.prepare(graph), multiplications.prepare(graph)]) {
      const own = createWasmEngine().play(costed, 'damage');
      const twin = referencePlaying.play(costed, 'damage');
      own.seed(5);
      twin.seed(5);
      const random = createRandom(vertices);
      for (let turn = 0; own.eliminated < own.length; turn += 1) {
        const remaining = own.remaining();
        const vertex = remaining[random.integer(remaining.length)];
        if (vertex === undefined) throw new Error('something remains');
        expect(own.eliminate(vertex)).toBe(twin.eliminate(vertex));
        if (turn % 16 === 0) expect(positionOf(own, graph)).toEqual(positionOf(twin, graph));
      }
      own.dispose();
    }
  });

  it.each(tensorTasks)('counts its rollouts as the reference does on the tensors of %s', (name) => {
    const graph = goldenGraph(readGoldenTensors(name));
    for (const model of [multiplications, pairs]) {
      const costed = model.prepare(graph);
      const own = wasmEngine.play(costed, 'damage');
      const handle = referenceEngine.load(costed);
      own.seed(1);
      for (const policy of policies) {
        own.forgetBest();
        const costs = own.rollouts(policy, 3);
        expect(own.bestCost).toBe(Math.min(...costs));
        expect(handle.count([own.bestOrder()])[0]).toBe(own.bestCost);
      }
      own.dispose();
    }
  });

  it('has the damage of the heuristics', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const graph = oddGraph(seed);
      const state = new EliminationState(graph);
      const play = wasmEngine.play(pairs.prepare(graph), 'damage');
      const random = createRandom(seed);
      for (const vertex of random.shuffle(play.remaining())) {
        for (const one of play.remaining()) {
          expect(play.damage(one)).toBe(3 * damage(state, one) + 2 * state.degree(one));
        }
        state.eliminate(vertex);
        play.eliminate(vertex);
      }
      play.dispose();
    }
  });

  it('makes the rollouts that plain JavaScript makes', () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const graph = seed % 10 === 0 ? sparseGraph(seed, 128, 1.3) : oddGraph(seed);
      const costed = pairs.prepare(graph);
      const play = wasmEngine.play(costed, 'degrees');
      play.seed(seed);
      const own = play.rollouts({ kind: 'markowitz', temperature: 0 }, 5);
      expect(new BitsetRollouts(costed).run(5, seed)).toEqual(own);
      play.dispose();
    }
  });

  it('refuses moves that are not legal, and snapshots of others', () => {
    const costed = pairs.prepare(oddGraph(1, { intermediates: 9 }));
    const play = wasmEngine.play(costed, 'nothing');
    const other = wasmEngine.play(costed, 'nothing');
    const [first] = play.remaining();
    if (first === undefined) throw new Error('something remains');
    play.eliminate(first);
    for (const vertex of [first, 0, -1, 1e9]) {
      expect(() => play.eliminate(vertex as Position)).toThrow(/does not remain/);
    }
    expect(() => {
      play.restore(other.save());
    }).toThrow(/another play/);
    expect(() => play.markowitz(first)).toThrow(/knows no degrees/);
    expect(() => play.bestOrder()).toThrow(/no rollout/);
    play.dispose();
    other.dispose();
    expect(() => play.cost).toThrow(/disposed/);
  });

  it('refuses graphs that the core keeps as lists', () => {
    const costed = pairs.prepare(sparseGraph(1, 20, 1));
    expect(() => wasmEngine.play(costed, 'degrees', 'lists')).toThrow(UserError);
  });

  it('takes graphs that counting keeps as lists', () => {
    const costed = pairs.prepare(graphOfFamily(graphFamilyNamed('chain').make(4200, 0)));
    const play = wasmEngine.play(costed, 'degrees');
    expect([...play.rollouts({ kind: 'markowitz', temperature: 0 }, 1)]).toEqual([4198]);
    const handle = wasmEngine.load(costed);
    expect([...handle.count([play.bestOrder()])]).toEqual([4198]);
    handle.dispose();
    play.dispose();
  });

  it('gives all its memory back', () => {
    const engine = createWasmEngine();
    const costed = multiplications.prepare(oddGraph(2, { intermediates: 20 }));
    const before = (): number => {
      const play = engine.play(costed, 'damage');
      play.save();
      play.save().dispose();
      play.rollouts({ kind: 'random' }, 3);
      play.dispose();
      return engine.bytesInUse();
    };
    const once = before();
    expect(before()).toBe(once);
  });
});

describe('portable functions', () => {
  it('are close to those of Math', () => {
    const random = createRandom(1);
    for (let time = 0; time < 10_000; time += 1) {
      const x = 31.9 * random.next();
      expect(Math.abs(exponentialOfMinus(x) / Math.exp(-x) - 1)).toBeLessThan(1e-14);
      const y = 2 ** (40 * random.next() - 33);
      expect(Math.abs(logarithm(y) - Math.log(y))).toBeLessThan(1e-14);
    }
    expect(exponentialOfMinus(0)).toBe(1);
    expect(exponentialOfMinus(32)).toBe(0);
    expect(exponentialOfMinus(Infinity)).toBe(0);
  });
});
