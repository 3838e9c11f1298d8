// The cost of a proposed window where edges carry a state (rows-states.ts).
//
// The proposal is carried out on the graph itself and undone from a journal. With a state, a graph
// need not be the same after the same vertices in another order (the paper's machine is none of
// those that are): a running hash of all edges tells. Where it differs behind the window, evaluation
// goes on until it agrees with the one kept for that place, or to the end; so costs are exact (up to
// a collision of 64-bit hashes). O(W + |P|·|S|) an elimination.

import {
  CANDIDATE,
  CANDIDATE_HASHES,
  END,
  HASH,
  HASHES,
  JOURNAL,
  JOURNAL_CAPACITY,
  JOURNAL_LENGTH,
  LENGTH,
  ORDER,
  REFUSED,
  STOPPED,
  SUMS,
  WORK_MASKS,
} from './anneal-layout';
import { clearBit, hasBit, setBit, strideOf } from './graph';
import {
  ADD,
  COMPOSE,
  COSTS,
  GATHERED_BYTES,
  GATHERED_PREDECESSORS,
  GATHERED_SUCCESSORS,
  GATHERED_WORD,
  KEPT,
  SCRATCH,
  SHIFT,
  SOURCES,
  STATES,
  STOP_ADD_MISSING,
  STOP_COMPOSE_MISSING,
  STOP_NO_MEMORY,
  TABLES,
  TARGETS,
  VERTICES,
  WORDS,
} from './layout';
import { allocate, release } from './memory';
import { stopAt } from './rows-states';
import { gather, maskOut } from './rows-wide';
import { costOf, entryAt, isMissing, isZero, stateOf } from './tables';

/** Entry: from (u16), to (u16), the state before (u32) or NO_EDGE. */
export const JOURNAL_ENTRY_BYTES: usize = 8;
const NO_EDGE: u32 = 0xffffffff;

/** What an edge adds to the hash: the finaliser of SplitMix64 over its ends and its state. */
function mix(from: usize, to: usize, state: u32): u64 {
  let z = (((<u64>from) << 32) | ((<u64>to) << 16) | (<u64>state)) * 0x9e3779b97f4a7c15;
  z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9;
  return z ^ (z >>> 27);
}

/** The next free entry; 0 where memory ends. */
function record(annealer: usize): usize {
  const length = load<u32>(annealer, JOURNAL_LENGTH);
  const capacity = load<u32>(annealer, JOURNAL_CAPACITY);
  let journal: usize = load<u32>(annealer, JOURNAL);
  if (length == capacity) {
    const larger = allocate(((<usize>capacity) << 1) * JOURNAL_ENTRY_BYTES);
    if (larger == 0) return 0;
    memory.copy(larger, journal, <usize>length * JOURNAL_ENTRY_BYTES);
    release(journal);
    journal = larger;
    store<u32>(annealer, <u32>journal, JOURNAL);
    store<u32>(annealer, capacity << 1, JOURNAL_CAPACITY);
  }
  store<u32>(annealer, length + 1, JOURNAL_LENGTH);
  return journal + <usize>length * JOURNAL_ENTRY_BYTES;
}

