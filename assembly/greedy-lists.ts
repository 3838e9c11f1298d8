// Greedy elimination on adjacency lists: always the vertex of the least score
//
//   degreeWeight·|P(v)|·|S(v)| + damageWeight·D(v) + fillWeight·F(v) − offset(v),
//
// among equals the lowest or the highest position. D is the damage and F the fill-in of
// src/search/heuristics (damage.ts, minimum-fill.ts); what they change reaches the neighbours of
// neighbours, degrees alone the neighbours only. The next vertex comes from a binary heap ordered by
// (score, position), whose entries move when a score changes. Beside the elimination itself
// O((|P| + |S|)·log n) with degrees alone; with D or F that many times more as there are neighbours,
// and O(Σ over p in P of |S(p)| + Σ over s in S of |P(s)|) a score.

import {
  ELIMINABLE,
  ELIMINABLE_LIST,
  ENTRY_BYTES,
  HEAP,
  HEAP_KEYS,
  HEAP_LENGTH,
  HEAP_PLACES,
  IN_DEGREES,
  KEPT,
  LAST_MARK,
  LIST_LENGTH,
  LIST_POINTER,
  LISTS,
  MARKS,
  OUT_DEGREES,
  PLACES,
  RECORDS,
  SOURCES,
  SUCCESSOR_RECORD,
  TARGETS,
  VERTICES,
} from './layout';
import { hasBit } from './graph';
import { eliminatePlainList, keepAllEdges, recordOf, resetLists, retire } from './lists';

/** Place of a vertex that is not in the heap. */
const NOWHERE: u32 = 0xffffffff;

function keyOf(lists: usize, vertex: u32): f64 {
  return load<f64>(<usize>load<u32>(lists, HEAP_KEYS) + ((<usize>vertex) << 3));
}

/** True where `a` is taken before `b`. */
function isBefore(lists: usize, a: u32, b: u32, high: bool): bool {
  const keyA = keyOf(lists, a);
  const keyB = keyOf(lists, b);
  if (keyA != keyB) return keyA < keyB;
  return high ? a > b : a < b;
}

function put(lists: usize, index: u32, vertex: u32): void {
  store<u32>(<usize>load<u32>(lists, HEAP) + ((<usize>index) << 2), vertex);
  store<u32>(<usize>load<u32>(lists, HEAP_PLACES) + ((<usize>vertex) << 2), index);
}

function at(lists: usize, index: u32): u32 {
  return load<u32>(<usize>load<u32>(lists, HEAP) + ((<usize>index) << 2));
}

/** Moves a vertex from a hole at `index` to where it belongs. */
function sift(lists: usize, vertex: u32, index: u32, high: bool): void {
  while (index > 0) {
    const parent = (index - 1) >>> 1;
    const other = at(lists, parent);
    if (!isBefore(lists, vertex, other, high)) break;
    put(lists, index, other);
    index = parent;
  }
  const length = load<u32>(lists, HEAP_LENGTH);
  for (;;) {
    let child: u32 = 2 * index + 1;
    if (child >= length) break;
    if (child + 1 < length && isBefore(lists, at(lists, child + 1), at(lists, child), high)) {
      child += 1;
    }
    const other = at(lists, child);
    if (!isBefore(lists, other, vertex, high)) break;
    put(lists, index, other);
    index = child;
  }
  put(lists, index, vertex);
}

function takeFirst(lists: usize, high: bool): u32 {
  const first = at(lists, 0);
  const length = load<u32>(lists, HEAP_LENGTH) - 1;
  store<u32>(lists, length, HEAP_LENGTH);
  store<u32>(<usize>load<u32>(lists, HEAP_PLACES) + ((<usize>first) << 2), NOWHERE);
  if (length > 0) sift(lists, at(lists, length), 0, high);
  return first;
}

function degreeAt(degrees: usize, vertex: u32): u32 {
  return load<u32>(degrees + ((<usize>vertex) << 2));
}

/** How many of a list are there still and have the mark. */
function countMarked(list: usize, mask: usize, marks: usize, mark: u32): u32 {
  let entry: usize = load<u32>(list, LIST_POINTER);
  const end = entry + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
  let count: u32 = 0;
  for (; entry < end; entry += ENTRY_BYTES) {
    const other = load<u32>(entry);
    if (load<u32>(marks + ((<usize>other) << 2)) == mark && hasBit(mask, other)) count += 1;
  }
  return count;
}

