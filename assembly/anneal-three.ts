// The cost of a proposed window on graphs of up to 192 vertices, uniform algebra: rows of three
// words (rows-three.ts). Otherwise as anneal-two.ts.

import { CANDIDATE, LENGTH, REFUSED, SETS, WORK } from './anneal-layout';
import { KEPT, SCRATCH, SOURCES, TARGETS } from './layout';
import { maskOut } from './rows-wide';

/** Bytes of one vertex's two rows, of one row, and of 64 vertices. */
const STRIDE: usize = 48;
const ROW: usize = 24;
const GROUP: usize = 64 * STRIDE;

/** ORs a row into the rows of one word's vertices; `rows` is the first row of that word. */
function spread(
  rows: usize,
  toWork: usize,
  vertices: u64,
  changed: u64,
  added: v128,
  added2: u64,
): void {
  while (vertices != 0) {
    const bit = ctz<u64>(vertices);
    const row = rows + <usize>bit * STRIDE;
    const from = row + (toWork & (0 - <usize>((changed >>> bit) & 1)));
    v128.store(row + toWork, v128.or(v128.load(from), added));
    store<u64>(row + toWork, load<u64>(from, 16) | added2, 16);
    vertices &= vertices - 1;
  }
}

function sizeOf(word0: u64, word1: u64, word2: u64): u32 {
  return <u32>popcnt<u64>(word0) + <u32>popcnt<u64>(word1) + <u32>popcnt<u64>(word2);
}

/** As proposeTwo. */
export function proposeThree(
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
  let sources2 = load<u64>(sources, 16);
  let targets0 = load<u64>(targets);
  let targets1 = load<u64>(targets, 8);
  let targets2 = load<u64>(targets, 16);

  let row = rows + <usize>first * STRIDE;
  let p0 = load<u64>(row) & sources0;
  let p1 = load<u64>(row, 8) & sources1;
  let p2 = load<u64>(row, 16) & sources2;
  let s0 = load<u64>(row, 24) & targets0;
  let s1 = load<u64>(row, 32) & targets1;
  let s2 = load<u64>(row, 40) & targets2;
  let total = sizeOf(p0, p1, p2) * sizeOf(s0, s1, s2);
  if (total > allowed) return REFUSED;

  const toWork: usize = <usize>load<u32>(annealer, WORK) - rows;
  const kept0 = load<u64>(kept);
  const kept1 = load<u64>(kept, 8);
  const kept2 = load<u64>(kept, 16);
  const before = <usize>load<u32>(annealer, SETS) + place * ROW;
  const after = before + (length + 1) * ROW;
  let window0 = load<u64>(after) & ~load<u64>(before);
  let window1 = load<u64>(after, 8) & ~load<u64>(before, 8);
  let window2 = load<u64>(after, 16) & ~load<u64>(before, 16);
  let sums: usize = load<u32>(annealer, CANDIDATE);
  let freshP0: u64 = 0;
  let freshP1: u64 = 0;
  let freshP2: u64 = 0;
  let freshS0: u64 = 0;
  let freshS1: u64 = 0;
  let freshS2: u64 = 0;
  let vertex = first;
  for (let t: usize = 1; t <= length; t++) {
    store<f64>(sums, <f64>total);
    sums += 8;
    const bit = (<u64>1) << (vertex & 63);
    const word = vertex >>> 6;
    const cleared0 = ~(word == 0 ? bit : 0);
    const cleared1 = ~(word == 1 ? bit : 0);
    const cleared2 = ~(word == 2 ? bit : 0);
    window0 &= cleared0;
    window1 &= cleared1;
    window2 &= cleared2;
    sources0 &= cleared0;
    sources1 &= cleared1;
    sources2 &= cleared2;
    targets0 &= cleared0 | kept0;
    targets1 &= cleared1 | kept1;
    targets2 &= cleared2 | kept2;
    const successors = i64x2.replace_lane(i64x2.splat(s0), 1, s1);
    const before0 = p0 & window0;
    const before1 = p1 & window1;
    const before2 = p2 & window2;
    spread(rows + ROW, toWork, before0, freshS0, successors, s2);
    spread(rows + ROW + GROUP, toWork, before1, freshS1, successors, s2);
    spread(rows + ROW + 2 * GROUP, toWork, before2, freshS2, successors, s2);
    const predecessors = i64x2.replace_lane(i64x2.splat(p0), 1, p1);
    const after0 = s0 & window0;
    const after1 = s1 & window1;
    const after2 = s2 & window2;
    spread(rows, toWork, after0, freshP0, predecessors, p2);
    spread(rows + GROUP, toWork, after1, freshP1, predecessors, p2);
    spread(rows + 2 * GROUP, toWork, after2, freshP2, predecessors, p2);
    freshS0 |= before0;
    freshS1 |= before1;
    freshS2 |= before2;
    freshP0 |= after0;
    freshP1 |= after1;
    freshP2 |= after2;

    vertex = t == length ? last : load<u32>(middle + (t << 2));
    row = rows + <usize>vertex * STRIDE;
    const group = vertex >>> 6;
    const place64 = vertex & 63;
    const freshP = (group == 0 ? freshP0 : group == 1 ? freshP1 : freshP2) >>> place64;
    const freshS = (group == 0 ? freshS0 : group == 1 ? freshS1 : freshS2) >>> place64;
    const rowP = row + (toWork & (0 - <usize>(freshP & 1)));
    const rowS = row + (toWork & (0 - <usize>(freshS & 1)));
    p0 = load<u64>(rowP) & sources0;
    p1 = load<u64>(rowP, 8) & sources1;
    p2 = load<u64>(rowP, 16) & sources2;
    s0 = load<u64>(rowS, 24) & targets0;
    s1 = load<u64>(rowS, 32) & targets1;
    s2 = load<u64>(rowS, 40) & targets2;
    total += sizeOf(p0, p1, p2) * sizeOf(s0, s1, s2);
    if (total > allowed) return REFUSED;
  }
  store<f64>(sums, <f64>total);
  return <f64>total;
}

