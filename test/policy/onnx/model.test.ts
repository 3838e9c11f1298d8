import { describe, expect, it } from 'vitest';
import { architectures } from '../../../src/policy/networks/networks.ts';
import { weightCountOf } from '../../../src/policy/networks/policy-network.ts';
import { oddGraph } from '../../core/support.ts';
import { messages, readMessage, words } from './read.ts';

/** Numbers of fields of onnx.proto. */
const model = { irVersion: 1, graph: 7, operatorSet: 8 };
const graph = { node: 1, constant: 5, input: 11, output: 12 };
const node = { input: 1, output: 2 };

describe.each(architectures.map((architecture) => [architecture.name, architecture] as const))(
  'the ONNX model of the network %s',
  (_, architecture) => {
    const network = architecture.create(
      architecture.sizesFor([oddGraph(3, { intermediates: 6, inputs: 3 })]),
    );
    const weights = network.initialWeights(1);
    const whole = readMessage(network.onnx(weights));
    const [own] = messages(whole, model.graph);
    if (own === undefined) throw new Error('a model has a graph');

    it('says its versions', () => {
      expect(whole.get(model.irVersion)).toEqual([8]);
      expect(messages(whole, model.operatorSet).map((set) => set.get(2))).toEqual([[17]]);
    });

    it('has nodes of what came before, and makes its outputs', () => {
      const known = new Set([
        ...messages(own, graph.input).flatMap((input) => words(input, 1)),
        ...messages(own, graph.constant).flatMap((constant) => words(constant, 8)),
      ]);
      for (const one of messages(own, graph.node)) {
        for (const input of words(one, node.input)) expect(known).toContain(input);
        for (const output of words(one, node.output)) {
          expect(known).not.toContain(output);
          known.add(output);
        }
      }
      const outputs = messages(own, graph.output).flatMap((output) => words(output, 1));
      expect(outputs).toContain('logits');
      for (const output of outputs) expect(known).toContain(output);
    });

    it('holds every weight, each part under its name', () => {
      const constants = new Map(
        messages(own, graph.constant).map((constant) => [
          words(constant, 8)[0],
          Buffer.from((constant.get(9)?.[0] ?? new Uint8Array()) as Uint8Array),
        ]),
      );
      let next = 0;
      for (const { name, rows, columns } of network.parts) {
        const part = weights.slice(next, next + rows * columns);
        expect(constants.get(name)?.equals(new Uint8Array(part.buffer)), name).toBe(true);
        next += part.length;
      }
      expect(next).toBe(weightCountOf(network));
    });
  },
);
