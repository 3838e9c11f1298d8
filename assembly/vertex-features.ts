// What a network is told of each vertex that remains: numbers of its neighbourhood at the position,
// the same for graphs of every size (src/core/network-reference.ts has them in plain words).
//
//   0, 1    ln(1 + |P|), ln(1 + |S|)
//   2       ln(1 + price / unit), the price of eliminating it now
//   3       ln(1 + fill-in)
//   4, 5    change of the Markowitz degrees of its predecessors, of its successors
//   6, 7    share of P that are inputs, of S that are outputs: whoever does not remain
//   8, 9    share of the predecessors, successors it had at first that are gone
//   10, 11  share of its neighbours that remain with a lower, an equal Markowitz degree
//   12      share of all that remain with a lower Markowitz degree
//   13      share of all vertices that are eliminated
//   14, 15  depth and height: longest way from an input, to an output, as a share of the longest
//   16, 17  least Markowitz degree of a predecessor, of a successor that remains, ln(1 + x)
//   18, 19  1 where |S| = 1, where |P| = 1
//   20      ln(1 + |P|·|S|)
//   21, 22  ln(elements), 1 for an output
//   23      damage score, 3·D + 2·|P|·|S|
//
// Changes and the damage score are signed: sign(x)·ln(1 + |x|). Everything is taken from the rows anew,
// O((|edges| + n)·W).

import { ELIMINATED, GRAPH, LENGTH, NETWORK, REMAINING } from './play-layout';
import { hasBit, strideOf } from './graph';
import { INITIAL, KEPT, SCRATCH, SOURCES, STATES, TARGETS, WORDS } from './layout';
import {
  DEGREES_NOW,
  FEATURES,
  FEATURE_ROWS,
  IN_NOW,
  LOGARITHM_COUNT,
  LOGARITHMS,
  OUT_NOW,
  OWN_ROW,
  RANKED_DEGREES,
  RANKS,
  ROW_VERTICES,
  SIDE_BYTES,
  SIDE_CHANGE,
  SIDE_EQUAL,
  SIDE_FILL,
  SIDE_LEAST,
  SIDE_LOWER,
  SIDE_REMAINING,
  SIDES,
  STATIC_BYTES,
  STATIC_DEPTH,
  STATIC_HEIGHT,
  STATIC_OUTPUT,
  STATIC_SIZE,
  STATICS,
  UNIT,
  VERTEX_ROWS,
} from './network-layout';
import { priceWithStates } from './price';
import { logarithm } from './portable';

/** ln(1 + x) of a whole number x ≥ 0. */
function logOf(logarithms: usize, x: u32): f32 {
  return x < LOGARITHM_COUNT
    ? load<f32>(logarithms + ((<usize>x) << 2))
    : <f32>logarithm(1 + <f64>x);
}

/** sign(x)·ln(1 + |x|) of a whole number. */
function signedLogOf(logarithms: usize, x: i64): f32 {
  const size = x < 0 ? -x : x;
  const log =
    size < <i64>LOGARITHM_COUNT
      ? load<f32>(logarithms + ((<usize>size) << 2))
      : <f32>logarithm(1 + <f64>size);
  return x < 0 ? -log : log;
}

/** Numbers the vertices that remain, and takes their degrees; how many there are. */
function numberRows(play: usize, network: usize): usize {
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const stride = strideOf(graph);
  const rows: usize = load<u32>(graph, SCRATCH);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const remaining: usize = load<u32>(play, REMAINING);
  const vertices: usize = load<u32>(network, ROW_VERTICES);
  const places: usize = load<u32>(network, VERTEX_ROWS);
  const inDegrees: usize = load<u32>(network, IN_NOW);
  const outDegrees: usize = load<u32>(network, OUT_NOW);
  const degrees: usize = load<u32>(network, DEGREES_NOW);
  let count: usize = 0;
  for (let word: usize = 0; word < words; word++) {
    for (let bits = load<u64>(remaining + (word << 3)); bits != 0; bits &= bits - 1) {
      const vertex = (word << 6) + <usize>ctz<u64>(bits);
      const row = rows + vertex * stride;
      let inDegree: u32 = 0;
      let outDegree: u32 = 0;
      for (let at: usize = 0; at < words << 3; at += 8) {
        inDegree += <u32>popcnt<u64>(load<u64>(row + at) & load<u64>(sources + at));
        outDegree += <u32>popcnt<u64>(load<u64>(row + (words << 3) + at) & load<u64>(targets + at));
      }
      store<u32>(inDegrees + (vertex << 2), inDegree);
      store<u32>(outDegrees + (vertex << 2), outDegree);
      store<u32>(degrees + (vertex << 2), inDegree * outDegree);
      store<u32>(vertices + (count << 2), <u32>vertex);
      store<u32>(places + (vertex << 2), <u32>count);
      count++;
    }
  }
  return count;
}

/** Share of `part` in `whole`, 0 of nothing. */
function share(part: u32, whole: u32): f32 {
  return whole == 0 ? 0 : <f32>part / <f32>whole;
}

