/**
 * The annealer as its description reads (assembly/anneal.ts), for checking the core: every proposal
 * is a whole new order, counted from the start by the reference engine. O(n) eliminations a proposal.
 */
import type { CostedGraph } from '../cost/types.ts';
import { eliminableVertices, orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { createRandom, type Random } from '../support/random.ts';
import { type Annealer, type AnnealingEngine, logarithms, type Proposals } from './annealer.ts';
import { referenceEngine } from './reference.ts';
import type { EliminationHandle } from './types.ts';

type Move = 'near to far' | 'far to near' | 'swap';

const moves: readonly Move[] = ['near to far', 'far to near', 'swap'];

/** What is tried: a window of the order, how it is rearranged, how much more it may cost. */
interface Proposal {
  readonly length: number;
  readonly move: Move;
  readonly exponential: number;
}

const sum = (costs: Iterable<number>): number => {
  let total = 0;
  for (const cost of costs) total += cost;
  return total;
};

/** Draws L from 1 … most, a move, and −ln u, from two words of 32 bits. */
function draw(random: Random, most: number): Proposal {
  const bits = random.next() * 2 ** 32;
  const octaves = 32 - Math.clz32(most);
  const octave = Math.floor((Math.floor(bits / 2 ** 16) * octaves) / 2 ** 16);
  const length = 2 ** octave + (bits % 2 ** octave);
  const others = random.next() * 2 ** 32;
  const move = moves[Math.floor(((others % 256) * 3) / 256)];
  if (move === undefined) throw new Error('there are three moves');
  return {
    length: length > most ? Math.floor(length / 2) : length,
    move,
    exponential: minusLogarithm(2 * Math.floor(others / 256) + 1),
  };
}

/** −ln(odd / 2^25) for an odd number below 2^25, by octave and the table of 256 steps. */
function minusLogarithm(odd: number): number {
  const octave = Math.clz32(odd) - 7;
  const step = Math.floor((odd * 2 ** octave) / 2 ** 16) % 256;
  return octave * Math.LN2 + (logarithms[step] ?? NaN);
}

function rearranged<T>(order: readonly T[], place: number, { length, move }: Proposal): T[] {
  const window = order.slice(place, place + length + 1);
  const near = window.slice(0, 1);
  const middle = window.slice(1, -1);
  const far = window.slice(-1);
  const changed = {
    'near to far': [...middle, ...far, ...near],
    'far to near': [...far, ...near, ...middle],
    swap: [...far, ...middle, ...near],
  }[move];
  return order.toSpliced(place, length + 1, ...changed);
}

class ReferenceAnnealer implements Annealer {
  readonly #graph: CostedGraph['graph'];
  readonly #handle: EliminationHandle;
  readonly #tries: number;
  readonly #farthest: number;
  #random = createRandom(0);
  #order: EliminationOrder;
  #steps: readonly number[] = [];
  #best: EliminationOrder;
  #bestCost = Infinity;
  /** Proposals made in this sweep. */
  #made = 0;

  constructor(costed: CostedGraph, { tries, farthest = Infinity }: Proposals) {
    this.#graph = costed.graph;
    this.#handle = referenceEngine.load(costed);
    this.#tries = tries;
    this.#farthest = farthest;
    this.#order = orderFromPositions(costed.graph, eliminableVertices(costed.graph));
    this.#best = this.#order;
  }

  start(order: EliminationOrder, seed: number): number {
    this.#random = createRandom(seed);
    this.#order = order;
    this.#steps = [...this.#handle.steps(order)];
    this.#best = order;
    this.#bestCost = this.cost;
    this.#made = 0;
    return this.cost;
  }

  sweep(temperature: number, limit = Infinity): number {
    const all = Math.max(0, this.#order.length - 1) * this.#tries;
    const before = this.#made;
    while (this.#made < all && this.#made - before < limit) {
      this.#propose(Math.floor(this.#made / this.#tries), temperature);
      this.#made += 1;
    }
    const made = this.#made - before;
    if (this.#made === all) this.#made = 0;
    return made;
  }

  get sweeping(): boolean {
    return this.#made > 0;
  }

  get cost(): number {
    return sum(this.#steps);
  }

  get bestCost(): number {
    return this.#bestCost;
  }

  order(): EliminationOrder {
    return this.#order;
  }

  bestOrder(): EliminationOrder {
    return this.#best;
  }

  dispose(): void {
    this.#handle.dispose();
  }

  #propose(place: number, temperature: number): void {
    const most = Math.min(this.#order.length - 1 - place, this.#farthest);
    const proposal = draw(this.#random, most);
    const candidate = orderFromPositions(this.#graph, rearranged(this.#order, place, proposal));
    const steps = [...this.#handle.steps(candidate)];
    const end = place + proposal.length + 1;
    const window = sum(steps.slice(place, end)) - sum(this.#steps.slice(place, end));
    const change = sum(steps) - this.cost;
    const threshold = temperature * proposal.exponential;
    if (window > threshold || change > threshold) return;
    this.#order = candidate;
    this.#steps = steps;
    if (this.cost < this.#bestCost) {
      this.#bestCost = this.cost;
      this.#best = candidate;
    }
  }
}

/** Slow and obvious. */
export const referenceAnnealing: AnnealingEngine = {
  name: 'reference',
  annealer: (costed, proposals) => new ReferenceAnnealer(costed, proposals),
};
