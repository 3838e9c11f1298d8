// Loading and freeing a graph block, and putting its scratch copy back to the start.

import {
  DEGREES,
  EDGE_BYTES,
  EDGE_FROM,
  EDGE_LIST,
  EDGE_STATE,
  EDGE_TO,
  EDGES,
  ELIMINABLE,
  ELIMINABLE_LIST,
  GATHERED_BYTES,
  GATHERED_PREDECESSORS,
  GATHERED_SUCCESSORS,
  GRAPH_HEADER_BYTES,
  IN_DEGREES,
  INITIAL,
  KEPT,
  KIND,
  KIND_LISTS,
  KIND_THREE_WORDS,
  KIND_TWO_WORDS,
  KIND_WIDE_ROWS,
  LISTS,
  MOST_ASKED_ROW_VERTICES,
  MOST_ROW_VERTICES,
  OUT_DEGREES,
  SCRATCH,
  SOURCES,
  STATES,
  TABLES,
  TARGETS,
  VERTICES,
  WORDS,
} from './layout';
import { createLists, disposeLists } from './lists';
import { allocateZeroed, release } from './memory';

function align16(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

/** Bytes of one vertex's pair of rows. */
export function strideOf(graph: usize): usize {
  return (<usize>load<u32>(graph, WORDS)) << 4;
}

export function setBit(row: usize, position: u32): void {
  const word = row + ((<usize>(position >>> 6)) << 3);
  store<u64>(word, load<u64>(word) | ((<u64>1) << (position & 63)));
}

export function clearBit(row: usize, position: u32): void {
  const word = row + ((<usize>(position >>> 6)) << 3);
  store<u64>(word, load<u64>(word) & ~((<u64>1) << (position & 63)));
}

export function hasBit(row: usize, position: u32): bool {
  const word = row + ((<usize>(position >>> 6)) << 3);
  return ((load<u64>(word) >>> (position & 63)) & 1) != 0;
}

/**
 * Which representation a graph of so many vertices gets; `atLeast` names a wider one. Rows are kept
 * for larger graphs too where they are asked for.
 */
function kindFor(vertices: u32, atLeast: u32): u32 {
  if (atLeast == KIND_WIDE_ROWS && vertices <= MOST_ASKED_ROW_VERTICES) return KIND_WIDE_ROWS;
  let kind = KIND_LISTS;
  if (vertices <= 128) kind = KIND_TWO_WORDS;
  else if (vertices <= 192) kind = KIND_THREE_WORDS;
  else if (vertices <= MOST_ROW_VERTICES) kind = KIND_WIDE_ROWS;
  return max<u32>(kind, atLeast);
}

/**
 * Builds a graph block from arrays of positions; they are checked by the host. 0 where memory ends.
 * edges: (from, to, state) of u32 each, topologically numbered, no pair twice
 * eliminable: ascending positions; outputs: positions, repetitions allowed
 * tables: of the algebra, or 0 where it is uniform
 * atLeast: 0, or the least KIND_ to use
 */
export function createGraph(
  vertices: u32,
  edges: usize,
  edgeCount: u32,
  eliminable: usize,
  eliminableCount: u32,
  outputs: usize,
  outputCount: u32,
  tables: usize,
  atLeast: u32,
): usize {
  const kind = kindFor(vertices, atLeast);
  const isLists = kind == KIND_LISTS;
  let words: usize = (<usize>vertices + 63) >>> 6;
  if (kind == KIND_TWO_WORDS) words = 2;
  if (kind == KIND_THREE_WORDS) words = 3;
  const rowsBytes: usize = isLists ? 0 : align16((words << 4) * <usize>vertices);
  const maskBytes: usize = align16(words << 3);
  const gatheredBytes: usize = isLists ? 0 : words * GATHERED_BYTES;
  const edgeBytes: usize = align16(<usize>edgeCount * EDGE_BYTES);
  const hasStates = tables != 0 && !isLists;
  const stateBytes: usize = hasStates ? align16((<usize>vertices * <usize>vertices) << 1) : 0;
  const listBytes: usize = align16((<usize>vertices) << 2);

  // Below 2^32: rows are for at most 16,384 vertices, and the host's buffers fit already.
  const graph = allocateZeroed(
    GRAPH_HEADER_BYTES +
      2 * rowsBytes +
      3 * maskBytes +
      2 * gatheredBytes +
      edgeBytes +
      stateBytes +
      4 * listBytes,
  );
  if (graph == 0) return 0;
  store<u32>(graph, kind, KIND);
  store<u32>(graph, vertices, VERTICES);
  store<u32>(graph, <u32>words, WORDS);
  store<u32>(graph, edgeCount, EDGES);
  store<u32>(graph, eliminableCount, ELIMINABLE);
  store<u32>(graph, <u32>tables, TABLES);
  let next = graph + GRAPH_HEADER_BYTES;
  store<u32>(graph, <u32>next, INITIAL);
  next += rowsBytes;
  store<u32>(graph, <u32>next, SCRATCH);
  next += rowsBytes;
  store<u32>(graph, <u32>next, KEPT);
  next += maskBytes;
  store<u32>(graph, <u32>next, SOURCES);
  next += maskBytes;
  store<u32>(graph, <u32>next, TARGETS);
  next += maskBytes;
  store<u32>(graph, <u32>next, GATHERED_PREDECESSORS);
  next += gatheredBytes;
  store<u32>(graph, <u32>next, GATHERED_SUCCESSORS);
  next += gatheredBytes;
  store<u32>(graph, <u32>next, EDGE_LIST);
  next += edgeBytes;
  store<u32>(graph, hasStates ? <u32>next : 0, STATES);
  next += stateBytes;
  store<u32>(graph, <u32>next, ELIMINABLE_LIST);
  next += listBytes;
  store<u32>(graph, <u32>next, IN_DEGREES);
  next += listBytes;
  store<u32>(graph, <u32>next, OUT_DEGREES);
  next += listBytes;
  store<u32>(graph, <u32>next, DEGREES);

  const kept: usize = load<u32>(graph, KEPT);
  for (let i: u32 = 0; i < outputCount; i++) setBit(kept, load<u32>(outputs + ((<usize>i) << 2)));
  memory.copy(load<u32>(graph, ELIMINABLE_LIST), eliminable, (<usize>eliminableCount) << 2);
  memory.copy(load<u32>(graph, EDGE_LIST), edges, <usize>edgeCount * EDGE_BYTES);
  if (isLists) {
    const lists = createLists(graph);
    if (lists == 0) {
      release(graph);
      return 0;
    }
    store<u32>(graph, <u32>lists, LISTS);
    return graph;
  }
  const initial: usize = load<u32>(graph, INITIAL);
  const stride = words << 4;
  for (let e: usize = 0; e < <usize>edgeCount; e++) {
    const edge = edges + e * EDGE_BYTES;
    const from = load<u32>(edge, EDGE_FROM);
    const to = load<u32>(edge, EDGE_TO);
    setBit(initial + <usize>to * stride, from);
    setBit(initial + <usize>from * stride + (words << 3), to);
  }
  return graph;
}

export function disposeGraph(graph: usize): void {
  disposeLists(load<u32>(graph, LISTS));
  release(graph);
}

/** Rows: nothing is eliminated any more. O(n·W), and O(edges) where edges have states. */
export function resetRows(graph: usize): void {
  const words: usize = load<u32>(graph, WORDS);
  const vertices: usize = load<u32>(graph, VERTICES);
  memory.copy(load<u32>(graph, SCRATCH), load<u32>(graph, INITIAL), (words << 4) * vertices);
  memory.fill(load<u32>(graph, SOURCES), 0xff, words << 3);
  memory.fill(load<u32>(graph, TARGETS), 0xff, words << 3);
  const states: usize = load<u32>(graph, STATES);
  if (states == 0) return;
  // Only the initial edges' states are put back: a state without an edge is never read.
  let edge: usize = load<u32>(graph, EDGE_LIST);
  const end = edge + <usize>load<u32>(graph, EDGES) * EDGE_BYTES;
  for (; edge < end; edge += EDGE_BYTES) {
    const cell = <usize>load<u32>(edge, EDGE_FROM) * vertices + <usize>load<u32>(edge, EDGE_TO);
    store<u16>(states + (cell << 1), <u16>load<u32>(edge, EDGE_STATE));
  }
}
