// Keeping degrees and damage up to date on rows of any number of words, with edge states or without:
// after an elimination the neighbours' degrees are counted anew, and the damage of whoever it may
// have changed for.
//
// Damage (Albrecht, Gottschling and Naumann, Markowitz-type heuristics for computing Jacobian
// matrices efficiently, ICCS 2003): D(v) is the change of the sum of the Markowitz degrees of v's
// neighbours, so it depends on P(v), S(v), and for each neighbour that has a degree at all on its
// own neighbours. Eliminating v changes the sets of v's neighbours, so it changes the damage of
// those, and of the neighbours of those of them that remain: the others have degree 0 before and
// after. O(W + (|P| + |S|)·w) a degree or damage, w = number of non-zero words.

import {
  AFFECTED,
  DAMAGE,
  GRAPH,
  IN_DEGREES,
  MARKOWITZ,
  OUT_DEGREES,
  OWN_PREDECESSORS,
  OWN_SUCCESSORS,
  REMAINING,
  TRACK_DAMAGE,
  TRACKING,
} from './play-layout';
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
  WORDS,
} from './layout';
import { gather } from './rows-wide';

function countMasked(row: usize, mask: usize, words: usize): u32 {
  let count: u32 = 0;
  for (let offset: usize = 0; offset < words << 3; offset += 8) {
    count += <u32>popcnt<u64>(load<u64>(row + offset) & load<u64>(mask + offset));
  }
  return count;
}

/** Counts a vertex's neighbours, and sets its Markowitz degree where it remains. */
export function renewDegrees(play: usize, vertex: u32): void {
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const row = <usize>load<u32>(graph, SCRATCH) + <usize>vertex * strideOf(graph);
  const inDegree = countMasked(row, load<u32>(graph, SOURCES), words);
  const hasOutEdges = hasBit(load<u32>(graph, SOURCES), vertex);
  const outDegree = hasOutEdges
    ? countMasked(row + (words << 3), load<u32>(graph, TARGETS), words)
    : 0;
  const at = (<usize>vertex) << 2;
  store<u32>(<usize>load<u32>(play, IN_DEGREES) + at, inDegree);
  store<u32>(<usize>load<u32>(play, OUT_DEGREES) + at, outDegree);
  const degree = hasBit(load<u32>(play, REMAINING), vertex)
    ? <f64>inDegree * <f64>outDegree
    : Infinity;
  store<f64>(<usize>load<u32>(play, MARKOWITZ) + (at << 1), degree);
}

/** Σ over gathered vertices of (what they lack of the gathered `wanted` − lost) · their weight. */
function harm(
  rows: usize,
  stride: usize,
  vertices: usize,
  verticesEnd: usize,
  wanted: usize,
  wantedEnd: usize,
  lost: f64,
  weights: usize,
): f64 {
  let sum: f64 = 0;
  for (; vertices < verticesEnd; vertices += GATHERED_BYTES) {
    const first = (<usize>load<u32>(vertices)) << 3;
    for (let bits = load<u64>(vertices, GATHERED_WORD); bits != 0; bits &= bits - 1) {
      const vertex = first + <usize>ctz<u64>(bits);
      const weight = load<u32>(weights + (vertex << 2));
      if (weight == 0) continue;
      const row = rows + vertex * stride;
      let lacking: u32 = 0;
      for (let item = wanted; item < wantedEnd; item += GATHERED_BYTES) {
        const present = load<u64>(row + <usize>load<u32>(item));
        lacking += <u32>popcnt<u64>(load<u64>(item, GATHERED_WORD) & ~present);
      }
      sum += (<f64>lacking - lost) * <f64>weight;
    }
  }
  return sum;
}