/** Eliminates a vertex, every change in the journal; returns its cost, or −1 after a stop. */
export function eliminateRecorded(annealer: usize, graph: usize, vertex: u32): f64 {
  const words: usize = load<u32>(graph, WORDS);
  const vertices: usize = load<u32>(graph, VERTICES);
  const stride = strideOf(graph);
  const rows: usize = load<u32>(graph, SCRATCH);
  const row = rows + <usize>vertex * stride;
  const predecessors: usize = load<u32>(graph, GATHERED_PREDECESSORS);
  const successors: usize = load<u32>(graph, GATHERED_SUCCESSORS);
  const predecessorsEnd = gather(row, load<u32>(graph, SOURCES), words, predecessors);
  const rowS = row + (words << 3);
  const successorsEnd = gather(rowS, load<u32>(graph, TARGETS), words, successors);
  const states: usize = load<u32>(graph, STATES);
  const tables: usize = load<u32>(graph, TABLES);
  const shift = load<u32>(tables, SHIFT);
  const compose: usize = load<u32>(tables, COMPOSE);
  const add: usize = load<u32>(tables, ADD);
  const costs: usize = load<u32>(tables, COSTS);
  const outgoing = states + ((<usize>vertex * vertices) << 1);
  const isKept = hasBit(load<u32>(graph, KEPT), vertex);
  let hash = load<u64>(annealer, HASH);
  let total: f64 = 0;

  for (let item = successors; item < successorsEnd; item += GATHERED_BYTES) {
    const firstSuccessor = (<usize>load<u32>(item)) << 3;
    for (let right = load<u64>(item, GATHERED_WORD); right != 0; right &= right - 1) {
      const successor = firstSuccessor + <usize>ctz<u64>(right);
      hash -= mix(vertex, successor, <u32>load<u16>(outgoing + (successor << 1)));
    }
  }
  for (let group = predecessors; group < predecessorsEnd; group += GATHERED_BYTES) {
    const firstPredecessor = (<usize>load<u32>(group)) << 3;
    for (let left = load<u64>(group, GATHERED_WORD); left != 0; left &= left - 1) {
      const predecessor = firstPredecessor + <usize>ctz<u64>(left);
      const stateRow = states + ((predecessor * vertices) << 1);
      const incomingState = <u32>load<u16>(stateRow + ((<usize>vertex) << 1));
      if (!isKept) hash -= mix(predecessor, vertex, incomingState);
      const ownRow = rows + predecessor * stride + (words << 3);
      for (let item = successors; item < successorsEnd; item += GATHERED_BYTES) {
        const firstSuccessor = (<usize>load<u32>(item)) << 3;
        const cell = ownRow + <usize>load<u32>(item);
        const existing = load<u64>(cell);
        let made: u64 = 0;
        for (let right = load<u64>(item, GATHERED_WORD); right != 0; right &= right - 1) {
          const bit = ctz<u64>(right);
          const successor = firstSuccessor + <usize>bit;
          const outgoingState = <u32>load<u16>(outgoing + (successor << 1));
          const product = entryAt(compose, shift, outgoingState, incomingState);
          if (isMissing(product)) {
            store<u64>(cell, existing | made);
            return stopAt(graph, STOP_COMPOSE_MISSING, outgoingState, incomingState);
          }
          total += costOf(costs, product);
          if (isZero(product)) continue;
          let state = stateOf(product);
          const target = stateRow + (successor << 1);
          let before: u32 = NO_EDGE;
          if (((existing >>> bit) & 1) != 0) {
            before = <u32>load<u16>(target);
            const sum = entryAt(add, shift, before, state);
            if (isMissing(sum)) {
              store<u64>(cell, existing | made);
              return stopAt(graph, STOP_ADD_MISSING, before, state);
            }
            total += costOf(costs, sum);
            state = stateOf(sum);
            if (state == before) continue;
            hash -= mix(predecessor, successor, before);
          }
          const entry = record(annealer);
          if (entry == 0) {
            store<u64>(cell, existing | made);
            return stopAt(graph, STOP_NO_MEMORY, 0, 0);
          }
          store<u16>(entry, <u16>predecessor);
          store<u16>(entry, <u16>successor, 2);
          store<u32>(entry, before, 4);
          store<u16>(target, <u16>state);
          hash += mix(predecessor, successor, state);
          if (before == NO_EDGE) {
            made |= (<u64>1) << bit;
            setBit(rows + successor * stride, <u32>predecessor);
          }
        }
        store<u64>(cell, existing | made);
      }
    }
  }
  store<u64>(annealer, hash, HASH);
  maskOut(graph, vertex);
  return total;
}

