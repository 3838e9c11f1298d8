// What eliminating a vertex would cost, without doing it. Within one elimination every pair of an
// in-edge and an out-edge meets an edge of its own, so no product changes what another one costs, and
// the elimination that follows meets no table entry that was not met here. O(W + |P|·|S|).

import {
  ADD,
  COMPOSE,
  COSTS,
  GATHERED_BYTES,
  GATHERED_PREDECESSORS,
  GATHERED_SUCCESSORS,
  GATHERED_WORD,
  SCRATCH,
  SHIFT,
  SOURCES,
  STATES,
  STOP_ADD_MISSING,
  STOP_COMPOSE_MISSING,
  TABLES,
  TARGETS,
  VERTICES,
  WORDS,
} from './layout';
import { hasBit, strideOf } from './graph';
import { stopAt } from './rows-states';
import { gather } from './rows-wide';
import { costOf, entryAt, isMissing, isZero, stateOf } from './tables';

/** Cost of eliminating a vertex of a graph whose edges have states; −1 after a stop. */
export function priceWithStates(graph: usize, vertex: u32): f64 {
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
  for (let group = predecessors; group < predecessorsEnd; group += GATHERED_BYTES) {
    const firstPredecessor = (<usize>load<u32>(group)) << 3;
    for (let left = load<u64>(group, GATHERED_WORD); left != 0; left &= left - 1) {
      const predecessor = firstPredecessor + <usize>ctz<u64>(left);
      const stateRow = states + ((predecessor * vertices) << 1);
      const incomingState = <u32>load<u16>(stateRow + ((<usize>vertex) << 1));
      const ownRow = rows + predecessor * stride + (words << 3);
      for (let item = successors; item < successorsEnd; item += GATHERED_BYTES) {
        const firstSuccessor = (<usize>load<u32>(item)) << 3;
        for (let right = load<u64>(item, GATHERED_WORD); right != 0; right &= right - 1) {
          const successor = firstSuccessor + <usize>ctz<u64>(right);
          const outgoingState = <u32>load<u16>(outgoing + (successor << 1));
          const product = entryAt(compose, shift, outgoingState, incomingState);
          if (isMissing(product)) {
            return stopAt(graph, STOP_COMPOSE_MISSING, outgoingState, incomingState);
          }
          total += costOf(costs, product);
          if (isZero(product) || !hasBit(ownRow, <u32>successor)) continue;
          const before = <u32>load<u16>(stateRow + (successor << 1));
          const sum = entryAt(add, shift, before, stateOf(product));
          if (isMissing(sum)) return stopAt(graph, STOP_ADD_MISSING, before, stateOf(product));
          total += costOf(costs, sum);
        }
      }
    }
  }
  return total;
}
