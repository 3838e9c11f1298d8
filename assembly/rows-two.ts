// Counting orders on graphs of up to 128 vertices: every row is one 128-bit register.
//
// A vertex is never taken out of its neighbours' rows. Instead two masks say whose out-edges
// (sources) and whose in-edges (targets) are still there, and rows are masked when they are read:
// that leaves one OR for each neighbour. An eliminated output stays a target, so its in-edges stay.
// O(|P| + |S|) an elimination.

import { INITIAL, KEPT, SCRATCH, VERTICES } from './layout';

/** ORs `added` into the row at byte `offset` of every vertex in the two words. */
function spread(rows: usize, low: u64, high: u64, added: v128): void {
  while (low != 0) {
    const row = rows + ((<usize>ctz<u64>(low)) << 5);
    v128.store(row, v128.or(v128.load(row), added));
    low &= low - 1;
  }
  const upper = rows + (64 << 5);
  while (high != 0) {
    const row = upper + ((<usize>ctz<u64>(high)) << 5);
    v128.store(row, v128.or(v128.load(row), added));
    high &= high - 1;
  }
}

/** Counts `number` orders of `length` positions (u32), one after the other, into `results` (f64). */
export function countTwo(
  graph: usize,
  orders: usize,
  length: u32,
  number: u32,
  results: usize,
): void {
  const bytes: usize = (<usize>load<u32>(graph, VERTICES)) << 5;
  const initial: usize = load<u32>(graph, INITIAL);
  const rows: usize = load<u32>(graph, SCRATCH);
  const kept: usize = load<u32>(graph, KEPT);
  const kept0 = load<u64>(kept);
  const kept1 = load<u64>(kept, 8);
  let position = orders;
  for (let i: u32 = 0; i < number; i++) {
    memory.copy(rows, initial, bytes);
    let sources0: u64 = -1;
    let sources1: u64 = -1;
    let targets0: u64 = -1;
    let targets1: u64 = -1;
    // At most 128 · 128² = 2^21.
    let total: u32 = 0;
    for (const end = position + ((<usize>length) << 2); position < end; position += 4) {
      const vertex = load<u32>(position);
      const row = rows + ((<usize>vertex) << 5);
      const p0 = load<u64>(row) & sources0;
      const p1 = load<u64>(row, 8) & sources1;
      const s0 = load<u64>(row, 16) & targets0;
      const s1 = load<u64>(row, 24) & targets1;
      total +=
        (<u32>popcnt<u64>(p0) + <u32>popcnt<u64>(p1)) *
        (<u32>popcnt<u64>(s0) + <u32>popcnt<u64>(s1));
      spread(rows + 16, p0, p1, i64x2.replace_lane(i64x2.splat(s0), 1, s1));
      spread(rows, s0, s1, i64x2.replace_lane(i64x2.splat(p0), 1, p1));
      const bit = (<u64>1) << (vertex & 63);
      const inHigh: u64 = 0 - <u64>(vertex >>> 6);
      const cleared0 = ~(bit & ~inHigh);
      const cleared1 = ~(bit & inHigh);
      sources0 &= cleared0;
      sources1 &= cleared1;
      targets0 &= cleared0 | kept0;
      targets1 &= cleared1 | kept1;
    }
    store<f64>(results + ((<usize>i) << 3), <f64>total);
  }
}
