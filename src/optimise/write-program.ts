/** A graph of values written as a Program, in a chosen order of statements. */
import { emitOutputs } from '../compiled/emit.ts';
import {
  type Definition,
  evenFunctions,
  type NodeDefinitions,
  oddFunctions,
} from '../compiled/interned-values.ts';
import type { Program } from '../program/types.ts';
import { oneNode, zeroNode } from './read-program.ts';
import { kinds, type NodeDefinition, type ValueGraph } from './value-graph.ts';

/** A graph at one moment: what is needed to write it. */
export interface GraphSnapshot {
  /** Operands first. */
  readonly order: readonly number[];
  /** One for each node of `order`. */
  readonly definitions: readonly NodeDefinition[];
  /** Numbers known beforehand, by node. */
  readonly constants: ReadonlyMap<number, number>;
  /** Packed. */
  readonly outputs: readonly number[];
  readonly weight: number;
}

/** Keeps what a graph is now. */
export function takeSnapshot(graph: ValueGraph): GraphSnapshot {
  const order = graph.liveOrder();
  return {
    order,
    definitions: order.map((node) => graph.definition(node)),
    constants: graph.constants,
    outputs: [...graph.outputs],
    weight: graph.weight,
  };
}

/**
 * The Program that computes a snapshot, signs chosen so that few negations are written.
 * @param original whose name, inputs and names of outputs it has
 */
export function writeProgram(
  original: Pick<Program, 'name' | 'inputs' | 'outputs'>,
  snapshot: GraphSnapshot,
): Program {
  const numbers = new Map<number, number>([
    [zeroNode, 0],
    [oneNode, 1],
  ]);
  const definitions: Definition[] = [
    { kind: 'constant', value: 0, natural: 1 },
    { kind: 'constant', value: 1, natural: 1 },
  ];
  /** A function has no sign of its own in a Program: who uses −f takes f with a minus. */
  const turned = new Set<number>();
  const flip = (packed: number): number => (packed & 1) ^ (turned.has(packed >> 1) ? 1 : 0);
  const signed = (packed: number) => ({
    node: numberOf(packed >> 1),
    sign: flip(packed) === 0 ? (1 as const) : (-1 as const),
  });
  const numberOf = (node: number): number => {
    const found = numbers.get(node);
    if (found === undefined) throw new Error(`node ${node} is used before it is defined`);
    return found;
  };
  const written = (node: number, definition: NodeDefinition): Definition => {
    const { kind, left, right, negative, function: own } = definition;
    const inner =
      kind === kinds.product
        ? flip(left) ^ flip(right)
        : kind === kinds.reciprocal
          ? flip(left)
          : 0;
    const sign = (negative ^ inner) === 1 ? -1 : 1;
    switch (kind) {
      case kinds.input:
        return { kind: 'input', input: left };
      case kinds.constant: {
        const value = snapshot.constants.get(node);
        if (value === undefined) throw new Error(`the number ${node} is unknown`);
        return { kind: 'constant', value, natural: value < 0 ? -1 : 1 };
      }
      case kinds.product: {
        const [x, y] = [numberOf(left >> 1), numberOf(right >> 1)];
        return { kind: 'product', left: Math.min(x, y), right: Math.max(x, y), sign };
      }
      case kinds.sum:
        return { kind: 'sum', left: signed(left), right: signed(right), sign };
      case kinds.reciprocal:
        return { kind: 'reciprocal', of: numberOf(left >> 1), sign };
      default: {
        if (own === undefined) throw new Error(`the function ${node} is unknown`);
        const { primitive, parameters } = own;
        const plus = own.operands.map(signed);
        const [first] = plus;
        const odd = oddFunctions.has(primitive);
        // Odd and even functions take their operand with a plus (interned-values.ts).
        const folded = first?.sign === -1 && (odd || evenFunctions.has(primitive));
        if ((negative ^ (folded && odd ? 1 : 0)) === 1) turned.add(node);
        const operands = folded ? [{ node: first.node, sign: 1 as const }] : plus;
        return { kind: 'function', primitive, parameters, operands };
      }
    }
  };
  snapshot.order.forEach((node, index) => {
    if (numbers.has(node)) return;
    const definition = snapshot.definitions[index];
    if (definition === undefined) throw new Error(`node ${node} has no definition`);
    definitions.push(written(node, definition));
    numbers.set(node, definitions.length - 1);
  });
  const values: NodeDefinitions = {
    size: definitions.length,
    definition: (node) => {
      const found = definitions[node];
      if (found === undefined) throw new Error(`there is no node ${node}`);
      return found;
    },
  };
  const outputs = original.outputs.map(({ name }, index) => {
    const packed = snapshot.outputs[index];
    if (packed === undefined) throw new Error(`the output ${name} is missing`);
    return { name, value: signed(packed) };
  });
  return emitOutputs(original, values, outputs);
}