/** Sets the damage score of a vertex that remains; its degrees are up to date. */
export function renewDamage(play: usize, vertex: u32): void {
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const stride = strideOf(graph);
  const rows: usize = load<u32>(graph, SCRATCH);
  const row = rows + <usize>vertex * stride;
  const predecessors: usize = load<u32>(play, OWN_PREDECESSORS);
  const successors: usize = load<u32>(play, OWN_SUCCESSORS);
  const predecessorsEnd = gather(row, load<u32>(graph, SOURCES), words, predecessors);
  const successorsEnd = gather(row + (words << 3), load<u32>(graph, TARGETS), words, successors);
  const damage =
    harm(
      rows + (words << 3),
      stride,
      predecessors,
      predecessorsEnd,
      successors,
      successorsEnd,
      hasBit(load<u32>(graph, KEPT), vertex) ? 0 : 1,
      load<u32>(play, IN_DEGREES),
    ) +
    harm(
      rows,
      stride,
      successors,
      successorsEnd,
      predecessors,
      predecessorsEnd,
      1,
      load<u32>(play, OUT_DEGREES),
    );
  const at = (<usize>vertex) << 3;
  const degree = load<f64>(<usize>load<u32>(play, MARKOWITZ) + at);
  store<f64>(<usize>load<u32>(play, DAMAGE) + at, 3 * damage + 2 * degree);
}

/** Degrees of gathered vertices anew; they and the neighbours of the remaining ones are affected. */
function renewGathered(play: usize, vertices: usize, end: usize): void {
  const graph: usize = load<u32>(play, GRAPH);
  const bytes: usize = (<usize>load<u32>(graph, WORDS)) << 3;
  const stride = strideOf(graph);
  const rows: usize = load<u32>(graph, SCRATCH);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const remaining: usize = load<u32>(play, REMAINING);
  const affected: usize = load<u32>(play, AFFECTED);
  const hasDamage = load<u32>(play, TRACKING) == TRACK_DAMAGE;
  for (; vertices < end; vertices += GATHERED_BYTES) {
    const offset: usize = load<u32>(vertices);
    const word = load<u64>(vertices, GATHERED_WORD);
    if (hasDamage) store<u64>(affected + offset, load<u64>(affected + offset) | word);
    for (let bits = word; bits != 0; bits &= bits - 1) {
      const vertex = ((<u32>offset) << 3) + <u32>ctz<u64>(bits);
      renewDegrees(play, vertex);
      if (!hasDamage || !hasBit(remaining, vertex)) continue;
      const row = rows + <usize>vertex * stride;
      for (let at: usize = 0; at < bytes; at += 8) {
        const neighbours =
          (load<u64>(row + at) & load<u64>(sources + at)) |
          (load<u64>(row + bytes + at) & load<u64>(targets + at));
        store<u64>(affected + at, load<u64>(affected + at) | neighbours);
      }
    }
  }
}

/** After `vertex` was eliminated in the graph: brings everything that is tracked up to date. */
export function trackElimination(play: usize, vertex: u32): void {
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  clearBit(remaining, vertex);
  const tracking = load<u32>(play, TRACKING);
  if (tracking == 0) return;
  // Nobody took the vertex's own rows away, only the masks leave it out.
  const row = <usize>load<u32>(graph, SCRATCH) + <usize>vertex * strideOf(graph);
  const predecessors: usize = load<u32>(graph, GATHERED_PREDECESSORS);
  const successors: usize = load<u32>(graph, GATHERED_SUCCESSORS);
  const predecessorsEnd = gather(row, load<u32>(graph, SOURCES), words, predecessors);
  const successorRow = row + (words << 3);
  const successorsEnd = gather(successorRow, load<u32>(graph, TARGETS), words, successors);
  const at = (<usize>vertex) << 2;
  store<u32>(<usize>load<u32>(play, OUT_DEGREES) + at, 0);
  if (!hasBit(load<u32>(graph, KEPT), vertex)) {
    store<u32>(<usize>load<u32>(play, IN_DEGREES) + at, 0);
  }
  store<f64>(<usize>load<u32>(play, MARKOWITZ) + (at << 1), Infinity);
  const affected: usize = load<u32>(play, AFFECTED);
  if (tracking == TRACK_DAMAGE) memory.fill(affected, 0, words << 3);
  renewGathered(play, predecessors, predecessorsEnd);
  renewGathered(play, successors, successorsEnd);
  if (tracking != TRACK_DAMAGE) return;
  store<f64>(<usize>load<u32>(play, DAMAGE) + (at << 1), Infinity);
  for (let word: usize = 0; word < words; word++) {
    let bits = load<u64>(affected + (word << 3)) & load<u64>(remaining + (word << 3));
    for (; bits != 0; bits &= bits - 1) {
      renewDamage(play, <u32>(word << 6) + <u32>ctz<u64>(bits));
    }
  }
}
