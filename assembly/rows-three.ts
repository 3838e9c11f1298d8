// Counting orders on graphs of up to 192 vertices: a row is one 128-bit register and one 64-bit
// word. Otherwise as rows-two.ts.

import { INITIAL, KEPT, SCRATCH, VERTICES } from './layout';

/** Bytes of one vertex's two rows, and of one row. */
const STRIDE: usize = 48;
const ROW: usize = 24;

/** ORs a row into the row at byte `offset` of each vertex in one word, counted from `first`. */
function spreadWord(rows: usize, word: u64, added: v128, added2: u64): void {
  while (word != 0) {
    const row = rows + <usize>ctz<u64>(word) * STRIDE;
    v128.store(row, v128.or(v128.load(row), added));
    store<u64>(row, load<u64>(row, 16) | added2, 16);
    word &= word - 1;
  }
}

/** Counts `number` orders of `length` positions (u32), one after the other, into `results` (f64). */
export function countThree(
  graph: usize,
  orders: usize,
  length: u32,
  number: u32,
  results: usize,
): void {
  const bytes: usize = <usize>load<u32>(graph, VERTICES) * STRIDE;
  const initial: usize = load<u32>(graph, INITIAL);
  const rows: usize = load<u32>(graph, SCRATCH);
  const kept: usize = load<u32>(graph, KEPT);
  const kept0 = load<u64>(kept);
  const kept1 = load<u64>(kept, 8);
  const kept2 = load<u64>(kept, 16);
  let position = orders;
  for (let i: u32 = 0; i < number; i++) {
    memory.copy(rows, initial, bytes);
    let sources0: u64 = -1;
    let sources1: u64 = -1;
    let sources2: u64 = -1;
    let targets0: u64 = -1;
    let targets1: u64 = -1;
    let targets2: u64 = -1;
    // At most 192³ < 2^23.
    let total: u32 = 0;
    for (const end = position + ((<usize>length) << 2); position < end; position += 4) {
      const vertex = load<u32>(position);
      const row = rows + <usize>vertex * STRIDE;
      const p0 = load<u64>(row) & sources0;
      const p1 = load<u64>(row, 8) & sources1;
      const p2 = load<u64>(row, 16) & sources2;
      const s0 = load<u64>(row, 24) & targets0;
      const s1 = load<u64>(row, 32) & targets1;
      const s2 = load<u64>(row, 40) & targets2;
      total +=
        (<u32>popcnt<u64>(p0) + <u32>popcnt<u64>(p1) + <u32>popcnt<u64>(p2)) *
        (<u32>popcnt<u64>(s0) + <u32>popcnt<u64>(s1) + <u32>popcnt<u64>(s2));
      const successors = i64x2.replace_lane(i64x2.splat(s0), 1, s1);
      spreadWord(rows + ROW, p0, successors, s2);
      spreadWord(rows + ROW + 64 * STRIDE, p1, successors, s2);
      spreadWord(rows + ROW + 128 * STRIDE, p2, successors, s2);
      const predecessors = i64x2.replace_lane(i64x2.splat(p0), 1, p1);
      spreadWord(rows, s0, predecessors, p2);
      spreadWord(rows + 64 * STRIDE, s1, predecessors, p2);
      spreadWord(rows + 128 * STRIDE, s2, predecessors, p2);
      const bit = (<u64>1) << (vertex & 63);
      const word = vertex >>> 6;
      const cleared0 = ~(word == 0 ? bit : 0);
      const cleared1 = ~(word == 1 ? bit : 0);
      const cleared2 = ~(word == 2 ? bit : 0);
      sources0 &= cleared0;
      sources1 &= cleared1;
      sources2 &= cleared2;
      targets0 &= cleared0 | kept0;
      targets1 &= cleared1 | kept1;
      targets2 &= cleared2 | kept2;
    }
    store<f64>(results + ((<usize>i) << 3), <f64>total);
  }
}
