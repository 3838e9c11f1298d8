/**
 * Resubstitution: rewrites a graph of values, one node at a time, by operations on values that are
 * there anyway. For a node n it looks for a, b outside its fan-out with n = a·b or n = ±a ± b, and,
 * through a table of all products, sums and reciprocals (pair-table.ts), for n = a ∘ (b ∘ c),
 * a ∘ 1/b and 1/(b ∘ c). A find replaces n's definition; what only the old one used dies, and counting
 * uses gives the exact change of the weight. Changes are accepted by Metropolis' rule, so that equal
 * and slightly worse graphs lead to better. After Mishchenko, Brayton et al., Scalable logic synthesis
 * using a simple circuit structure, IWLS 2006, with values of real functions in place of Boolean ones.
 *
 * Guarantees: outputs keep their residues; a new sum loses at most six bits to cancellation at any
 * sample point (value-graph.ts), and an output never gets a hazard that it lacked: no new domain. The
 * longest chain of operations that wait for each other gets no longer (critical-path.ts).
 *
 * O(live nodes) look-ups a node, a few operations a proposal, O(live nodes) work an accepted one,
 * O(live nodes²) for a table, which is made anew now and then: an old one misses finds, it makes no
 * wrong ones.
 */
import { createRandom, type Random } from '../support/random.ts';
import { CriticalPath } from './critical-path.ts';
import { filterIndex, PairTable } from './pair-table.ts';
import { oneNode, zeroNode } from './read-program.ts';
import {
  addResidues,
  isCanonicalResidue,
  multiplyResidues,
  negateResidues,
  primes,
} from './residues.ts';
import { cancellation, kinds, largestCancellation, type ValueGraph } from './value-graph.ts';

/** n = a·t, n = a + t, n = t − a, n = 1/t. */
const shapes = { product: 0, sum: 1, difference: 2, reciprocal: 3 } as const;

/** Direct and deep finds of a node that are tried before another node is. */
const triesANode = 3;
/** Values may differ by this share at the sample points: rounding, not meaning. */
const agreement = 1e-7;
/** Largest number of live nodes that are paired. */
const mostPaired = 1000;
/** Proposals, for each live node, after which the table is made anew. */
const tableLife = 20;

const shift = 2 ** 26;
const [prime] = primes;
const perPrime = 1 / prime;

/** How often what happened to a proposal. */
export interface ProposalCounts {
  /** Candidate definitions whose change of the weight was counted. */
  proposals: number;
  accepted: number;
  /** Accepted by weight, refused by a guard. */
  cancelling: number;
  disagreeing: number;
  hazardous: number;
  /** It would have made the longest chain longer. */
  late: number;
}

/** Finds of one node: what it may be made of. */
class Finds {
  /** 4·operand + shape */
  operand = new Int32Array(1024);
  /** A live node, or −1 − (entry of the table). */
  target = new Int32Array(1024);
  /** 1 where the target is used with a minus. */
  negative = new Uint8Array(1024);
  count = 0;

  push(operand: number, target: number, negative: number): void {
    if (this.count === this.operand.length) return;
    this.operand[this.count] = operand;
    this.target[this.count] = target;
    this.negative[this.count] = negative;
    this.count += 1;
  }

  remove(index: number): void {
    this.count -= 1;
    this.operand[index] = this.operand[this.count] ?? 0;
    this.target[index] = this.target[this.count] ?? 0;
    this.negative[index] = this.negative[this.count] ?? 0;
  }
}

