// Adjacency lists for large sparse graphs: memory O(vertices + edges + fill-in).
//
// Each vertex has a list of predecessors and one of successors (with the edge's state). A vertex
// that was eliminated stays in its neighbours' lists until they are read next; the masks SOURCES
// and TARGETS tell what is still there (rows-two.ts). Lists that outgrow their place move to an
// arena of chunks that one call after the other reuses; blocks given up are kept by size there.
//
// Where edges have no states, an edge between an input and an output that nothing uses would never
// be looked at again, and is not made: a hub between 50,000 of each costs what it costs, and no
// memory. An elimination is O(|P|·|S|), without such pairs, plus what it takes to know which edges
// exist: for each p in P the shorter of S(p) and of the lists P(s) of all s in S together. With
// states it is O(|P|·|S| + Σ over p in P of |S(p)|).

import {
  ADD,
  CHUNK_NEXT,
  COMPOSE,
  COSTS,
  CURRENT_CHUNK,
  EDGE_BYTES,
  EDGE_FROM,
  EDGE_LIST,
  EDGE_STATE,
  EDGE_TO,
  EDGES,
  ELIMINABLE,
  ELIMINABLE_LIST,
  ENTRIES,
  ENTRIES_BYTES,
  ENTRY_BYTES,
  ENTRY_STATE,
  FIRST_CHUNK,
  FREE_BY_SIZE,
  HEAP,
  HEAP_KEYS,
  HEAP_PLACES,
  IN_DEGREES,
  INITIAL_ENTRIES,
  INITIAL_RECORDS,
  LAST_MARK,
  LIST_CAPACITY,
  LIST_LENGTH,
  LIST_POINTER,
  LISTS,
  LISTS_HEADER_BYTES,
  MARKS,
  OPEN,
  OUT_DEGREES,
  PLACES,
  RECORD_BYTES,
  RECORDS,
  SHIFT,
  SOURCES,
  STOP_ADD_MISSING,
  STOP_COMPOSE_MISSING,
  STOP_NO_MEMORY,
  SUCCESSOR_RECORD,
  TABLES,
  TARGETS,
  VERTICES,
  WORDS,
} from './layout';
import { clearBit, hasBit, setBit } from './graph';
import { allocate, allocateZeroed, MOST_BYTES, release } from './memory';
import { stopAt } from './rows-states';
import { maskOut } from './rows-wide';
import { costOf, entryAt, isMissing, isZero, stateOf } from './tables';

/** Chunk: next chunk (u32), total size (u32), then free bytes from CHUNK_HEADER_BYTES on. */
const CHUNK_SIZE: usize = 4;
const CHUNK_HEADER_BYTES: usize = 16;
const LEAST_CHUNK: usize = 0x100000;
/** Smallest block of the arena, two entries. */
const LEAST_SHIFT: u32 = 4;

export function recordOf(records: usize, vertex: u32): usize {
  return records + <usize>vertex * RECORD_BYTES;
}

