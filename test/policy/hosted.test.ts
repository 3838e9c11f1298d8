import { beforeAll, describe, expect, it } from 'vitest';
import { referenceEngine } from '../../src/core/reference.ts';
import { pairs } from '../../src/cost/pairs.ts';
import {
  AlphaZero,
  type AlphaZeroState,
  startAlphaZero,
} from '../../src/policy/alphazero/alphazero.ts';
import { standardOptions } from '../../src/policy/alphazero/options.ts';
import { evaluatePositions } from '../../src/policy/evaluate.ts';
import { runLearning } from '../../src/policy/learning/run.ts';
import { freshPolicy } from '../../src/policy/learning/start.ts';
import { transformerArchitecture } from '../../src/policy/networks/transformer.ts';
import { type OpenTensorFlow, openTensorFlow } from '../../src/policy/tensorflow.ts';
import { createRandom } from '../../src/support/random.ts';
import { oddGraph } from '../core/support.ts';
import { positionsOf } from './networks/support.ts';

/** The same code as the paper's transformer, small. */
const tiny = transformerArchitecture(
  { name: 'tiny', summary: 'a small one', version: 1 },
  { width: 8, layers: 1, heads: 2, inner: 8, policy: [8], value: [8] },
);
const options = {
  ...standardOptions,
  simulations: 6,
  considered: 4,
  games: 3,
  gradientSteps: 2,
  batch: 8,
};
const costed = pairs.prepare(oddGraph(3, { intermediates: 9 }));
const network = tiny.create(tiny.sizesFor([costed.graph]));
const start = (seed: number, changes: Partial<typeof options> = {}): AlphaZeroState =>
  startAlphaZero(1, { ...options, ...changes }, seed, freshPolicy(network, seed));

let opened: OpenTensorFlow;
beforeAll(async () => {
  opened = await openTensorFlow('wasm');
}, 120_000);

async function learn(state: AlphaZeroState, episodes: number): Promise<AlphaZeroState> {
  const run = new AlphaZero(opened.tf, [costed], state);
  await runLearning(run, { episodes }, () => undefined);
  const end = run.state();
  run.dispose();
  return end;
}

describe('AlphaZero with a network that the core does not evaluate', () => {
  it('plays games side by side whose orders cost what it says', async () => {
    const { curve, replay, best } = await learn(start(1), 6);
    expect(curve).toHaveLength(6);
    expect(replay).toHaveLength(6);
    const orders = replay.map(({ episode }) => episode);
    const counts = referenceEngine.load(costed).count(orders.map(({ order }) => order));
    expect(orders.map(({ count }) => count)).toEqual([...counts]);
    expect(best[0]?.count).toBeLessThanOrEqual(Math.min(...counts));
    const length = orders[0]?.order.length ?? 0;
    // At least one evaluation a move, at most a root's and the simulations'.
    const evaluations = curve.at(-1)?.evaluations ?? 0;
    expect(evaluations).toBeGreaterThan(6 * length);
    expect(evaluations).toBeLessThanOrEqual(6 * length * (options.simulations + 1));
    for (const { policies } of orders) {
      for (const policy of policies) {
        expect(policy.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 5);
      }
    }
  });

  it('that is stopped and resumed goes on to the same weights and curve', async () => {
    const whole = await learn(start(2), 12);
    const rest = await learn(await learn(start(2), 6), 12);
    expect(rest.curve).toEqual(whole.curve);
    expect(rest.trainer).toEqual(whole.trainer);
  });

  it('leaves no tensors behind', async () => {
    const before = await learn(start(3), 3);
    const { numTensors } = opened.tf.memory();
    await learn(before, 9);
    expect(opened.tf.memory().numTensors).toBe(numTensors);
  });

  it('changes nothing where it is told that nobody waits', async () => {
    const run = new AlphaZero(opened.tf, [costed], start(4));
    const before = run.state();
    let breaths = 0;
    const breathe = (): Promise<void> => {
      breaths += 1;
      return Promise.resolve();
    };
    expect(await run.advance(breathe, () => breaths >= 5)).toEqual([]);
    expect(breaths).toBe(5);
    expect(run.state()).toEqual(before);
    run.dispose();
  });

  it('says of a position what it says in a batch', () => {
    const policy = freshPolicy(network, 5);
    const positions = positionsOf(network, costed, createRandom(1));
    const together = evaluatePositions(opened.tf, policy, positions);
    positions.forEach((position, index) => {
      const [alone] = evaluatePositions(opened.tf, policy, [position]);
      const own = together[index];
      expect(Math.abs((alone?.rest ?? NaN) - (own?.rest ?? NaN))).toBeLessThan(1e-4);
      position.vertices.forEach((_, place) => {
        const apart = (alone?.logits[place] ?? NaN) - (own?.logits[place] ?? NaN);
        expect(Math.abs(apart)).toBeLessThan(1e-4);
      });
    });
    expect(opened.tf.memory().numTensors).toBe(0);
  });
});
