/**
 * Values of a Program as a graph that can be rewritten: a node is a value up to its sign, told apart
 * by its residues at a random point (residues.ts), with what it is in doubles at some sample points,
 * its number of uses, and the set of _hazards_ that it is made of: denominators and functions that are
 * not defined, or not finite, everywhere. A denominator counts as the factors that it is a product of
 * as it is read, because 1/(x·y) is finite where 1/x and 1/y are: each factor is one hazard, known by
 * its residues.
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
  words: number;
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
  /** Weight of the node's own operation. */
  cost = new Float64Array(256);
  /** [node, word] */
  hazards: Int32Array;
  /** [node, word]: the denominators' factors that are not 0 where none of the node's own is. */
  zeros: Int32Array;
  /** 1 where `zeros` says all, so that the node may get a reciprocal. */
  covered = new Uint8Array(256);
  /** Where the operands of functions stand in `pool`, and how many they are. */
  poolStart = new Int32Array(256);
  poolCount = new Int32Array(256);
  pool: number[] = [];
  readonly functions = new Map<number, FunctionDefinition>();
  readonly constants = new Map<number, number>();
  /** Packed outputs. */
  readonly outputs: number[] = [];
  #known = new ResidueTable(256);
  /** Bits of denominators' factors, by key, and of functions, by node. */
  readonly #factorBits = new Map<number, number>();
  #hazardCount = 0;
  #sealed = false;
  #met = new Int32Array(256);
  #meeting = 0;

  /**
   * An empty graph.
   * @param samples how many points values are followed at
   * @param mostHazards about how many hazards there are
   */
  constructor(samples: number, mostHazards: number) {
    this.samples = samples;
    this.words = Math.max(1, Math.ceil(mostHazards / 32));
    this.values = new Float64Array(256 * samples);
    this.hazards = new Int32Array(256 * this.words);
    this.zeros = new Int32Array(256 * this.words);
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
    const node = this.reserve();
    this.poolStart[node] = this.pool.length;
    this.poolCount[node] = definition.function?.operands.length ?? 0;
    this.pool.push(...(definition.function?.operands ?? []));
    this.identify(node, residues);
    this.#known.add(residues, node, 0);
    this.define(node, definition);
    this.values.set(values, node * this.samples);
    if (definition.kind === kinds.reciprocal && !this.#sealed)
      this.nameFactors(definition.left >> 1);
    if (
      definition.function !== undefined &&
      hazardousFunctions.has(definition.function.primitive)
    ) {
      const bit = this.#newBit();
      const word = node * this.words + (bit >> 5);
      this.hazards[word] = (this.hazards[word] ?? 0) | (1 << (bit & 31));
    }
    this.refreshHazards(node);
    if (this.#sealed) this.refreshZeros(node);
    return node;
  }

  /** Ends reading: no denominator gets a name any more, and every node knows which make it up. */
  seal(): void {
    this.#sealed = true;
    for (let node = 0; node < this.size; node += 1) this.refreshZeros(node);
  }

  /** A node that means nothing yet, and has no use. */
  reserve(): number {
    if (this.size === this.kind.length) this.#grow();
    this.size += 1;
    return this.size - 1;
  }

  /** Gives a node its meaning; `find` does not know it yet. */
  identify(node: number, residues: number): void {
    this.key[node] = residues;
    this.inverse[node] = invertResidues(residues);
  }

  /** Lets `find` find a node, if it finds none of that meaning so far. */
  register(node: number): void {
    this.#known.add(this.key[node] ?? 0, node, 0);
  }

  /** Forgets what `find` found, but for these nodes, the first of a meaning before others. */
  registerOnly(nodes: readonly number[]): void {
    this.#known = new ResidueTable(2 * nodes.length + 16);
    for (const node of nodes) this.register(node);
  }

  /** Sets a definition, without touching uses. */
  define(node: number, definition: NodeDefinition): void {
    const { kind, left, right, negative, function: own } = definition;
    if (own !== undefined) {
      this.functions.set(node, own);
      this.cost[node] = functionWeight(own.primitive);
    }
    this.redefine(node, kind, left, right, negative);
  }

  /** The same for definitions that are no functions. */
  redefine(node: number, kind: number, left: number, right: number, negative: number): void {
    this.kind[node] = kind;
    this.left[node] = left;
    this.right[node] = right;
    this.negative[node] = negative;
    if (kind !== kinds.function) {
      this.cost[node] = kind === kinds.reciprocal ? reciprocalWeight : kind < kinds.product ? 0 : 1;
    }
  }

  /** The definition now. */
  definition(node: number): NodeDefinition {
    const own = this.kind[node] === kinds.function ? this.functions.get(node) : undefined;
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

  /** Hazards from those of the operands; functions keep their own besides. */
  refreshHazards(node: number): void {
    const { words, hazards, zeros } = this;
    const kind = this.kind[node] ?? 0;
    const start = node * words;
    if (kind === kinds.function) {
      const end = (this.poolStart[node] ?? 0) + (this.poolCount[node] ?? 0);
      for (let place = this.poolStart[node] ?? 0; place < end; place += 1) {
        const operand = ((this.pool[place] ?? 0) >> 1) * words;
        for (let word = 0; word < words; word += 1) {
          hazards[start + word] = (hazards[start + word] ?? 0) | (hazards[operand + word] ?? 0);
        }
      }
      return;
    }
    const arithmetic = kind === kinds.product || kind === kinds.sum;
    const left = ((this.left[node] ?? 0) >> 1) * words;
    const right = ((this.right[node] ?? 0) >> 1) * words;
    for (let word = 0; word < words; word += 1) {
      hazards[start + word] = arithmetic
        ? (hazards[left + word] ?? 0) | (hazards[right + word] ?? 0)
        : kind === kinds.reciprocal
          ? (hazards[left + word] ?? 0) | (zeros[left + word] ?? 0)
          : 0;
    }
  }

  /** The factors that make a node up, from those of its operands or by its name. */
  refreshZeros(node: number): void {
    const { words, zeros, covered } = this;
    const kind = this.kind[node] ?? 0;
    const start = node * words;
    const bit = this.#factorBits.get(this.key[node] ?? 0);
    zeros.fill(0, start, start + words);
    covered[node] = 1;
    const include = (operand: number): void => {
      for (let word = 0; word < words; word += 1) {
        zeros[start + word] = (zeros[start + word] ?? 0) | (zeros[operand * words + word] ?? 0);
      }
      covered[node] = (covered[node] ?? 0) & (covered[operand] ?? 0);
    };
    if (bit !== undefined) {
      zeros[start + (bit >> 5)] = 1 << (bit & 31);
    } else if (kind === kinds.product) {
      include((this.left[node] ?? 0) >> 1);
      include((this.right[node] ?? 0) >> 1);
    } else if (kind === kinds.function && this.#isRoot(node)) {
      include((this.pool[this.poolStart[node] ?? 0] ?? 0) >> 1);
    } else if (kind !== kinds.reciprocal && kind !== kinds.constant) {
      covered[node] = 0;
    }
  }

  #isRoot(node: number): boolean {
    const primitive = this.functions.get(node)?.primitive;
    return primitive === 'sqrt' || primitive === 'cbrt';
  }

  /** Names the factors of a denominator and sets which of them it is made of. */
  nameFactors(denominator: number): void {
    const kind = this.kind[denominator];
    if (kind === kinds.product) {
      this.nameFactors((this.left[denominator] ?? 0) >> 1);
      this.nameFactors((this.right[denominator] ?? 0) >> 1);
    } else if (kind === kinds.function && this.#isRoot(denominator)) {
      this.nameFactors((this.pool[this.poolStart[denominator] ?? 0] ?? 0) >> 1);
    } else if (kind !== kinds.reciprocal && kind !== kinds.constant) {
      const key = this.key[denominator] ?? 0;
      if (!this.#factorBits.has(key)) this.#factorBits.set(key, this.#newBit());
    }
    this.refreshZeros(denominator);
  }

  #newBit(): number {
    const bit = this.#hazardCount;
    this.#hazardCount += 1;
    if (bit < 32 * this.words) return bit;
    const { words } = this;
    const widened = (array: Int32Array): Int32Array => {
      const wider = new Int32Array(2 * array.length);
      for (let node = 0; node < this.size; node += 1) {
        wider.set(array.subarray(node * words, (node + 1) * words), 2 * node * words);
      }
      return wider;
    };
    this.hazards = widened(this.hazards);
    this.zeros = widened(this.zeros);
    this.words = 2 * words;
    return bit;
  }

  /** One more use; the first brings a node to life with all that it is made of. */
  use(node: number): void {
    const before = this.uses[node] ?? 0;
    this.uses[node] = before + 1;
    if (before > 0) return;
    this.weight += this.cost[node] ?? 0;
    const kind = this.kind[node] ?? 0;
    if (kind === kinds.function) {
      const end = (this.poolStart[node] ?? 0) + (this.poolCount[node] ?? 0);
      for (let place = this.poolStart[node] ?? 0; place < end; place += 1) {
        this.use((this.pool[place] ?? 0) >> 1);
      }
      return;
    }
    if (kind < kinds.product) return;
    this.use((this.left[node] ?? 0) >> 1);
    if (kind !== kinds.reciprocal) this.use((this.right[node] ?? 0) >> 1);
  }

  /** One use less; the last takes with it what nothing else uses. */
  release(node: number): void {
    const after = (this.uses[node] ?? 0) - 1;
    this.uses[node] = after;
    if (after > 0) return;
    this.weight -= this.cost[node] ?? 0;
    const kind = this.kind[node] ?? 0;
    if (kind === kinds.function) {
      const end = (this.poolStart[node] ?? 0) + (this.poolCount[node] ?? 0);
      for (let place = this.poolStart[node] ?? 0; place < end; place += 1) {
        this.release((this.pool[place] ?? 0) >> 1);
      }
      return;
    }
    if (kind < kinds.product) return;
    this.release((this.left[node] ?? 0) >> 1);
    if (kind !== kinds.reciprocal) this.release((this.right[node] ?? 0) >> 1);
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
    const order = new Int32Array(this.size);
    return [...order.subarray(0, this.listLive(order))];
  }

  /**
   * The same into an array with room for all nodes.
   * @returns how many they are
   */
  listLive(order: Int32Array): number {
    if (this.#met.length < this.size) {
      this.#met = new Int32Array(this.kind.length);
      this.#meeting = 0;
    }
    this.#meeting += 1;
    let count = 0;
    for (const output of this.outputs) count = this.#visit(output >> 1, order, count);
    return count;
  }

  #visit(node: number, order: Int32Array, before: number): number {
    if (this.#met[node] === this.#meeting) return before;
    this.#met[node] = this.#meeting;
    let count = before;
    const kind = this.kind[node] ?? 0;
    if (kind === kinds.function) {
      const end = (this.poolStart[node] ?? 0) + (this.poolCount[node] ?? 0);
      for (let place = this.poolStart[node] ?? 0; place < end; place += 1) {
        count = this.#visit((this.pool[place] ?? 0) >> 1, order, count);
      }
    } else if (kind >= kinds.product) {
      count = this.#visit((this.left[node] ?? 0) >> 1, order, count);
      if (kind !== kinds.reciprocal) {
        count = this.#visit((this.right[node] ?? 0) >> 1, order, count);
      }
    }
    order[count] = node;
    return count + 1;
  }

  /** The weight counted anew: what `weight` has to be. */
  recountedWeight(): number {
    return this.liveOrder().reduce((sum, node) => sum + (this.cost[node] ?? 0), 0);
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
    this.zeros = enlarged(this.zeros, new Int32Array(length * words));
    this.cost = enlarged(this.cost, new Float64Array(length));
    this.covered = enlarged(this.covered, new Uint8Array(length));
    this.poolStart = enlarged(this.poolStart, new Int32Array(length));
    this.poolCount = enlarged(this.poolCount, new Int32Array(length));
  }
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