/** Builds the lists block of a graph whose header, edges and masks are there; 0: no memory. */
export function createLists(graph: usize): usize {
  const vertices: usize = load<u32>(graph, VERTICES);
  const edgeCount: usize = load<u32>(graph, EDGES);
  const recordsBytes = (vertices * RECORD_BYTES + 15) & ~15;
  const entriesBytes = edgeCount * 2 * ENTRY_BYTES;
  const wordsBytes = ((vertices << 2) + 15) & ~15;
  const bytes =
    <u64>LISTS_HEADER_BYTES +
    2 * <u64>recordsBytes +
    2 * <u64>entriesBytes +
    4 * <u64>wordsBytes +
    ((<u64>vertices) << 3) +
    ((<u64>load<u32>(graph, WORDS)) << 3);
  if (bytes > 0x7fffffff) return 0;
  const lists = allocateZeroed(<usize>bytes);
  if (lists == 0) return 0;
  const initial = lists + LISTS_HEADER_BYTES;
  const records = initial + recordsBytes;
  const initialEntries = records + recordsBytes;
  const entries = initialEntries + entriesBytes;
  const marks = entries + entriesBytes;
  store<u32>(lists, <u32>initial, INITIAL_RECORDS);
  store<u32>(lists, <u32>records, RECORDS);
  store<u32>(lists, <u32>initialEntries, INITIAL_ENTRIES);
  store<u32>(lists, <u32>entriesBytes, ENTRIES_BYTES);
  store<u32>(lists, <u32>entries, ENTRIES);
  store<u32>(lists, <u32>marks, MARKS);
  store<u32>(lists, <u32>(marks + wordsBytes), PLACES);
  store<u32>(lists, <u32>(marks + 2 * wordsBytes), HEAP);
  store<u32>(lists, <u32>(marks + 3 * wordsBytes), HEAP_PLACES);
  const keys = marks + 4 * wordsBytes;
  store<u32>(lists, <u32>keys, HEAP_KEYS);
  store<u32>(lists, <u32>(keys + (vertices << 3)), OPEN);

  const edges: usize = load<u32>(graph, EDGE_LIST);
  const edgesEnd = edges + edgeCount * EDGE_BYTES;
  for (let edge = edges; edge < edgesEnd; edge += EDGE_BYTES) {
    grow(recordOf(initial, load<u32>(edge, EDGE_TO)));
    grow(recordOf(initial, load<u32>(edge, EDGE_FROM)) + SUCCESSOR_RECORD);
  }
  // Records point into ENTRIES, where every order starts from a fresh copy of INITIAL_ENTRIES.
  let next = entries;
  for (let vertex: u32 = 0; vertex < <u32>vertices; vertex++) {
    next = place(recordOf(initial, vertex), next);
    next = place(recordOf(initial, vertex) + SUCCESSOR_RECORD, next);
  }
  const back = entries - initialEntries;
  for (let edge = edges; edge < edgesEnd; edge += EDGE_BYTES) {
    const from = load<u32>(edge, EDGE_FROM);
    const to = load<u32>(edge, EDGE_TO);
    append(recordOf(initial, to), back, from, 0);
    const state = load<u32>(edge, EDGE_STATE);
    append(recordOf(initial, from) + SUCCESSOR_RECORD, back, to, state);
  }
  return lists;
}

function grow(list: usize): void {
  store<u32>(list, load<u32>(list, LIST_CAPACITY) + 1, LIST_CAPACITY);
}

function place(list: usize, at: usize): usize {
  store<u32>(list, <u32>at, LIST_POINTER);
  return at + <usize>load<u32>(list, LIST_CAPACITY) * ENTRY_BYTES;
}

/** Appends to a list that has room, `back` bytes before where its record points. */
function append(list: usize, back: usize, vertex: u32, state: u32): void {
  const length = load<u32>(list, LIST_LENGTH);
  const entry = <usize>load<u32>(list, LIST_POINTER) - back + <usize>length * ENTRY_BYTES;
  store<u32>(entry, vertex);
  store<u32>(entry, state, ENTRY_STATE);
  store<u32>(list, length + 1, LIST_LENGTH);
}

export function disposeLists(lists: usize): void {
  if (lists == 0) return;
  let chunk: usize = load<u32>(lists, FIRST_CHUNK);
  while (chunk != 0) {
    const next: usize = load<u32>(chunk);
    release(chunk);
    chunk = next;
  }
  release(lists);
}

/** Nothing is eliminated any more; the arena is empty, its chunks are kept. O(n + edges). */
export function resetLists(graph: usize): void {
  const lists: usize = load<u32>(graph, LISTS);
  const vertices: usize = load<u32>(graph, VERTICES);
  const maskBytes: usize = (<usize>load<u32>(graph, WORDS)) << 3;
  memory.fill(load<u32>(graph, SOURCES), 0xff, maskBytes);
  memory.fill(load<u32>(graph, TARGETS), 0xff, maskBytes);
  const open: usize = load<u32>(lists, OPEN);
  memory.fill(open, 0, maskBytes);
  let eliminable: usize = load<u32>(graph, ELIMINABLE_LIST);
  const eliminableEnd = eliminable + ((<usize>load<u32>(graph, ELIMINABLE)) << 2);
  for (; eliminable < eliminableEnd; eliminable += 4) setBit(open, load<u32>(eliminable));
  const recordsBytes = vertices * RECORD_BYTES;
  memory.copy(load<u32>(lists, RECORDS), load<u32>(lists, INITIAL_RECORDS), recordsBytes);
  memory.copy(
    load<u32>(lists, ENTRIES),
    load<u32>(lists, INITIAL_ENTRIES),
    load<u32>(lists, ENTRIES_BYTES),
  );
  memory.fill(load<u32>(lists, MARKS), 0, vertices << 2);
  store<u32>(lists, 0, LAST_MARK);
  memory.fill(lists + FREE_BY_SIZE, 0, 128);
  const first = load<u32>(lists, FIRST_CHUNK);
  store<u32>(lists, first, CURRENT_CHUNK);
  store<u32>(lists, first == 0 ? 0 : first + <u32>CHUNK_HEADER_BYTES, CHUNK_NEXT);
}

