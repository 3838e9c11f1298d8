import { beforeAll, describe, expect, it } from 'vitest';
import { createWasmEngine } from '../../../src/core/wasm.ts';
import { pairs } from '../../../src/cost/pairs.ts';
import { alphaZeroObjective } from '../../../src/policy/alphazero/objective.ts';
import { weightMatrices } from '../../../src/policy/networks/matrices.ts';
import {
  initialWeights,
  messagePassingNetwork,
} from '../../../src/policy/networks/message-passing.ts';
import {
  batchTensors,
  evaluateBatch,
} from '../../../src/policy/networks/message-passing/forward.ts';
import { batchPositions } from '../../../src/policy/networks/message-passing/position-batch.ts';
import { type OpenTensorFlow, openTensorFlow } from '../../../src/policy/tensorflow.ts';
import { startTraining, Trainer } from '../../../src/policy/trainer.ts';
import { createRandom } from '../../../src/support/random.ts';
import { countings, oddGraph, sparseGraph } from '../../core/support.ts';
import { exampleOf } from './support.ts';

describe.each(['wasm', 'cpu'] as const)(
  'the message-passing network on the %s back end of TensorFlow.js',
  (name) => {
    let opened: OpenTensorFlow;
    beforeAll(async () => {
      opened = await openTensorFlow(name);
    });

    it.each([...countings])('says what the core says to 1e-5, under %s', (_, prepare) => {
      const { tf } = opened;
      for (let seed = 0; seed < 12; seed += 1) {
        const weights = initialWeights(seed);
        const play = createWasmEngine().play(
          prepare(oddGraph(seed, { intermediates: 1 + (seed % 23) })),
          'degrees',
        );
        play.loadNetwork(weights);
        const random = createRandom(seed);
        const all = [];
        for (;;) {
          const position = play.networkPosition();
          const vertex = position.vertices[random.integer(position.vertices.length)];
          if (vertex === undefined) break;
          all.push({ position, evaluation: play.evaluate() });
          play.eliminate(vertex);
        }
        play.dispose();
        const positions = all.map(({ position }) => position);
        const [logits, costs, rests] = tf.tidy(() => {
          const flat = weightMatrices(tf, weights, messagePassingNetwork.parts);
          const output = evaluateBatch(tf, flat, batchTensors(tf, batchPositions(positions)));
          const rest = messagePassingNetwork.batch(tf, positions).evaluate(flat).rest();
          return [output.logits, tf.exp(output.logCosts), rest].map((tensor) => tensor.dataSync());
        }) as [Float32Array, Float32Array, Float32Array];
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
        all.forEach(({ evaluation }, index) => {
          const sum = evaluation.rest / evaluation.unit;
          expect(Math.abs((rests[index] ?? NaN) / sum - 1)).toBeLessThan(1e-5);
        });
      }
    });
  },
);

describe('the message-passing network', () => {
  it('takes a graph without edges between what remains', async () => {
    const { tf } = await openTensorFlow('wasm');
    const observer = messagePassingNetwork.observe(pairs.prepare(sparseGraph(1, 8)));
    for (;;) {
      const { vertices } = observer.observe();
      if (vertices.length < 2 || vertices[0] === undefined) break;
      observer.eliminate(vertices[0]);
    }
    const position = observer.observe();
    observer.dispose();
    expect(position.edges).toHaveLength(0);
    const options = { learningRate: 1e-3, mostNorm: 5 };
    const start = startTraining(initialWeights(0));
    const trainer = new Trainer(tf, messagePassingNetwork, options, start);
    const objective = alphaZeroObjective([exampleOf(position, createRandom(1))], 1);
    expect(trainer.step([position], objective).cost).toBeGreaterThan(-Infinity);
  });
});
