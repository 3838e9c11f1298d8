/**
 * One random graph through everything that a proof is made of, each against brute force. The quick
 * form runs in the tests, the long one by `npm run soak`.
 */
import { pairs } from '../../../src/cost/pairs.ts';
import { referenceEngine } from '../../../src/core/reference.ts';
import type { Graph } from '../../../src/graph/types.ts';
import { orderFromPositions } from '../../../src/order/orders.ts';
import { DisjointPaths } from '../../../src/search/exact/disjoint-paths.ts';
import { GroupTables, mengerBound } from '../../../src/search/exact/group-table.ts';
import {
  componentsOf,
  type Instance,
  instanceOf,
  restrict,
} from '../../../src/search/exact/instance.ts';
import { LastVertexSearch } from '../../../src/search/exact/last-vertex-search.ts';
import { PartitionBound } from '../../../src/search/exact/partition-bound.ts';
import { reduce } from '../../../src/search/exact/safe-reductions.ts';
import { addBit, allOf, bitsOf, dropBit } from '../../../src/search/exact/words.ts';
import { createRandom, type Random } from '../../../src/support/random.ts';
import { optimum } from './brute-force.ts';
import { randomPartition, smallGraph } from './small-graphs.ts';

/** Checks the graph of a seed; what is wrong, in words. */
export function checkSmallGraph(seed: number): string[] {
  const graph = smallGraph(seed);
  const random = createRandom(seed + 7);
  const problems: string[] = [];
  const expectThat = (holds: boolean, what: string): void => {
    if (!holds) problems.push(what);
  };
  const truth = optimum(graph);
  const least = truth.least.at(-1) ?? 0;
  const instance = instanceOf(graph);

  checkMenger(instance, random, expectThat);
  checkGroups(instance, truth.least, random, expectThat);

  const reduction = reduce(instance);
  const order = [...reduction.eliminated];
  let total = reduction.cost;
  let weakest = reduction.cost;
  for (const component of componentsOf(reduction.instance, reduction.left)) {
    const kernel = restrict(reduction.instance, component);
    const partitions = Array.from({ length: random.integer(3) }, () =>
      randomPartition(kernel.size, 1 + random.integer(6), random),
    );
    const search = new LastVertexSearch(kernel, new PartitionBound(kernel, partitions), {
      memory: random.next() < 0.5 ? 100 : 1e6,
      shouldStop: () => false,
    });
    const bound = mengerBound(kernel);
    let value = search.solve(bound + random.integer(4));
    for (let budget = value; ; budget = value) {
      value = search.solve(budget);
      expectThat(value >= budget, 'a search took a lower bound back');
      if (value === budget) break;
    }
    expectThat(bound <= value, 'the Menger bound is above the optimum');
    weakest += bound;
    total += value;
    order.push(...search.order().map((vertex) => component[vertex] ?? -1));
  }
  expectThat(total === least, `the search says ${total}, brute force ${least}`);
  expectThat(weakest <= least, 'reductions and the Menger bound are above the optimum');
  const places = order.map((vertex) => instance.positions[vertex] ?? -1);
  expectThat(count(graph, places) === least, 'the order found does not count the optimum');

  // Without reductions before it, the search has to find the same.
  const whole = new LastVertexSearch(
    instance,
    new PartitionBound(instance, [randomPartition(instance.size, 5, random)]),
    { memory: 0, shouldStop: () => false },
  );
  const slack = random.integer(3);
  expectThat(whole.solve(least + slack) === least, 'the search from above misses the optimum');
  expectThat(whole.solve(least - 1) >= least || least === 0, 'the search finds too little');
  return problems;
}

function count(graph: Graph, places: readonly number[]): number {
  const handle = referenceEngine.load(pairs.prepare(graph));
  return handle.count([orderFromPositions(graph, places)])[0] ?? NaN;
}