/**
 * Sums up one side of a vertex: its neighbours there (W words), each of which would be joined to all
 * of `wanted` and lose the vertex itself where `lost` is 1. `others` are the rows that say whom they
 * are joined to already, `weights` the degrees of their far side.
 */
function takeSide(
  play: usize,
  network: usize,
  neighbours: usize,
  wanted: usize,
  others: usize,
  weights: usize,
  lost: i64,
  own: u32,
  side: usize,
): void {
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const stride = strideOf(graph);
  const remaining: usize = load<u32>(play, REMAINING);
  const degrees: usize = load<u32>(network, DEGREES_NOW);
  let change: i64 = 0;
  let fill: u32 = 0;
  let present: u32 = 0;
  let lower: u32 = 0;
  let equal: u32 = 0;
  let least: u32 = 0xffffffff;
  for (let word: usize = 0; word < words; word++) {
    const open = load<u64>(remaining + (word << 3));
    for (let bits = load<u64>(neighbours + (word << 3)); bits != 0; bits &= bits - 1) {
      const bit = ctz<u64>(bits);
      const neighbour = (word << 6) + <usize>bit;
      const row = others + neighbour * stride;
      let lacking: u32 = 0;
      for (let at: usize = 0; at < words << 3; at += 8) {
        lacking += <u32>popcnt<u64>(load<u64>(wanted + at) & ~load<u64>(row + at));
      }
      fill += lacking;
      if (((open >>> bit) & 1) == 0) continue;
      const degree = load<u32>(degrees + (neighbour << 2));
      change += (<i64>lacking - lost) * <i64>load<u32>(weights + (neighbour << 2));
      present++;
      lower += <u32>(degree < own);
      equal += <u32>(degree == own);
      least = min<u32>(least, degree);
    }
  }
  store<i64>(side, change, SIDE_CHANGE);
  store<u32>(side, fill, SIDE_FILL);
  store<u32>(side, present, SIDE_REMAINING);
  store<u32>(side, lower, SIDE_LOWER);
  store<u32>(side, equal, SIDE_EQUAL);
  store<u32>(side, present == 0 ? 0 : least, SIDE_LEAST);
}

/** Counts, for each degree there is below RANKED_DEGREES, how many vertices that remain have less. */
function rankDegrees(network: usize, count: usize): void {
  const vertices: usize = load<u32>(network, ROW_VERTICES);
  const degrees: usize = load<u32>(network, DEGREES_NOW);
  const ranks: usize = load<u32>(network, RANKS);
  let most: u32 = 0;
  for (let index: usize = 0; index < count; index++) {
    const degree = load<u32>(degrees + ((<usize>load<u32>(vertices + (index << 2))) << 2));
    most = max<u32>(most, degree);
  }
  const end = min<u32>(most + 1, RANKED_DEGREES);
  memory.fill(ranks, 0, (<usize>end + 1) << 2);
  for (let index: usize = 0; index < count; index++) {
    const degree = load<u32>(degrees + ((<usize>load<u32>(vertices + (index << 2))) << 2));
    if (degree >= end) continue;
    const next = ranks + ((<usize>(degree + 1)) << 2);
    store<u32>(next, load<u32>(next) + 1);
  }
  for (let degree: u32 = 1; degree <= end; degree++) {
    const rank = ranks + ((<usize>degree) << 2);
    store<u32>(rank, load<u32>(rank) + load<u32>(rank - 4));
  }
}

/** How many of the vertices that remain have a lower Markowitz degree. */
function countLower(network: usize, count: usize, own: u32): u32 {
  if (own < RANKED_DEGREES) {
    return load<u32>(<usize>load<u32>(network, RANKS) + ((<usize>own) << 2));
  }
  const vertices: usize = load<u32>(network, ROW_VERTICES);
  const degrees: usize = load<u32>(network, DEGREES_NOW);
  let lower: u32 = 0;
  for (let index: usize = 0; index < count; index++) {
    lower += <u32>(load<u32>(degrees + ((<usize>load<u32>(vertices + (index << 2))) << 2)) < own);
  }
  return lower;
}

/** How many neighbours of an initial row are gone. */
function countGone(initial: usize, mask: usize, words: usize): u32 {
  let gone: u32 = 0;
  for (let at: usize = 0; at < words << 3; at += 8) {
    gone += <u32>popcnt<u64>(load<u64>(initial + at) & ~load<u64>(mask + at));
  }
  return gone;
}

function countAll(row: usize, words: usize): u32 {
  let count: u32 = 0;
  for (let at: usize = 0; at < words << 3; at += 8) count += <u32>popcnt<u64>(load<u64>(row + at));
  return count;
}

