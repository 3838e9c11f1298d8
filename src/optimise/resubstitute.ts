/**
 * Resubstitution: rewrites a graph of values, one node at a time, by operations on values that are
 * there anyway. For a node n it looks for a, b outside its fan-out with n = a·b or n = ±a ± b, and,
 * through a table of all products and sums of pairs, for n = a ∘ (b ∘ c). A find replaces n's
 * definition; what only the old one used dies, and counting uses gives the exact change of the weight.
 * Changes are accepted by Metropolis' rule, so that equal and slightly worse graphs lead to better.
 * After Mishchenko, Brayton et al., Scalable logic synthesis using a simple circuit structure, IWLS
 * 2006, with values of real functions in place of Boolean ones.
 *
 * Guarantees: outputs keep their residues; a new sum loses at most six bits to cancellation at any
 * sample point (value-graph.ts), and a node never gets a hazard that it lacked: no new domain.
 *
 * O(live nodes) look-ups a proposal, O(live nodes) work an accepted one, O(live nodes²) for a table,
 * which is made anew now and then: an old one misses finds, it makes no wrong ones.
 */
import { createRandom, type Random } from '../support/random.ts';
import { oneNode, zeroNode } from './read-program.ts';
import { addResidues, isCanonicalResidue, multiplyResidues, negateResidues } from './residues.ts';
import { ResidueTable } from './residue-table.ts';
import {
  canonical,
  cancellation,
  definitionValue,
  kinds,
  largestCancellation,
  type NodeDefinition,
  type ValueGraph,
} from './value-graph.ts';

/** n = a·t, n = a + t, n = t − a. */
const shapes = { product: 0, sum: 1, difference: 2 } as const;

/** Direct and deep finds of a node that are tried before another node is. */
const triesANode = 3;

interface Find {
  readonly node: number;
  readonly operand: number;
  readonly shape: number;
  /** ±t's residues. */
  readonly key: number;
  readonly negative: 0 | 1;
  /** t's definition where it is no node in use. */
  readonly inner?: NodeDefinition;
}

/** Values may differ by this share at the sample points: rounding, not meaning. */
const agreement = 1e-7;

/** Largest number of live nodes for which the table of pairs is made. */
const mostPaired = 1500;

/** Rewrites one graph. */
export class Resubstitution {
  readonly graph: ValueGraph;
  /** Accepted changes so far. */
  accepted = 0;
  readonly #random: Random;
  #order: Int32Array = new Int32Array(0);
  #place = new Int32Array(0);
  #marks = new Int32Array(0);
  #stamp = 0;
  #pairs = new ResidueTable(16);
  #sincePairs = 0;
  #hasPairs = false;
  /** Triples: 4·operand + shape, the target's residues, its place in the table or −1. */
  readonly #direct: number[] = [];
  readonly #deep: number[] = [];
  #rewritable: readonly number[] = [];

  /** Takes over a graph. */
  constructor(graph: ValueGraph, seed: number) {
    this.graph = graph;
    this.#random = createRandom(seed);
    this.#refresh();
  }

  /** Nodes in use, operands first. */
  get order(): ArrayLike<number> {
    return this.#order;
  }

  /** Whether anything can be proposed at all. */
  get canMove(): boolean {
    return this.#rewritable.length > 0;
  }