/** A block of 2^shift bytes in the arena; 0 where memory ends. */
function take(lists: usize, shift: u32): usize {
  const head = lists + FREE_BY_SIZE + ((<usize>shift) << 2);
  const free: usize = load<u32>(head);
  if (free != 0) {
    store<u32>(head, load<u32>(free));
    return free;
  }
  const bytes: usize = (<usize>1) << shift;
  let chunk: usize = load<u32>(lists, CURRENT_CHUNK);
  let next: usize = load<u32>(lists, CHUNK_NEXT);
  while (chunk == 0 || next + bytes > chunk + <usize>load<u32>(chunk, CHUNK_SIZE)) {
    let following: usize = chunk == 0 ? 0 : <usize>load<u32>(chunk);
    if (following == 0) {
      const least: usize = chunk == 0 ? LEAST_CHUNK : (<usize>load<u32>(chunk, CHUNK_SIZE) * 3) / 2;
      const size = max<usize>(min<usize>(least, 0x4000000), bytes + CHUNK_HEADER_BYTES);
      following = allocate(size);
      if (following == 0) return 0;
      store<u32>(following, 0);
      store<u32>(following, <u32>size, CHUNK_SIZE);
      if (chunk == 0) store<u32>(lists, <u32>following, FIRST_CHUNK);
      else store<u32>(chunk, <u32>following);
    }
    chunk = following;
    next = chunk + CHUNK_HEADER_BYTES;
    store<u32>(lists, <u32>chunk, CURRENT_CHUNK);
  }
  store<u32>(lists, <u32>(next + bytes), CHUNK_NEXT);
  return next;
}

/** Gives a list's block back to the arena; one that lies in ENTRIES is left alone. */
function give(lists: usize, list: usize): void {
  const pointer: usize = load<u32>(list, LIST_POINTER);
  const entries: usize = load<u32>(lists, ENTRIES);
  const inEntries =
    pointer >= entries && pointer < entries + <usize>load<u32>(lists, ENTRIES_BYTES);
  const capacity = load<u32>(list, LIST_CAPACITY);
  if (inEntries || capacity == 0) return;
  const head = lists + FREE_BY_SIZE + ((<usize>(31 - clz<u32>(capacity * <u32>ENTRY_BYTES))) << 2);
  store<u32>(pointer, load<u32>(head));
  store<u32>(head, <u32>pointer);
}

/** Drops entries whose vertex is not in `mask`. */
function compact(list: usize, mask: usize): void {
  const first: usize = load<u32>(list, LIST_POINTER);
  const end = first + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
  let write = first;
  for (let read = first; read < end; read += ENTRY_BYTES) {
    const entry = load<u64>(read);
    if (!hasBit(mask, <u32>entry)) continue;
    store<u64>(write, entry);
    write += ENTRY_BYTES;
  }
  store<u32>(list, <u32>((write - first) / ENTRY_BYTES), LIST_LENGTH);
}

/** Appends with growth; false where memory ends. */
function push(lists: usize, list: usize, vertex: u32, state: u32): bool {
  const length = load<u32>(list, LIST_LENGTH);
  if (length == load<u32>(list, LIST_CAPACITY)) {
    // The block is a power of two of bytes, at least twice the old length.
    const shift = max<u32>(LEAST_SHIFT, 32 - clz<u32>(length * <u32>ENTRY_BYTES));
    if (shift > 30) return false;
    const block = take(lists, shift);
    if (block == 0) return false;
    memory.copy(block, load<u32>(list, LIST_POINTER), <usize>length * ENTRY_BYTES);
    give(lists, list);
    store<u32>(list, <u32>block, LIST_POINTER);
    store<u32>(list, ((<u32>1) << shift) / <u32>ENTRY_BYTES, LIST_CAPACITY);
  }
  append(list, 0, vertex, state);
  return true;
}

/** Keeps all edges from now on, also those that no elimination looks at any more. */
export function keepAllEdges(graph: usize): void {
  const lists: usize = load<u32>(graph, LISTS);
  memory.fill(load<u32>(lists, OPEN), 0xff, (<usize>load<u32>(graph, WORDS)) << 3);
}

/**
 * Eliminates a vertex; returns its cost, or −1 after a stop. The vertex's own lists hold P and S
 * until `retire`.
 */
