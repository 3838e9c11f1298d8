// One elimination on rows of any number of words, for one number of multiplications a product
// (uniform algebra). The rows of the vertex in hand are gathered once as a list of their non-zero
// words; every neighbour's row is then touched only there. Rows are masked as in rows-two.ts.
// O(W + |P|·w(S) + |S|·w(P)), w = number of non-zero words.

import {
  GATHERED_BYTES,
  GATHERED_PREDECESSORS,
  GATHERED_SUCCESSORS,
  GATHERED_WORD,
  KEPT,
  SCRATCH,
  SOURCES,
  TARGETS,
  WORDS,
} from './layout';
import { clearBit, hasBit, strideOf } from './graph';

/** Writes the non-zero words of `row & mask` to `gathered`; returns the end of what it wrote. */
export function gather(row: usize, mask: usize, words: usize, gathered: usize): usize {
  const bytes = words << 3;
  for (let offset: usize = 0; offset < bytes; offset += 8) {
    const word = load<u64>(row + offset) & load<u64>(mask + offset);
    if (word == 0) continue;
    store<u32>(gathered, <u32>offset);
    store<u64>(gathered, word, GATHERED_WORD);
    gathered += GATHERED_BYTES;
  }
  return gathered;
}

/** Number of vertices in gathered words. */
export function gatheredCount(gathered: usize, end: usize): u32 {
  let count: u32 = 0;
  for (; gathered < end; gathered += GATHERED_BYTES) {
    count += <u32>popcnt<u64>(load<u64>(gathered, GATHERED_WORD));
  }
  return count;
}

/** ORs the gathered words `added` into the rows of the vertices in gathered words `vertices`. */
export function spreadGathered(
  rows: usize,
  stride: usize,
  vertices: usize,
  verticesEnd: usize,
  added: usize,
  addedEnd: usize,
): void {
  for (; vertices < verticesEnd; vertices += GATHERED_BYTES) {
    // A word's byte offset times 8 is the position of its lowest bit.
    const first = rows + ((<usize>load<u32>(vertices)) << 3) * stride;
    for (let word = load<u64>(vertices, GATHERED_WORD); word != 0; word &= word - 1) {
      const row = first + <usize>ctz<u64>(word) * stride;
      for (let item = added; item < addedEnd; item += GATHERED_BYTES) {
        const cell = row + <usize>load<u32>(item);
        store<u64>(cell, load<u64>(cell) | load<u64>(item, GATHERED_WORD));
      }
    }
  }
}

/** Takes an eliminated vertex out of the masks; an output stays a target. */
export function maskOut(graph: usize, vertex: u32): void {
  clearBit(load<u32>(graph, SOURCES), vertex);
  if (!hasBit(load<u32>(graph, KEPT), vertex)) clearBit(load<u32>(graph, TARGETS), vertex);
}

/** Eliminates a vertex; returns |P|·|S|. */
export function eliminateUniform(graph: usize, vertex: u32): f64 {
  const words: usize = load<u32>(graph, WORDS);
  const stride = strideOf(graph);
  const rows: usize = load<u32>(graph, SCRATCH);
  const row = rows + <usize>vertex * stride;
  const predecessors: usize = load<u32>(graph, GATHERED_PREDECESSORS);
  const successors: usize = load<u32>(graph, GATHERED_SUCCESSORS);
  const predecessorsEnd = gather(row, load<u32>(graph, SOURCES), words, predecessors);
  const successorRow = row + (words << 3);
  const successorsEnd = gather(successorRow, load<u32>(graph, TARGETS), words, successors);
  const successorRows = rows + (words << 3);
  spreadGathered(successorRows, stride, predecessors, predecessorsEnd, successors, successorsEnd);
  spreadGathered(rows, stride, successors, successorsEnd, predecessors, predecessorsEnd);
  maskOut(graph, vertex);
  return (
    <f64>gatheredCount(predecessors, predecessorsEnd) *
    <f64>gatheredCount(successors, successorsEnd)
  );
}
