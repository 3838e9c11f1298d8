// Markowitz elimination on adjacency lists: as markowitz.ts, the next vertex taken from a binary
// heap ordered by (degree, position), whose entries move when a neighbour's degree changes.
// O((|P| + |S|)·log n) beside the elimination itself.

import {
  ELIMINABLE,
  ELIMINABLE_LIST,
  ENTRY_BYTES,
  HEAP,
  HEAP_KEYS,
  HEAP_LENGTH,
  HEAP_PLACES,
  IN_DEGREES,
  LIST_LENGTH,
  LIST_POINTER,
  LISTS,
  OUT_DEGREES,
  RECORD_BYTES,
  RECORDS,
  SUCCESSOR_RECORD,
  VERTICES,
} from './layout';
import { eliminateList, resetLists, retire } from './lists';

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

function setKey(graph: usize, vertex: u32): void {
  const keys: usize = load<u32>(load<u32>(graph, LISTS), HEAP_KEYS);
  const inDegree = load<u32>(<usize>load<u32>(graph, IN_DEGREES) + ((<usize>vertex) << 2));
  const outDegree = load<u32>(<usize>load<u32>(graph, OUT_DEGREES) + ((<usize>vertex) << 2));
  store<f64>(keys + ((<usize>vertex) << 3), <f64>inDegree * <f64>outDegree);
}

function takeFirst(lists: usize, high: bool): u32 {
  const first = at(lists, 0);
  const length = load<u32>(lists, HEAP_LENGTH) - 1;
  store<u32>(lists, length, HEAP_LENGTH);
  store<u32>(<usize>load<u32>(lists, HEAP_PLACES) + ((<usize>first) << 2), NOWHERE);
  if (length > 0) sift(lists, at(lists, length), 0, high);
  return first;
}

/** Brings the keys of the vertices in a list up to date. */
function refresh(graph: usize, list: usize, high: bool): void {
  const lists: usize = load<u32>(graph, LISTS);
  let entry: usize = load<u32>(list, LIST_POINTER);
  const end = entry + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
  for (; entry < end; entry += ENTRY_BYTES) {
    const vertex = load<u32>(entry);
    const place = load<u32>(<usize>load<u32>(lists, HEAP_PLACES) + ((<usize>vertex) << 2));
    if (place == NOWHERE) continue;
    setKey(graph, vertex);
    sift(lists, vertex, place, high);
  }
}

/** Writes the order (u32 positions) to `order`; false after a stop. */
export function markowitzLists(graph: usize, high: bool, order: usize): bool {
  resetLists(graph);
  const lists: usize = load<u32>(graph, LISTS);
  const records: usize = load<u32>(lists, RECORDS);
  const vertices: usize = load<u32>(graph, VERTICES);
  for (let vertex: usize = 0; vertex < vertices; vertex++) {
    const record = records + vertex * RECORD_BYTES;
    const degree = vertex << 2;
    store<u32>(<usize>load<u32>(graph, IN_DEGREES) + degree, load<u32>(record, LIST_LENGTH));
    store<u32>(
      <usize>load<u32>(graph, OUT_DEGREES) + degree,
      load<u32>(record + SUCCESSOR_RECORD, LIST_LENGTH),
    );
  }
  memory.fill(load<u32>(lists, HEAP_PLACES), 0xff, vertices << 2);
  const count = load<u32>(graph, ELIMINABLE);
  for (let i: u32 = 0; i < count; i++) {
    const vertex = load<u32>(<usize>load<u32>(graph, ELIMINABLE_LIST) + ((<usize>i) << 2));
    store<u32>(lists, i + 1, HEAP_LENGTH);
    setKey(graph, vertex);
    sift(lists, vertex, i, high);
  }
  for (let i: u32 = 0; i < count; i++) {
    const vertex = takeFirst(lists, high);
    store<u32>(order + ((<usize>i) << 2), vertex);
    if (eliminateList(graph, vertex, true) < 0) return false;
    const own = records + <usize>vertex * RECORD_BYTES;
    refresh(graph, own, high);
    refresh(graph, own + SUCCESSOR_RECORD, high);
    retire(graph, vertex);
  }
  return true;
}
