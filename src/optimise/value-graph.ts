/**
 * Values of a Program as a graph that can be rewritten: a node is a value up to its sign, told apart
 * by its residues at a random point (residues.ts), with what it is in doubles at some sample points,
 * its number of uses, and the set of _hazards_ that it is made of: reciprocals and functions that are
 * not defined, or not finite, everywhere.
 *
 * A node has one definition at a time, sign · (product, sum, reciprocal, function); operands are
 * packed, 2·node + (1 where the sign is −). The graph's weight is that of nodes that are used, and is
 * kept up to date by counting uses (`use`, `release`): O(nodes that come to life or die).
 */
import { doubles } from '../program/arithmetic.ts';
import type { Parameters } from '../program/types.ts';
import {
  addResidues,
  invertResidues,
  isCanonicalResidue,
  multiplyResidues,
  negateResidues,
} from './residues.ts';
import { ResidueTable } from './residue-table.ts';
import { functionWeight } from './weights.ts';

/** What defines a node. */
export const kinds = {
  input: 0,
  constant: 1,
  product: 2,
  sum: 3,
  reciprocal: 4,
  function: 5,
} as const;

/** A definition by a function that is no arithmetic. */
export interface FunctionDefinition {
  readonly primitive: string;
  readonly parameters: Parameters;
  /** Packed. */
  readonly operands: readonly number[];
}

/** A definition; left and right are packed, input number, or unused. */
export interface NodeDefinition {
  readonly kind: number;
  readonly left: number;
  readonly right: number;
  /** 1 where the node is −(left ∘ right). */
  readonly negative: number;
  readonly function?: FunctionDefinition;
}

/** Functions with places where they, or their slopes, are not defined. */
export const hazardousFunctions: ReadonlySet<string> = new Set([
  ...['sqrt', 'cbrt', 'log', 'log1p', 'log2', 'log10', 'pow', 'integerPow'],
  ...['tan', 'asin', 'acos', 'atan2', 'acosh', 'atanh'],
]);

/** (|x| + |y|) / |x + y| that a sum may have at a sample point: six bits are lost at most. */
export const largestCancellation = 64;

const reciprocalWeight = 6;

/** Nodes, their uses and their weight. */
export class ValueGraph {
  readonly samples: number;
  readonly words: number;
  size = 0;
  /** Weighted operations of all nodes in use, negations apart. */
  weight = 0;
  kind = new Uint8Array(256);
  left = new Int32Array(256);
  right = new Int32Array(256);
  negative = new Uint8Array(256);
  uses = new Int32Array(256);
  /** Canonical residues, and their inverses. */
  key = new Float64Array(256);
  inverse = new Float64Array(256);
  /** [node, sample] */
  values: Float64Array;
  /** [node, word] */
  hazards: Int32Array;
  readonly functions = new Map<number, FunctionDefinition>();
  readonly constants = new Map<number, number>();
  /** Packed outputs. */
  readonly outputs: number[] = [];
  readonly #known = new ResidueTable(256);
  #hazardCount = 0;

  /**
   * An empty graph.
   * @param samples how many points values are followed at
   * @param mostHazards how many nodes may be hazards
   */
  constructor(samples: number, mostHazards: number) {
    this.samples = samples;
    this.words = Math.max(1, Math.ceil(mostHazards / 32));
    this.values = new Float64Array(256 * samples);
    this.hazards = new Int32Array(256 * this.words);
  }

  /** The first node with these canonical residues; −1 where there is none. */
  find(key: number): number {
    const place = this.#known.find(key);
    return place < 0 ? -1 : this.#known.first(place);
  }

