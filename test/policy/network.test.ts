import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkPosition, NetworkWeights } from '../../src/core/network-types.ts';
import { parseWeights } from '../../src/core/network-types.ts';
import type { CostedGraph } from '../../src/cost/types.ts';
import type { Graph } from '../../src/graph/types.ts';
import { createWasmEngine } from '../../src/core/wasm.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { initialWeights } from '../../src/policy/initial-weights.ts';
import { batchTensors, evaluateBatch } from '../../src/policy/message-passing.ts';
import { batchPositions } from '../../src/policy/position-batch.ts';
import { type OpenTensorFlow, openTensorFlow } from '../../src/policy/tensorflow.ts';
import { startTraining, Trainer, type TrainingPosition } from '../../src/policy/trainer.ts';
import { createRandom, type Random } from '../../src/support/random.ts';
import { countings, oddGraph, sparseGraph } from '../core/support.ts';

const toPairs = (graph: Graph): CostedGraph => pairs.prepare(graph);

/** Positions of a graph on the way of a random order, with what the core says of them. */
function* positionsOf(seed: number, weights: NetworkWeights, prepare = toPairs) {
  const costed = prepare(oddGraph(seed, { intermediates: 1 + (seed % 23) }));
  const play = createWasmEngine().play(costed, 'degrees');
  play.loadNetwork(weights);
  const random = createRandom(seed);
  for (;;) {
    const position = play.networkPosition();
    const vertex = position.vertices[random.integer(position.vertices.length)];
    if (vertex === undefined) break;
    yield { position, evaluation: play.evaluate() };
    play.eliminate(vertex);
  }
  play.dispose();
}

/** Targets by chance. */
function example(position: NetworkPosition, random: Random): TrainingPosition {
  const weights = position.vertices.map(() => random.next() + 0.01);
  const total = weights.reduce((sum, one) => sum + one, 0);
  return {
    position,
    policy: Float32Array.from(weights, (one) => one / total),
    costs: Float32Array.from(weights, (one) => 6 * one),
  };
}

function someExamples(number: number): readonly TrainingPosition[] {
  const random = createRandom(1);
  const all = [11, 12, 13, 14, 15].flatMap((seed) => [...positionsOf(seed, initialWeights(0))]);
  return random
    .shuffle(all)
    .slice(0, number)
    .map(({ position }) => example(position, random));
}