export function eliminateList(graph: usize, vertex: u32): f64 {
  return load<u32>(graph, TABLES) != 0
    ? eliminateListWithStates(graph, vertex)
    : eliminatePlainList(graph, vertex, false);
}

/** Puts those that are still to be eliminated first in a list; returns how many they are. */
function openFirst(list: usize, open: usize): u32 {
  const first: usize = load<u32>(list, LIST_POINTER);
  const end = first + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
  let next = first;
  for (let read = first; read < end; read += ENTRY_BYTES) {
    const entry = load<u64>(read);
    if (!hasBit(open, <u32>entry)) continue;
    store<u64>(read, load<u64>(next));
    store<u64>(next, entry);
    next += ENTRY_BYTES;
  }
  return <u32>((next - first) / ENTRY_BYTES);
}

function nextMark(lists: usize): u32 {
  const mark = load<u32>(lists, LAST_MARK) + 1;
  store<u32>(lists, mark, LAST_MARK);
  return mark;
}

/**
 * The same whatever the states of edges; with `tracked`, degrees of the vertices that are still to
 * be eliminated are kept up to date.
 */
export function eliminatePlainList(graph: usize, vertex: u32, tracked: bool): f64 {
  const lists: usize = load<u32>(graph, LISTS);
  const records: usize = load<u32>(lists, RECORDS);
  const open: usize = load<u32>(lists, OPEN);
  const own = recordOf(records, vertex);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  compact(own, sources);
  compact(own + SUCCESSOR_RECORD, targets);
  maskOut(graph, vertex);
  clearBit(open, vertex);
  const stays = hasBit(targets, vertex);
  const predecessors: usize = load<u32>(own, LIST_POINTER);
  const predecessorCount = load<u32>(own, LIST_LENGTH);
  const openPredecessors = openFirst(own, open);
  const successors: usize = load<u32>(own + SUCCESSOR_RECORD, LIST_POINTER);
  const successorCount = load<u32>(own + SUCCESSOR_RECORD, LIST_LENGTH);
  const openSuccessors = openFirst(own + SUCCESSOR_RECORD, open);
  const predecessorsEnd = predecessors + <usize>predecessorCount * ENTRY_BYTES;
  const openPredecessorsEnd = predecessors + <usize>openPredecessors * ENTRY_BYTES;
  const successorsEnd = successors + <usize>successorCount * ENTRY_BYTES;
  const openSuccessorsEnd = successors + <usize>openSuccessors * ENTRY_BYTES;
  const marks: usize = load<u32>(lists, MARKS);
  const inDegrees: usize = load<u32>(graph, IN_DEGREES);
  const outDegrees: usize = load<u32>(graph, OUT_DEGREES);
  if (tracked) {
    for (let p = predecessors; !stays && p < predecessorsEnd; p += ENTRY_BYTES) {
      const degree = outDegrees + ((<usize>load<u32>(p)) << 2);
      store<u32>(degree, load<u32>(degree) - 1);
    }
    for (let s = successors; s < successorsEnd; s += ENTRY_BYTES) {
      const degree = inDegrees + ((<usize>load<u32>(s)) << 2);
      store<u32>(degree, load<u32>(degree) - 1);
    }
  }
  // What it takes to look from the successors' side.
  let lengths: u64 = 0;
  let openLengths: u64 = 0;
  for (let s = successors; s < successorsEnd; s += ENTRY_BYTES) {
    const length: u64 = load<u32>(recordOf(records, load<u32>(s)), LIST_LENGTH);
    lengths += length;
    if (s < openSuccessorsEnd) openLengths += length;
  }
  if (
    isTooMuch(records, predecessors, openPredecessorsEnd, successorCount) ||
    isTooMuch(records, openPredecessorsEnd, predecessorsEnd, openSuccessors)
  ) {
    return stopAt(graph, STOP_NO_MEMORY, 0, 0);
  }

  // Predecessors whose lists are short: what they lead to is marked. The others are put aside, at
  // the front of the list of their kind.
  let longOpen = predecessors;
  let longClosed = openPredecessorsEnd;
  for (let p = predecessors; p < predecessorsEnd; p += ENTRY_BYTES) {
    const isOpen = p < openPredecessorsEnd;
    const end = isOpen ? successorsEnd : openSuccessorsEnd;
    const predecessor = load<u32>(p);
    const list = recordOf(records, predecessor) + SUCCESSOR_RECORD;
    if (<u64>load<u32>(list, LIST_LENGTH) > (isOpen ? lengths : openLengths)) {
      const aside = isOpen ? longOpen : longClosed;
      const entry = load<u64>(p);
      store<u64>(p, load<u64>(aside));
      store<u64>(aside, entry);
      if (isOpen) longOpen += ENTRY_BYTES;
      else longClosed += ENTRY_BYTES;
      continue;
    }
    if (end == successors) continue;
    const mark = nextMark(lists);
    markAll(list, targets, marks, mark);
    for (let s = successors; s < end; s += ENTRY_BYTES) {
      const successor = load<u32>(s);
      if (load<u32>(marks + ((<usize>successor) << 2)) == mark) continue;
      if (!join(graph, lists, predecessor, successor, tracked)) return -1;
    }
  }
  if (longOpen == predecessors && longClosed == openPredecessorsEnd) {
    return <f64>predecessorCount * <f64>successorCount;
  }
  for (let s = successors; s < successorsEnd; s += ENTRY_BYTES) {
    const isOpen = s < openSuccessorsEnd;
    if (!isOpen && longOpen == predecessors) break;
    const successor = load<u32>(s);
    const mark = nextMark(lists);
    markAll(recordOf(records, successor), sources, marks, mark);
    for (let p = predecessors; p < longClosed; p += ENTRY_BYTES) {
      if (p == longOpen) {
        if (!isOpen) break;
        p = openPredecessorsEnd;
        if (p == longClosed) break;
      }
      const predecessor = load<u32>(p);
      if (load<u32>(marks + ((<usize>predecessor) << 2)) == mark) continue;
      if (!join(graph, lists, predecessor, successor, tracked)) return -1;
    }
  }
  return <f64>predecessorCount * <f64>successorCount;
}

