/**
 * Exact AND/OR search on the vertex that is eliminated last (docs/bounds.md). For a connected set C
 * of vertices that are to be eliminated, everything else being an end,
 *
 *     f(C) = min over v in C of price(v as the last of C) + Σ over components D of C∖v of f(D),
 *
 * since what v pays depends only on which others are gone, and vertices of different components of
 * C∖v never are neighbours as long as v is there. In every state safe reductions come first; the
 * states are kept by a 128-bit hash of their rows of neighbours. Branches are cut by the budget, with
 * the bounds of partition-bound.ts. Exponential in the worst case; exact whenever it ends.
 */
import { eliminate } from './eliminate.ts';
import { hash128 } from './hash.ts';
import type { Instance } from './instance.ts';
import { LastPrices } from './last-prices.ts';
import { type Level, Levels } from './level.ts';
import type { PartitionBound } from './partition-bound.ts';
import { SafeReductions } from './safe-reductions.ts';
import { StateTable, unknownUpper } from './state-table.ts';
import { addBit, at, dropBit, lowestBit } from './words.ts';

/** Ends a search from inside; what the table holds stays true. */
export class SearchStopped extends Error {}

/** What a search is given beside the instance. */
export interface SearchOptions {
  /** Most memory of the table of states, in bytes. */
  readonly memory: number;
  /** Asked every `statesAQuestion` states; `true` ends the search. */
  readonly shouldStop: (states: number) => boolean;
}

/** States between two questions whether the search is to end. */
export const statesAQuestion = 1024;

/** A search over one instance, whose vertices are in topological order. */
export class LastVertexSearch {
  readonly #words: number;
  readonly #stride: number;
  readonly #bound: PartitionBound;
  readonly #options: SearchOptions;
  readonly #rules: SafeReductions;
  readonly #prices: LastPrices;
  readonly #table: StateTable;
  readonly #levels: Levels;
  readonly #hashed: Int32Array;
  readonly #hash = new Int32Array(4);
  #states = 0;

  constructor(instance: Instance, bound: PartitionBound, options: SearchOptions) {
    const { size, words, layers } = instance;
    this.#words = words;
    this.#stride = words * layers;
    this.#bound = bound;
    this.#options = options;
    this.#rules = new SafeReductions(words, layers);
    this.#prices = new LastPrices(instance);
    this.#table = new StateTable(options.memory);
    this.#levels = new Levels(instance);
    this.#hashed = new Int32Array(2 * size * words * layers + words + 3);
  }

  /** States expanded so far: the same for the same instance, partitions, budgets and memory. */
  get states(): number {
    return this.#states;
  }

  /** Bytes of the table of states. */
  get bytes(): number {
    return this.#table.bytes;
  }

  /**
   * Solves the whole instance.
   * @returns the least cost where it is at most `budget`, else a lower bound above the budget
   * @throws SearchStopped where `shouldStop` said so
   */
  solve(budget: number): number {
    return this.#solve(this.#levels.top(), 0, budget);
  }

  /**
   * An optimal order, after `solve` has found the least cost.
   * @throws SearchStopped as `solve`: what the table has forgotten is searched again.
   */
  order(): number[] {
    const order: number[] = [];
    this.#trace(this.#levels.top(), 0, order);
    return order;
  }

