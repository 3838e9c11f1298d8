/**
 * Proves the least cost of one connected part that safe reductions have left: partitions for the
 * bound, then searches whose budgets rise from it, until bound and order meet. Cheap attempts come
 * first. Everything that a reader needs to run the last attempt again is kept (`PartProof`).
 */
import { type FoundPartition, PartitionFinder } from './partition-finder.ts';
import { GroupTables, largestGroup, mengerBound } from './group-table.ts';
import type { Instance } from './instance.ts';
import { LastVertexSearch, SearchStopped, statesAQuestion } from './last-vertex-search.ts';
import { type Partition, PartitionBound } from './partition-bound.ts';
import { allOf } from './words.ts';

/** How hard to try. */
export type Effort = 'quick' | 'full';

/** What both proofs of a part and of a graph are told. */
export interface ProofOptions {
  /** `quick` gives up after some tenths of a second. */
  readonly effort: Effort;
  readonly seed: number;
  /** Most memory of the table of states, in bytes. */
  readonly memory: number;
  /** Asked every few milliseconds (proof-clock.ts); `true` ends the proof with what it has. */
  readonly shouldStop: (evaluations?: number) => boolean;
  /** Share of the budget that is used up, in [0, 1]; partitions stop where it says a third. */
  readonly timeUsed: () => number;
  readonly onProgress?: (progress: PartProgress) => void;
}

/** How far the proof of a part is. */
export interface PartProgress {
  readonly phase: 'partition' | 'search';
  readonly lower: number;
  readonly upper: number;
  readonly states: number;
}

/** An order of a part and what it costs. */
export interface KnownOrder {
  readonly order: readonly number[];
  readonly cost: number;
}

/** What is known of a part; vertices are those of its instance. */
export interface PartProof {
  readonly lower: number;
  readonly upper: number;
  /** Costs `upper`. */
  readonly order: readonly number[];
  /** What partitions alone prove. */
  readonly rootBound: number;
  readonly partitions: readonly Partition[];
  /** Budgets of the searches that ended, in their order. */
  readonly budgets: readonly number[];
  /** States expanded by those searches together. */
  readonly states: number;
}

/** Up to here parts are searched; larger ones get a bound. */
const largestSearched = 256;

/** States of a quick attempt: a tenth of a second. */
const quickStates = 10_000;

/** The same where groups of halves are good bounds and states are cheap: a second. */
const smallStates = 200_000;

/** Most vertices in its groups, which take some milliseconds each; halves of a small part may be larger. */
const quickGroup = 11;

/**
 * Rounds of the partition finder: at least the first number, then until the best bound has been met
 * twice or the second number is reached. On g every third round reaches 309 or 310, the others 295 to
 * 304; the best partitions are kept.
 */
const fewestRounds = 8;
const mostRounds = 16;
const keptPartitions = 3;

/** Exchanges that improve the best partition. */
const polishExchanges = 40;

/**
 * Up to here the budget rises by 1, beyond by a share of the distance to the order that is known:
 * fewer repetitions of what takes long.
 */
const carefulStates = 50_000;
const boldShare = 0.6;

/**
 * Proves what it can.
 * @param known any order, the better the sooner the proof ends
 */
export function provePart(instance: Instance, known: KnownOrder, options: ProofOptions): PartProof {
  const report = (proof: PartProof, phase: PartProgress['phase']): PartProof => {
    const { lower, upper, states } = proof;
    options.onProgress?.({ phase, lower, upper, states });
    return proof;
  };
  if (instance.size > largestSearched)
    return report(boundLarge(instance, known, options), 'search');
  const small = instance.size <= 2 * largestGroup && options.effort === 'full';
  const patience = small ? smallStates : quickStates;
  const first = attempt(instance, known, [chunks(instance.size)], options, patience);
  report(first, 'search');
  if (first.lower === first.upper || options.effort === 'quick') return first;
  const partitions = find(instance, known.cost, options, (bound) => {
    report({ ...first, lower: Math.max(first.lower, bound) }, 'partition');
  });
  if (partitions.length === 0) return first;
  const second = attempt(instance, known, partitions, options, Infinity);
  return second.lower >= first.lower ? second : first;
}

/** Neighbouring vertices together; one group of a part that is small enough for it. */
function chunks(size: number): Partition {
  const fewest = size <= 2 * largestGroup ? largestGroup : quickGroup;
  const count = Math.ceil(size / fewest);
  return Array.from({ length: count }, (_, chunk) => {
    const first = Math.floor((chunk * size) / count);
    const end = Math.floor(((chunk + 1) * size) / count);
    return Array.from({ length: end - first }, (__, place) => first + place);
  });
}