/** Rewrites one graph. */
export class Resubstitution {
  readonly graph: ValueGraph;
  readonly counts: ProposalCounts = {
    proposals: 0,
    accepted: 0,
    cancelling: 0,
    disagreeing: 0,
    hazardous: 0,
    late: 0,
  };
  readonly #random: Random;
  readonly #direct = new Finds();
  readonly #deep = new Finds();
  /** Live nodes, operands first, and where each stands. */
  #order = new Int32Array(256);
  #live = 0;
  #place = new Int32Array(256);
  /** First residues of the live nodes and of their inverses, by place. */
  #first = new Float64Array(256);
  #firstInverse = new Float64Array(256);
  #marks = new Int32Array(256);
  #stamp = 0;
  #rewritable = new Int32Array(256);
  #choices = 0;
  /** [node, word]: hazards that every output above the node has had from the start. */
  #permitted: Int32Array;
  /** [output, word] */
  readonly #allowed: Int32Array;
  readonly #path: CriticalPath;
  #pairs: PairTable;
  #sincePairs = 0;
  /** Nodes that can be given a new meaning. */
  readonly #free: number[] = [];
  /** The one that inner nodes are tried as. */
  #spare: number;
  /** Nodes from here on may be given new meanings once they have no use. */
  readonly #original: number;

  /** Takes over a graph. */
  constructor(graph: ValueGraph, seed: number) {
    this.graph = graph;
    this.#random = createRandom(seed);
    this.#original = graph.size;
    this.#spare = graph.reserve();
    const { words } = graph;
    this.#permitted = new Int32Array(256 * words);
    this.#allowed = new Int32Array(graph.outputs.length * words);
    graph.outputs.forEach((output, index) => {
      const start = (output >> 1) * words;
      this.#allowed.set(graph.hazards.subarray(start, start + words), index * words);
    });
    this.#path = new CriticalPath(graph);
    this.#refresh();
    this.#path.limitToNow(this.#order, this.#live);
    this.#pairs = this.#table();
  }

  /** Nodes in use, operands first. */
  get order(): ArrayLike<number> {
    return this.#order.subarray(0, this.#live);
  }

  /** Accepted changes so far. */
  get accepted(): number {
    return this.counts.accepted;
  }

  /** Whether anything can be proposed at all. */
  get canMove(): boolean {
    return this.#choices > 0;
  }