  /** Least cost of what a level has inside, or a lower bound above the budget. */
  #solve(level: Level, depth: number, budget: number): number {
    const paid = this.#reduce(level, undefined);
    if (paid > budget) return paid;
    const count = this.#levels.split(level);
    if (count === 0) return paid;
    if (count === 1) return paid + this.#expand(level, depth, budget - paid);
    let total = paid;
    for (let part = 0; part < count; part += 1) {
      const bound = this.#bound.of(level.parts, part * this.#words, level.gone);
      level.partBounds[part] = bound;
      total += bound;
    }
    for (let part = 0; part < count && total <= budget; part += 1) {
      const bound = at(level.partBounds, part);
      const below = this.#levels.at(depth + 1);
      this.#levels.enterPart(level, part, below);
      total += this.#expand(below, depth + 1, budget - total + bound) - bound;
    }
    return total;
  }

  /** Applies the safe reductions in place; gives their price. */
  #reduce(level: Level, order: number[] | undefined): number {
    const { pending, inside, waiting, gone } = level;
    let paid = 0;
    for (let word = 0; word < this.#words; word += 1) {
      while (at(pending, word) !== 0) {
        const bit = at(pending, word) & -at(pending, word);
        pending[word] = at(pending, word) ^ bit;
        const v = word * 32 + lowestBit(bit);
        const judgement = this.#rules.judge(level, v, inside);
        if (judgement === 'waiting') {
          waiting[word] = at(waiting, word) | bit;
          continue;
        }
        waiting[word] = at(waiting, word) & ~bit;
        if (judgement === 'unsafe') continue;
        paid += eliminate(level, v, inside);
        dropBit(inside, 0, v);
        addBit(gone, 0, v);
        order?.push(v);
        this.#touch(level, v);
        word = -1;
        break;
      }
    }
    return paid;
  }

  /** After v has gone: its neighbours, theirs, and all that wait have to be looked at again. */
  #touch({ pending, inside, waiting, predecessors, successors }: Level, v: number): void {
    const words = this.#words;
    for (let word = 0; word < words; word += 1) {
      pending[word] = at(pending, word) | at(waiting, word);
    }
    for (let word = 0; word < words; word += 1) {
      const cell = v * this.#stride + word;
      const joined = (at(predecessors, cell) | at(successors, cell)) & at(inside, word);
      pending[word] = at(pending, word) | joined;
      for (let rest = joined; rest !== 0; rest &= rest - 1) {
        const row = (word * 32 + lowestBit(rest)) * this.#stride;
        for (let w = 0; w < words; w += 1) {
          const theirs = at(predecessors, row + w) | at(successors, row + w);
          pending[w] = at(pending, w) | (theirs & at(inside, w));
        }
      }
    }
  }

  /** A connected state to which no reduction applies. */
  #expand(level: Level, depth: number, budget: number): number {
    this.#hashOf(level);
    const hash = this.#hash;
    const [key0, key1, key2, key3] = [at(hash, 0), at(hash, 1), at(hash, 2), at(hash, 3)];
    const table = this.#table;
    const cell = table.find(key0, key1, key2, key3);
    let lower = 0;
    let best = unknownUpper;
    if (cell >= 0) {
      lower = table.lower(cell);
      best = table.upper(cell);
      if (lower > budget || lower >= best) return lower;
    }
    const bound = this.#bound.of(level.inside, 0, level.gone);
    if (bound > lower) lower = bound;
    if (lower > budget) {
      table.set(key0, key1, key2, key3, lower, best);
      return lower;
    }
    this.#states += 1;
    if (this.#states % statesAQuestion === 0 && this.#options.shouldStop(this.#states)) {
      throw new SearchStopped('the search was stopped');
    }
    const count = this.#rank(level);
    let limit = Math.min(budget, best - 1);
    let least = unknownUpper;
    for (let index = 0; index < count; index += 1) {
      const candidateBound = at(level.candidateBounds, index);
      if (candidateBound > limit) {
        if (candidateBound < least) least = candidateBound;
        break;
      }
      const value = this.#solveWithLast(level, index, depth, limit);
      if (value <= limit) {
        best = value;
        limit = value - 1;
        if (best <= lower) break;
      } else if (value < least) {
        least = value;
      }
    }
    lower = best <= budget ? best : Math.max(lower, Math.min(least, best));
    table.set(key0, key1, key2, key3, lower, best);
    return lower;
  }

  #solveWithLast(level: Level, candidate: number, depth: number, limit: number): number {
    const below = this.#levels.at(depth + 1);
    this.#levels.enterWithout(level, at(level.candidates, candidate), below);
    const price = at(level.candidatePrices, candidate);
    return price + this.#solve(below, depth + 1, limit - price);
  }

  /**
   * Lists the vertices of the state that the bound looked at last, by a lower bound of the cost with
   * each of them last: its price, which is known, and the bound of the others.
   */
  #rank(level: Level): number {
    const { inside, candidates, candidateBounds, candidatePrices } = level;
    this.#prices.look(level);
    let count = 0;
    for (let word = 0; word < this.#words; word += 1) {
      for (let rest = at(inside, word); rest !== 0; rest &= rest - 1) {
        const v = word * 32 + lowestBit(rest);
        const price = this.#prices.price(level, v);
        const bound = price + this.#bound.without(v);
        let place = count;
        for (; place > 0 && at(candidateBounds, place - 1) > bound; place -= 1) {
          candidates[place] = at(candidates, place - 1);
          candidateBounds[place] = at(candidateBounds, place - 1);
          candidatePrices[place] = at(candidatePrices, place - 1);
        }
        candidates[place] = v;
        candidateBounds[place] = bound;
        candidatePrices[place] = price;
        count += 1;
      }
    }
    return count;
  }

  /** The state's key: its vertices and their rows. */
  #hashOf({ inside, predecessors, successors }: Level): void {
    const words = this.#words;
    const list = this.#hashed;
    let length = 0;
    for (let word = 0; word < words; word += 1) list[length++] = at(inside, word);
    for (let word = 0; word < words; word += 1) {
      for (let rest = at(inside, word); rest !== 0; rest &= rest - 1) {
        const row = (word * 32 + lowestBit(rest)) * this.#stride;
        for (let cell = row; cell < row + this.#stride; cell += 1) {
          list[length++] = at(predecessors, cell);
          list[length++] = at(successors, cell);
        }
      }
    }
    hash128(list, length, this.#hash);
  }

  /** Appends an optimal order of what a level has inside. */
  #trace(level: Level, depth: number, order: number[]): void {
    this.#reduce(level, order);
    const count = this.#levels.split(level);
    if (count === 1) {
      this.#traceLast(level, depth, order);
      return;
    }
    for (let part = 0; part < count; part += 1) {
      const below = this.#levels.at(depth + 1);
      this.#levels.enterPart(level, part, below);
      this.#traceLast(below, depth + 1, order);
    }
  }

  #traceLast(level: Level, depth: number, order: number[]): void {
    const least = this.#expand(level, depth, unknownUpper - 1);
    this.#bound.of(level.inside, 0, level.gone);
    const candidates = this.#rank(level);
    for (let index = 0; index < candidates; index += 1) {
      if (this.#solveWithLast(level, index, depth, least) > least) continue;
      const last = at(level.candidates, index);
      const below = this.#levels.at(depth + 1);
      this.#levels.enterWithout(level, last, below);
      this.#trace(below, depth + 1, order);
      order.push(last);
      return;
    }
    throw new Error('an optimal order was lost');
  }
}