  /**
   * A node with a definition and no use; a key that is there already keeps its first node.
   * @param residues canonical
   * @param values of the node at the sample points
   */
  append(residues: number, definition: NodeDefinition, values: ArrayLike<number>): number {
    if (this.size === this.kind.length) this.#grow();
    const node = this.size;
    this.size += 1;
    this.key[node] = residues;
    this.inverse[node] = invertResidues(residues);
    this.define(node, definition);
    this.values.set(values, node * this.samples);
    this.#known.add(residues, node, 0);
    this.refreshHazards(node);
    if (isHazard(definition)) {
      const bit = this.#hazardCount;
      this.#hazardCount += 1;
      const word = node * this.words + (bit >> 5);
      this.hazards[word] = (this.hazards[word] ?? 0) | (1 << (bit & 31));
    }
    return node;
  }

  /** Sets a definition, without touching uses. */
  define(node: number, definition: NodeDefinition): void {
    this.kind[node] = definition.kind;
    this.left[node] = definition.left;
    this.right[node] = definition.right;
    this.negative[node] = definition.negative;
    if (definition.function !== undefined) this.functions.set(node, definition.function);
  }

  /** The definition now. */
  definition(node: number): NodeDefinition {
    const own = this.functions.get(node);
    return {
      kind: this.kind[node] ?? 0,
      left: this.left[node] ?? 0,
      right: this.right[node] ?? 0,
      negative: this.negative[node] ?? 0,
      ...(own === undefined ? {} : { function: own }),
    };
  }

  /** Calls with every operand, packed. */
  forOperands(node: number, visit: (packed: number) => void): void {
    const kind = this.kind[node];
    if (kind === kinds.function) {
      for (const operand of this.functions.get(node)?.operands ?? []) visit(operand);
      return;
    }
    if (kind === kinds.input || kind === kinds.constant) return;
    visit(this.left[node] ?? 0);
    if (kind !== kinds.reciprocal) visit(this.right[node] ?? 0);
  }

  /** Hazards of products and sums from those of their operands; others keep their own bit. */
  refreshHazards(node: number): void {
    const { words, hazards } = this;
    const kind = this.kind[node] ?? 0;
    const keeps = kind === kinds.reciprocal || kind === kinds.function;
    if (!keeps) hazards.fill(0, node * words, (node + 1) * words);
    this.forOperands(node, (packed) => {
      const operand = packed >> 1;
      for (let word = 0; word < words; word += 1) {
        const own = node * words + word;
        hazards[own] = (hazards[own] ?? 0) | (hazards[operand * words + word] ?? 0);
      }
    });
  }

  /** Whether all hazards of one node are hazards of the other. */
  hazardsWithin(node: number, other: number): boolean {
    const { words, hazards } = this;
    for (let word = 0; word < words; word += 1) {
      const extra = (hazards[node * words + word] ?? 0) & ~(hazards[other * words + word] ?? 0);
      if (extra !== 0) return false;
    }
    return true;
  }

  /** Weight of a node's own operation. */
  ownWeight(node: number): number {
    switch (this.kind[node]) {
      case kinds.product:
      case kinds.sum:
        return 1;
      case kinds.reciprocal:
        return reciprocalWeight;
      case kinds.function:
        return functionWeight(this.functions.get(node)?.primitive ?? '');
      default:
        return 0;
    }
  }

  /** One more use; the first brings a node to life with all that it is made of. */
  use(node: number): void {
    const before = this.uses[node] ?? 0;
    this.uses[node] = before + 1;
    if (before > 0) return;
    this.weight += this.ownWeight(node);
    this.forOperands(node, (packed) => {
      this.use(packed >> 1);
    });
  }

  /** One use less; the last takes with it what nothing else uses. */
  release(node: number): void {
    const after = (this.uses[node] ?? 0) - 1;
    this.uses[node] = after;
    if (after > 0) return;
    this.weight -= this.ownWeight(node);
    this.forOperands(node, (packed) => {
      this.release(packed >> 1);
    });
  }

  /** Residues of a packed operand. */
  residues(packed: number): number {
    const key = this.key[packed >> 1] ?? 0;
    return (packed & 1) === 0 ? key : negateResidues(key);
  }