/** Marks what is there still of a list with a new mark, which it returns. */
function markPresent(lists: usize, list: usize, mask: usize): u32 {
  const marks: usize = load<u32>(lists, MARKS);
  const mark = load<u32>(lists, LAST_MARK) + 1;
  store<u32>(lists, mark, LAST_MARK);
  let entry: usize = load<u32>(list, LIST_POINTER);
  const end = entry + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
  for (; entry < end; entry += ENTRY_BYTES) {
    const other = load<u32>(entry);
    if (hasBit(mask, other)) store<u32>(marks + ((<usize>other) << 2), mark);
  }
  return mark;
}

/** damageWeight·D(v) + fillWeight·F(v), in the current graph. */
function disturbance(graph: usize, vertex: u32, damageWeight: f64, fillWeight: f64): f64 {
  const lists: usize = load<u32>(graph, LISTS);
  const records: usize = load<u32>(lists, RECORDS);
  const marks: usize = load<u32>(lists, MARKS);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const inDegrees: usize = load<u32>(graph, IN_DEGREES);
  const outDegrees: usize = load<u32>(graph, OUT_DEGREES);
  const own = recordOf(records, vertex);
  const inDegree = degreeAt(inDegrees, vertex);
  const outDegree = degreeAt(outDegrees, vertex);
  // An output that feeds others stays a successor of its predecessors.
  const lost: f64 = hasBit(load<u32>(graph, KEPT), vertex) ? 0 : 1;
  let damage: f64 = 0;
  let fill: f64 = 0;

  let mark = markPresent(lists, own + SUCCESSOR_RECORD, targets);
  let entry: usize = load<u32>(own, LIST_POINTER);
  let end = entry + <usize>load<u32>(own, LIST_LENGTH) * ENTRY_BYTES;
  for (; entry < end; entry += ENTRY_BYTES) {
    const other = load<u32>(entry);
    if (!hasBit(sources, other)) continue;
    // An input has no predecessors and takes no harm.
    const weight = <f64>degreeAt(inDegrees, other);
    if (weight == 0 && fillWeight == 0) continue;
    const list = recordOf(records, other) + SUCCESSOR_RECORD;
    const lacking = <f64>(outDegree - countMarked(list, targets, marks, mark));
    damage += weight * (lacking - lost);
    fill += lacking;
  }
  if (damageWeight == 0) return fillWeight * fill;

  mark = markPresent(lists, own, sources);
  entry = load<u32>(own + SUCCESSOR_RECORD, LIST_POINTER);
  end = entry + <usize>load<u32>(own + SUCCESSOR_RECORD, LIST_LENGTH) * ENTRY_BYTES;
  for (; entry < end; entry += ENTRY_BYTES) {
    const other = load<u32>(entry);
    if (!hasBit(targets, other)) continue;
    // An output without uses, or without uses that are left, takes no harm.
    const weight = hasBit(sources, other) ? <f64>degreeAt(outDegrees, other) : 0;
    if (weight == 0) continue;
    const lacking = inDegree - countMarked(recordOf(records, other), sources, marks, mark);
    damage += weight * (<f64>lacking - 1);
  }
  return damageWeight * damage + fillWeight * fill;
}

/** A score as the caller asked for it; the weights lie in one block. */
function scoreOf(graph: usize, vertex: u32, weights: usize, offsets: usize): f64 {
  const inDegree = degreeAt(load<u32>(graph, IN_DEGREES), vertex);
  const outDegree = degreeAt(load<u32>(graph, OUT_DEGREES), vertex);
  let score = load<f64>(weights) * <f64>inDegree * <f64>outDegree;
  const damageWeight = load<f64>(weights, 8);
  const fillWeight = load<f64>(weights, 16);
  if (damageWeight != 0 || fillWeight != 0) {
    score += disturbance(graph, vertex, damageWeight, fillWeight);
  }
  return offsets == 0 ? score : score - load<f64>(offsets + ((<usize>vertex) << 3));
}

function rescore(
  graph: usize,
  lists: usize,
  vertex: u32,
  weights: usize,
  offsets: usize,
  high: bool,
): void {
  const place = load<u32>(<usize>load<u32>(lists, HEAP_PLACES) + ((<usize>vertex) << 2));
  if (place == NOWHERE) return;
  const key = <usize>load<u32>(lists, HEAP_KEYS) + ((<usize>vertex) << 3);
  const score = scoreOf(graph, vertex, weights, offsets);
  if (score == load<f64>(key)) return;
  store<f64>(key, score);
  sift(lists, vertex, place, high);
}