/** Writes the features of one vertex; false after a stop. */
function writeRow(play: usize, network: usize, vertex: u32, index: usize, count: usize): bool {
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const bytes = words << 3;
  const stride = strideOf(graph);
  const rows: usize = load<u32>(graph, SCRATCH);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const row = rows + <usize>vertex * stride;
  const initial = <usize>load<u32>(graph, INITIAL) + <usize>vertex * stride;
  const predecessors: usize = load<u32>(network, OWN_ROW);
  const successors = predecessors + bytes;
  for (let at: usize = 0; at < bytes; at += 8) {
    store<u64>(predecessors + at, load<u64>(row + at) & load<u64>(sources + at));
    store<u64>(successors + at, load<u64>(row + bytes + at) & load<u64>(targets + at));
  }
  const at = (<usize>vertex) << 2;
  const inDegrees: usize = load<u32>(network, IN_NOW);
  const outDegrees: usize = load<u32>(network, OUT_NOW);
  const inDegree = load<u32>(inDegrees + at);
  const outDegree = load<u32>(outDegrees + at);
  const degree = inDegree * outDegree;
  const before: usize = load<u32>(network, SIDES);
  const after = before + SIDE_BYTES;
  const lost: i64 = hasBit(load<u32>(graph, KEPT), vertex) ? 0 : 1;
  const outRows = rows + bytes;
  takeSide(play, network, predecessors, successors, outRows, inDegrees, lost, degree, before);
  takeSide(play, network, successors, predecessors, rows, outDegrees, 1, degree, after);
  const logs: usize = load<u32>(network, LOGARITHMS);
  const statics = <usize>load<u32>(network, STATICS) + <usize>vertex * STATIC_BYTES;
  const neighbours = load<u32>(before, SIDE_REMAINING) + load<u32>(after, SIDE_REMAINING);
  const lower = load<u32>(before, SIDE_LOWER) + load<u32>(after, SIDE_LOWER);
  const equal = load<u32>(before, SIDE_EQUAL) + load<u32>(after, SIDE_EQUAL);
  const change = load<i64>(before, SIDE_CHANGE) + load<i64>(after, SIDE_CHANGE);
  const to = <usize>load<u32>(network, FEATURE_ROWS) + ((index * FEATURES) << 2);
  const degreeLog = logOf(logs, degree);
  let priceLog = degreeLog;
  if (load<u32>(graph, STATES) != 0) {
    const price = priceWithStates(graph, vertex);
    if (price < 0) return false;
    priceLog = <f32>logarithm(1 + price / load<f64>(network, UNIT));
  }
  store<f32>(to, logOf(logs, inDegree));
  store<f32>(to, logOf(logs, outDegree), 4);
  store<f32>(to, priceLog, 8);
  store<f32>(to, logOf(logs, load<u32>(before, SIDE_FILL)), 12);
  store<f32>(to, signedLogOf(logs, load<i64>(before, SIDE_CHANGE)), 16);
  store<f32>(to, signedLogOf(logs, load<i64>(after, SIDE_CHANGE)), 20);
  store<f32>(to, share(inDegree - load<u32>(before, SIDE_REMAINING), inDegree), 24);
  store<f32>(to, share(outDegree - load<u32>(after, SIDE_REMAINING), outDegree), 28);
  store<f32>(to, share(countGone(initial, sources, words), countAll(initial, words)), 32);
  const initialOut = initial + bytes;
  store<f32>(to, share(countGone(initialOut, targets, words), countAll(initialOut, words)), 36);
  store<f32>(to, share(lower, neighbours), 40);
  store<f32>(to, share(equal, neighbours), 44);
  store<f32>(to, share(countLower(network, count, degree), <u32>count), 48);
  store<f32>(to, share(load<u32>(play, ELIMINATED), load<u32>(play, LENGTH)), 52);
  store<f32>(to, load<f32>(statics, STATIC_DEPTH), 56);
  store<f32>(to, load<f32>(statics, STATIC_HEIGHT), 60);
  store<f32>(to, logOf(logs, load<u32>(before, SIDE_LEAST)), 64);
  store<f32>(to, logOf(logs, load<u32>(after, SIDE_LEAST)), 68);
  store<f32>(to, outDegree == 1 ? 1 : 0, 72);
  store<f32>(to, inDegree == 1 ? 1 : 0, 76);
  store<f32>(to, degreeLog, 80);
  store<f32>(to, load<f32>(statics, STATIC_SIZE), 84);
  store<f32>(to, load<f32>(statics, STATIC_OUTPUT), 88);
  store<f32>(to, signedLogOf(logs, 3 * change + 2 * <i64>degree), 92);
  return true;
}

/** Writes the features of all vertices that remain, row by row; how many, −1 after a stop. */
export function writeFeatures(play: usize): i32 {
  const network: usize = load<u32>(play, NETWORK);
  const count = numberRows(play, network);
  rankDegrees(network, count);
  const vertices: usize = load<u32>(network, ROW_VERTICES);
  for (let index: usize = 0; index < count; index++) {
    if (!writeRow(play, network, load<u32>(vertices + (index << 2)), index, count)) return -1;
  }
  return <i32>count;
}
