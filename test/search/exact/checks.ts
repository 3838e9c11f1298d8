/**
 * One random graph through everything that a proof is made of, each against brute force. The quick
 * form runs in the tests, the long one by `npm run soak`.
 */
import { multiplications } from '../../../src/cost/multiplications.ts';
import { pairs } from '../../../src/cost/pairs.ts';
import { paper } from '../../../src/cost/paper/paper.ts';
import type { CostedGraph } from '../../../src/cost/types.ts';
import { referenceEngine } from '../../../src/core/reference.ts';
import { orderFromPositions } from '../../../src/order/orders.ts';
import { classesOf } from '../../../src/search/exact/classes.ts';
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
import { type Optimum, optimum, optimumByAlgebra } from './brute-force.ts';
import { randomPartition, smallGraph } from './small-graphs.ts';

/** Checks the graph of a seed under `pairs`; what is wrong, in words. */
export function checkSmallGraph(seed: number): string[] {
  const graph = smallGraph(seed);
  return checkGraph(pairs.prepare(graph), optimum(graph), createRandom(seed + 7));
}

/** The same under models whose products are not all alike. */
export function checkClassedGraph(seed: number): string[] {
  const graph = smallGraph(seed, 7);
  return [multiplications, paper].flatMap((model) => {
    const costed = model.prepare(graph);
    const problems = checkGraph(costed, optimumByAlgebra(costed), createRandom(seed + 7));
    return problems.map((problem) => `${model.name}: ${problem}`);
  });
}

function checkGraph(costed: CostedGraph, truth: Optimum, random: Random): string[] {
  const problems: string[] = [];
  const expectThat = (holds: boolean, what: string): void => {
    if (!holds) problems.push(what);
  };
  const least = truth.least.at(-1) ?? 0;
  const instance = instanceOf(costed, costed.algebra.uniform ? undefined : classesOf(costed));

  checkMenger(instance, random, expectThat);
  checkGroups(instance, truth, random, expectThat);

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
  expectThat(count(costed, places) === least, 'the order found does not count the optimum');

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

function count(costed: CostedGraph, places: readonly number[]): number {
  const handle = referenceEngine.load(costed);
  return handle.count([orderFromPositions(costed.graph, places)])[0] ?? NaN;
}

/** Menger numbers are the sizes of the least cuts. */
function checkMenger(
  instance: Instance,
  random: Random,
  expectThat: (holds: boolean, what: string) => void,
): void {
  const { size, words, layers, predecessors, successors } = instance;
  if (size === 0) return;
  const paths = new DisjointPaths(words, layers);
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
      cut = Math.min(cut, neighboursAfter(rows, words, words * layers, v, gone));
    }
    expectThat(flow === cut, `the flow is ${flow}, the least cut ${cut}`);
  }
}

function neighboursAfter(
  rows: Int32Array,
  words: number,
  stride: number,
  v: number,
  gone: ReadonlySet<number>,
): number {
  const met = new Set<number>();
  const open = [v];
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    for (const other of bitsOf(rows, vertex * stride, words)) {
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
  truth: Optimum,
  random: Random,
  expectThat: (holds: boolean, what: string) => void,
): void {
  const { size, words } = instance;
  const { least } = truth;
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
    const rest = leastAfter(truth, goneBits, setBits);
    expectThat(value <= rest, `groups say ${value} for a set that costs ${rest}`);
  }
}

/** Least cost of eliminating a set after another one. */
function leastAfter({ vertices, price }: Optimum, gone: number, set: number): number {
  const known = new Map<number, number>([[0, 0]]);
  const solve = (left: number): number => {
    const found = known.get(left);
    if (found !== undefined) return found;
    let best = Infinity;
    for (let vertex = 0; vertex < vertices.length; vertex += 1) {
      const others = left & ~(1 << vertex);
      if (others === left) continue;
      best = Math.min(best, solve(others) + price(vertex, gone | others));
    }
    known.set(left, best);
    return best;
  };
  return solve(set);
}