  /** Value of a packed operand at a sample point. */
  value(packed: number, sample: number): number {
    const value = this.values[(packed >> 1) * this.samples + sample] ?? NaN;
    return (packed & 1) === 0 ? value : -value;
  }

  /** Nodes in use, operands first, in the order in which outputs need them. */
  liveOrder(): number[] {
    const order: number[] = [];
    const met = new Uint8Array(this.size);
    const visit = (node: number): void => {
      if (met[node] === 1) return;
      met[node] = 1;
      this.forOperands(node, (packed) => {
        visit(packed >> 1);
      });
      order.push(node);
    };
    for (const output of this.outputs) visit(output >> 1);
    return order;
  }

  /** The weight counted anew: what `weight` has to be. */
  recountedWeight(): number {
    return this.liveOrder().reduce((sum, node) => sum + this.ownWeight(node), 0);
  }

  #grow(): void {
    const length = 2 * this.kind.length;
    const { samples, words } = this;
    const enlarged = <T extends Uint8Array | Int32Array | Float64Array>(array: T, to: T): T => {
      to.set(array);
      return to;
    };
    this.kind = enlarged(this.kind, new Uint8Array(length));
    this.negative = enlarged(this.negative, new Uint8Array(length));
    this.left = enlarged(this.left, new Int32Array(length));
    this.right = enlarged(this.right, new Int32Array(length));
    this.uses = enlarged(this.uses, new Int32Array(length));
    this.key = enlarged(this.key, new Float64Array(length));
    this.inverse = enlarged(this.inverse, new Float64Array(length));
    this.values = enlarged(this.values, new Float64Array(length * samples));
    this.hazards = enlarged(this.hazards, new Int32Array(length * words));
  }
}

function isHazard({ kind, function: own }: NodeDefinition): boolean {
  return kind === kinds.reciprocal || (own !== undefined && hazardousFunctions.has(own.primitive));
}

/** Residues of a definition without its sign, where it is arithmetic. */
export function arithmeticResidues(graph: ValueGraph, definition: NodeDefinition): number {
  const { kind, left, right } = definition;
  const x = graph.residues(left);
  if (kind === kinds.reciprocal) return invertResidues(x);
  const y = graph.residues(right);
  return kind === kinds.product ? multiplyResidues(x, y) : addResidues(x, y);
}

/** Value of a definition at a sample point, its sign included. */
export function definitionValue(
  graph: ValueGraph,
  { kind, left, right, negative, function: own }: NodeDefinition,
  sample: number,
): number {
  const sign = negative === 1 ? -1 : 1;
  const x = graph.value(left, sample);
  switch (kind) {
    case kinds.product:
      return sign * x * graph.value(right, sample);
    case kinds.sum:
      return sign * (x + graph.value(right, sample));
    case kinds.reciprocal:
      return sign / x;
    default: {
      if (own === undefined) throw new Error('a leaf has no operands to be evaluated from');
      const operands = own.operands.map((packed) => graph.value(packed, sample));
      return sign * doubles.apply(own.primitive, operands, own.parameters);
    }
  }
}

/** Largest (|x| + |y|) / |x + y| of a sum at the sample points; NaN where it cannot be said. */
export function cancellation(graph: ValueGraph, left: number, right: number): number {
  let worst = 1;
  for (let sample = 0; sample < graph.samples; sample += 1) {
    const x = graph.value(left, sample);
    const y = graph.value(right, sample);
    const ratio = (Math.abs(x) + Math.abs(y)) / Math.abs(x + y);
    if (!(ratio <= worst)) worst = ratio;
    if (Number.isNaN(worst)) return NaN;
  }
  return worst;
}

/** The canonical one of ±residues, and whether it is the negative. */
export function canonical(residues: number): { readonly key: number; readonly negative: 0 | 1 } {
  return isCanonicalResidue(residues)
    ? { key: residues, negative: 0 }
    : { key: negateResidues(residues), negative: 1 };
}
