// Several moves after one evaluation of the network. Vertices that are no neighbours can be eliminated
// in either order at the same cost (src/search/local-order.ts), and what a move changes lies near it.
// So on a large graph one evaluation is good for many moves, as long as none is beside another.

import { strideOf } from './graph';
import { SCRATCH, SOURCES, TARGETS, WORDS } from './layout';
import { SCORES } from './network-layout';
import { leastScore } from './play-choice';
import { GRAPH, NETWORK, PADDED } from './play-layout';

/** Closes the vertices in a row of bits. */
function closeRow(scores: usize, row: usize, mask: usize, words: usize): void {
  for (let word: usize = 0; word < words; word++) {
    let bits = load<u64>(row + (word << 3)) & load<u64>(mask + (word << 3));
    for (; bits != 0; bits &= bits - 1) {
      store<f64>(scores + (((word << 6) + <usize>ctz<u64>(bits)) << 3), Infinity);
    }
  }
}

/** Takes a vertex that remains and its neighbours out of the choice, until the next evaluation. */
export function closeAround(play: usize, vertex: u32): void {
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const scores: usize = load<u32>(<usize>load<u32>(play, NETWORK), SCORES);
  const row = <usize>load<u32>(graph, SCRATCH) + <usize>vertex * strideOf(graph);
  closeRow(scores, row, load<u32>(graph, SOURCES), words);
  closeRow(scores, row + (words << 3), load<u32>(graph, TARGETS), words);
  store<f64>(scores + ((<usize>vertex) << 3), Infinity);
}

/** Whether there is nothing left to choose before the next evaluation. */
export function isAllClosed(play: usize): bool {
  const scores: usize = load<u32>(<usize>load<u32>(play, NETWORK), SCORES);
  return leastScore(scores, load<u32>(play, PADDED)) == Infinity;
}
