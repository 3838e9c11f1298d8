/**
 * Tree search as its description reads (assembly/tree.ts, tree-select.ts), for checking the core:
 * objects for nodes, every simulation played again from the first move, sequential halving as a list
 * of the visits that each simulation's child has had. Sums are taken in the core's sequence, so that
 * choices agree to the last bit.
 */
import type { CostedGraph } from '../cost/types.ts';
import type { Position } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import { type Evaluator, ReferencePlay } from './play-reference.ts';
import { exponentialOfMinus, logarithm } from './portable.ts';
import {
  nodeBytes,
  type TreeChild,
  type TreeNode,
  type TreeOptions,
  type TreeSearch,
  type TreeSearchEngine,
} from './tree-types.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
interface Child extends Mutable<Omit<TreeChild, 'node'>> {
  node: Node | undefined;
}
interface Node extends Mutable<Omit<TreeNode, 'children'>> {
  readonly children: readonly Child[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const mean = ({ sum: total, visits }: { readonly sum: number; readonly visits: number }): number =>
  total / visits;

/** The item with the largest score, the first of equals. */
function largest<T>(items: readonly T[], score: (item: T, index: number) => number): T {
  const scores = items.map(score);
  const found = items[scores.indexOf(Math.max(...scores))];
  if (found === undefined) throw new Error('there is nothing to choose from');
  return found;
}

/** Costs as values in [0, 1], 1 for the least. */
function normalised(costs: readonly number[], all: readonly number[]): number[] {
  const high = Math.max(...all);
  const low = Math.min(...all);
  const scale = high > low ? 1 / (high - low) : 0;
  return costs.map((cost) => (high - cost) * scale);
}

/**
 * Sequential halving of the best `considered` children: how many visits of this move the child of
 * each simulation has had before (get_sequence_of_considered_visits of mctx).
 */
export function consideredVisits(
  considered: number,
  simulations: number,
  children: number,
): number[] {
  const phases = considered > 1 ? Math.ceil(Math.log2(considered)) : 1;
  const sequence: number[] = [];
  let visits = 0;
  for (let left = considered; sequence.length < simulations;) {
    const rounds = Math.max(1, Math.floor(simulations / (phases * Math.max(1, left))));
    for (let round = 0; round < rounds; round += 1) {
      for (let child = 0; child < left; child += 1) sequence.push(visits);
      visits += 1;
    }
    left = Math.min(children, Math.max(2, Math.floor(left / 2)));
  }
  return sequence.slice(0, simulations);
}

class ReferenceTreeSearch implements TreeSearch {
  readonly #options: TreeOptions;
  readonly #play: ReferencePlay;
  readonly #capacity: number;
  #moves: Position[] = [];
  #root: Node | undefined;
  #left = 0;
  /** Gumbel: noise and visits of the root's children in this move, and what is to be visited next. */
  #noise: readonly number[] = [];
  #moveVisits: number[] = [];
  #wanted: number[] = [];

  constructor(costed: CostedGraph, options: TreeOptions, evaluate?: Evaluator) {
    this.#options = options;
    this.#play = new ReferencePlay(costed, evaluate);
    this.#capacity = Math.max(1, Math.floor(options.bytes / nodeBytes(this.#play.length)));
    this.start(0);
  }

  start(seed: number): void {
    this.#play.seed(seed);
    this.#play.forgetBest();
    this.#moves = [];
    this.#root = undefined;
    this.#left = 0;
  }

  get remaining(): number {
    return this.#play.length - this.#moves.length;
  }

  beginMove(simulations: number): number {
    const made = this.#root === undefined ? 1 : 0;
    if (this.#root === undefined) {
      this.#goTo(this.#moves);
      this.#root = this.#expand();
      this.#visitLeaf(this.#root);
    }
    this.#left = simulations;
    const { method } = this.#options;
    if (method.kind === 'uct') return made;
    const children = this.#root.children.length;
    this.#noise = this.#root.children.map(() => {
      const u = (this.#play.random.next() * 2 ** 32 + 0.5) / 2 ** 32;
      return -logarithm(-logarithm(u));
    });
    this.#moveVisits = this.#root.children.map(() => 0);
    if (children === 0) return made;
    this.#wanted = consideredVisits(Math.min(method.considered, children), simulations, children);
    return made;
  }

  search(limit: number): number {
    const made = Math.min(limit, this.#left);
    for (let simulation = 0; simulation < made; simulation += 1) this.#simulate();
    this.#left -= made;
    return made;
  }

  play(): Position {
    const { children } = this.#rootNode();
    const { vertex, node } =
      this.#options.method.kind === 'uct'
        ? children.reduce((best, one) =>
            one.visits > best.visits || (one.visits === best.visits && one.sum < best.sum)
              ? one
              : best,
          )
        : this.#selectConsidered(Math.max(...this.#moveVisits));
    this.#moves.push(vertex);
    this.#root = node;
    if (this.remaining === 0) {
      this.#goTo(this.#moves);
      this.#play.playOut({ kind: 'random' });
    }
    return vertex;
  }

  get bestCost(): number {
    return this.#play.bestCost;
  }

  bestOrder(): EliminationOrder {
    return this.#play.bestOrder();
  }

  improvedPolicy(): Float64Array {
    const { method } = this.#options;
    if (this.#root === undefined || this.remaining === 0) return new Float64Array();
    const logits = improvedLogits(this.#root, method.kind === 'gumbel' ? method.scale : 0);
    const weights = softmaxWeights(logits);
    const total = sum(weights);
    return Float64Array.from(weights, (weight) => weight / total);
  }

  get nodes(): number {
    const count = (node: Node | undefined): number =>
      node === undefined ? 0 : 1 + sum(node.children.map((child) => count(child.node)));
    return count(this.#root);
  }

  root(): TreeNode | undefined {
    return structuredClone(this.#root);
  }

  dispose(): void {
    this.#play.dispose();
  }

  #rootNode(): Node {
    if (this.#root === undefined) throw new Error('the root has no statistics yet');
    return this.#root;
  }

  #goTo(moves: readonly Position[]): void {
    this.#play.reset();
    for (const move of moves) this.#play.eliminate(move);
  }

  #simulate(): void {
    const way: { readonly node: Node; readonly child: Child }[] = [];
    const root = this.#rootNode();
    let node: Node | undefined = root;
    const moves = [...this.#moves];
    while (node !== undefined && node.children.length > 0) {
      const child: Child = this.#select(node);
      way.push({ node, child });
      moves.push(child.vertex);
      node = child.node;
    }
    this.#goTo(moves);
    let total: number;
    if (node === undefined) {
      const leaf = this.nodes < this.#capacity ? this.#expand() : undefined;
      total = this.#visitLeaf(leaf);
      const end = way.at(-1);
      if (end !== undefined) end.child.node = leaf;
    } else {
      total = this.#visitLeaf(node);
    }
    for (const { node: passed, child } of way) {
      passed.visits += 1;
      passed.sum += total;
      child.visits += 1;
      child.sum += total;
    }
    const first = way[0];
    if (first === undefined) return;
    const index = root.children.indexOf(first.child);
    this.#moveVisits[index] = (this.#moveVisits[index] ?? 0) + 1;
  }

  /** Plays to the end from here; the total goes to the node, where there is one. */
  #visitLeaf(node: Node | undefined): number {
    const { rollout } = this.#options;
    const isComplete = this.#play.eliminated === this.#play.length;
    const total =
      rollout.kind === 'value' && !isComplete
        ? this.#play.cost + this.#play.expectedRest()
        : this.#play.playOut(rollout.kind === 'value' ? { kind: 'random' } : rollout);
    if (node === undefined) return total;
    if (node.visits === 0) node.first = total;
    node.visits += 1;
    node.sum += total;
    return total;
  }

  #expand(): Node {
    const vertices = this.#play.remaining();
    const logits = this.#logits();
    const weights = logits.map((logit) => exponentialOfMinus(-logit));
    const total = sum(weights);
    const isUct = this.#options.method.kind === 'uct';
    const children = vertices.map((vertex, index) => ({
      vertex,
      prior: isUct ? (weights[index] ?? 0) / total : (logits[index] ?? 0),
      visits: 0,
      sum: 0,
      node: undefined,
    }));
    return { visits: 0, sum: 0, first: 0, children };
  }

  /** −score / temperature of each vertex that remains, 0 for the likeliest. */
  #logits(): readonly number[] {
    const { prior } = this.#options;
    if (prior.kind === 'random') return this.#play.remaining().map(() => 0);
    const scores = this.#play.scores(prior.kind);
    const least = Math.min(...scores);
    const temperature = prior.temperature * (prior.kind === 'damage' ? 5 : 1);
    return scores.map((score) => (least - score) / temperature);
  }

  #select(node: Node): Child {
    const { method } = this.#options;
    if (method.kind === 'uct') return selectUct(node, method.exploration);
    if (node !== this.#root) return selectInner(node, method.scale);
    const made = sum(this.#moveVisits);
    return this.#selectConsidered(this.#wanted[made] ?? 0);
  }

  #selectConsidered(visits: number): Child {
    const root = this.#rootNode();
    const { method } = this.#options;
    const logits = improvedLogits(root, method.kind === 'gumbel' ? method.scale : 0);
    return largest(root.children, (_, index) =>
      this.#moveVisits[index] === visits
        ? (this.#noise[index] ?? NaN) + (logits[index] ?? NaN)
        : -Infinity,
    );
  }
}

function selectUct(node: Node, exploration: number): Child {
  const own = mean(node);
  const costs = node.children.map((child) => (child.visits === 0 ? own : mean(child)));
  const values = normalised(costs, [own, ...costs]);
  const weight = exploration * Math.sqrt(node.visits);
  return largest(
    node.children,
    ({ prior, visits }, index) => (values[index] ?? NaN) + (weight * prior) / (visits + 1),
  );
}

/** logit + σ(completed q) of each child. */
function improvedLogits({ children, first }: Node, scale: number): readonly number[] {
  const visited = children.filter(({ visits }) => visits > 0);
  const priors = visited.map(({ prior }) => exponentialOfMinus(-prior));
  const visits = sum(visited.map((child) => child.visits));
  const weighted = sum(visited.map((child, index) => (priors[index] ?? 0) * mean(child)));
  const all = sum(priors);
  const mixed = all > 0 ? (first + visits * (weighted / all)) / (visits + 1) : first;
  const completed = children.map((child) => (child.visits > 0 ? mean(child) : mixed));
  const values = normalised(completed, [mixed, ...visited.map(mean)]);
  const weight = (50 + Math.max(0, ...visited.map((child) => child.visits))) * scale;
  return children.map(({ prior }, index) => prior + weight * (values[index] ?? NaN));
}

/** e^logit, up to a factor. */
function softmaxWeights(logits: readonly number[]): readonly number[] {
  const most = Math.max(...logits);
  return logits.map((logit) => exponentialOfMinus(most - logit));
}

function selectInner(node: Node, scale: number): Child {
  const weights = softmaxWeights(improvedLogits(node, scale));
  const total = sum(weights);
  const visits = sum(node.children.map((child) => child.visits));
  return largest(
    node.children,
    (child, index) => (weights[index] ?? NaN) / total - child.visits / (visits + 1),
  );
}

/** Slow and obvious; `evaluate` is the network, where there is one. */
export function referenceTreeSearchWith(evaluate?: Evaluator): TreeSearchEngine {
  return {
    name: 'reference',
    treeSearch: (costed, options) => new ReferenceTreeSearch(costed, options, evaluate),
  };
}

/** The same by rules alone. */
export const referenceTreeSearch = referenceTreeSearchWith();
