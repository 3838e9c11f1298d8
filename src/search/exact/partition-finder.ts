/**
 * Partitions into groups whose bound (group-table.ts) is high, by simulated annealing. The bound of
 * a group of 7 takes a fifth of a millisecond, that of one of 14 some 30; so groups of 7 are annealed
 * first, by exchanging vertices between them, then merged in pairs, and then the large groups are
 * improved by the exchanges that look best. A proposal brings a vertex to the group of one that it is
 * joined to: on g's 42 vertices this reaches 292 of groups of 7 and 310 of 14 in most rounds (random
 * exchanges: 282–287 and 299–310; optimum 324). Rounds are independent and give different partitions;
 * the largest of their bounds at every state is stronger than any of them.
 */
import { createRandom, type Random } from '../../support/random.ts';
import { derivedSeed } from '../derived-seed.ts';
import { GroupTables, largestGroup } from './group-table.ts';
import type { Instance } from './instance.ts';
import type { Partition } from './partition-bound.ts';
import { hasBit } from './words.ts';

/** Size of the groups that are annealed; half of the largest. */
const smallGroup = largestGroup / 2;

/** Proposals for each vertex while groups are small. */
const proposalsAVertex = 250;

/** Highest and lowest temperature, in units of the bound. */
const hot = 2;
const cold = 0.3;

/** Share of proposals that follow an edge. */
const guided = 0.7;

/** Flows of a group's table that take as long as a state of the exact search, some 60 µs. */
const flowsAnEvaluation = 500;

/** A partition and what it proves of the whole instance. */
export interface FoundPartition {
  readonly groups: Partition;
  readonly bound: number;
}

interface Exchange {
  readonly first: number;
  readonly second: number;
  /** The two groups afterwards. */
  readonly groups: readonly [number[], number[]];
}

/** Finds partitions of one instance; keeps the bounds of groups that it has met. */
export class PartitionFinder {
  readonly #instance: Instance;
  readonly #seed: number;
  readonly #shouldStop: (evaluations?: number) => boolean;
  /** Work since the question was last asked. */
  #work = 0;
  readonly #tables: GroupTables;
  readonly #known = new Map<string, number>();
  /** For each vertex those with which it shares an edge, or a gain. */
  readonly #joined: readonly (readonly number[])[];
  /** Gain of two vertices in one group over two groups. */
  readonly #gains: readonly Float64Array[];

