// The elimination core: counts elimination orders of a linearised graph and finds Markowitz orders.
//
// Raw linear memory, no runtime, no mutable global: every call names what it works on by a pointer.
// The host (src/core/wasm.ts) checks positions, sizes and limits; nothing is checked here but the
// end of memory. A call may grow memory, so the host keeps no view across calls.
//
// Memory, from the heap's base on (layout.ts has every offset):
//
//   allocator   first free block, end of heap, bytes in use                          (memory.ts)
//   blocks      16 bytes of header each, the free ones chained in address order
//
//   graph       header of u32 fields, then in the same block:
//               rows, as loaded      n × (W words predecessors, W words successors)
//               rows, scratch        the same, changed by eliminations
//               masks                W words each: outputs, sources, targets
//               gathered words       2 × W × (byte offset u32, padding, word u64)
//               edges                (from, to, state) u32 each
//               states               n × n u16, only where the algebra is not uniform
//               eliminable positions, in-degrees, out-degrees, Markowitz degrees, n × u32 each
//   tables      compose and add, 2^k × 2^k entries u32 (state, cost's index); costs f64 (tables.ts)
//   lists       instead of rows above 4,096 vertices: adjacency lists and an arena   (lists.ts)
//   interned    a function whose values are interned by what they mean       (compiled.ts)
//   play        a graph at some prefix of an order, that it has to itself           (play.ts)
//   network     weights, and room for the evaluation of a play's position         (network.ts)
//   beam, greedy, nested   searches on a play (beam.ts, greedy.ts, nested.ts)
//   search      a tree over the positions of a play that it has to itself            (tree.ts)
//   annealer    an order under improvement, of a graph that it has to itself        (anneal.ts)
//
// W is 2 up to 128 vertices (rows-two.ts), 3 up to 192 (rows-three.ts), ⌈n/64⌉ above
// (rows-wide.ts). With states: rows-states.ts. Costs are f64 and exact below 2^53.
//
// Calls that look up a table may meet an entry the host has not filled yet. They stop, leave the
// pair in the graph's header (stopReason, missingLeft, missingRight), and are called again.

import { countOne, eliminate, reset } from './eliminate';
import {
  KIND,
  KIND_LISTS,
  KIND_THREE_WORDS,
  KIND_TWO_WORDS,
  MISSING_LEFT,
  MISSING_RIGHT,
  STATES,
  STOP,
  STOP_NONE,
} from './layout';
import { markowitzRows } from './markowitz';
import { greedyLists } from './greedy-lists';
import { countThree } from './rows-three';
import { countTwo } from './rows-two';

export {
  anneal,
  bestCost,
  bestOrder,
  createAnnealer,
  currentCost,
  currentOrder,
  disposeAnnealer,
  isSweeping,
  startAnnealer,
} from './anneal';
export {
  beamBytes,
  bestOfBeam,
  createBeam,
  disposeBeam,
  extendBeam,
  isBeamCut,
  narrowBeam,
  startBeam,
} from './beam';
export {
  annealInterned,
  bestInternedCost,
  bestInternedOrder,
  createInternedAnnealer,
  disposeInternedAnnealer,
  internedCost,
  internedOrder,
  isSweepingInterned,
  startInternedAnnealer,
} from './compiled-anneal';
export { countInterned, createInterned, disposeInterned } from './compiled';
export { createGraph, disposeGraph } from './graph';
export { createGreedy, disposeGreedy, extendGreedy, startGreedy } from './greedy';
export { allocate, bytesInUse, release } from './memory';
export {
  bestNestedCost,
  bestNestedOrder,
  createNested,
  disposeNested,
  isNestedFinished,
  nestedPolicy,
  searchNested,
  startNested,
} from './nested';
export {
  createNetwork,
  evaluatePosition,
  expectedRest,
  networkCosts,
  networkEdges,
  networkFeatures,
  networkLogits,
  networkStatics,
  networkWeights,
  setNetworkUnit,
} from './network';
export { pricePerProduct } from './outlook';
export {
  bestRollout,
  bestRolloutCost,
  createPlay,
  createSnapshot,
  disposePlay,
  forgetBest,
  playCost,
  playDamage,
  playDegrees,
  playLength,
  playMarkowitz,
  playMove,
  playOrder,
  playRemaining,
  resetPlay,
  restorePosition,
  rollOut,
  savePosition,
  seedPlay,
} from './play';
export {
  answerLeaf,
  beginMove,
  createSearch,
  disposeSearch,
  hostScores,
  nodesInUse,
  playChosen,
  prepareRoot,
  rootNode,
  rootPolicy,
  rootRemaining,
  searchMove,
  startSearch,
} from './tree';
export { localEdges, startWalk, walk } from './windows';
export { createTables, disposeTables, growTables, setCost, setEntry } from './tables';

/**
 * Counts `number` orders of `length` positions (u32), one after the other at `orders`, into
 * `results` (f64). Returns how many it counted; fewer than `number` means a stop.
 */
export function count(graph: usize, orders: usize, length: u32, number: u32, results: usize): u32 {
  store<u32>(graph, STOP_NONE, STOP);
  const kind = load<u32>(graph, KIND);
  if (load<u32>(graph, STATES) == 0 && kind == KIND_TWO_WORDS) {
    countTwo(graph, orders, length, number, results);
    return number;
  }
  if (load<u32>(graph, STATES) == 0 && kind == KIND_THREE_WORDS) {
    countThree(graph, orders, length, number, results);
    return number;
  }
  for (let i: u32 = 0; i < number; i++) {
    const total = countOne(graph, orders + ((<usize>i * <usize>length) << 2), length);
    if (total < 0) return i;
    store<f64>(results + ((<usize>i) << 3), total);
  }
  return number;
}

/** Writes the cost of each elimination of one order to `results` (f64); false after a stop. */
export function steps(graph: usize, order: usize, length: u32, results: usize): bool {
  store<u32>(graph, STOP_NONE, STOP);
  reset(graph);
  for (let i: usize = 0; i < <usize>length; i++) {
    const cost = eliminate(graph, load<u32>(order + (i << 2)));
    if (cost < 0) return false;
    store<f64>(results + (i << 3), cost);
  }
  return true;
}

/** Writes the Markowitz order (u32 positions) of a graph kept as rows to `order`. */
export function markowitz(graph: usize, high: bool, order: usize): void {
  store<u32>(graph, STOP_NONE, STOP);
  markowitzRows(graph, high, order);
}

/**
 * Writes a greedy order (u32 positions) of a graph kept as lists to `order`; false after a stop.
 * weights: of degree, damage and fill-in (f64 each); offsets: one a vertex (f64), or 0 for none
 */
export function greedy(
  graph: usize,
  weights: usize,
  offsets: usize,
  high: bool,
  order: usize,
): bool {
  store<u32>(graph, STOP_NONE, STOP);
  return greedyLists(graph, weights, offsets, high, order);
}

/** Why the last call stopped early: a STOP_ constant. */
export function stopReason(graph: usize): u32 {
  return load<u32>(graph, STOP);
}

export function missingLeft(graph: usize): u32 {
  return load<u32>(graph, MISSING_LEFT);
}

export function missingRight(graph: usize): u32 {
  return load<u32>(graph, MISSING_RIGHT);
}

/** The graph's representation: a KIND_ constant. */
export function kindOf(graph: usize): u32 {
  return load<u32>(graph, KIND);
}