/** Makes an edge that is not there; false after a stop. */
function join(graph: usize, lists: usize, from: u32, to: u32, tracked: bool): bool {
  const records: usize = load<u32>(lists, RECORDS);
  if (
    !push(lists, recordOf(records, from) + SUCCESSOR_RECORD, to, 0) ||
    !push(lists, recordOf(records, to), from, 0)
  ) {
    stopAt(graph, STOP_NO_MEMORY, 0, 0);
    return false;
  }
  if (tracked) {
    const outDegree = <usize>load<u32>(graph, OUT_DEGREES) + ((<usize>from) << 2);
    store<u32>(outDegree, load<u32>(outDegree) + 1);
    const inDegree = <usize>load<u32>(graph, IN_DEGREES) + ((<usize>to) << 2);
    store<u32>(inDegree, load<u32>(inDegree) + 1);
  }
  return true;
}

/** Drops what is gone from a list and marks what is left. */
function markAll(list: usize, mask: usize, marks: usize, mark: u32): void {
  compact(list, mask);
  let entry: usize = load<u32>(list, LIST_POINTER);
  const end = entry + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
  for (; entry < end; entry += ENTRY_BYTES) {
    store<u32>(marks + ((<usize>load<u32>(entry)) << 2), mark);
  }
}

function eliminateListWithStates(graph: usize, vertex: u32): f64 {
  const lists: usize = load<u32>(graph, LISTS);
  const records: usize = load<u32>(lists, RECORDS);
  const own = recordOf(records, vertex);
  const targets: usize = load<u32>(graph, TARGETS);
  compact(own, load<u32>(graph, SOURCES));
  compact(own + SUCCESSOR_RECORD, targets);
  maskOut(graph, vertex);
  clearBit(load<u32>(lists, OPEN), vertex);
  const predecessors: usize = load<u32>(own, LIST_POINTER);
  const predecessorCount = load<u32>(own, LIST_LENGTH);
  const successors: usize = load<u32>(own + SUCCESSOR_RECORD, LIST_POINTER);
  const successorCount = load<u32>(own + SUCCESSOR_RECORD, LIST_LENGTH);
  const predecessorsEnd = predecessors + <usize>predecessorCount * ENTRY_BYTES;
  const successorsEnd = successors + <usize>successorCount * ENTRY_BYTES;
  const marks: usize = load<u32>(lists, MARKS);
  const places: usize = load<u32>(lists, PLACES);
  const tables: usize = load<u32>(graph, TABLES);
  let total: f64 = 0;
  if (isTooMuch(records, predecessors, predecessorsEnd, successorCount)) {
    return stopAt(graph, STOP_NO_MEMORY, 0, 0);
  }

  for (let p = predecessors; p < predecessorsEnd; p += ENTRY_BYTES) {
    const predecessor = load<u32>(p);
    const list = recordOf(records, predecessor) + SUCCESSOR_RECORD;
    const mark = nextMark(lists);
    const incoming = markList(list, targets, vertex, marks, places, mark);
    for (let s = successors; s < successorsEnd; s += ENTRY_BYTES) {
      const successor = load<u32>(s);
      const exists = load<u32>(marks + ((<usize>successor) << 2)) == mark;
      const outgoing = load<u32>(s, ENTRY_STATE);
      const product = entryAt(
        load<u32>(tables, COMPOSE),
        load<u32>(tables, SHIFT),
        outgoing,
        incoming,
      );
      if (isMissing(product)) return stopAt(graph, STOP_COMPOSE_MISSING, outgoing, incoming);
      total += costOf(load<u32>(tables, COSTS), product);
      if (isZero(product)) continue;
      const state = stateOf(product);
      if (exists) {
        const index = <usize>load<u32>(places + ((<usize>successor) << 2));
        const entry = <usize>load<u32>(list, LIST_POINTER) + index * ENTRY_BYTES;
        const before = load<u32>(entry, ENTRY_STATE);
        const sum = entryAt(load<u32>(tables, ADD), load<u32>(tables, SHIFT), before, state);
        if (isMissing(sum)) return stopAt(graph, STOP_ADD_MISSING, before, state);
        total += costOf(load<u32>(tables, COSTS), sum);
        store<u32>(entry, stateOf(sum), ENTRY_STATE);
        continue;
      }
      if (
        !push(lists, list, successor, state) ||
        !push(lists, recordOf(records, successor), predecessor, 0)
      ) {
        return stopAt(graph, STOP_NO_MEMORY, 0, 0);
      }
    }
  }
  return total;
}

