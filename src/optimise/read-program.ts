/**
 * A Program read into a ValueGraph. Arithmetic is expanded (powers to products, differences to signed
 * sums, quotients to shared reciprocals), ±1 and 0 are absorbed, numbers known beforehand are folded,
 * and what means the same becomes one node, except where the earlier expression has a hazard or a
 * cancellation that the later one has not: then both stay. O(equations).
 */
import { evenFunctions, oddFunctions } from '../compiled/interned-values.ts';
import { doubles } from '../program/arithmetic.ts';
import { integerExponent } from '../program/primitives/powers.ts';
import type { Equation, Operand, Parameters, Program } from '../program/types.ts';
import { literalNumber } from '../program/values.ts';
import { ConstantResidues } from './constant-residues.ts';
import { relatedResidues } from './related-functions.ts';
import { hashedResidues } from './residues.ts';
import {
  arithmeticResidues,
  canonical,
  cancellation,
  definitionValue,
  hazardousFunctions,
  kinds,
  largestCancellation,
  type NodeDefinition,
  ValueGraph,
} from './value-graph.ts';

/** Nodes of the numbers 0 and 1. */
export const zeroNode = 0;
/** Of the number 1. */
export const oneNode = 1;

/** Larger powers are left to the power function. */
const largestExpandedPower = 64;

/**
 * Reads a Program of scalars.
 * @param points [sample][input], where values are followed
 * @throws Error where there are tensors
 */
export function readProgram(program: Program, points: readonly (readonly number[])[]): ValueGraph {
  const reader = new Reader(program, points.length);
  const values = program.inputs.map(({ name, type }, index) => {
    if (type.shape.length > 0) throw new Error(`the input ${name} is a tensor; unroll it`);
    return reader.input(
      index,
      points.map((point) => point[index] ?? NaN),
    );
  });
  const packed = (operand: Operand): number => {
    if (operand.kind === 'literal') return reader.constant(literalNumber(operand) ?? NaN);
    const found = values[operand.id];
    if (found === undefined) throw new Error(`value ${operand.id} is used before it exists`);
    return found;
  };
  for (const equation of program.equations) {
    if (equation.type.shape.length > 0) throw new Error(`${equation.primitive} gives a tensor`);
    values.push(reader.equation(equation, equation.operands.map(packed)));
  }
  reader.graph.seal();
  for (const { operand } of program.outputs) {
    const output = packed(operand);
    reader.graph.outputs.push(output);
    reader.graph.use(output >> 1);
  }
  return reader.graph;
}

function possibleHazards({ equations }: Program): number {
  return equations.filter(
    ({ primitive }) => primitive === 'div' || hazardousFunctions.has(primitive),
  ).length;
}

class Reader {
  readonly graph: ValueGraph;
  readonly #constants = new ConstantResidues();
  /** Nodes that mean the same as an earlier one, by key. */
  readonly #twins = new Map<number, number[]>();

  constructor(program: Program, samples: number) {
    this.graph = new ValueGraph(samples, possibleHazards(program));
    this.constant(0);
    this.constant(1);
  }

  input(index: number, values: readonly number[]): number {
    const { key } = canonical(hashedResidues(`input ${index}`));
    const definition = { kind: kinds.input, left: index, right: 0, negative: 0 };
    return 2 * this.graph.append(key, definition, values);
  }

  constant(value: number): number {
    return this.#constant(this.#constants.of(value), value);
  }

