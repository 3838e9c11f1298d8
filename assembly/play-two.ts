// Eliminations of a play on graphs of up to 128 vertices without edge states: rows as in
// rows-two.ts, degrees and damage kept up to date in the same pass. What is new in a neighbour's row
// is what its degree gains. O(|P| + |S|) an elimination; with damage O(|P| + |S|) more for each
// vertex whose damage may have changed (play-damage.ts says which).

import {
  DAMAGE,
  GRAPH,
  IN_DEGREES,
  MARKOWITZ,
  OUT_DEGREES,
  REMAINING,
  TRACK_DAMAGE,
  TRACK_NOTHING,
  TRACKING,
} from './play-layout';
import { KEPT, SCRATCH, SOURCES, TARGETS } from './layout';

/**
 * ORs two words into the rows of the vertices in another two; each one's own degree changes by what
 * is new less `lost`, and its Markowitz degree is put up to date where it remains.
 */
function spreadAndTrack(
  rows: usize,
  first: u32,
  bits: u64,
  remaining: u64,
  added0: u64,
  added1: u64,
  lost: u32,
  own: usize,
  other: usize,
  markowitz: usize,
): void {
  for (; bits != 0; bits &= bits - 1) {
    const bit = ctz<u64>(bits);
    const vertex = <usize>first + <usize>bit;
    const row = rows + (vertex << 5);
    const before0 = load<u64>(row);
    const before1 = load<u64>(row, 8);
    store<u64>(row, before0 | added0);
    store<u64>(row, before1 | added1, 8);
    const fresh = <u32>popcnt<u64>(added0 & ~before0) + <u32>popcnt<u64>(added1 & ~before1);
    const degree = load<u32>(own + (vertex << 2)) + fresh - lost;
    store<u32>(own + (vertex << 2), degree);
    if (((remaining >>> bit) & 1) != 0) {
      store<f64>(markowitz + (vertex << 3), <f64>(degree * load<u32>(other + (vertex << 2))));
    }
  }
}

/** ORs two words into the rows of the vertices in one word. */
function spread(rows: usize, first: u32, bits: u64, added: v128): void {
  for (; bits != 0; bits &= bits - 1) {
    const row = rows + ((<usize>first + <usize>ctz<u64>(bits)) << 5);
    v128.store(row, v128.or(v128.load(row), added));
  }
}

/** Eliminates a vertex that remains; returns |P|·|S|. */
export function eliminateTwoTracked(play: usize, vertex: u32): f64 {
  const graph: usize = load<u32>(play, GRAPH);
  const rows: usize = load<u32>(graph, SCRATCH);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const kept: usize = load<u32>(graph, KEPT);
  const remaining: usize = load<u32>(play, REMAINING);
  const tracking = load<u32>(play, TRACKING);
  const row = rows + ((<usize>vertex) << 5);
  const p0 = load<u64>(row) & load<u64>(sources);
  const p1 = load<u64>(row, 8) & load<u64>(sources, 8);
  const s0 = load<u64>(row, 16) & load<u64>(targets);
  const s1 = load<u64>(row, 24) & load<u64>(targets, 8);
  const cost =
    (<u32>popcnt<u64>(p0) + <u32>popcnt<u64>(p1)) * (<u32>popcnt<u64>(s0) + <u32>popcnt<u64>(s1));

  const bit = (<u64>1) << (vertex & 63);
  const inHigh: u64 = 0 - <u64>(vertex >>> 6);
  const own0 = bit & ~inHigh;
  const own1 = bit & inHigh;
  const kept0 = load<u64>(kept) & own0;
  const kept1 = load<u64>(kept, 8) & own1;
  const r0 = load<u64>(remaining) & ~own0;
  const r1 = load<u64>(remaining, 8) & ~own1;
  store<u64>(remaining, r0);
  store<u64>(remaining, r1, 8);
  store<u64>(sources, load<u64>(sources) & ~own0);
  store<u64>(sources, load<u64>(sources, 8) & ~own1, 8);
  store<u64>(targets, load<u64>(targets) & ~(own0 ^ kept0));
  store<u64>(targets, load<u64>(targets, 8) & ~(own1 ^ kept1), 8);

  if (tracking == TRACK_NOTHING) {
    const addedToP = i64x2.replace_lane(i64x2.splat(s0), 1, s1);
    const addedToS = i64x2.replace_lane(i64x2.splat(p0), 1, p1);
    spread(rows + 16, 0, p0, addedToP);
    spread(rows + 16, 64, p1, addedToP);
    spread(rows, 0, s0, addedToS);
    spread(rows, 64, s1, addedToS);
    return <f64>cost;
  }
  const inDegrees: usize = load<u32>(play, IN_DEGREES);
  const outDegrees: usize = load<u32>(play, OUT_DEGREES);
  const markowitz: usize = load<u32>(play, MARKOWITZ);
  store<f64>(markowitz + ((<usize>vertex) << 3), Infinity);
  store<u32>(outDegrees + ((<usize>vertex) << 2), 0);
  // An output keeps its in-edges, so its predecessors keep it as a successor.
  const lost: u32 = (kept0 | kept1) != 0 ? 0 : 1;
  if (lost == 1) store<u32>(inDegrees + ((<usize>vertex) << 2), 0);
  const outRows = rows + 16;
  spreadAndTrack(outRows, 0, p0, r0, s0, s1, lost, outDegrees, inDegrees, markowitz);
  spreadAndTrack(outRows, 64, p1, r1, s0, s1, lost, outDegrees, inDegrees, markowitz);
  spreadAndTrack(rows, 0, s0, r0, p0, p1, 1, inDegrees, outDegrees, markowitz);
  spreadAndTrack(rows, 64, s1, r1, p0, p1, 1, inDegrees, outDegrees, markowitz);
  if (tracking == TRACK_DAMAGE) {
    store<f64>(<usize>load<u32>(play, DAMAGE) + ((<usize>vertex) << 3), Infinity);
    renewDamages(play, graph, p0 | s0, p1 | s1, r0, r1);
  }
  return <f64>cost;
}

