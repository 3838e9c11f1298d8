// Walking along an order on adjacency lists and looking at what lies ahead: which edges there are at
// the vertices that are eliminated next, and which vertices an elimination has to do with. What
// src/core/order-walk.ts is made of.

import { eliminate, reset } from './eliminate';
import {
  ENTRY_BYTES,
  ENTRY_STATE,
  LAST_MARK,
  LIST_LENGTH,
  LIST_POINTER,
  LISTS,
  MARKS,
  OPEN,
  RECORDS,
  SOURCES,
  STOP,
  STOP_NONE,
  SUCCESSOR_RECORD,
  TABLES,
  TARGETS,
} from './layout';
import { hasBit } from './graph';
import { recordOf } from './lists';

/** Nothing is eliminated any more. */
export function startWalk(graph: usize): void {
  store<u32>(graph, STOP_NONE, STOP);
  reset(graph);
}

/**
 * Eliminates the next vertices (u32) of an order, with their costs (f64). Writes, for each, how many
 * neighbours it has that are still to be eliminated, and these (u32 each), while there is room.
 * Returns how many vertices it eliminated: fewer than `length` where there is no more room, or after
 * a stop.
 * room: of u32; 0 to write no neighbours
 */
export function walk(
  graph: usize,
  order: usize,
  length: u32,
  costs: usize,
  neighbours: usize,
  room: u32,
): u32 {
  const lists: usize = load<u32>(graph, LISTS);
  const records: usize = load<u32>(lists, RECORDS);
  const open: usize = load<u32>(lists, OPEN);
  const isWritten = room > 0;
  let next = neighbours;
  const end = neighbours + ((<usize>room) << 2);
  store<u32>(graph, STOP_NONE, STOP);
  for (let i: u32 = 0; i < length; i++) {
    const vertex = load<u32>(order + ((<usize>i) << 2));
    if (isWritten) {
      const own = recordOf(records, vertex);
      const most = load<u32>(own, LIST_LENGTH) + load<u32>(own + SUCCESSOR_RECORD, LIST_LENGTH);
      if (next + ((<usize>most + 1) << 2) > end) return i;
      let at = writeOpen(own, open, load<u32>(graph, SOURCES), next + 4);
      at = writeOpen(own + SUCCESSOR_RECORD, open, load<u32>(graph, TARGETS), at);
      store<u32>(next, <u32>((at - next) >>> 2) - 1);
      next = at;
    }
    const cost = eliminate(graph, vertex);
    if (cost < 0) return i;
    store<f64>(costs + ((<usize>i) << 3), cost);
  }
  return length;
}

/** Writes what is there still of a list and to be eliminated; returns where it ended. */
function writeOpen(list: usize, open: usize, mask: usize, to: usize): usize {
  let entry: usize = load<u32>(list, LIST_POINTER);
  const end = entry + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
  for (; entry < end; entry += ENTRY_BYTES) {
    const vertex = load<u32>(entry);
    if (!hasBit(mask, vertex) || !hasBit(open, vertex)) continue;
    store<u32>(to, vertex);
    to += 4;
  }
  return to;
}

/**
 * Writes the edges (from, to, state: u32 each) at `count` vertices that are to be eliminated next,
 * as they are now. Where edges have states, also those from their predecessors to each other and to
 * their successors, which eliminations add to. Returns how many edges; `room` + 1 where there are
 * more than that.
 */
export function localEdges(
  graph: usize,
  vertices: usize,
  count: u32,
  edges: usize,
  room: u32,
): u32 {
  const lists: usize = load<u32>(graph, LISTS);
  const records: usize = load<u32>(lists, RECORDS);
  const marks: usize = load<u32>(lists, MARKS);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const hasStates = load<u32>(graph, TABLES) != 0;
  /** Vertices to be eliminated have this mark, those beside them one more, others handled two more. */
  const own = load<u32>(lists, LAST_MARK) + 1;
  store<u32>(lists, own + 2, LAST_MARK);
  const end = vertices + ((<usize>count) << 2);
  for (let at = vertices; at < end; at += 4) {
    store<u32>(marks + ((<usize>load<u32>(at)) << 2), own);
  }
  let written: u32 = 0;
  for (let at = vertices; at < end; at += 4) {
    const vertex = load<u32>(at);
    const list = recordOf(records, vertex) + SUCCESSOR_RECORD;
    let entry: usize = load<u32>(list, LIST_POINTER);
    const last = entry + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
    for (; entry < last; entry += ENTRY_BYTES) {
      const successor = load<u32>(entry);
      if (!hasBit(targets, successor)) continue;
      if (written == room) return room + 1;
      writeEdge(edges, written, vertex, successor, load<u32>(entry, ENTRY_STATE));
      written += 1;
      const mark = marks + ((<usize>successor) << 2);
      if (load<u32>(mark) != own) store<u32>(mark, own + 1);
    }
  }
  for (let at = vertices; at < end; at += 4) {
    const vertex = load<u32>(at);
    const list = recordOf(records, vertex);
    let entry: usize = load<u32>(list, LIST_POINTER);
    const last = entry + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
    for (; entry < last; entry += ENTRY_BYTES) {
      const predecessor = load<u32>(entry);
      if (!hasBit(sources, predecessor)) continue;
      const mark = marks + ((<usize>predecessor) << 2);
      if (load<u32>(mark) == own) continue;
      if (!hasStates) {
        if (written == room) return room + 1;
        writeEdge(edges, written, predecessor, vertex, 0);
        written += 1;
      } else if (load<u32>(mark) < own + 1) {
        store<u32>(mark, own + 1);
      }
    }
  }
  if (!hasStates) return written;
  for (let at = vertices; at < end; at += 4) {
    const list = recordOf(records, load<u32>(at));
    let entry: usize = load<u32>(list, LIST_POINTER);
    const last = entry + <usize>load<u32>(list, LIST_LENGTH) * ENTRY_BYTES;
    for (; entry < last; entry += ENTRY_BYTES) {
      const predecessor = load<u32>(entry);
      if (!hasBit(sources, predecessor)) continue;
      const mark = marks + ((<usize>predecessor) << 2);
      if (load<u32>(mark) != own + 1) continue;
      store<u32>(mark, own + 2);
      const after = recordOf(records, predecessor) + SUCCESSOR_RECORD;
      let other: usize = load<u32>(after, LIST_POINTER);
      const lastOther = other + <usize>load<u32>(after, LIST_LENGTH) * ENTRY_BYTES;
      for (; other < lastOther; other += ENTRY_BYTES) {
        const successor = load<u32>(other);
        if (!hasBit(targets, successor)) continue;
        if (load<u32>(marks + ((<usize>successor) << 2)) < own) continue;
        if (written == room) return room + 1;
        writeEdge(edges, written, predecessor, successor, load<u32>(other, ENTRY_STATE));
        written += 1;
      }
    }
  }
  return written;
}

function writeEdge(edges: usize, index: u32, from: u32, to: u32, state: u32): void {
  const edge = edges + <usize>index * 12;
  store<u32>(edge, from);
  store<u32>(edge, to, 4);
  store<u32>(edge, state, 8);
}
