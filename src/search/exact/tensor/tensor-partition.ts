/**
 * Partitions of a tensor graph's vertices into groups whose bounds (tensor-groups.ts) add up to much:
 * small groups by simulated annealing over moves and exchanges that bring together what gains by it,
 * then unions of two groups while that gains, then annealing of the large ones. Which partition is
 * found decides how good the bound is, not whether it holds.
 */
import { createRandom, type Random } from '../../../support/random.ts';
import type { TensorGroups } from './tensor-groups.ts';

/** Sizes of groups, one stage after the other; 2^size · size prices at most. */
const stages = [4, 7, 10] as const;
/** Share of the time that the gains of pairs may take. */
const gainShare = 0.25;
/** Size of the groups of neighbours that are tried before anything else. */
const chunk = 6;
/** Proposals for each vertex in each stage, where time allows them. */
const proposalsAVertex = 120;
/** Highest and lowest temperature, as shares of the bound of an average vertex. */
const hot = 0.3;
const cold = 0.01;

/** Groups and what they prove together. */
export interface TensorPartition {
  readonly groups: readonly (readonly number[])[];
  readonly bound: number;
}

/** Affinity of vertices that are joined by an edge, beside gains, which are whole numbers. */
const joined = 0.25;

/** How long to look, and at what. */
export interface PartitionOptions {
  /** Pairs of vertices that an edge joins. */
  readonly edges: readonly { readonly from: number; readonly to: number }[];
  readonly seed: number;
  readonly shouldStop: () => boolean;
  /** Share of the time for partitions that is used up, 0 … 1. */
  readonly timeUsed: () => number;
  readonly onBound: (bound: number) => void;
}

/** Finds a partition: the same for the same seed where time does not end it. */
export function findTensorPartition(
  groups: TensorGroups,
  vertices: readonly number[],
  options: PartitionOptions,
): TensorPartition {
  const random = createRandom(options.seed);
  let best: TensorPartition = { groups: [], bound: 0 };
  // Neighbours side by side first: a good part of what can be had, and at once.
  for (const size of [1, stages[0], chunk]) {
    const started = Array.from({ length: Math.ceil(vertices.length / size) }, (_, index) =>
      vertices.slice(index * size, (index + 1) * size),
    );
    const found = summed(groups, options.shouldStop() ? [] : started);
    if (found.bound > best.bound) best = found;
    options.onBound(best.bound);
  }
  const gains = pairGains(groups, vertices, {
    ...options,
    shouldStop: () => options.shouldStop() || options.timeUsed() >= gainShare,
  });
  if (options.shouldStop()) return best;
  const singles = summed(
    groups,
    vertices.map((vertex) => [vertex]),
  );
  let start = singles;
  stages.forEach((most, stage) => {
    const until = (stage + 1) / stages.length;
    const isOver = (): boolean => options.shouldStop() || options.timeUsed() >= until;
    const united = unite(groups, start, most, gains, isOver);
    const annealed = anneal(groups, united, { most, gains, random, isOver });
    start = annealed;
    if (annealed.bound > best.bound) best = annealed;
    options.onBound(best.bound);
  });
  return best;
}

function summed(groups: TensorGroups, partition: TensorPartition['groups']): TensorPartition {
  const bound = partition.reduce((sum, group) => sum + groups.bound(group), 0);
  return { groups: partition, bound };
}

/**
 * What two vertices in one group prove beyond what they do apart, by vertex and vertex, and something
 * where they are joined: groups of three and more may gain where no two of them do.
 */
type Gains = ReadonlyMap<number, ReadonlyMap<number, number>>;

function pairGains(
  groups: TensorGroups,
  vertices: readonly number[],
  { edges, shouldStop }: PartitionOptions,
): Gains {
  const gains = new Map<number, Map<number, number>>(vertices.map((v) => [v, new Map()]));
  const note = (u: number, w: number, gain: number): void => {
    const row = gains.get(u);
    if (row !== undefined && gains.has(w)) row.set(w, (row.get(w) ?? 0) + gain);
  };
  for (const { from, to } of edges) {
    note(from, to, joined);
    note(to, from, joined);
  }
  vertices.forEach((u, index) => {
    for (const w of vertices.slice(index + 1)) {
      // Vertices without a path between them do not concern each other.
      if (!groups.concerns(u, w)) continue;
      if (shouldStop()) return;
      const gain = groups.bound([u, w]) - groups.bound([u]) - groups.bound([w]);
      if (gain <= 0) continue;
      note(u, w, gain);
      note(w, u, gain);
    }
  });
  return gains;
}

