// The cost of a proposed window on graphs of up to 128 vertices, uniform algebra (rows-two.ts).
//
// Only vertices of the window that are still to come are ever read again, so only their rows get
// fill-in. A row changed by the proposal lies in WORK, at the same distance from the graph's row;
// four words say which (`fresh…`), so nothing is copied and nothing has to be undone.
// O(|P ∩ window| + |S ∩ window|) an elimination.

import { CANDIDATE, LENGTH, REFUSED, SETS, WORK } from './anneal-layout';
import { KEPT, SCRATCH, SOURCES, TARGETS } from './layout';
import { maskOut } from './rows-wide';

/** ORs `added` into the rows of one word's vertices; `rows` is the first row of that word. */
function spread(rows: usize, toWork: usize, vertices: u64, changed: u64, added: v128): void {
  while (vertices != 0) {
    const bit = ctz<u64>(vertices);
    const row = rows + ((<usize>bit) << 5);
    const from = row + (toWork & (0 - <usize>((changed >>> bit) & 1)));
    v128.store(row + toWork, v128.or(v128.load(from), added));
    vertices &= vertices - 1;
  }
}

/**
 * Cost of eliminating `first`, the `length` − 1 vertices after `middle` (u32) and `last` from the
 * graph's state before `place`; REFUSED as soon as it exceeds `allowed`. Its sums go to CANDIDATE.
 */
export function proposeTwo(
  annealer: usize,
  graph: usize,
  place: usize,
  length: usize,
  first: u32,
  middle: usize,
  last: u32,
  allowed: u32,
): f64 {
  const rows: usize = load<u32>(graph, SCRATCH);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const kept: usize = load<u32>(graph, KEPT);
  let sources0 = load<u64>(sources);
  let sources1 = load<u64>(sources, 8);
  let targets0 = load<u64>(targets);
  let targets1 = load<u64>(targets, 8);

  // Nine of ten refused proposals are refused here, before any row is written.
  let row = rows + ((<usize>first) << 5);
  let p0 = load<u64>(row) & sources0;
  let p1 = load<u64>(row, 8) & sources1;
  let s0 = load<u64>(row, 16) & targets0;
  let s1 = load<u64>(row, 24) & targets1;
  let total =
    (<u32>popcnt<u64>(p0) + <u32>popcnt<u64>(p1)) * (<u32>popcnt<u64>(s0) + <u32>popcnt<u64>(s1));
  if (total > allowed) return REFUSED;

  const toWork: usize = <usize>load<u32>(annealer, WORK) - rows;
  const upper = rows + (64 << 5);
  const kept0 = load<u64>(kept);
  const kept1 = load<u64>(kept, 8);
  const before = <usize>load<u32>(annealer, SETS) + (place << 4);
  const after = before + ((length + 1) << 4);
  let window0 = load<u64>(after) & ~load<u64>(before);
  let window1 = load<u64>(after, 8) & ~load<u64>(before, 8);
  let sums: usize = load<u32>(annealer, CANDIDATE);
  // Which rows of predecessors and of successors lie in WORK.
  let freshP0: u64 = 0;
  let freshP1: u64 = 0;
  let freshS0: u64 = 0;
  let freshS1: u64 = 0;
  let vertex = first;
  for (let t: usize = 1; t <= length; t++) {
    store<f64>(sums, <f64>total);
    sums += 8;
    const bit = (<u64>1) << (vertex & 63);
    const inHigh: u64 = 0 - <u64>(vertex >>> 6);
    const cleared0 = ~(bit & ~inHigh);
    const cleared1 = ~(bit & inHigh);
    window0 &= cleared0;
    window1 &= cleared1;
    sources0 &= cleared0;
    sources1 &= cleared1;
    targets0 &= cleared0 | kept0;
    targets1 &= cleared1 | kept1;
    const successors = i64x2.replace_lane(i64x2.splat(s0), 1, s1);
    const before0 = p0 & window0;
    const before1 = p1 & window1;
    spread(rows + 16, toWork, before0, freshS0, successors);
    spread(upper + 16, toWork, before1, freshS1, successors);
    const predecessors = i64x2.replace_lane(i64x2.splat(p0), 1, p1);
    const after0 = s0 & window0;
    const after1 = s1 & window1;
    spread(rows, toWork, after0, freshP0, predecessors);
    spread(upper, toWork, after1, freshP1, predecessors);
    freshS0 |= before0;
    freshS1 |= before1;
    freshP0 |= after0;
    freshP1 |= after1;

    vertex = t == length ? last : load<u32>(middle + (t << 2));
    row = rows + ((<usize>vertex) << 5);
    const isHigh = vertex > 63;
    const freshP = (isHigh ? freshP1 : freshP0) >>> (vertex & 63);
    const freshS = (isHigh ? freshS1 : freshS0) >>> (vertex & 63);
    const rowP = row + (toWork & (0 - <usize>(freshP & 1)));
    const rowS = row + (toWork & (0 - <usize>(freshS & 1)));
    p0 = load<u64>(rowP) & sources0;
    p1 = load<u64>(rowP, 8) & sources1;
    s0 = load<u64>(rowS, 16) & targets0;
    s1 = load<u64>(rowS, 24) & targets1;
    total +=
      (<u32>popcnt<u64>(p0) + <u32>popcnt<u64>(p1)) * (<u32>popcnt<u64>(s0) + <u32>popcnt<u64>(s1));
    if (total > allowed) return REFUSED;
  }
  store<f64>(sums, <f64>total);
  return <f64>total;
}

/** Eliminates a vertex for good; only rows of vertices that are still to come get fill-in. */
export function advanceTwo(annealer: usize, graph: usize, place: usize, vertex: u32): void {
  const rows: usize = load<u32>(graph, SCRATCH);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const row = rows + ((<usize>vertex) << 5);
  const predecessors = v128.and(v128.load(row), v128.load(sources));
  const successors = v128.and(v128.load(row, 16), v128.load(targets));
  const sets: usize = load<u32>(annealer, SETS);
  const all = v128.load(sets + ((<usize>load<u32>(annealer, LENGTH)) << 4));
  const left = v128.andnot(all, v128.load(sets + ((place + 1) << 4)));
  const before = v128.and(predecessors, left);
  const after = v128.and(successors, left);
  const upper = rows + (64 << 5);
  spread(rows + 16, 0, i64x2.extract_lane(before, 0), 0, successors);
  spread(upper + 16, 0, i64x2.extract_lane(before, 1), 0, successors);
  spread(rows, 0, i64x2.extract_lane(after, 0), 0, predecessors);
  spread(upper, 0, i64x2.extract_lane(after, 1), 0, predecessors);
  maskOut(graph, vertex);
}