/** Menger numbers are the sizes of the least cuts. */
function checkMenger(
  instance: Instance,
  random: Random,
  expectThat: (holds: boolean, what: string) => void,
): void {
  const { size, words, predecessors, successors } = instance;
  if (size === 0) return;
  const paths = new DisjointPaths(words);
  const v = random.integer(size);
  const through = allOf(size, words);
  dropBit(through, 0, v);
  for (let vertex = 0; vertex < size; vertex += 1) {
    if (random.next() < 0.25) dropBit(through, 0, vertex);
  }
  const inside = bitsOf(through, 0, words);
  for (const rows of [predecessors, successors]) {
    const flow = paths.count(rows, v, through);
    let cut = Infinity;
    // A cut is what is left of v's neighbours when some of the vertices passed through are gone.
    for (let set = 0; set < 2 ** inside.length; set += 1) {
      const gone = new Set(inside.filter((_, bit) => ((set >> bit) & 1) === 1));
      cut = Math.min(cut, neighboursAfter(rows, words, v, gone));
    }
    expectThat(flow === cut, `the flow is ${flow}, the least cut ${cut}`);
  }
}

function neighboursAfter(
  rows: Int32Array,
  words: number,
  v: number,
  gone: ReadonlySet<number>,
): number {
  const met = new Set<number>();
  const open = [v];
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    for (const other of bitsOf(rows, vertex * words, words)) {
      if (met.has(other)) continue;
      met.add(other);
      if (gone.has(other)) open.push(other);
    }
  }
  return [...met].filter((other) => !gone.has(other)).length;
}

/** Tables of groups bound every set of vertices, also after others are gone. */
function checkGroups(
  instance: Instance,
  least: readonly number[],
  random: Random,
  expectThat: (holds: boolean, what: string) => void,
): void {
  const { size, words } = instance;
  const partition = randomPartition(size, 1 + random.integer(7), random);
  const bound = new PartitionBound(instance, [partition]);
  const tables = new GroupTables(instance);
  const whole = partition.map((group) => tables.table(group).at(-1) ?? 0);
  const root = whole.reduce((sum, value) => sum + value, 0);
  expectThat(root <= (least.at(-1) ?? 0), 'groups are above the optimum');
  if (size > 0 && size <= 10) {
    const all = Array.from({ length: size }, (_, vertex) => vertex);
    const exact = tables.table(all);
    expectThat(
      least.every((value, set) => exact[set] === value),
      'one group of all vertices is not exact',
    );
  }
  for (let trial = 0; trial < 20; trial += 1) {
    const set = new Int32Array(words);
    const gone = new Int32Array(words);
    let setBits = 0;
    let goneBits = 0;
    for (let vertex = 0; vertex < size; vertex += 1) {
      const draw = random.next();
      if (draw < 0.5) {
        addBit(set, 0, vertex);
        setBits |= 1 << vertex;
      } else if (draw < 0.7) {
        addBit(gone, 0, vertex);
        goneBits |= 1 << vertex;
      }
    }
    const value = bound.of(set, 0, gone);
    const rest = leastAfter(least, instance, goneBits, setBits);
    expectThat(value <= rest, `groups say ${value} for a set that costs ${rest}`);
  }
}

/** Least cost of eliminating a set after another one, by the definition of prices in rows. */
function leastAfter(
  least: readonly number[],
  { size, words, predecessors, successors, ownEnd }: Instance,
  gone: number,
  set: number,
): number {
  if (gone === 0) return least[set] ?? NaN;
  const known = new Map<number, number>([[0, 0]]);
  const members = Array.from({ length: size }, (_, vertex) => vertex);
  const names = (bits: number): Set<number> =>
    new Set(members.filter((vertex) => ((bits >> vertex) & 1) === 1));
  const solve = (left: number): number => {
    const found = known.get(left);
    if (found !== undefined) return found;
    let best = Infinity;
    for (const vertex of names(left)) {
      const others = left & ~(1 << vertex);
      const through = names(gone | others);
      const price =
        neighboursAfter(predecessors, words, vertex, through) *
        (neighboursAfter(successors, words, vertex, through) - (ownEnd[vertex] ?? 0));
      best = Math.min(best, solve(others) + price);
    }
    known.set(left, best);
    return best;
  };
  return solve(set);
}