/** Eliminates a vertex for good; only rows of vertices that are still to come get fill-in. */
export function advanceThree(annealer: usize, graph: usize, place: usize, vertex: u32): void {
  const rows: usize = load<u32>(graph, SCRATCH);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const row = rows + <usize>vertex * STRIDE;
  const p0 = load<u64>(row) & load<u64>(sources);
  const p1 = load<u64>(row, 8) & load<u64>(sources, 8);
  const p2 = load<u64>(row, 16) & load<u64>(sources, 16);
  const s0 = load<u64>(row, 24) & load<u64>(targets);
  const s1 = load<u64>(row, 32) & load<u64>(targets, 8);
  const s2 = load<u64>(row, 40) & load<u64>(targets, 16);
  const sets: usize = load<u32>(annealer, SETS);
  const all = sets + <usize>load<u32>(annealer, LENGTH) * ROW;
  const gone = sets + (place + 1) * ROW;
  const left0 = load<u64>(all) & ~load<u64>(gone);
  const left1 = load<u64>(all, 8) & ~load<u64>(gone, 8);
  const left2 = load<u64>(all, 16) & ~load<u64>(gone, 16);
  const successors = i64x2.replace_lane(i64x2.splat(s0), 1, s1);
  spread(rows + ROW, 0, p0 & left0, 0, successors, s2);
  spread(rows + ROW + GROUP, 0, p1 & left1, 0, successors, s2);
  spread(rows + ROW + 2 * GROUP, 0, p2 & left2, 0, successors, s2);
  const predecessors = i64x2.replace_lane(i64x2.splat(p0), 1, p1);
  spread(rows, 0, s0 & left0, 0, predecessors, p2);
  spread(rows + GROUP, 0, s1 & left1, 0, predecessors, p2);
  spread(rows + 2 * GROUP, 0, s2 & left2, 0, predecessors, p2);
  maskOut(graph, vertex);
}
