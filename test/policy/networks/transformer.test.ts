import { describe, expect, it } from 'vitest';
import { paper } from '../../../src/cost/paper/paper.ts';
import { eliminableVertices } from '../../../src/order/orders.ts';
import { AdjacencyTensor } from '../../../src/policy/game/adjacency.ts';
import { type PolicyNetwork, weightCountOf } from '../../../src/policy/networks/policy-network.ts';
import { transformedRest, transformer } from '../../../src/policy/networks/transformer.ts';
import { weightMatrices } from '../../../src/policy/networks/matrices.ts';
import {
  batchAdjacency,
  observeAdjacency,
} from '../../../src/policy/networks/transformer/observation.ts';
import { windowCount, windowLength } from '../../../src/policy/networks/transformer/sizes.ts';
import { openTensorFlow } from '../../../src/policy/tensorflow.ts';
import { taskSubject } from '../../../src/subject/task-subject.ts';
import { UserError } from '../../../src/support/user-error.ts';
import { taskNamed } from '../../../tasks/tasks.ts';

const graphOf = (name: string) => taskSubject(taskNamed(name)).graph(paper);
const networkOf = (name: string): PolicyNetwork =>
  transformer.create(transformer.sizesFor([graphOf(name)]));

describe('the transformer of the paper', () => {
  // Counted by hand from the sizes of AlphaGrad's modules: convolution V·V·5·3 + V, projection
  // ⌊(I + V − 3) / 2 + 1⌋·64, six layers of 3·64·60 + 60·64 + 64·512 + 256·64 + 4·64, policy
  // 64·256 + 256 + 256·128 + 128 + 128 + 1, value 64·256 + 256 + 256·128 + 128 + 128·64 + 64 + 64 + 1.
  it.each([
    ['HumanHeartDipole', 8, 86],
    ['RoeFlux_1d', 6, 101],
  ])('has the weights of the peer for %s', (name, inputs, vertices) => {
    const network = networkOf(name);
    expect(network.sizes).toEqual({ inputs, vertices });
    const embedding = vertices * vertices * 15 + vertices;
    const projection = Math.floor((inputs + vertices - 3) / 2 + 1) * 64;
    const layer = 3 * 64 * 60 + 60 * 64 + 64 * 512 + 256 * 64 + 4 * 64;
    const policy = 64 * 256 + 256 + 256 * 128 + 128 + 128 + 1;
    const value = 64 * 256 + 256 + 256 * 128 + 128 + 128 * 64 + 64 + 64 + 1;
    expect(layer).toBe(64_768);
    expect(weightCountOf(network)).toBe(embedding + projection + 6 * layer + policy + value);
  });

  it('has logits and values of the right shapes, and refuses a graph that is too large', async () => {
    const { tf } = await openTensorFlow('wasm');
    const network = networkOf('HumanHeartDipole');
    const costed = paper.prepare(graphOf('HumanHeartDipole'));
    const observer = network.observe(costed);
    const first = observer.observe();
    const [vertex] = eliminableVertices(costed.graph);
    if (vertex !== undefined) observer.eliminate(vertex);
    const shapes = tf.tidy(() => {
      const weights = weightMatrices(tf, network.initialWeights(1), network.parts);
      const output = network.batch(tf, [first, observer.observe()]).evaluate(weights);
      return [output.logits.shape, output.rest().shape];
    });
    expect(shapes).toEqual([[2, 78], [2]]);
    const larger = paper.prepare(graphOf('RoeFlux_1d'));
    expect(() => network.observe(larger)).toThrow(UserError);
    expect(() => transformer.create({ inputs: 3 })).toThrow(UserError);
  });

  it('transforms values as Pohlen et al. do', () => {
    // h(3) = √4 − 1 + 0.003, h(99) = √100 − 1 + 0.099.
    expect(transformedRest(3)).toBeCloseTo(1.003, 12);
    expect(transformedRest(99)).toBeCloseTo(9.099, 12);
  });
});

describe("the transformer's windows", () => {
  it('hold the adjacency tensor, three rows at a time, whatever room is around it', () => {
    const costed = paper.prepare(graphOf('HumanHeartDipole'));
    const own = { inputs: 8, vertices: 86 };
    for (const frame of [own, { inputs: 11, vertices: 90 }]) {
      const tensor = new AdjacencyTensor(costed.graph);
      const observer = observeAdjacency(costed);
      const all = eliminableVertices(costed.graph);
      for (let moves = 0; moves <= 60; moves += 20) {
        const { windows, hidden } = batchAdjacency([observer.observe()], frame);
        const dense = tensor.read();
        const [, rows, columns] = tensor.shape;
        const at = (channel: number, row: number, column: number): number => {
          if (column >= own.vertices) return 0;
          // Row of the tensor below its first: inputs, a gap, vertices.
          const inside = row < own.inputs ? row : row - frame.inputs + own.inputs;
          const isGap = row >= own.inputs && row < frame.inputs;
          if (isGap || inside >= own.inputs + own.vertices) return 0;
          return dense[(channel * rows + inside + 1) * columns + column] ?? 0;
        };
        const expected = new Float32Array(windowCount(frame) * windowLength(frame));
        let next = 0;
        for (let window = 0; window < windowCount(frame); window += 1) {
          for (let column = 0; column < frame.vertices; column += 1) {
            for (let channel = 0; channel < 5; channel += 1) {
              for (let row = 2 * window; row < 2 * window + 3; row += 1) {
                expected[next] = at(channel, row, column);
                next += 1;
              }
            }
          }
        }
        expect(windows).toHaveLength(expected.length);
        expect(windows.findIndex((number, index) => number !== expected[index])).toBe(-1);
        const gone = [...hidden.keys()].filter((column) => hidden[column] !== 0);
        const beyond = frame.vertices - own.vertices;
        expect(gone).toHaveLength(moves + beyond);
        for (const vertex of all.slice(moves, moves + 20)) {
          tensor.eliminate(vertex);
          observer.eliminate(vertex);
        }
      }
    }
  });
});
