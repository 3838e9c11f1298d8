import { beforeAll, describe, expect, it } from 'vitest';
import { pairs } from '../../../src/cost/pairs.ts';
import { eliminableVertices } from '../../../src/order/orders.ts';
import {
  alphaZeroObjective,
  type TrainingPosition,
} from '../../../src/policy/alphazero/objective.ts';
import { weightMatrices } from '../../../src/policy/networks/matrices.ts';
import { architectures } from '../../../src/policy/networks/networks.ts';
import {
  parsePolicy,
  type PolicyNetwork,
  weightCountOf,
} from '../../../src/policy/networks/policy-network.ts';
import { type OpenTensorFlow, openTensorFlow } from '../../../src/policy/tensorflow.ts';
import { startTraining, Trainer } from '../../../src/policy/trainer.ts';
import { createRandom } from '../../../src/support/random.ts';
import { UserError } from '../../../src/support/user-error.ts';
import { oddGraph } from '../../core/support.ts';
import { exampleOf, positionsOf } from './support.ts';

const graphs = [11, 12, 13, 14, 15].map((seed) =>
  oddGraph(seed, { intermediates: 1 + (seed % 23) }),
);

/** Positions of all graphs in another sequence, with targets. */
function examplesOf(network: PolicyNetwork): readonly TrainingPosition[] {
  const random = createRandom(1);
  const all = graphs.flatMap((graph) => positionsOf(network, pairs.prepare(graph), random));
  return random.shuffle(all).map((position) => exampleOf(position, random));
}

/** Whether lists are the same to the last bit; `toEqual` takes seconds for half a million numbers. */
function same(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((number, index) => Object.is(number, b[index]));
}

const positionsIn = (examples: readonly TrainingPosition[]) =>
  examples.map(({ position }) => position);

let opened: OpenTensorFlow;
beforeAll(async () => {
  opened = await openTensorFlow('wasm');
});