  /** Proposes changes of one random node, until one is made. True where one was. */
  propose(temperature: number): boolean {
    this.#sincePairs += 1;
    if (this.#sincePairs > tableLife * this.#live) this.#pairs = this.#table();
    const node = this.#rewritable[this.#random.integer(this.#choices)];
    if (node === undefined) return false;
    this.#find(node);
    for (let tried = 0; tried < triesANode; tried += 1) {
      if (this.#try(node, this.#direct, temperature)) return true;
      if (this.#try(node, this.#deep, temperature)) return true;
    }
    return false;
  }

  /** Lists what the node can be made of: direct finds, and deep ones through the table of pairs. */
  #find(node: number): void {
    const { graph } = this;
    this.#direct.count = 0;
    this.#deep.count = 0;
    this.#markFanOut(node);
    const key = graph.key[node] ?? 0;
    const own = Math.floor(key / shift);
    const stamp = this.#stamp;
    const [order, marks, pairs] = [this.#order, this.#marks, this.#pairs];
    const [firsts, inverses] = [this.#first, this.#firstInverse];
    const known = pairs.isPaired(node);
    for (let place = 0; place < this.#live; place += 1) {
      const operand = order[place] ?? 0;
      if (marks[operand] === stamp || operand === zeroNode) continue;
      // Residues modulo the first prime alone, up to their sign, decide whether to look closer.
      const first = firsts[place] ?? 0;
      let quotient = own * (inverses[place] ?? 0);
      quotient -= Math.floor(quotient * perPrime) * prime;
      if (quotient < 0) quotient += prime;
      else if (quotient >= prime) quotient -= prime;
      const difference = Math.abs(own - first);
      const sum = own + first >= prime ? own + first - prime : own + first;
      const folded = (x: number): number => (2 * x > prime ? prime - x : x);
      if (operand !== oneNode && pairs.mayKnow(folded(quotient))) {
        const inverse = graph.inverse[operand] ?? 0;
        this.#consider(4 * operand + shapes.product, multiplyResidues(key, inverse));
      }
      const trivial = known && pairs.isPaired(operand);
      if (trivial ? pairs.mayKnowSeveral(folded(difference)) : pairs.mayKnow(folded(difference))) {
        const residues = addResidues(key, negateResidues(graph.key[operand] ?? 0));
        this.#consider(4 * operand + shapes.sum, residues);
      }
      if (trivial ? pairs.mayKnowSeveral(folded(sum)) : pairs.mayKnow(folded(sum))) {
        const residues = addResidues(key, graph.key[operand] ?? 0);
        this.#consider(4 * operand + shapes.difference, residues);
      }
    }
    const inverse = graph.inverse[node] ?? 0;
    if (pairs.mayKnow(filterIndex(inverse))) this.#consider(shapes.reciprocal, inverse);
  }

  /** Lists operand ∘ target, if the target is in use or the table has it. */
  #consider(operand: number, residues: number): void {
    const { graph } = this;
    const negative = isCanonicalResidue(residues) ? 0 : 1;
    const target = negative === 0 ? residues : negateResidues(residues);
    const known = graph.find(target);
    if (known >= 0 && (graph.uses[known] ?? 0) > 0) {
      if (known === zeroNode || known === oneNode || this.#isMarked(known)) return;
      this.#direct.push(operand, known, negative);
      return;
    }
    const { left, right, next } = this.#pairs;
    for (let entry = this.#pairs.head(target); entry >= 0; entry = next[entry] ?? -1) {
      if (!this.#mayUse((left[entry] ?? 0) >> 1) || !this.#mayUse((right[entry] ?? 0) >> 1))
        continue;
      this.#deep.push(operand, -1 - entry, negative);
    }
  }

  /** Takes one of the listed finds out of the list, and makes the change where it is accepted. */
  #try(node: number, finds: Finds, temperature: number): boolean {
    if (finds.count === 0) return false;
    const { graph, counts } = this;
    const index = this.#random.integer(finds.count);
    const packed = finds.operand[index] ?? 0;
    const found = finds.target[index] ?? 0;
    const negative = finds.negative[index] ?? 0;
    finds.remove(index);
    const target = found >= 0 ? found : this.#inner(-1 - found);
    const operand = packed >> 2;
    const shape = packed & 3;
    const kind =
      shape === shapes.product
        ? kinds.product
        : shape === shapes.reciprocal
          ? kinds.reciprocal
          : kinds.sum;
    const left = kind === kinds.sum ? 2 * target + negative : 2 * target;
    const right =
      kind === kinds.reciprocal ? 0 : 2 * operand + (shape === shapes.difference ? 1 : 0);
    const sign = kind === kinds.sum ? 0 : negative;
    const before = {
      kind: graph.kind[node] ?? 0,
      left: graph.left[node] ?? 0,
      right: graph.right[node] ?? 0,
      negative: graph.negative[node] ?? 0,
    };
    if (kind === before.kind && sameNodes(left, right, before.left, before.right)) return false;

    counts.proposals += 1;
    const weight = graph.weight;
    this.#replace(node, kind, left, right, sign);
    const change = graph.weight - weight;
    const kept =
      (change <= 0 || this.#random.next() < Math.exp(-change / temperature)) &&
      (found >= 0 || this.#mayBe(target, true)) &&
      this.#mayBe(node, false) &&
      this.#isInTime(node, found < 0 ? target : -1);
    if (!kept) {
      this.#replace(node, before.kind, before.left, before.right, before.negative);
      graph.refreshHazards(node);
      return false;
    }
    if (found < 0) this.#keep(target);
    counts.accepted += 1;
    this.#refresh();
    return true;
  }

  /** A node without use that has an entry's definition; its values and hazards are not worked out. */
  #inner(entry: number): number {
    const { graph } = this;
    const { left, right, shape } = this.#pairs;
    const x = left[entry] ?? 0;
    const y = right[entry] ?? 0;
    const kind = (shape[entry] ?? 0) >> 1;
    const negative = (shape[entry] ?? 0) & 1;
    const key = this.#pairs.key(entry);
    const known = graph.find(key);
    const node = known >= 0 ? known : this.#spare;
    if (known < 0) graph.key[node] = key;
    graph.redefine(node, kind, x, y, negative);
    return node;
  }

  /** Makes an inner node one of the graph's own. */
  #keep(node: number): void {
    const { graph } = this;
    if (node === this.#spare) {
      graph.identify(node, graph.key[node] ?? 0);
      graph.register(node);
      this.#spare = this.#free.pop() ?? graph.reserve();
    }
    this.#pairs.admit(node, graph.key[node] ?? 0);
    graph.refreshZeros(node);
  }

  /** Uses the new operands before it releases the old ones, which may be among them. */
  #replace(node: number, kind: number, left: number, right: number, negative: number): void {
    const { graph } = this;
    const oldKind = graph.kind[node] ?? 0;
    const oldLeft = graph.left[node] ?? 0;
    const oldRight = graph.right[node] ?? 0;
    graph.weight -= graph.cost[node] ?? 0;
    graph.redefine(node, kind, left, right, negative);
    graph.weight += graph.cost[node] ?? 0;
    graph.use(left >> 1);
    if (kind !== kinds.reciprocal) graph.use(right >> 1);
    graph.release(oldLeft >> 1);
    if (oldKind !== kinds.reciprocal) graph.release(oldRight >> 1);
  }

  #isInTime(node: number, inner: number): boolean {
    const isInTime = this.#path.isInTime(node, inner);
    if (!isInTime) this.counts.late += 1;
    return isInTime;
  }

  /**
   * Whether all guards let a node have the definition that it has now.
   * @param inner whether it is new, so that the definition says what it is
   */
  #mayBe(node: number, inner: boolean): boolean {
    const { graph, counts } = this;
    const { samples, words, values } = graph;
    const kind = graph.kind[node] ?? 0;
    const left = graph.left[node] ?? 0;
    const right = graph.right[node] ?? 0;
    if (kind === kinds.sum && !(cancellation(graph, left, right) <= largestCancellation)) {
      counts.cancelling += 1;
      return false;
    }
    if (kind === kinds.reciprocal && graph.covered[left >> 1] === 0) {
      counts.hazardous += 1;
      return false;
    }
    graph.refreshHazards(node);
    if (!inner) {
      for (let word = 0; word < words; word += 1) {
        const extra =
          (graph.hazards[node * words + word] ?? 0) & ~(this.#permitted[node * words + word] ?? 0);
        if (extra === 0) continue;
        counts.hazardous += 1;
        return false;
      }
    }
    const sign = graph.negative[node] === 1 ? -1 : 1;
    for (let sample = 0; sample < samples; sample += 1) {
      const x = graph.value(left, sample);
      const y = graph.value(right, sample);
      const value = sign * (kind === kinds.product ? x * y : kind === kinds.sum ? x + y : 1 / x);
      const place = node * samples + sample;
      if (inner) values[place] = value;
      const expected = values[place] ?? NaN;
      if (!(Math.abs(value - expected) <= agreement * Math.abs(expected))) {
        counts.disagreeing += 1;
        return false;
      }
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
    const { kind, left, right } = graph;
    this.#stamp += 1;
    const [stamp, marks, order] = [this.#stamp, this.#marks, this.#order];
    marks[node] = stamp;
    for (let place = (this.#place[node] ?? 0) + 1; place < this.#live; place += 1) {
      const user = order[place] ?? 0;
      const what = kind[user] ?? 0;
      if (what === kinds.function) {
        const end = (graph.poolStart[user] ?? 0) + (graph.poolCount[user] ?? 0);
        for (let at = graph.poolStart[user] ?? 0; at < end; at += 1) {
          if (marks[(graph.pool[at] ?? 0) >> 1] === stamp) marks[user] = stamp;
        }
      } else if (what >= kinds.product) {
        const one = marks[(left[user] ?? 0) >> 1] === stamp;
        if (one || (what !== kinds.reciprocal && marks[(right[user] ?? 0) >> 1] === stamp)) {
          marks[user] = stamp;
        }
      }
    }
  }

  /** Works out again what depends on which nodes are in use and how they are defined. */
  #refresh(): void {
    const { graph } = this;
    const room = graph.kind.length;
    if (this.#order.length < room || this.#permitted.length < room * graph.words) {
      this.#order = new Int32Array(room);
      this.#place = new Int32Array(room);
      this.#first = new Float64Array(room);
      this.#firstInverse = new Float64Array(room);
      this.#marks = new Int32Array(room);
      this.#rewritable = new Int32Array(room);
      this.#permitted = new Int32Array(room * graph.words);
    }
    this.#live = graph.listLive(this.#order);
    this.#choices = 0;
    for (let place = 0; place < this.#live; place += 1) {
      const node = this.#order[place] ?? 0;
      this.#place[node] = place;
      this.#first[place] = Math.floor((graph.key[node] ?? 0) / shift);
      this.#firstInverse[place] = Math.floor((graph.inverse[node] ?? 0) / shift);
      graph.refreshHazards(node);
      const kind = graph.kind[node] ?? 0;
      if (kind === kinds.product || kind === kinds.sum || kind === kinds.reciprocal) {
        this.#rewritable[this.#choices] = node;
        this.#choices += 1;
      }
    }
    this.#path.refresh(this.#order, this.#live);
    this.#permit();
  }

  /** A node may have the hazards that all outputs above it had at first. */
  #permit(): void {
    const { graph } = this;
    const { words } = graph;
    const permitted = this.#permitted;
    const narrow = (packed: number, from: Int32Array, start: number): void => {
      const own = (packed >> 1) * words;
      for (let word = 0; word < words; word += 1) {
        permitted[own + word] = (permitted[own + word] ?? 0) & (from[start + word] ?? 0);
      }
    };
    for (let place = 0; place < this.#live; place += 1) {
      const start = (this.#order[place] ?? 0) * words;
      permitted.fill(-1, start, start + words);
    }
    graph.outputs.forEach((output, index) => {
      narrow(output, this.#allowed, index * words);
    });
    for (let place = this.#live - 1; place >= 0; place -= 1) {
      const node = this.#order[place] ?? 0;
      const kind = graph.kind[node] ?? 0;
      if (kind === kinds.function) {
        const end = (graph.poolStart[node] ?? 0) + (graph.poolCount[node] ?? 0);
        for (let at = graph.poolStart[node] ?? 0; at < end; at += 1) {
          narrow(graph.pool[at] ?? 0, permitted, node * words);
        }
      } else if (kind >= kinds.product) {
        narrow(graph.left[node] ?? 0, permitted, node * words);
        if (kind !== kinds.reciprocal) narrow(graph.right[node] ?? 0, permitted, node * words);
      }
    }
  }

  /** A table of the live nodes; gives up the nodes that are not. */
  #table(): PairTable {
    const { graph } = this;
    this.#sincePairs = 0;
    const live = [...this.#order.subarray(0, this.#live)];
    const used = new Set(live);
    const dead: number[] = [];
    this.#free.length = 0;
    for (let node = 0; node < graph.size; node += 1) {
      if (used.has(node) || node === this.#spare) continue;
      if (node < this.#original) dead.push(node);
      else this.#free.push(node);
    }
    graph.registerOnly([...live, ...dead]);
    const paired = this.#random
      .shuffle(live.filter((node) => node !== zeroNode))
      .slice(0, mostPaired);
    const table = PairTable.of(graph, paired, oneNode);
    for (const node of live) table.admitLive(graph.key[node] ?? 0);
    return table;
  }
}

/** Whether two pairs of packed operands are the same nodes. */
function sameNodes(a: number, b: number, c: number, d: number): boolean {
  const [w, x, y, z] = [a >> 1, b >> 1, c >> 1, d >> 1];
  return (w === y && x === z) || (w === z && x === y);
}