  #constant(residues: number, value: number): number {
    const { key, negative } = canonical(residues);
    const known = this.graph.find(key);
    if (known >= 0 && this.graph.kind[known] === kinds.constant) return 2 * known + negative;
    const own = negative === 1 ? -value : value;
    const definition = { kind: kinds.constant, left: 0, right: 0, negative: 0 };
    const node = this.graph.append(
      key,
      definition,
      new Array<number>(this.graph.samples).fill(own),
    );
    this.graph.constants.set(node, own);
    return 2 * node + negative;
  }

  #number(packed: number): number | undefined {
    const value = this.graph.constants.get(packed >> 1);
    return value === undefined || (packed & 1) === 0 ? value : -value;
  }

  equation({ primitive, parameters }: Equation, operands: readonly number[]): number {
    const [a = 0, b = 0] = operands;
    switch (primitive) {
      case 'add':
        return this.sum(a, b);
      case 'sumOf':
        return operands.slice(1).reduce((sum, term) => this.sum(sum, term), a);
      case 'sub':
        return this.sum(a, b ^ 1);
      case 'mul':
        return this.product(a, b);
      case 'neg':
        return a ^ 1;
      case 'div':
        return this.product(a, this.reciprocal(b));
      case 'convert':
      case 'stopGradient':
        return a;
      case 'dotOf': {
        const half = operands.length / 2;
        return operands
          .slice(0, half)
          .map((x, place) => this.product(x, operands[half + place] ?? 0))
          .reduce((sum, term) => this.sum(sum, term));
      }
      case 'integerPow': {
        const exponent = integerExponent(parameters);
        if (Math.abs(exponent) <= largestExpandedPower) return this.#power(a, exponent);
      }
    }
    return this.function(primitive, operands, parameters);
  }

  product(a: number, b: number): number {
    const sign = (a ^ b) & 1;
    const [left, right] = [a & ~1, b & ~1];
    if (left >> 1 === zeroNode || right >> 1 === zeroNode) return 2 * zeroNode;
    if (left >> 1 === oneNode) return right ^ sign;
    if (right >> 1 === oneNode) return left ^ sign;
    return this.#arithmetic({ kind: kinds.product, left, right, negative: 0 }) ^ sign;
  }

  sum(a: number, b: number): number {
    if (a >> 1 === zeroNode) return b;
    if (b >> 1 === zeroNode) return a;
    if (a === (b ^ 1)) return 2 * zeroNode;
    return this.#arithmetic({ kind: kinds.sum, left: a, right: b, negative: 0 });
  }

  reciprocal(a: number): number {
    if (a >> 1 === oneNode) return a;
    if (a >> 1 === zeroNode) return this.constant(Infinity);
    const definition = { kind: kinds.reciprocal, left: a & ~1, right: 0, negative: 0 };
    return this.#arithmetic(definition) ^ (a & 1);
  }

  #power(a: number, exponent: number): number {
    if (exponent === 0) return 2 * oneNode;
    if (exponent < 0) return this.reciprocal(this.#power(a, -exponent));
    if (exponent === 1) return a;
    if (exponent % 2 === 1) return this.product(a, this.#power(a, exponent - 1));
    const half = this.#power(a, exponent / 2);
    return this.product(half, half);
  }

  #arithmetic(definition: NodeDefinition): number {
    const { kind, left, right } = definition;
    const residues = arithmeticResidues(this.graph, definition);
    const x = this.#number(left);
    const y = kind === kinds.reciprocal ? 1 : this.#number(right);
    if (x !== undefined && y !== undefined) {
      const folded = kind === kinds.product ? x * y : kind === kinds.sum ? x + y : 1 / x;
      return this.#constant(residues, folded);
    }
    return this.#intern(residues, definition);
  }

  function(primitive: string, operands: readonly number[], parameters: Parameters): number {
    const [first = 0] = operands;
    const odd = oddFunctions.has(primitive);
    if ((odd || evenFunctions.has(primitive)) && (first & 1) === 1) {
      return this.function(primitive, [first ^ 1], parameters) ^ (odd ? 1 : 0);
    }
    const numbers = operands.flatMap((operand) => this.#number(operand) ?? []);
    if (numbers.length === operands.length) {
      return this.constant(doubles.apply(primitive, numbers, parameters));
    }
    const keys = operands.map((operand) => String(this.graph.residues(operand)));
    const words = `${JSON.stringify(parameters)} ${keys.join(' ')}`;
    const residues =
      (operands.length === 1
        ? relatedResidues(primitive, this.graph.residues(first))
        : undefined) ?? canonical(hashedResidues(`${primitive} ${words}`)).key;
    const own = { primitive, parameters, operands };
    const definition = { kind: kinds.function, left: 0, right: 0, negative: 0, function: own };
    return this.#intern(residues, definition);
  }

  #intern(residues: number, definition: NodeDefinition): number {
    const { graph } = this;
    const { key, negative } = canonical(residues);
    const first = graph.find(key);
    const known = first < 0 ? [] : [first, ...(this.#twins.get(key) ?? [])];
    const found = known.find((node) => this.#mayStandFor(node, definition));
    if (found !== undefined) return 2 * found + negative;
    const signed = { ...definition, negative };
    const values = Array.from({ length: graph.samples }, (_, sample) =>
      definitionValue(graph, signed, sample),
    );
    const node = graph.append(key, signed, values);
    if (first >= 0) this.#twins.set(key, [...(this.#twins.get(key) ?? []), node]);
    return 2 * node + negative;
  }

  /** Whether a node of the same meaning is as harmless as a definition. */
  #mayStandFor(node: number, definition: NodeDefinition): boolean {
    const { graph } = this;
    const { kind } = definition;
    const operands = definition.function?.operands ?? [
      definition.left,
      ...(kind === kinds.reciprocal ? [] : [definition.right]),
    ];
    if (graph.kind[node] === kind && this.#sameOperands(node, operands)) return true;
    if (kind === kinds.reciprocal) graph.nameFactors(definition.left >> 1);
    for (let word = 0; word < graph.words; word += 1) {
      const own =
        kind === kinds.reciprocal
          ? (graph.zeros[(definition.left >> 1) * graph.words + word] ?? 0)
          : 0;
      const allowed = operands.reduce(
        (bits, operand) => bits | (graph.hazards[(operand >> 1) * graph.words + word] ?? 0),
        own,
      );
      if (((graph.hazards[node * graph.words + word] ?? 0) & ~allowed) !== 0) return false;
    }
    if (graph.kind[node] !== kinds.sum) return true;
    const [left, right] = [graph.left[node] ?? 0, graph.right[node] ?? 0];
    return cancellation(graph, left, right) <= largestCancellation;
  }

  #sameOperands(node: number, operands: readonly number[]): boolean {
    const found: number[] = [];
    this.graph.forOperands(node, (packed) => found.push(packed >> 1));
    const nodes = operands.map((packed) => packed >> 1);
    // Equal keys: as sets of nodes they are the same expression up to signs.
    return found.toSorted((x, y) => x - y).join() === nodes.toSorted((x, y) => x - y).join();
  }
}
