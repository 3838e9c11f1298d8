/**
 * Sets of edge states, interned: equal sets have equal numbers, and products, sums and least prices of
 * sets are worked out once for each pair of numbers. Number 0 is the empty set.
 */
import type { EdgeAlgebra, EdgeState } from '../../../cost/types.ts';

/** Number of a set. */
export type StateSet = number;

/** No state. */
export const emptySet: StateSet = 0;

/** What products of two sets give. */
export interface SetProduct {
  readonly set: StateSet;
  /** Whether some product is structurally zero. */
  readonly mayVanish: boolean;
}

/** Pairs of numbers are keyed as left · this + right. */
const pairBase = 2 ** 26;

/** Sets of states of one algebra. */
export class StateSets {
  readonly #algebra: EdgeAlgebra;
  readonly #numbers = new Map<string, StateSet>();
  readonly #sets: (readonly EdgeState[])[] = [];
  readonly #products = new Map<number, SetProduct>();
  readonly #unions = new Map<number, StateSet>();
  readonly #sums = new Map<number, StateSet>();
  readonly #added = new Map<number, StateSet>();
  readonly #prices = new Map<number, number>();

  constructor(algebra: EdgeAlgebra) {
    this.#algebra = algebra;
    this.of([]);
  }

  /** The number of a set. */
  of(states: Iterable<EdgeState>): StateSet {
    const sorted = [...new Set(states)].sort((a, b) => a - b);
    const key = sorted.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#sets.length;
    this.#sets.push(sorted);
    this.#numbers.set(key, number);
    return number;
  }

  /** The states of a set, ascending. */
  states(set: StateSet): readonly EdgeState[] {
    const states = this.#sets[set];
    if (states === undefined) throw new Error(`there is no set ${set}`);
    return states;
  }

  /** All states of both. */
  union(left: StateSet, right: StateSet): StateSet {
    if (left === right || right === emptySet) return left;
    if (left === emptySet) return right;
    return remembered(this.#unions, left, right, () =>
      this.of([...this.states(left), ...this.states(right)]),
    );
  }

  /** All products of an out-edge in `outgoing` after an in-edge in `incoming`. */
  product(outgoing: StateSet, incoming: StateSet): SetProduct {
    return remembered(this.#products, outgoing, incoming, () => {
      const found: EdgeState[] = [];
      let mayVanish = false;
      for (const b of this.states(outgoing)) {
        for (const a of this.states(incoming)) {
          const { state } = this.#algebra.compose(b, a);
          if (state === null) mayVanish = true;
          else found.push(state);
        }
      }
      return { set: this.of(found), mayVanish };
    });
  }

  /** Least price of a product of an out-edge in `outgoing` after an in-edge in `incoming`. */
  leastPrice(outgoing: StateSet, incoming: StateSet): number {
    return remembered(this.#prices, outgoing, incoming, () => {
      let least = Infinity;
      for (const b of this.states(outgoing)) {
        for (const a of this.states(incoming)) {
          least = Math.min(least, this.#algebra.compose(b, a).cost);
        }
      }
      return least;
    });
  }

  /** All sums of a state of `existing` and one of `terms`. */
  added(existing: StateSet, terms: StateSet): StateSet {
    return remembered(this.#added, existing, terms, () => {
      const found = this.states(existing).flatMap((state) =>
        this.states(terms).map((term) => this.#algebra.add(state, term).state),
      );
      return this.of(found);
    });
  }

  /**
   * All states that sums can get which begin in `start` and have terms of `terms` added, none, once
   * or again and again in any order.
   */
  sums(start: StateSet, terms: StateSet): StateSet {
    return remembered(this.#sums, start, terms, () => {
      const found = new Set(this.states(start));
      // The set grows while it is walked along.
      for (const state of found) {
        for (const term of this.states(terms)) found.add(this.#algebra.add(state, term).state);
      }
      return this.of(found);
    });
  }
}

function remembered<T>(map: Map<number, T>, left: number, right: number, find: () => T): T {
  const key = left * pairBase + right;
  const known = map.get(key);
  if (known !== undefined) return known;
  const found = find();
  map.set(key, found);
  return found;
}