/** Sum of the gains between two groups: what their union may gain. */
function gainBetween(gains: Gains, left: readonly number[], right: readonly number[]): number {
  return left.reduce(
    (sum, u) => sum + right.reduce((row, w) => row + (gains.get(u)?.get(w) ?? 0), 0),
    0,
  );
}

/** Joins the two groups that promise most, again and again. */
function unite(
  groups: TensorGroups,
  start: TensorPartition,
  most: number,
  gains: Gains,
  isOver: () => boolean,
): TensorPartition {
  let partition = start.groups.map((group) => [...group]);
  const failed = new Set<string>();
  while (!isOver()) {
    let best: { readonly gain: number; readonly pair: readonly [number, number] } | undefined;
    partition.forEach((left, first) => {
      partition.slice(0, first).forEach((right, second) => {
        if (left.length + right.length > most || failed.has(`${left.join()} ${right.join()}`))
          return;
        const gain = gainBetween(gains, left, right);
        if (gain > (best?.gain ?? 0)) best = { gain, pair: [first, second] };
      });
    });
    if (best === undefined) break;
    const [left, right] = best.pair.map((index) => partition[index] ?? []);
    if (left === undefined || right === undefined) break;
    const union = [...left, ...right];
    if (groups.bound(union) < groups.bound(left) + groups.bound(right)) {
      failed.add(`${left.join()} ${right.join()}`);
      continue;
    }
    partition = [...partition.filter((group) => group !== left && group !== right), union];
  }
  return summed(groups, partition);
}

/** Metropolis; gives the best partition met. */
function anneal(
  groups: TensorGroups,
  start: TensorPartition,
  {
    most,
    gains,
    random,
    isOver,
  }: {
    readonly most: number;
    readonly gains: Gains;
    readonly random: Random;
    readonly isOver: () => boolean;
  },
): TensorPartition {
  const vertices = start.groups.flat();
  let current = start.groups;
  let sum = start.bound;
  let best = start;
  const proposals = proposalsAVertex * vertices.length;
  const unit = start.bound / Math.max(1, vertices.length);
  for (let made = 0; made < proposals && !isOver(); made += 1) {
    const temperature = unit * hot * (cold / hot) ** (made / proposals);
    const proposal = propose(current, vertices, most, gains, random);
    if (proposal === undefined) continue;
    const { removed, added } = proposal;
    const change =
      added.reduce((total, group) => total + groups.bound(group), 0) -
      removed.reduce((total, group) => total + groups.bound(group), 0);
    if (change < temperature * Math.log(1 - random.next())) continue;
    current = [
      ...current.filter((group) => !removed.includes(group)),
      ...added.filter((group) => group.length > 0),
    ];
    sum += change;
    if (sum > best.bound) best = { groups: current, bound: sum };
  }
  return best;
}

/** Brings a vertex to the group of one that it gains with, for one of that group if it is full. */
function propose(
  partition: TensorPartition['groups'],
  vertices: readonly number[],
  most: number,
  gains: Gains,
  random: Random,
):
  | {
      readonly removed: readonly (readonly number[])[];
      readonly added: readonly (readonly number[])[];
    }
  | undefined {
  const vertex = vertices[random.integer(vertices.length)];
  if (vertex === undefined) return undefined;
  const friends = [...(gains.get(vertex)?.keys() ?? [])];
  const friend = friends[random.integer(Math.max(1, friends.length))];
  if (friend === undefined) return undefined;
  const here = partition.find((group) => group.includes(vertex));
  const there = partition.find((group) => group.includes(friend));
  if (here === undefined || there === undefined || here === there) return undefined;
  const rest = here.filter((other) => other !== vertex);
  if (there.length < most && random.next() < 0.5) {
    return { removed: [here, there], added: [rest, [...there, vertex]] };
  }
  const others = there.filter((other) => other !== friend);
  const back = others[random.integer(Math.max(1, others.length))];
  if (back === undefined) return undefined;
  const kept = there.filter((other) => other !== back);
  return {
    removed: [here, there],
    added: [
      [...rest, back],
      [...kept, vertex],
    ],
  };
}