describe.each(architectures.map((architecture) => [architecture.name, architecture] as const))(
  'the network %s',
  (_, architecture) => {
    const network = architecture.create(architecture.sizesFor(graphs));

    let all: readonly TrainingPosition[] = [];
    beforeAll(() => {
      all = examplesOf(network);
    });

    /** What a batch says, in plain numbers. */
    const evaluate = (examples: readonly TrainingPosition[], weights: Float32Array) =>
      opened.tf.tidy(() => {
        const batch = network.batch(opened.tf, positionsIn(examples));
        const output = batch.evaluate(weightMatrices(opened.tf, weights, network.parts));
        const logits = output.logits.arraySync();
        return { logits, rests: [...output.rest().dataSync()], longest: batch.longest };
      });

    it('is made again from its sizes, with weights by seed alone, and takes as many', () => {
      const again = architecture.create(network.sizes);
      expect(again.parts).toEqual(network.parts);
      const weights = network.initialWeights(3);
      expect(same(again.initialWeights(3), weights)).toBe(true);
      expect(same(again.initialWeights(4), weights)).toBe(false);
      expect(weights).toHaveLength(weightCountOf(network));
      expect(parsePolicy(network, weights).weights).toBe(weights);
      expect(() => parsePolicy(network, weights.slice(1))).toThrow(UserError);
      expect(() => parsePolicy(network, weights.with(7, NaN))).toThrow('weight 7');
    });

    it('observes what remains, and begins anew when it is told to', () => {
      for (const graph of graphs) {
        const observer = network.observe(pairs.prepare(graph));
        const first = observer.observe();
        let left = [...eliminableVertices(graph)];
        while (left.length > 0) {
          expect(observer.observe().vertices).toEqual(left);
          const vertex = left[left.length >> 1];
          if (vertex === undefined) break;
          observer.eliminate(vertex);
          left = left.filter((one) => one !== vertex);
        }
        expect(observer.observe().vertices).toEqual([]);
        observer.reset();
        expect(observer.observe()).toEqual(first);
        observer.dispose();
      }
    });

    it('says of a position the same alone and among others, and nothing behind its vertices', () => {
      const examples = all.slice(0, 9);
      const weights = network.initialWeights(2);
      const together = evaluate(examples, weights);
      examples.forEach((example, index) => {
        const { logits, rests } = evaluate([example], weights);
        const left = example.position.vertices.length;
        const own = together.logits[index] ?? [];
        expect(own).toHaveLength(together.longest);
        expect(own.slice(left).every((logit) => logit === -1e9)).toBe(true);
        own.slice(0, left).forEach((logit, place) => {
          expect(Math.abs(logit - (logits[0]?.[place] ?? NaN))).toBeLessThan(1e-4);
        });
        expect(rests[0]).toBeGreaterThanOrEqual(0);
        const apart = Math.abs((together.rests[index] ?? NaN) - (rests[0] ?? NaN));
        expect(apart / (1 + (rests[0] ?? NaN))).toBeLessThan(1e-4);
      });
    });

    it('has the gradient that differences have', () => {
      const { tf } = opened;
      const examples = all.slice(0, 3);
      const positions = positionsIn(examples);
      const objective = alphaZeroObjective(examples, 0.5);
      const still = { learningRate: 0, mostNorm: Infinity };
      const start = network.initialWeights(5);
      const lossAt = (weights: Float32Array): number => {
        const { policy, cost } = new Trainer(tf, network, still, startTraining(weights)).step(
          positions,
          objective,
        );
        return policy + 0.5 * cost;
      };
      // After the first step Adam's mean is a tenth of the gradient.
      const trainer = new Trainer(tf, network, still, startTraining(start));
      trainer.step(positions, objective);
      const slope = trainer.state().adam.first.map((mean) => 10 * mean);
      const random = createRandom(2);
      const ratios: number[] = [];
      for (let round = 0; round < 6; round += 1) {
        const direction = start.map(() => random.next() - 0.5);
        // As far in all directions together, however many there are.
        const step = 0.08 / Math.sqrt(start.length);
        const moved = (sign: number): Float32Array =>
          start.map((one, index) => one + sign * step * (direction[index] ?? 0));
        const difference = (lossAt(moved(1)) - lossAt(moved(-1))) / (2 * step);
        const expected = slope.reduce((sum, one, index) => sum + one * (direction[index] ?? 0), 0);
        ratios.push(Math.abs(difference - expected) / (1 + Math.abs(expected)));
      }
      expect(Math.max(...ratios)).toBeLessThan(0.02);
    });

    it('learns what it is shown, the same from run to run, and leaves no tensors behind', () => {
      const { tf } = opened;
      const examples = all.slice(0, 8);
      const learn = () => {
        const options = { learningRate: 3e-3, mostNorm: 5 };
        const start = startTraining(network.initialWeights(3));
        const trainer = new Trainer(tf, network, options, start);
        const losses = Array.from({ length: 8 }, () =>
          trainer.step(positionsIn(examples), alphaZeroObjective(examples, 1)),
        );
        return { losses, weights: trainer.state().weights };
      };
      const tensors = tf.memory().numTensors;
      const first = learn();
      const second = learn();
      expect(second.losses).toEqual(first.losses);
      expect(same(second.weights, first.weights)).toBe(true);
      expect(tf.memory().numTensors).toBe(tensors);
      const [before, after] = [first.losses[0], first.losses.at(-1)];
      expect(after?.policy).toBeLessThan(before?.policy ?? 0);
      expect(after?.cost).toBeLessThan(before?.cost ?? 0);
    });

    it('is trained on from its state as if there had been no stop', () => {
      const { tf } = opened;
      const options = { learningRate: 2e-3, mostNorm: 5 };
      const examples = all.slice(0, 6);
      const learn = (trainer: Trainer, steps: number): void => {
        for (let step = 0; step < steps; step += 1) {
          trainer.step(positionsIn(examples), alphaZeroObjective(examples, 1));
        }
      };
      const start = startTraining(network.initialWeights(1));
      const whole = new Trainer(tf, network, options, start);
      learn(whole, 6);
      const half = new Trainer(tf, network, options, start);
      learn(half, 3);
      const rest = new Trainer(tf, network, options, half.state());
      learn(rest, 3);
      const [own, expected] = [rest.state(), whole.state()];
      expect(same(own.weights, expected.weights)).toBe(true);
      expect(same(own.adam.first, expected.adam.first)).toBe(true);
      expect(same(own.adam.second, expected.adam.second)).toBe(true);
      expect(own.adam.steps).toBe(expected.adam.steps);
    });
  },
);