  /** Proposes a change of one random node. True where it was made. */
  propose(temperature: number): boolean {
    this.#sincePairs += 1;
    const due = (this.#hasPairs ? 40 : 2) * this.#order.length;
    if (this.#sincePairs > due) this.#makePairs();
    const pick = this.#random.integer(this.#rewritable.length);
    const node = this.#rewritable[pick];
    if (node === undefined) return false;
    this.#find(node);
    for (let tried = 0; tried < triesANode; tried += 1) {
      for (const finds of [this.#direct, this.#deep]) {
        if (finds.length > 0 && this.#apply(this.#draw(node, finds), temperature)) return true;
      }
    }
    return false;
  }

  /** Lists what the node can be made of: direct finds, and deep ones through the table of pairs. */
  #find(node: number): void {
    const { graph } = this;
    this.#markFanOut(node);
    const key = graph.key[node] ?? 0;
    const opposite = negateResidues(key);
    this.#direct.length = 0;
    this.#deep.length = 0;
    for (const operand of this.#order) {
      if (operand === zeroNode || this.#isMarked(operand)) continue;
      const own = graph.key[operand] ?? 0;
      if (operand !== oneNode) {
        const inverse = graph.inverse[operand] ?? 0;
        this.#consider(operand, shapes.product, multiplyResidues(key, inverse));
      }
      this.#consider(operand, shapes.sum, negateResidues(addResidues(opposite, own)));
      this.#consider(operand, shapes.difference, addResidues(key, own));
    }
  }

  /** Lists operand ∘ target, if the target is in use or the table has it. */
  #consider(operand: number, shape: number, residues: number): void {
    const { graph } = this;
    const target = isCanonicalResidue(residues) ? residues : negateResidues(residues);
    const known = graph.find(target);
    if (known >= 0 && (graph.uses[known] ?? 0) > 0) {
      if (known === zeroNode || known === oneNode || this.#isMarked(known)) return;
      this.#direct.push(4 * operand + shape, residues, -1);
      return;
    }
    const place = this.#pairs.find(target);
    if (place < 0) return;
    const left = this.#pairs.first(place) >> 1;
    const right = this.#pairs.second(place) >> 3;
    if (!this.#mayUse(left) || !this.#mayUse(right)) return;
    this.#deep.push(4 * operand + shape, residues, place);
  }

  /** Takes one of the listed finds out of the list. */
  #draw(node: number, finds: number[]): Find {
    const start = 3 * this.#random.integer(finds.length / 3);
    const [packed = 0, residues = 0, place = -1] = finds.splice(start, 3);
    const { key, negative } = canonical(residues);
    const inner = place < 0 ? {} : { inner: this.#pairDefinition(place) };
    return { node, operand: packed >> 2, shape: packed & 3, key, negative, ...inner };
  }

  #apply(find: Find, temperature: number): boolean {
    const { graph } = this;
    const { node, operand, shape, negative, key, inner } = find;
    const known = graph.find(key);
    if (inner !== undefined && !this.#passes(inner)) return false;
    const target = known >= 0 ? known : graph.append(key, this.#signed(inner), []);
    if (inner !== undefined) {
      graph.define(target, this.#signed(inner));
      for (let sample = 0; sample < graph.samples; sample += 1) {
        graph.values[target * graph.samples + sample] = definitionValue(
          graph,
          graph.definition(target),
          sample,
        );
      }
      graph.refreshHazards(target);
    }
    const definition = outerDefinition(shape, operand, target, negative);
    const before = graph.definition(node);
    if (sameDefinition(before, definition)) return false;
    if (!this.#passes(definition) || !this.#agrees(node, definition)) return false;
    const within = graph.hazardsWithin(operand, node) && graph.hazardsWithin(target, node);
    if (!within) return false;

    const weight = graph.weight;
    this.#redefine(node, before, definition);
    const change = graph.weight - weight;
    if (change > 0 && this.#random.next() >= Math.exp(-change / temperature)) {
      this.#redefine(node, definition, before);
      return false;
    }
    this.accepted += 1;
    this.#refresh();
    return true;
  }

  /** Uses the new operands before it releases the old ones, which may be among them. */
  #redefine(node: number, from: NodeDefinition, to: NodeDefinition): void {
    const { graph } = this;
    const operands = (definition: NodeDefinition): readonly number[] =>
      definition.function !== undefined && definition.kind === kinds.function
        ? definition.function.operands
        : definition.kind === kinds.reciprocal
          ? [definition.left]
          : [definition.left, definition.right];
    graph.weight -= graph.ownWeight(node);
    graph.define(node, to);
    graph.weight += graph.ownWeight(node);
    for (const packed of operands(to)) graph.use(packed >> 1);
    for (const packed of operands(from)) graph.release(packed >> 1);
  }

  #signed(inner: NodeDefinition | undefined): NodeDefinition {
    if (inner === undefined) throw new Error('a find without a node has no definition');
    return inner;
  }

  /** Whether a sum does not cancel; products always pass. */
  #passes({ kind, left, right }: NodeDefinition): boolean {
    return kind !== kinds.sum || cancellation(this.graph, left, right) <= largestCancellation;
  }

  /** Whether a definition gives the node's values at the sample points. */
  #agrees(node: number, definition: NodeDefinition): boolean {
    const { graph } = this;
    for (let sample = 0; sample < graph.samples; sample += 1) {
      const expected = graph.values[node * graph.samples + sample] ?? NaN;
      const found = definitionValue(graph, definition, sample);
      if (!(Math.abs(found - expected) <= agreement * Math.abs(expected))) return false;
    }
    return true;
  }

  #mayUse(node: number): boolean {
    return (this.graph.uses[node] ?? 0) > 0 && !this.#isMarked(node);
  }

  #isMarked(node: number): boolean {
    return this.#marks[node] === this.#stamp;
  }

  /** Marks a node and all that is made of it. */
  #markFanOut(node: number): void {
    const { graph } = this;
    this.#stamp += 1;
    const stamp = this.#stamp;
    const marks = this.#marks;
    marks[node] = stamp;
    for (let place = (this.#place[node] ?? 0) + 1; place < this.#order.length; place += 1) {
      const user = this.#order[place] ?? 0;
      graph.forOperands(user, (packed) => {
        if (marks[packed >> 1] === stamp) marks[user] = stamp;
      });
    }
  }

  #refresh(): void {
    const { graph } = this;
    const order = graph.liveOrder();
    this.#order = Int32Array.from(order);
    if (this.#marks.length < graph.size) {
      this.#marks = new Int32Array(2 * graph.size);
      this.#place = new Int32Array(2 * graph.size);
    }
    order.forEach((node, place) => {
      this.#place[node] = place;
      graph.refreshHazards(node);
    });
    this.#rewritable = order.filter((node) => {
      const kind = graph.kind[node] ?? 0;
      return kind === kinds.product || kind === kinds.sum || kind === kinds.reciprocal;
    });
  }

  #pairDefinition(place: number): NodeDefinition {
    const left = this.#pairs.first(place);
    const packed = this.#pairs.second(place);
    const kind = (packed & 2) === 0 ? kinds.sum : kinds.product;
    const negative = packed & 1;
    return { kind, left, right: packed >> 2, negative };
  }

  /** All products and sums of two live nodes, the first for each key in a random order of nodes. */
  #makePairs(): void {
    const { graph } = this;
    this.#sincePairs = 0;
    this.#hasPairs = true;
    const live = this.#random
      .shuffle([...this.#order])
      .filter((node) => node !== zeroNode)
      .slice(0, mostPaired);
    const pairs = new ResidueTable(1.5 * live.length ** 2);
    const add = (residues: number, left: number, right: number, product: number): void => {
      const negative = isCanonicalResidue(residues) ? 0 : 1;
      const key = negative === 0 ? residues : negateResidues(residues);
      pairs.add(key, left, (right << 2) | (product << 1) | negative);
    };
    live.forEach((left, index) => {
      const x = graph.key[left] ?? 0;
      for (let other = index; other < live.length; other += 1) {
        const right = live[other] ?? 0;
        const y = graph.key[right] ?? 0;
        const known = graph.kind[left] === kinds.constant && graph.kind[right] === kinds.constant;
        if (known) continue;
        if (left !== oneNode && right !== oneNode) {
          add(multiplyResidues(x, y), 2 * left, 2 * right, 1);
        }
        add(addResidues(x, y), 2 * left, 2 * right, 0);
        if (left !== right) add(addResidues(x, negateResidues(y)), 2 * left, 2 * right + 1, 0);
      }
    });
    this.#pairs = pairs;
  }
}

function outerDefinition(
  shape: number,
  operand: number,
  target: number,
  negative: 0 | 1,
): NodeDefinition {
  switch (shape) {
    case shapes.product:
      return { kind: kinds.product, left: 2 * operand, right: 2 * target, negative };
    case shapes.sum:
      return { kind: kinds.sum, left: 2 * operand, right: 2 * target + negative, negative: 0 };
    default:
      return { kind: kinds.sum, left: 2 * target + negative, right: 2 * operand + 1, negative: 0 };
  }
}

/** Up to the order of operands. */
function sameDefinition(x: NodeDefinition, y: NodeDefinition): boolean {
  if (x.kind !== y.kind) return false;
  const nodes = ({ left, right }: NodeDefinition): string =>
    [left >> 1, right >> 1].sort((a, b) => a - b).join();
  return nodes(x) === nodes(y);
}