/** Takes back every change in the journal. */
export function undo(annealer: usize, graph: usize): void {
  const vertices: usize = load<u32>(graph, VERTICES);
  const stride = strideOf(graph);
  const rows: usize = load<u32>(graph, SCRATCH);
  const successorRows = rows + (stride >>> 1);
  const states: usize = load<u32>(graph, STATES);
  const journal: usize = load<u32>(annealer, JOURNAL);
  let entry = journal + <usize>load<u32>(annealer, JOURNAL_LENGTH) * JOURNAL_ENTRY_BYTES;
  while (entry > journal) {
    entry -= JOURNAL_ENTRY_BYTES;
    const from: usize = load<u16>(entry);
    const to: usize = load<u16>(entry, 2);
    const before = load<u32>(entry, 4);
    if (before == NO_EDGE) {
      clearBit(rows + to * stride, <u32>from);
      clearBit(successorRows + from * stride, <u32>to);
    } else {
      store<u16>(states + ((from * vertices + to) << 1), <u16>before);
    }
  }
  store<u32>(annealer, 0, JOURNAL_LENGTH);
}

/** Copies the masks of sources and targets to where they are kept during a proposal, or back. */
export function copyMasks(annealer: usize, graph: usize, back: bool): void {
  const bytes: usize = (<usize>load<u32>(graph, WORDS)) << 3;
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const kept: usize = load<u32>(annealer, WORK_MASKS);
  for (let offset: usize = 0; offset < bytes; offset += 8) {
    if (back) {
      store<u64>(sources + offset, load<u64>(kept + offset));
      store<u64>(targets + offset, load<u64>(kept + bytes + offset));
    } else {
      store<u64>(kept + offset, load<u64>(sources + offset));
      store<u64>(kept + bytes + offset, load<u64>(targets + offset));
    }
  }
}

/**
 * As proposeTwo, for a window that costs `old` now and may cost `threshold` more; END is where the
 * graph agrees again, and there, too, the sum may be `threshold` more. STOPPED for a missing entry.
 */
export function proposeStates(
  annealer: usize,
  graph: usize,
  place: usize,
  length: usize,
  first: u32,
  middle: usize,
  last: u32,
  old: f64,
  threshold: f64,
): f64 {
  const n: usize = load<u32>(annealer, LENGTH);
  const order: usize = load<u32>(annealer, ORDER);
  const sums: usize = load<u32>(annealer, CANDIDATE);
  const hashes: usize = load<u32>(annealer, CANDIDATE_HASHES);
  const oldHashes: usize = load<u32>(annealer, HASHES);
  const oldSums: usize = load<u32>(annealer, SUMS);
  store<u64>(annealer, load<u64>(oldHashes + (place << 3)), HASH);
  copyMasks(annealer, graph, false);
  let total: f64 = 0;
  let t: usize = 0;
  for (; place + t < n; t++) {
    let vertex = first;
    if (t > length) {
      if (load<u64>(annealer, HASH) == load<u64>(oldHashes + ((place + t) << 3))) break;
      vertex = load<u32>(order + ((place + t) << 2));
    } else if (t > 0) {
      vertex = t == length ? last : load<u32>(middle + (t << 2));
    }
    const cost = eliminateRecorded(annealer, graph, vertex);
    if (cost < 0) {
      total = STOPPED;
      break;
    }
    total += cost;
    if (t <= length && total - old > threshold) {
      total = REFUSED;
      break;
    }
    store<f64>(sums + (t << 3), total);
    store<u64>(hashes + (t << 3), load<u64>(annealer, HASH));
  }
  if (total >= 0 && t > length + 1) {
    const before = load<f64>(oldSums + ((place + t) << 3)) - load<f64>(oldSums + (place << 3));
    if (total - before > threshold) total = REFUSED;
  }
  store<u32>(annealer, <u32>(place + t), END);
  undo(annealer, graph);
  copyMasks(annealer, graph, true);
  return total;
}

/** Eliminates a vertex for good; false after a stop, with nothing changed. */
export function advanceStates(annealer: usize, graph: usize, place: usize, vertex: u32): bool {
  const hashes: usize = load<u32>(annealer, HASHES);
  store<u64>(annealer, load<u64>(hashes + (place << 3)), HASH);
  if (eliminateRecorded(annealer, graph, vertex) < 0) {
    undo(annealer, graph);
    return false;
  }
  store<u32>(annealer, 0, JOURNAL_LENGTH);
  return true;
}