describe.each(['wasm', 'cpu'] as const)(
  'the network on the %s back end of TensorFlow.js',
  (name) => {
    let opened: OpenTensorFlow;
    beforeAll(async () => {
      opened = await openTensorFlow(name);
    });

    it.each([...countings])('says what the core says to 1e-5, under %s', (_, prepare) => {
      const { tf } = opened;
      for (let seed = 0; seed < 12; seed += 1) {
        const weights = initialWeights(seed);
        const all = [...positionsOf(seed, weights, prepare)];
        const batch = batchPositions(all.map(({ position }) => position));
        const [logits, costs] = tf.tidy(() => {
          const output = evaluateBatch(tf, tf.tensor1d(weights), batchTensors(tf, batch));
          return [output.logits.dataSync(), tf.exp(output.logCosts).dataSync()] as const;
        });
        const expected = {
          logits: all.flatMap(({ evaluation }) => [...evaluation.logits]),
          costs: all.flatMap(({ evaluation }) => [...evaluation.costs]),
        };
        expect(logits).toHaveLength(expected.logits.length);
        expected.logits.forEach((logit, row) => {
          expect(Math.abs((logits[row] ?? NaN) - logit)).toBeLessThan(1e-5);
        });
        expected.costs.forEach((cost, row) => {
          expect(Math.abs((costs[row] ?? NaN) / cost - 1)).toBeLessThan(1e-5);
        });
      }
    });

    it('has the gradient that differences have', () => {
      const { tf } = opened;
      const examples = someExamples(3);
      const start = initialWeights(5);
      /** Loss of one step from here, which does not move: the rate is 0. */
      const lossAt = (weights: NetworkWeights): number => {
        const trainer = new Trainer(
          tf,
          { learningRate: 0, costWeight: 0.5, mostNorm: Infinity },
          startTraining(weights),
        );
        const { policy, cost } = trainer.step(examples);
        return policy + 0.5 * cost;
      };
      // After the first step Adam's mean is a tenth of the gradient.
      const trainer = new Trainer(
        tf,
        { learningRate: 0, costWeight: 0.5, mostNorm: Infinity },
        startTraining(start),
      );
      trainer.step(examples);
      const slope = trainer.state().adam.first.map((mean) => 10 * mean);
      const random = createRandom(2);
      const ratios: number[] = [];
      for (let round = 0; round < 12; round += 1) {
        const direction = start.map(() => random.next() - 0.5);
        const step = 1e-3;
        const moved = (sign: number): NetworkWeights =>
          parseWeights(start.map((one, index) => one + sign * step * (direction[index] ?? 0)));
        const difference = (lossAt(moved(1)) - lossAt(moved(-1))) / (2 * step);
        const expected = slope.reduce((sum, one, index) => sum + one * (direction[index] ?? 0), 0);
        ratios.push(Math.abs(difference - expected) / (1 + Math.abs(expected)));
      }
      expect(Math.max(...ratios)).toBeLessThan(0.02);
    });

    it('learns what it is shown, the same from run to run, and leaves no tensors behind', () => {
      const { tf } = opened;
      const examples = someExamples(8);
      const learn = () => {
        const trainer = new Trainer(
          tf,
          { learningRate: 3e-3, costWeight: 1, mostNorm: 5 },
          startTraining(initialWeights(3)),
        );
        const losses = Array.from({ length: 12 }, () => trainer.step(examples));
        return { losses, weights: trainer.state().weights };
      };
      const first = learn();
      const tensors = tf.memory().numTensors;
      const second = learn();
      expect(second).toEqual(first);
      expect(tf.memory().numTensors).toBe(tensors);
      expect(tensors).toBe(0);
      const [before, after] = [first.losses[0], first.losses.at(-1)];
      expect(after?.policy).toBeLessThan(before?.policy ?? 0);
      expect(after?.cost).toBeLessThan(before?.cost ?? 0);
    });

    afterAll(() => {
      opened.tf.disposeVariables();
    });
  },
);

describe('a trainer', () => {
  it('goes on from its state as if it had not stopped', async () => {
    const { tf } = await openTensorFlow('wasm');
    const options = { learningRate: 2e-3, costWeight: 1, mostNorm: 5 };
    const examples = someExamples(6);
    const whole = new Trainer(tf, options, startTraining(initialWeights(1)));
    for (let step = 0; step < 6; step += 1) whole.step(examples);
    const half = new Trainer(tf, options, startTraining(initialWeights(1)));
    for (let step = 0; step < 3; step += 1) half.step(examples);
    const rest = new Trainer(tf, options, half.state());
    for (let step = 0; step < 3; step += 1) rest.step(examples);
    expect(rest.state()).toEqual(whole.state());
  });

  it('takes a graph without edges between what remains', async () => {
    const { tf } = await openTensorFlow('wasm');
    const play = createWasmEngine().play(pairs.prepare(sparseGraph(1, 8)), 'degrees');
    play.loadNetwork(initialWeights(0));
    while (play.remaining().length > 1) {
      const [vertex] = play.remaining();
      if (vertex !== undefined) play.eliminate(vertex);
    }
    const random = createRandom(1);
    const position = play.networkPosition();
    expect(position.edges).toHaveLength(0);
    const options = { learningRate: 1e-3, costWeight: 1, mostNorm: 5 };
    const trainer = new Trainer(tf, options, startTraining(initialWeights(0)));
    expect(trainer.step([example(position, random)]).cost).toBeGreaterThan(-Infinity);
  });
});