/** Rescores the vertices of a list that remain; those in `done` with `round` are up to date. */
function rescoreList(
  graph: usize,
  list: usize,
  weights: usize,
  offsets: usize,
  high: bool,
  done: usize,
  round: u32,
): void {
  const lists: usize = load<u32>(graph, LISTS);
  let entry: usize = load<u32>(list, LIST_POINTER);
  const end = entry + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
  for (; entry < end; entry += ENTRY_BYTES) {
    const vertex = load<u32>(entry);
    const stamp = done + ((<usize>vertex) << 2);
    if (load<u32>(stamp) == round) continue;
    store<u32>(stamp, round);
    rescore(graph, lists, vertex, weights, offsets, high);
  }
}

/** Rescores the neighbours on both sides of those neighbours that remain, or of all. */
function rescoreAround(
  graph: usize,
  list: usize,
  onlyRemaining: bool,
  weights: usize,
  offsets: usize,
  high: bool,
  done: usize,
  round: u32,
): void {
  const lists: usize = load<u32>(graph, LISTS);
  const records: usize = load<u32>(lists, RECORDS);
  const heapPlaces: usize = load<u32>(lists, HEAP_PLACES);
  let entry: usize = load<u32>(list, LIST_POINTER);
  const end = entry + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
  for (; entry < end; entry += ENTRY_BYTES) {
    const vertex = load<u32>(entry);
    if (onlyRemaining && load<u32>(heapPlaces + ((<usize>vertex) << 2)) == NOWHERE) continue;
    const own = recordOf(records, vertex);
    rescoreList(graph, own, weights, offsets, high, done, round);
    rescoreList(graph, own + SUCCESSOR_RECORD, weights, offsets, high, done, round);
  }
}

/**
 * Writes the order (u32 positions) to `order`; false after a stop.
 * weights: of degree, damage and fill-in (f64 each)
 * offsets: one a vertex (f64), or 0 for none
 */
export function greedyLists(
  graph: usize,
  weights: usize,
  offsets: usize,
  high: bool,
  order: usize,
): bool {
  resetLists(graph);
  const lists: usize = load<u32>(graph, LISTS);
  const records: usize = load<u32>(lists, RECORDS);
  const vertices: usize = load<u32>(graph, VERTICES);
  const reachesFarther = load<f64>(weights, 8) != 0 || load<f64>(weights, 16) != 0;
  const hasFill = load<f64>(weights, 16) != 0;
  if (hasFill) keepAllEdges(graph);
  for (let vertex: u32 = 0; vertex < <u32>vertices; vertex++) {
    const record = recordOf(records, vertex);
    const degree = (<usize>vertex) << 2;
    store<u32>(<usize>load<u32>(graph, IN_DEGREES) + degree, load<u32>(record, LIST_LENGTH));
    store<u32>(
      <usize>load<u32>(graph, OUT_DEGREES) + degree,
      load<u32>(record + SUCCESSOR_RECORD, LIST_LENGTH),
    );
  }
  memory.fill(load<u32>(lists, HEAP_PLACES), 0xff, vertices << 2);
  // Places in lists are of no use without states: here they tell who has been rescored.
  const done: usize = load<u32>(lists, PLACES);
  memory.fill(done, 0, vertices << 2);
  const keys: usize = load<u32>(lists, HEAP_KEYS);
  const count = load<u32>(graph, ELIMINABLE);
  for (let i: u32 = 0; i < count; i++) {
    const vertex = load<u32>(<usize>load<u32>(graph, ELIMINABLE_LIST) + ((<usize>i) << 2));
    store<u32>(lists, i + 1, HEAP_LENGTH);
    store<f64>(keys + ((<usize>vertex) << 3), scoreOf(graph, vertex, weights, offsets));
    sift(lists, vertex, i, high);
  }
  for (let i: u32 = 0; i < count; i++) {
    const vertex = takeFirst(lists, high);
    store<u32>(order + ((<usize>i) << 2), vertex);
    if (eliminatePlainList(graph, vertex, true) < 0) return false;
    const own = recordOf(records, vertex);
    const round = i + 1;
    rescoreList(graph, own, weights, offsets, high, done, round);
    rescoreList(graph, own + SUCCESSOR_RECORD, weights, offsets, high, done, round);
    if (reachesFarther) {
      rescoreAround(graph, own, !hasFill, weights, offsets, high, done, round);
      const after = own + SUCCESSOR_RECORD;
      rescoreAround(graph, after, !hasFill, weights, offsets, high, done, round);
    }
    retire(graph, vertex);
  }
  return true;
}