  /**
   * @param shouldStop asked between groups; when it says so, rounds end with what they have
   */
  constructor(instance: Instance, seed: number, shouldStop: (evaluations?: number) => boolean) {
    this.#instance = instance;
    this.#seed = seed;
    this.#shouldStop = shouldStop;
    this.#tables = new GroupTables(instance);
    const { size, words, layers, predecessors, successors } = instance;
    const all = Array.from({ length: size }, (_, vertex) => vertex);
    const gains = all.map(() => new Float64Array(size));
    for (const u of all) {
      for (const w of all.slice(0, u)) {
        const gain = this.#boundOf([u, w]) - this.#boundOf([u]) - this.#boundOf([w]);
        for (const [a, b] of [
          [u, w],
          [w, u],
        ] as const) {
          const row = gains[a];
          if (row !== undefined) row[b] = gain;
        }
      }
    }
    this.#gains = gains;
    this.#joined = all.map((u) =>
      all.filter(
        (w) =>
          hasBit(predecessors, u * layers * words, w) ||
          hasBit(successors, u * layers * words, w) ||
          this.#gain(u, w) > 0,
      ),
    );
  }

  /** Groups whose bounds have been computed. */
  get evaluated(): number {
    return this.#known.size;
  }

  /** The partition of a round: the same for the same instance and seed, unless it was stopped. */
  round(index: number): FoundPartition {
    const random = createRandom(derivedSeed(this.#seed, index));
    const start = this.#chunks(index, random);
    const proposals = proposalsAVertex * this.#instance.size;
    const small = this.#anneal(start, smallGroup, proposals, [hot, cold], random);
    return this.#found(this.#merge(small));
  }

  /** A partition of large groups improved by a number of exchanges. */
  polish({ groups }: FoundPartition, exchanges: number, index: number): FoundPartition {
    const random = createRandom(derivedSeed(this.#seed, index));
    return this.#found(this.#anneal(groups, largestGroup, exchanges, [cold, cold], random));
  }

  #found(groups: Partition): FoundPartition {
    const bound = groups.reduce((sum, group) => sum + this.#boundOf(group), 0);
    return { groups: groups.map((group) => group.toSorted((a, b) => a - b)), bound };
  }

  #isOver(): boolean {
    const made = 1 + this.#work;
    this.#work = 0;
    return this.#shouldStop(made);
  }

  #gain(u: number, w: number): number {
    return this.#gains[u]?.[w] ?? 0;
  }

  #boundOf(group: readonly number[]): number {
    const sorted = group.toSorted((a, b) => a - b);
    const key = sorted.join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const bound = this.#tables.table(sorted).at(-1) ?? 0;
    this.#work += Math.floor((2 ** sorted.length * sorted.length) / flowsAnEvaluation);
    this.#known.set(key, bound);
    return bound;
  }

  /** Neighbouring vertices in the first round, any in the others. */
  #chunks(index: number, random: Random): number[][] {
    const all = Array.from({ length: this.#instance.size }, (_, vertex) => vertex);
    const listed = index === 0 ? all : random.shuffle(all);
    return Array.from({ length: Math.ceil(all.length / smallGroup) }, (_, chunk) =>
      listed.slice(chunk * smallGroup, (chunk + 1) * smallGroup),
    );
  }

  /** Metropolis over exchanges; gives the best partition met. */
  #anneal(
    start: Partition,
    most: number,
    proposals: number,
    [from, to]: readonly [number, number],
    random: Random,
  ): Partition {
    let groups = start.map((group) => [...group]);
    if (groups.length < 2) return groups;
    const bounds = groups.map((group) => this.#boundOf(group));
    let sum = bounds.reduce((total, bound) => total + bound, 0);
    let best: Partition = groups;
    let bestSum = sum;
    for (let made = 0; made < proposals && !this.#isOver(); made += 1) {
      const temperature = from * (to / from) ** (made / proposals);
      const exchange =
        most === smallGroup
          ? this.#propose(groups, most, random)
          : this.#likeliest(groups, most, random);
      if (exchange === undefined) continue;
      const { first, second } = exchange;
      const [one, other] = exchange.groups.map((group) => this.#boundOf(group));
      const oldBounds = (bounds[first] ?? 0) + (bounds[second] ?? 0);
      const change = (one ?? 0) + (other ?? 0) - oldBounds;
      if (change < temperature * Math.log(1 - random.next())) continue;
      groups = groups.map((group, index) =>
        index === first ? exchange.groups[0] : index === second ? exchange.groups[1] : group,
      );
      bounds[first] = one ?? 0;
      bounds[second] = other ?? 0;
      sum += change;
      if (sum <= bestSum) continue;
      bestSum = sum;
      best = groups;
    }
    return best;
  }

  /** Of some proposals the one that gains most by pairs. */
  #likeliest(groups: readonly number[][], most: number, random: Random): Exchange | undefined {
    let best: Exchange | undefined;
    let bestGain = -Infinity;
    for (let trial = 0; trial < 8; trial += 1) {
      const exchange = this.#propose(groups, most, random);
      if (exchange === undefined) continue;
      const within = (group: readonly number[] | undefined): number =>
        group?.reduce((sum, u) => sum + group.reduce((row, w) => row + this.#gain(u, w), 0), 0) ??
        0;
      const gain =
        exchange.groups.reduce((sum, group) => sum + within(group), 0) -
        within(groups[exchange.first]) -
        within(groups[exchange.second]);
      if (gain <= bestGain) continue;
      bestGain = gain;
      best = exchange;
    }
    return best;
  }

  /** Moves a vertex to another group, for one of its vertices if it is full. */
  #propose(groups: readonly number[][], most: number, random: Random): Exchange | undefined {
    const vertex = random.integer(this.#instance.size);
    const first = groups.findIndex((group) => group.includes(vertex));
    const away = (this.#joined[vertex] ?? []).filter((other) => !groups[first]?.includes(other));
    const friend =
      random.next() < guided ? away[random.integer(Math.max(1, away.length))] : undefined;
    const second =
      friend === undefined
        ? random.integer(groups.length)
        : groups.findIndex((group) => group.includes(friend));
    const here = groups[first];
    const there = groups[second];
    if (here === undefined || there === undefined || first === second) return undefined;
    const rest = here.filter((other) => other !== vertex);
    if (there.length < most && random.next() < 0.5) {
      return { first, second, groups: [rest, [...there, vertex]] };
    }
    const others = there.filter((other) => other !== friend);
    const back = others[random.integer(Math.max(1, others.length))];
    if (back === undefined) return undefined;
    const kept = there.filter((other) => other !== back);
    return {
      first,
      second,
      groups: [
        [...rest, back],
        [...kept, vertex],
      ],
    };
  }

  /** Joins groups two by two, those first that gain most by it. */
  #merge(groups: Partition): Partition {
    const unions: { readonly gain: number; readonly pair: readonly [number, number] }[] = [];
    groups.forEach((one, first) => {
      groups.slice(0, first).forEach((other, second) => {
        if (one.length + other.length > largestGroup || this.#isOver()) return;
        const gain = this.#boundOf([...one, ...other]) - this.#boundOf(one) - this.#boundOf(other);
        unions.push({ gain, pair: [first, second] });
      });
    });
    const merged: number[][] = [];
    const used = new Set<number>();
    for (const { pair } of unions.toSorted((a, b) => b.gain - a.gain)) {
      if (pair.some((group) => used.has(group))) continue;
      for (const group of pair) used.add(group);
      merged.push(pair.flatMap((group) => groups[group] ?? []));
    }
    return [...merged, ...groups.filter((_, index) => !used.has(index)).map((group) => [...group])];
  }
}
