// Greedy elimination by least Markowitz degree |P(v)|·|S(v)| (Griewank and Walther, Evaluating
// Derivatives, 2nd ed., section 10.2) on bitset rows; ties go to the lowest or to the highest
// position. Degrees are tracked here and nowhere else: eliminating v changes only those of its
// neighbours, and each change is the number of bits that are new in a row. O(n) to choose and
// O(W + |P|·w(S) + |S|·w(P)) to eliminate.

import {
  DEGREES,
  ELIMINABLE,
  ELIMINABLE_LIST,
  GATHERED_BYTES,
  GATHERED_PREDECESSORS,
  GATHERED_SUCCESSORS,
  GATHERED_WORD,
  IN_DEGREES,
  KEPT,
  OUT_DEGREES,
  SCRATCH,
  SOURCES,
  TARGETS,
  VERTICES,
  WORDS,
} from './layout';
import { hasBit, resetRows, strideOf } from './graph';
import { gather, maskOut } from './rows-wide';

/** Degree of a vertex that is no choice (any more). */
const NO_CHOICE: u32 = 0xffffffff;

function countInitialDegrees(graph: usize): void {
  const words: usize = load<u32>(graph, WORDS);
  const rows: usize = load<u32>(graph, SCRATCH);
  const stride = strideOf(graph);
  const vertices: usize = load<u32>(graph, VERTICES);
  const inDegrees: usize = load<u32>(graph, IN_DEGREES);
  const outDegrees: usize = load<u32>(graph, OUT_DEGREES);
  for (let vertex: usize = 0; vertex < vertices; vertex++) {
    const row = rows + vertex * stride;
    let inDegree: u32 = 0;
    let outDegree: u32 = 0;
    for (let word: usize = 0; word < words; word++) {
      inDegree += <u32>popcnt<u64>(load<u64>(row + (word << 3)));
      outDegree += <u32>popcnt<u64>(load<u64>(row + ((words + word) << 3)));
    }
    store<u32>(inDegrees + (vertex << 2), inDegree);
    store<u32>(outDegrees + (vertex << 2), outDegree);
  }
  const degrees: usize = load<u32>(graph, DEGREES);
  memory.fill(degrees, 0xff, vertices << 2);
  const list: usize = load<u32>(graph, ELIMINABLE_LIST);
  const end = list + ((<usize>load<u32>(graph, ELIMINABLE)) << 2);
  for (let item = list; item < end; item += 4) {
    const at = (<usize>load<u32>(item)) << 2;
    store<u32>(degrees + at, load<u32>(inDegrees + at) * load<u32>(outDegrees + at));
  }
}

/** Position of the least degree, the first or the last of equals. */
function leastDegree(degrees: usize, vertices: u32, high: bool): u32 {
  let best: u32 = 0;
  let least = NO_CHOICE;
  if (high) {
    for (let vertex: u32 = 0; vertex < vertices; vertex++) {
      const degree = load<u32>(degrees + ((<usize>vertex) << 2));
      const better = degree <= least && degree != NO_CHOICE;
      best = select<u32>(vertex, best, better);
      least = select<u32>(degree, least, better);
    }
  } else {
    for (let vertex: u32 = 0; vertex < vertices; vertex++) {
      const degree = load<u32>(degrees + ((<usize>vertex) << 2));
      const better = degree < least;
      best = select<u32>(vertex, best, better);
      least = select<u32>(degree, least, better);
    }
  }
  return best;
}

/**
 * ORs gathered words into the rows of the gathered vertices; each one's own-side degree changes by
 * its new bits less `lost`, and its product with the other side is put up to date.
 */
function spreadAndTrack(
  graph: usize,
  rows: usize,
  ownDegrees: usize,
  otherDegrees: usize,
  vertices: usize,
  verticesEnd: usize,
  added: usize,
  addedEnd: usize,
  lost: u32,
): void {
  const stride = strideOf(graph);
  const degrees: usize = load<u32>(graph, DEGREES);
  for (; vertices < verticesEnd; vertices += GATHERED_BYTES) {
    const first = (<usize>load<u32>(vertices)) << 3;
    for (let word = load<u64>(vertices, GATHERED_WORD); word != 0; word &= word - 1) {
      const vertex = first + <usize>ctz<u64>(word);
      const row = rows + vertex * stride;
      let fresh: u32 = 0;
      for (let item = added; item < addedEnd; item += GATHERED_BYTES) {
        const cell = row + <usize>load<u32>(item);
        const before = load<u64>(cell);
        const after = before | load<u64>(item, GATHERED_WORD);
        fresh += <u32>popcnt<u64>(before ^ after);
        store<u64>(cell, after);
      }
      const at = vertex << 2;
      const degree = load<u32>(ownDegrees + at) + fresh - lost;
      store<u32>(ownDegrees + at, degree);
      if (load<u32>(degrees + at) != NO_CHOICE) {
        store<u32>(degrees + at, degree * load<u32>(otherDegrees + at));
      }
    }
  }
}

function eliminateTracked(graph: usize, vertex: u32): void {
  const words: usize = load<u32>(graph, WORDS);
  const rows: usize = load<u32>(graph, SCRATCH);
  const row = rows + <usize>vertex * strideOf(graph);
  const predecessors: usize = load<u32>(graph, GATHERED_PREDECESSORS);
  const successors: usize = load<u32>(graph, GATHERED_SUCCESSORS);
  const predecessorsEnd = gather(row, load<u32>(graph, SOURCES), words, predecessors);
  const successorRow = row + (words << 3);
  const successorsEnd = gather(successorRow, load<u32>(graph, TARGETS), words, successors);
  const inDegrees: usize = load<u32>(graph, IN_DEGREES);
  const outDegrees: usize = load<u32>(graph, OUT_DEGREES);
  store<u32>(<usize>load<u32>(graph, DEGREES) + ((<usize>vertex) << 2), NO_CHOICE);
  spreadAndTrack(
    graph,
    rows + (words << 3),
    outDegrees,
    inDegrees,
    predecessors,
    predecessorsEnd,
    successors,
    successorsEnd,
    // An output keeps its in-edges, so its predecessors keep it as a successor.
    hasBit(load<u32>(graph, KEPT), vertex) ? 0 : 1,
  );
  spreadAndTrack(
    graph,
    rows,
    inDegrees,
    outDegrees,
    successors,
    successorsEnd,
    predecessors,
    predecessorsEnd,
    1,
  );
  maskOut(graph, vertex);
}

/** Writes the whole order (u32 positions) to `order`. */
export function markowitzRows(graph: usize, high: bool, order: usize): void {
  resetRows(graph);
  countInitialDegrees(graph);
  const vertices = load<u32>(graph, VERTICES);
  const degrees: usize = load<u32>(graph, DEGREES);
  const end = order + ((<usize>load<u32>(graph, ELIMINABLE)) << 2);
  for (; order < end; order += 4) {
    const vertex = leastDegree(degrees, vertices, high);
    store<u32>(order, vertex);
    eliminateTracked(graph, vertex);
  }
}