/**
 * True where the fill-in of an elimination cannot fit in all of the memory: a product that falls on
 * no existing edge takes an entry in two lists, and P's lists bound how many edges exist. So a hub
 * is refused at once and not after gigabytes. O(|P|).
 */
function isTooMuch(
  records: usize,
  predecessors: usize,
  predecessorsEnd: usize,
  successorCount: u32,
): bool {
  if (<f64>successorCount * <f64>(predecessorsEnd - predecessors) < 1e6) return false;
  let fillIn: i64 = 0;
  for (let p = predecessors; p < predecessorsEnd; p += ENTRY_BYTES) {
    const list = recordOf(records, load<u32>(p)) + SUCCESSOR_RECORD;
    fillIn += max<i64>(0, <i64>successorCount - <i64>load<u32>(list, LIST_LENGTH));
  }
  return fillIn * 2 * <i64>ENTRY_BYTES > <i64>MOST_BYTES;
}

/**
 * Drops what is gone from a predecessor's list and marks what is left with its index; returns the
 * state of the edge to `vertex`, which is already out of the mask unless it is an output.
 */
function markList(
  list: usize,
  targets: usize,
  vertex: u32,
  marks: usize,
  places: usize,
  mark: u32,
): u32 {
  const first: usize = load<u32>(list, LIST_POINTER);
  const end = first + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
  let incoming: u32 = 0;
  let length: u32 = 0;
  let write = first;
  for (let read = first; read < end; read += ENTRY_BYTES) {
    const entry = load<u64>(read);
    const target = <u32>entry;
    if (target == vertex) incoming = <u32>(entry >>> 32);
    if (!hasBit(targets, target)) continue;
    store<u64>(write, entry);
    store<u32>(marks + ((<usize>target) << 2), mark);
    store<u32>(places + ((<usize>target) << 2), length);
    write += ENTRY_BYTES;
    length += 1;
  }
  store<u32>(list, length, LIST_LENGTH);
  return incoming;
}

/** Gives the lists of an eliminated vertex back, but for those that are still of use. */
export function retire(graph: usize, vertex: u32): void {
  const lists: usize = load<u32>(graph, LISTS);
  const own = recordOf(load<u32>(lists, RECORDS), vertex);
  give(lists, own + SUCCESSOR_RECORD);
  memory.fill(own + SUCCESSOR_RECORD, 0, SUCCESSOR_RECORD);
  // An output that stays is still looked up from its side.
  if (hasBit(load<u32>(graph, TARGETS), vertex)) return;
  give(lists, own);
  memory.fill(own, 0, SUCCESSOR_RECORD);
}
