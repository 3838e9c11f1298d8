// One order, whatever the graph's representation and algebra.

import { KIND, KIND_LISTS, LISTS, STATES } from './layout';
import { resetRows } from './graph';
import { eliminateList, resetLists, retire } from './lists';
import { eliminateWithStates } from './rows-states';
import { eliminateUniform } from './rows-wide';

/** Nothing is eliminated any more. */
export function reset(graph: usize): void {
  if (load<u32>(graph, KIND) == KIND_LISTS) resetLists(graph);
  else resetRows(graph);
}

/** Eliminates a vertex; returns its cost, or −1 after a stop. */
export function eliminate(graph: usize, vertex: u32): f64 {
  if (load<u32>(graph, LISTS) != 0) {
    const cost = eliminateList(graph, vertex);
    retire(graph, vertex);
    return cost;
  }
  return load<u32>(graph, STATES) != 0
    ? eliminateWithStates(graph, vertex)
    : eliminateUniform(graph, vertex);
}

/** Cost of one order from the start; −1 after a stop. */
export function countOne(graph: usize, order: usize, length: u32): f64 {
  reset(graph);
  let total: f64 = 0;
  const end = order + ((<usize>length) << 2);
  for (; order < end; order += 4) {
    const cost = eliminate(graph, load<u32>(order));
    if (cost < 0) return -1;
    total += cost;
  }
  return total;
}
