// The cost of a proposed window on rows of any number of words, uniform algebra (rows-wide.ts).
//
// As anneal-two.ts, but rows are long, so that it pays to know by the vertex's place whether it
// belongs to the window, and by a stamp whether the proposal has a row of its own for it.
// O(W + w(P) + w(S)) an elimination, and one row for each neighbour in the window.

import {
  CANDIDATE,
  LENGTH,
  PLACES,
  REFUSED,
  STAMP,
  STAMPS,
  WORK,
  WORK_MASKS,
} from './anneal-layout';
import { clearBit, hasBit, strideOf } from './graph';
import {
  GATHERED_BYTES,
  GATHERED_PREDECESSORS,
  GATHERED_SUCCESSORS,
  GATHERED_WORD,
  KEPT,
  SCRATCH,
  SOURCES,
  TARGETS,
  VERTICES,
  WORDS,
} from './layout';
import { gather, gatheredCount, maskOut } from './rows-wide';

/** A new stamp; all stamps are forgotten when the numbers are used up. */
function nextStamp(annealer: usize, vertices: usize): u32 {
  let stamp = load<u32>(annealer, STAMP) + 1;
  if (stamp == 0) {
    memory.fill(load<u32>(annealer, STAMPS), 0, vertices << 3);
    stamp = 1;
  }
  store<u32>(annealer, stamp, STAMP);
  return stamp;
}

/** ORs `added` into the rows of those vertices whose places are `place` … `place` + `length`. */
function spread(
  rows: usize,
  toWork: usize,
  words: usize,
  places: usize,
  place: u32,
  length: u32,
  stamps: usize,
  stamp: u32,
  vertices: usize,
  verticesEnd: usize,
  added: usize,
  addedEnd: usize,
): void {
  for (; vertices < verticesEnd; vertices += GATHERED_BYTES) {
    const first = (<usize>load<u32>(vertices)) << 3;
    for (let word = load<u64>(vertices, GATHERED_WORD); word != 0; word &= word - 1) {
      const vertex = first + <usize>ctz<u64>(word);
      if (load<u32>(places + (vertex << 2)) - place > length) continue;
      const original = rows + vertex * (words << 4);
      const row = original + toWork;
      if (load<u32>(stamps + (vertex << 2)) != stamp) {
        store<u32>(stamps + (vertex << 2), stamp);
        for (let offset: usize = 0; offset < words << 3; offset += 8) {
          store<u64>(row + offset, load<u64>(original + offset));
        }
      }
      for (let item = added; item < addedEnd; item += GATHERED_BYTES) {
        const cell = row + <usize>load<u32>(item);
        store<u64>(cell, load<u64>(cell) | load<u64>(item, GATHERED_WORD));
      }
    }
  }
}

/** As proposeTwo. */
export function proposeWide(
  annealer: usize,
  graph: usize,
  place: usize,
  length: usize,
  first: u32,
  middle: usize,
  last: u32,
  allowed: f64,
): f64 {
  const words: usize = load<u32>(graph, WORDS);
  const vertices: usize = load<u32>(graph, VERTICES);
  const stride = words << 4;
  const rows: usize = load<u32>(graph, SCRATCH);
  const predecessors: usize = load<u32>(graph, GATHERED_PREDECESSORS);
  const successors: usize = load<u32>(graph, GATHERED_SUCCESSORS);
  let sources: usize = load<u32>(graph, SOURCES);
  let targets: usize = load<u32>(graph, TARGETS);

  let row = rows + <usize>first * stride;
  let predecessorsEnd = gather(row, sources, words, predecessors);
  let successorsEnd = gather(row + (words << 3), targets, words, successors);
  let total =
    <f64>gatheredCount(predecessors, predecessorsEnd) *
    <f64>gatheredCount(successors, successorsEnd);
  if (total > allowed) return REFUSED;

  const kept: usize = load<u32>(graph, KEPT);
  const toWork: usize = <usize>load<u32>(annealer, WORK) - rows;
  const places: usize = load<u32>(annealer, PLACES);
  const stamp = nextStamp(annealer, vertices);
  const stampsP: usize = load<u32>(annealer, STAMPS);
  const stampsS = stampsP + (vertices << 2);
  const masks: usize = load<u32>(annealer, WORK_MASKS);
  for (let offset: usize = 0; offset < words << 3; offset += 8) {
    store<u64>(masks + offset, load<u64>(sources + offset));
    store<u64>(masks + (words << 3) + offset, load<u64>(targets + offset));
  }
  sources = masks;
  targets = masks + (words << 3);
  let sums: usize = load<u32>(annealer, CANDIDATE);
  let vertex = first;
  for (let t: usize = 1; t <= length; t++) {
    store<f64>(sums, total);
    sums += 8;
    clearBit(sources, vertex);
    if (!hasBit(kept, vertex)) clearBit(targets, vertex);
    // An eliminated output may get a row here; nobody reads it.
    // prettier-ignore
    spread(rows + (words << 3), toWork, words, places, <u32>place, <u32>length, stampsS, stamp,
      predecessors, predecessorsEnd, successors, successorsEnd);
    // prettier-ignore
    spread(rows, toWork, words, places, <u32>place, <u32>length, stampsP, stamp,
      successors, successorsEnd, predecessors, predecessorsEnd);

    vertex = t == length ? last : load<u32>(middle + (t << 2));
    row = rows + <usize>vertex * stride;
    const inWorkP = load<u32>(stampsP + ((<usize>vertex) << 2)) == stamp;
    const inWorkS = load<u32>(stampsS + ((<usize>vertex) << 2)) == stamp;
    predecessorsEnd = gather(inWorkP ? row + toWork : row, sources, words, predecessors);
    const rowS = row + (words << 3);
    successorsEnd = gather(inWorkS ? rowS + toWork : rowS, targets, words, successors);
    total +=
      <f64>gatheredCount(predecessors, predecessorsEnd) *
      <f64>gatheredCount(successors, successorsEnd);
    if (total > allowed) return REFUSED;
  }
  store<f64>(sums, total);
  return total;
}

/** Eliminates a vertex for good; only rows of vertices that are still to come get fill-in. */
export function advanceWide(annealer: usize, graph: usize, place: usize, vertex: u32): void {
  const words: usize = load<u32>(graph, WORDS);
  const rows: usize = load<u32>(graph, SCRATCH);
  const row = rows + <usize>vertex * strideOf(graph);
  const predecessors: usize = load<u32>(graph, GATHERED_PREDECESSORS);
  const successors: usize = load<u32>(graph, GATHERED_SUCCESSORS);
  const predecessorsEnd = gather(row, load<u32>(graph, SOURCES), words, predecessors);
  const rowS = row + (words << 3);
  const successorsEnd = gather(rowS, load<u32>(graph, TARGETS), words, successors);
  const places: usize = load<u32>(annealer, PLACES);
  const stamp = nextStamp(annealer, load<u32>(graph, VERTICES));
  const stamps: usize = load<u32>(annealer, STAMPS);
  const next = <u32>place + 1;
  const left = load<u32>(annealer, LENGTH) - next;
  maskOut(graph, vertex);
  if (left == 0) return;
  // A row that is copied onto itself stays as it is.
  // prettier-ignore
  spread(rows + (words << 3), 0, words, places, next, left - 1, stamps, stamp,
    predecessors, predecessorsEnd, successors, successorsEnd);
  // prettier-ignore
  spread(rows, 0, words, places, next, left - 1, stamps, nextStamp(annealer, load<u32>(graph, VERTICES)),
    successors, successorsEnd, predecessors, predecessorsEnd);
}
