import { beforeAll, describe, expect, it } from 'vitest';
import { createWasmEngine } from '../../../src/core/wasm.ts';
import { alphaZeroObjective } from '../../../src/policy/alphazero/objective.ts';
import {
  initialWeights,
  messagePassingNetwork,
} from '../../../src/policy/networks/message-passing.ts';
import { type PlayedMove, ppoObjective } from '../../../src/policy/ppo/objective.ts';
import { playedMoves } from '../../../src/policy/ppo/ppo.ts';
import { playRollout } from '../../../src/policy/ppo/rollout.ts';
import { type OpenTensorFlow, openTensorFlow } from '../../../src/policy/tensorflow.ts';
import { type Objective, startTraining, Trainer } from '../../../src/policy/trainer.ts';
import { createRandom } from '../../../src/support/random.ts';
import { costedOddGraph } from '../support.ts';

let opened: OpenTensorFlow;
beforeAll(async () => {
  opened = await openTensorFlow('cpu');
});

/** Moves of three games of a small graph, played by these weights. */
function somePlayed(weights = initialWeights(5)): readonly PlayedMove[] {
  const costed = costedOddGraph(5, 8);
  const play = createWasmEngine().play(costed, 'degrees');
  play.loadNetwork(weights);
  const random = createRandom(1);
  const rollouts = [1, 2, 3].map(() => playRollout(costed, play, random));
  play.dispose();
  return playedMoves(rollouts, 0.9);
}

/** Loss parts and gradient at some weights; nothing moves. */
function judged<Name extends string>(
  weights: Float32Array,
  moves: readonly PlayedMove[],
  objective: Objective<Name>,
) {
  const trainer = new Trainer(
    opened.tf,
    messagePassingNetwork,
    { learningRate: 0, mostNorm: Infinity },
    startTraining(weights),
  );
  const parts = trainer.step(
    moves.map(({ position }) => position),
    objective,
  );
  // After the first step Adam's mean is a tenth of the gradient.
  return { parts, gradient: trainer.state().adam.first.map((mean) => 10 * mean) };
}

/** A direction of weights, at random. */
function directions(number: number, length: number): readonly Float32Array[] {
  const random = createRandom(2);
  return Array.from({ length: number }, () =>
    Float32Array.from({ length }, () => random.next() - 0.5),
  );
}

const policyOnly = { clip: 0.2, entropyWeight: 0, costWeight: 0 };

describe('the objective of PPO', () => {
  it('has at the first step, where all ratios are 1, the policy gradient', () => {
    const weights = initialWeights(5);
    const moves = somePlayed(weights);
    // Cross-entropy against the move that was made, times its advantage: ∇ −Â·ln π(a).
    const examples = moves.map(({ position, row, advantage, costs }) => ({
      position,
      policy: Float32Array.from(costs, (_, own) => (own === row ? advantage : 0)),
      costs,
    }));
    const { gradient: expected } = judged(weights, moves, alphaZeroObjective(examples, 0));
    const { gradient, parts } = judged(weights, moves, ppoObjective(moves, policyOnly));
    const size = Math.sqrt(expected.reduce((sum, one) => sum + one * one, 0));
    expect(size).toBeGreaterThan(1e-3);
    const apart = gradient.reduce(
      (sum, one, index) => sum + (one - (expected[index] ?? 0)) ** 2,
      0,
    );
    expect(Math.sqrt(apart) / size).toBeLessThan(1e-4);
    // The mean of standardised advantages.
    expect(parts.policy).toBeCloseTo(0, 4);
  });

  it('has the gradient that differences have', () => {
    const start = initialWeights(5);
    const moves = somePlayed(initialWeights(6));
    const options = { clip: 0.3, entropyWeight: 0.2, costWeight: 0.5 };
    const lossAt = (weights: Float32Array): number => {
      const { policy, cost, entropy } = judged(weights, moves, ppoObjective(moves, options)).parts;
      return policy + 0.5 * cost - 0.2 * entropy;
    };
    const { gradient } = judged(start, moves, ppoObjective(moves, options));
    for (const direction of directions(8, start.length)) {
      const step = 1e-3;
      const moved = (sign: number) =>
        start.map((one, index) => one + sign * step * (direction[index] ?? 0));
      const difference = (lossAt(moved(1)) - lossAt(moved(-1))) / (2 * step);
      const expected = gradient.reduce((sum, one, index) => sum + one * (direction[index] ?? 0), 0);
      expect(Math.abs(difference - expected) / (1 + Math.abs(expected))).toBeLessThan(0.02);
    }
  });

  it('is its definition in plain numbers, and never above the unclipped mean', () => {
    const { tf } = opened;
    const random = createRandom(8);
    let clippedOnes = 0;
    for (let round = 0; round < 60; round += 1) {
      const [positions, longest] = [1 + random.integer(5), 1 + random.integer(6)];
      const rows = Array.from({ length: positions }, () => 1 + random.integer(longest));
      const logits = rows.map((own) => Array.from({ length: own }, () => 4 * random.next() - 2));
      const chances = logits.map((own) => {
        const total = own.reduce((sum, logit) => sum + Math.exp(logit), 0);
        return own.map((logit) => Math.exp(logit) / total);
      });
      const moves = rows.map((own): PlayedMove => {
        const row = random.integer(own);
        return {
          position: { vertices: [] },
          row,
          logChance: -3 * random.next(),
          advantage: 4 * random.next() - 2,
          costs: new Float32Array(own),
        };
      });
      const clip = 0.5 * random.next();
      const parts = tf.tidy(() => {
        const table = logits.flatMap((own) => [
          ...own,
          ...Array.from({ length: longest - own.length }, () => -1e9),
        ]);
        const costTargets = () => tf.tensor1d([0]);
        const output = {
          logits: tf.tensor2d(table, [positions, longest]),
          rest: costTargets,
          costLoss: () => tf.scalar(0.25),
        };
        const batch = { positions, longest, costTargets, evaluate: () => output };
        const judge = ppoObjective(moves, { clip, entropyWeight: 0.5, costWeight: 2 })(tf, batch);
        const { loss, parts: own } = judge(output);
        const read = (scalar: typeof loss): number => scalar.dataSync()[0] ?? NaN;
        return { loss: read(loss), policy: read(own.policy), entropy: read(own.entropy) };
      });
      let [clipped, unclipped, entropy] = [0, 0, 0];
      moves.forEach(({ row, logChance, advantage }, index) => {
        const ratio = (chances[index]?.[row] ?? 0) / Math.exp(logChance);
        const held = Math.min(1 + clip, Math.max(1 - clip, ratio));
        clipped += Math.min(ratio * advantage, held * advantage) / positions;
        unclipped += (ratio * advantage) / positions;
        for (const chance of chances[index] ?? []) {
          entropy -= (chance * Math.log(chance)) / positions;
        }
      });
      expect(-parts.policy).toBeCloseTo(clipped, 4);
      expect(-parts.policy).toBeLessThanOrEqual(unclipped + 1e-4);
      if (clipped < unclipped - 0.01) clippedOnes += 1;
      expect(parts.entropy).toBeCloseTo(entropy, 4);
      expect(parts.loss).toBeCloseTo(-clipped + 2 * 0.25 - 0.5 * entropy, 4);
    }
    // Both cases were met.
    expect(clippedOnes).toBeGreaterThan(20);
    expect(clippedOnes).toBeLessThan(60);
  });
});
