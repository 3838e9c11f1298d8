// One elimination on rows whose edges carry a state (EdgeAlgebra): every pair of an in-edge and an
// out-edge is looked up in the compose table, and merged into an existing edge by the add table.
// Which edges exist is in the bitset rows; the state of u → w is in the n × n matrix, row u. A
// product that is structurally zero makes no edge. O(W + |P|·|S|).

import {
  ADD,
  COMPOSE,
  COSTS,
  GATHERED_BYTES,
  GATHERED_PREDECESSORS,
  GATHERED_SUCCESSORS,
  GATHERED_WORD,
  MISSING_LEFT,
  MISSING_RIGHT,
  SCRATCH,
  SHIFT,
  SOURCES,
  STATES,
  STOP,
  STOP_ADD_MISSING,
  STOP_COMPOSE_MISSING,
  TABLES,
  TARGETS,
  VERTICES,
  WORDS,
} from './layout';
import { hasBit, setBit, strideOf } from './graph';
import { gather, maskOut, spreadGathered } from './rows-wide';
import { costOf, entryAt, isMissing, isZero, stateOf } from './tables';

/** Remembers why a call stops, and the pair the host has to fill in; returns −1. */
export function stopAt(graph: usize, reason: u32, left: u32, right: u32): f64 {
  store<u32>(graph, reason, STOP);
  store<u32>(graph, left, MISSING_LEFT);
  store<u32>(graph, right, MISSING_RIGHT);
  return -1;
}

/** Eliminates a vertex; returns its cost, or −1 after a stop (the scratch graph is then spoilt). */
export function eliminateWithStates(graph: usize, vertex: u32): f64 {
  const words: usize = load<u32>(graph, WORDS);
  const vertices: usize = load<u32>(graph, VERTICES);
  const stride = strideOf(graph);
  const rows: usize = load<u32>(graph, SCRATCH);
  const row = rows + <usize>vertex * stride;
  const predecessors: usize = load<u32>(graph, GATHERED_PREDECESSORS);
  const successors: usize = load<u32>(graph, GATHERED_SUCCESSORS);
  const predecessorsEnd = gather(row, load<u32>(graph, SOURCES), words, predecessors);
  const successorRow = row + (words << 3);
  const successorsEnd = gather(successorRow, load<u32>(graph, TARGETS), words, successors);
  const states: usize = load<u32>(graph, STATES);
  const tables: usize = load<u32>(graph, TABLES);
  const shift = load<u32>(tables, SHIFT);
  const compose: usize = load<u32>(tables, COMPOSE);
  const add: usize = load<u32>(tables, ADD);
  const costs: usize = load<u32>(tables, COSTS);
  const outgoing = states + ((<usize>vertex * vertices) << 1);

  let total: f64 = 0;
  let zeros: u64 = 0;
  for (let group = predecessors; group < predecessorsEnd; group += GATHERED_BYTES) {
    const firstPredecessor = (<usize>load<u32>(group)) << 3;
    for (let left = load<u64>(group, GATHERED_WORD); left != 0; left &= left - 1) {
      const predecessor = firstPredecessor + <usize>ctz<u64>(left);
      const stateRow = states + ((predecessor * vertices) << 1);
      const incomingState = <u32>load<u16>(stateRow + ((<usize>vertex) << 1));
      const ownRow = rows + predecessor * stride + (words << 3);
      for (let item = successors; item < successorsEnd; item += GATHERED_BYTES) {
        const offset = <usize>load<u32>(item);
        const word = load<u64>(item, GATHERED_WORD);
        const existing = load<u64>(ownRow + offset);
        let made = word;
        for (let right = word; right != 0; right &= right - 1) {
          const bit = ctz<u64>(right);
          const column = ((offset << 3) + <usize>bit) << 1;
          const outgoingState = <u32>load<u16>(outgoing + column);
          const product = entryAt(compose, shift, outgoingState, incomingState);
          if (isMissing(product)) {
            return stopAt(graph, STOP_COMPOSE_MISSING, outgoingState, incomingState);
          }
          total += costOf(costs, product);
          if (isZero(product)) {
            made &= ~((<u64>1) << bit);
            continue;
          }
          let state = stateOf(product);
          if (((existing >>> bit) & 1) != 0) {
            const before = <u32>load<u16>(stateRow + column);
            const sum = entryAt(add, shift, before, state);
            if (isMissing(sum)) return stopAt(graph, STOP_ADD_MISSING, before, state);
            total += costOf(costs, sum);
            state = stateOf(sum);
          }
          store<u16>(stateRow + column, <u16>state);
        }
        store<u64>(ownRow + offset, existing | made);
        zeros |= word ^ made;
      }
    }
  }
  if (zeros == 0) {
    spreadGathered(rows, stride, successors, successorsEnd, predecessors, predecessorsEnd);
  } else {
    mirror(rows, stride, successors, successorsEnd, predecessors, predecessorsEnd);
  }
  maskOut(graph, vertex);
  return total;
}

/** Gives each gathered successor those of the predecessors that have it in their rows. */
function mirror(
  rows: usize,
  stride: usize,
  successors: usize,
  successorsEnd: usize,
  predecessors: usize,
  predecessorsEnd: usize,
): void {
  for (let item = successors; item < successorsEnd; item += GATHERED_BYTES) {
    const firstSuccessor = load<u32>(item) << 3;
    for (let right = load<u64>(item, GATHERED_WORD); right != 0; right &= right - 1) {
      const successor = firstSuccessor + <u32>ctz<u64>(right);
      const row = rows + <usize>successor * stride;
      for (let group = predecessors; group < predecessorsEnd; group += GATHERED_BYTES) {
        const firstPredecessor = load<u32>(group) << 3;
        for (let left = load<u64>(group, GATHERED_WORD); left != 0; left &= left - 1) {
          const predecessor = firstPredecessor + <u32>ctz<u64>(left);
          const own = rows + <usize>predecessor * stride + (stride >>> 1);
          if (hasBit(own, successor)) setBit(row, predecessor);
        }
      }
    }
  }
}