/** Takes anew the damage of the changed vertices, and of the neighbours of those that remain. */
function renewDamages(
  play: usize,
  graph: usize,
  changed0: u64,
  changed1: u64,
  r0: u64,
  r1: u64,
): void {
  const rows: usize = load<u32>(graph, SCRATCH);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const sources0 = load<u64>(sources);
  const sources1 = load<u64>(sources, 8);
  const targets0 = load<u64>(targets);
  const targets1 = load<u64>(targets, 8);
  let a0 = changed0;
  let a1 = changed1;
  for (let bits = changed0 & r0; bits != 0; bits &= bits - 1) {
    const row = rows + ((<usize>ctz<u64>(bits)) << 5);
    a0 |= (load<u64>(row) & sources0) | (load<u64>(row, 16) & targets0);
    a1 |= (load<u64>(row, 8) & sources1) | (load<u64>(row, 24) & targets1);
  }
  for (let bits = changed1 & r1; bits != 0; bits &= bits - 1) {
    const row = rows + ((64 + <usize>ctz<u64>(bits)) << 5);
    a0 |= (load<u64>(row) & sources0) | (load<u64>(row, 16) & targets0);
    a1 |= (load<u64>(row, 8) & sources1) | (load<u64>(row, 24) & targets1);
  }
  for (let bits = a0 & r0; bits != 0; bits &= bits - 1) {
    renewDamage(play, graph, <u32>ctz<u64>(bits), sources0, sources1, targets0, targets1);
  }
  for (let bits = a1 & r1; bits != 0; bits &= bits - 1) {
    renewDamage(play, graph, 64 + <u32>ctz<u64>(bits), sources0, sources1, targets0, targets1);
  }
}

/** Σ over the vertices of one word of (what they lack of two words − lost) · their weight. */
function harm(
  rows: usize,
  first: u32,
  bits: u64,
  wanted0: u64,
  wanted1: u64,
  lost: i32,
  weights: usize,
): i32 {
  let sum: i32 = 0;
  for (; bits != 0; bits &= bits - 1) {
    const vertex = <usize>first + <usize>ctz<u64>(bits);
    const row = rows + (vertex << 5);
    const lacking =
      <i32>popcnt<u64>(wanted0 & ~load<u64>(row)) + <i32>popcnt<u64>(wanted1 & ~load<u64>(row, 8));
    sum += (lacking - lost) * load<i32>(weights + (vertex << 2));
  }
  return sum;
}

/** Below 128³, so 32 bits hold it. */
function renewDamage(
  play: usize,
  graph: usize,
  vertex: u32,
  sources0: u64,
  sources1: u64,
  targets0: u64,
  targets1: u64,
): void {
  const rows: usize = load<u32>(graph, SCRATCH);
  const inDegrees: usize = load<u32>(play, IN_DEGREES);
  const outDegrees: usize = load<u32>(play, OUT_DEGREES);
  const row = rows + ((<usize>vertex) << 5);
  const p0 = load<u64>(row) & sources0;
  const p1 = load<u64>(row, 8) & sources1;
  const s0 = load<u64>(row, 16) & targets0;
  const s1 = load<u64>(row, 24) & targets1;
  const keptWord = load<u64>(<usize>load<u32>(graph, KEPT) + ((<usize>(vertex >>> 6)) << 3));
  const lost: i32 = 1 - <i32>((keptWord >>> (vertex & 63)) & 1);
  const damage =
    harm(rows + 16, 0, p0, s0, s1, lost, inDegrees) +
    harm(rows + 16, 64, p1, s0, s1, lost, inDegrees) +
    harm(rows, 0, s0, p0, p1, 1, outDegrees) +
    harm(rows, 64, s1, p0, p1, 1, outDegrees);
  const at = (<usize>vertex) << 3;
  const degree = load<f64>(<usize>load<u32>(play, MARKOWITZ) + at);
  store<f64>(<usize>load<u32>(play, DAMAGE) + at, 3 * <f64>damage + 2 * degree);
}