/** Groups of neighbouring vertices for as long as there is time, the others one by one. */
function boundLarge(instance: Instance, known: KnownOrder, options: ProofOptions): PartProof {
  const tables = new GroupTables(instance);
  const partition: (readonly number[])[] = [];
  const menger = mengerBound(instance, options.shouldStop);
  let byGroups = 0;
  for (const group of chunks(instance.size)) {
    const groups = options.shouldStop() ? group.map((vertex) => [vertex]) : [group];
    for (const members of groups) byGroups += tables.table(members).at(-1) ?? 0;
    partition.push(...groups);
  }
  const rootBound = Math.max(menger, byGroups);
  return {
    lower: Math.min(rootBound, known.cost),
    upper: known.cost,
    order: known.order,
    rootBound,
    partitions: byGroups > menger ? [partition] : [],
    budgets: [],
    states: 0,
  };
}

/** The best partitions of some rounds; fewer rounds where the bound meets the order. */
function find(
  instance: Instance,
  cost: number,
  options: ProofOptions,
  onBound: (bound: number) => void,
): readonly Partition[] {
  const shouldStop = (evaluations?: number): boolean =>
    options.shouldStop(evaluations) || options.timeUsed() > 1 / 3;
  const finder = new PartitionFinder(instance, options.seed, shouldStop);
  const found: FoundPartition[] = [];
  const best = (): number => Math.max(...found.map(({ bound }) => bound));
  for (let round = 0; round < mostRounds && !shouldStop(); round += 1) {
    found.push(finder.round(round));
    onBound(best());
    const hits = found.filter(({ bound }) => bound === best()).length;
    if (best() >= cost || (round + 1 >= fewestRounds && hits > 1)) break;
  }
  found.sort((a, b) => b.bound - a.bound);
  const [first] = found;
  if (first !== undefined && first.bound < cost && !shouldStop()) {
    found.unshift(finder.polish(first, polishExchanges, mostRounds));
    onBound(best());
  }
  const different = found.filter(({ groups }, index) => {
    const text = JSON.stringify(groups);
    return found.findIndex((other) => JSON.stringify(other.groups) === text) === index;
  });
  return different.slice(0, best() >= cost ? 1 : keptPartitions).map(({ groups }) => groups);
}

/** What partitions alone prove of a whole instance. */
export function rootBoundOf(instance: Instance, bound: PartitionBound): number {
  const { size, words } = instance;
  const byGroups = bound.of(allOf(size, words), 0, new Int32Array(words));
  return Math.max(mengerBound(instance), byGroups);
}

/** Searches with rising budgets. */
function attempt(
  instance: Instance,
  known: KnownOrder,
  partitions: readonly Partition[],
  options: ProofOptions,
  mostStates: number,
): PartProof {
  const bound = new PartitionBound(instance, partitions);
  const rootBound = rootBoundOf(instance, bound);
  let proof: PartProof = {
    lower: Math.min(rootBound, known.cost),
    upper: known.cost,
    order: known.order,
    rootBound,
    partitions,
    budgets: [],
    states: 0,
  };
  const search = new LastVertexSearch(instance, bound, {
    memory: options.memory,
    shouldStop: (states) => {
      const { lower, upper } = proof;
      options.onProgress?.({ phase: 'search', lower, upper, states });
      return states > mostStates || options.shouldStop(statesAQuestion);
    },
  });
  try {
    while (proof.lower < proof.upper) {
      const bold = Math.ceil(boldShare * (proof.upper - proof.lower));
      const step = search.states < carefulStates ? 1 : bold;
      const budget = Math.min(proof.lower + step, proof.upper) - 1;
      const value = search.solve(budget);
      const { states } = search;
      proof = { ...proof, budgets: [...proof.budgets, budget], states };
      proof =
        value <= budget
          ? { ...proof, lower: value, upper: value, order: search.order() }
          : { ...proof, lower: Math.min(value, proof.upper) };
    }
  } catch (error) {
    if (!(error instanceof SearchStopped)) throw error;
  }
  return proof;
}

/**
 * Runs the searches of a proof again.
 * @returns the lower bound and the number of states, both of which have to be the same
 */
export function replayPart(
  instance: Instance,
  { partitions, budgets }: Pick<PartProof, 'partitions' | 'budgets'>,
  memory: number,
): Pick<PartProof, 'lower' | 'states' | 'rootBound'> {
  const bound = new PartitionBound(instance, partitions);
  const rootBound = rootBoundOf(instance, bound);
  const search = new LastVertexSearch(instance, bound, { memory, shouldStop: () => false });
  const lower = budgets.reduce((_, budget) => search.solve(budget), rootBound);
  return { lower, states: search.states, rootBound };
}
