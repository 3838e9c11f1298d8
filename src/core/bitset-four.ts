/**
 * Counting on up to 128 vertices in plain JavaScript: rows of four 32-bit words, unrolled, as
 * assembly/rows-two.ts has them in one register. A quarter faster than the loops of bitset.ts, so
 * that the WASM core is measured against a fair twin.
 */
import { popcount, wordAt } from './bits.ts';

/** Words of a vertex: four of predecessors, then four of successors. */
const stride = 8;

/** ORs a row into the row at `side` (0 or 4) of each vertex in one word, the `group`th. */
function spread(
  rows: Int32Array,
  side: number,
  group: number,
  vertices: number,
  word0: number,
  word1: number,
  word2: number,
  word3: number,
): void {
  const base = group * 32 * stride + side;
  for (let left = vertices; left !== 0; left &= left - 1) {
    const row = base + (31 - Math.clz32(left & -left)) * stride;
    rows[row] = wordAt(rows, row) | word0;
    rows[row + 1] = wordAt(rows, row + 1) | word1;
    rows[row + 2] = wordAt(rows, row + 2) | word2;
    rows[row + 3] = wordAt(rows, row + 3) | word3;
  }
}

/**
 * Sum of |P(v)|·|S(v)| over an order.
 * @param rows n × 8 words at the start, changed in place
 * @param outputs four words: vertices that stay targets when they are eliminated
 */
export function countFourWords(
  rows: Int32Array,
  outputs: Int32Array,
  order: readonly number[],
): number {
  const kept0 = wordAt(outputs, 0);
  const kept1 = wordAt(outputs, 1);
  const kept2 = wordAt(outputs, 2);
  const kept3 = wordAt(outputs, 3);
  let sources0 = -1;
  let sources1 = -1;
  let sources2 = -1;
  let sources3 = -1;
  let targets0 = -1;
  let targets1 = -1;
  let targets2 = -1;
  let targets3 = -1;
  let total = 0;
  for (const vertex of order) {
    const row = vertex * stride;
    const p0 = wordAt(rows, row) & sources0;
    const p1 = wordAt(rows, row + 1) & sources1;
    const p2 = wordAt(rows, row + 2) & sources2;
    const p3 = wordAt(rows, row + 3) & sources3;
    const s0 = wordAt(rows, row + 4) & targets0;
    const s1 = wordAt(rows, row + 5) & targets1;
    const s2 = wordAt(rows, row + 6) & targets2;
    const s3 = wordAt(rows, row + 7) & targets3;
    total +=
      (popcount(p0) + popcount(p1) + popcount(p2) + popcount(p3)) *
      (popcount(s0) + popcount(s1) + popcount(s2) + popcount(s3));
    spread(rows, 4, 0, p0, s0, s1, s2, s3);
    spread(rows, 4, 1, p1, s0, s1, s2, s3);
    spread(rows, 4, 2, p2, s0, s1, s2, s3);
    spread(rows, 4, 3, p3, s0, s1, s2, s3);
    spread(rows, 0, 0, s0, p0, p1, p2, p3);
    spread(rows, 0, 1, s1, p0, p1, p2, p3);
    spread(rows, 0, 2, s2, p0, p1, p2, p3);
    spread(rows, 0, 3, s3, p0, p1, p2, p3);
    const others = ~(1 << (vertex & 31));
    switch (vertex >>> 5) {
      case 0:
        sources0 &= others;
        targets0 &= others | kept0;
        break;
      case 1:
        sources1 &= others;
        targets1 &= others | kept1;
        break;
      case 2:
        sources2 &= others;
        targets2 &= others | kept2;
        break;
      default:
        sources3 &= others;
        targets3 &= others | kept3;
    }
  }
  return total;
}
