// The default network's forward pass: a small message-passing network over the vertices that remain
// (after Gilmer et al., Neural message passing for quantum chemistry, ICML 2017), which plays graphs of
// any size. For each vertex v with features x (vertex-features.ts):
//
//   h ← relu(x·E + e)
//   twice: h ← h + relu([h, mean of h over P(v), mean of h over S(v)]·M + m)    (who remains only)
//   logit = h·a + x·b + c        how likely v is to be the next vertex
//   cost  = e^(h·a' + x·b' + c') what eliminating v is expected to cost when its turn comes, in units
//
// The rest of the game is expected to cost the sum of the costs. Weights lie in this sequence: E, e, M, m,
// M, m, (a, b, c), (a', b', c'), each matrix row by row. In f32 with SIMD; src/policy trains them, and
// test/policy compares both. O(n·(24 + 6·32)·32 + edges·32) beside the features.

import { ELIMINATED, GRAPH, LENGTH, NETWORK, PADDED, REMAINING } from './play-layout';
import { strideOf } from './graph';
import { SCRATCH, SOURCES, STOP, STOP_NONE, TARGETS, VERTICES, WORDS } from './layout';
import { allocateZeroed } from './memory';
import {
  COSTS_EXPECTED,
  DEGREES_NOW,
  EXPECTED,
  FEATURE_ROWS,
  FEATURES,
  HEAD_WEIGHTS,
  HIDDEN_ROWS,
  IN_NOW,
  JOINED,
  JOINED_ROWS,
  LOGARITHM_COUNT,
  LOGARITHMS,
  LOGITS,
  NETWORK_HEADER_BYTES,
  OUT_NOW,
  OWN_ROW,
  RANKED_DEGREES,
  RANKS,
  ROUNDS,
  ROW_VERTICES,
  SCORES,
  SIDE_BYTES,
  SIDES,
  STATIC_BYTES,
  STATICS,
  UNIT,
  VERTEX_ROWS,
  WEIGHT_COUNT,
  WEIGHT_LIST,
  WIDTH,
} from './network-layout';
import { exponentialOfMinus, logarithm } from './portable';
import { writeFeatures } from './vertex-features';

/** Exponents of costs are held to ± this, so that an untrained network stays finite. */
const MOST_EXPONENT: f64 = 16;

/** Gives a play a network with unknown weights, zero statics and the unit 1; 0 where memory ends. */
export function createNetwork(play: usize): usize {
  const graph: usize = load<u32>(play, GRAPH);
  const vertices: usize = max<usize>(1, load<u32>(graph, VERTICES));
  const words: usize = load<u32>(graph, WORDS);
  const padded: usize = load<u32>(play, PADDED);
  const rows: usize = (max<usize>(1, load<u32>(play, LENGTH)) + 3) & ~3;
  const list = ((rows << 2) + 15) & ~15;
  const byVertex = ((vertices << 2) + 15) & ~15;
  const network = allocateZeroed(
    NETWORK_HEADER_BYTES +
      ((WEIGHT_COUNT << 2) + 15) +
      vertices * STATIC_BYTES +
      ((<usize>LOGARITHM_COUNT) << 2) +
      3 * list +
      4 * byVertex +
      ((rows * (FEATURES + WIDTH + JOINED)) << 2) +
      (padded << 3) +
      (words << 4) +
      ((<usize>RANKED_DEGREES + 1) << 2) +
      2 * SIDE_BYTES +
      32,
  );
  if (network == 0) return 0;
  store<u32>(play, <u32>network, NETWORK);
  store<f64>(network, 1, UNIT);
  let next = network + NETWORK_HEADER_BYTES;
  next = place(network, WEIGHT_LIST, next, ((WEIGHT_COUNT << 2) + 15) & ~15);
  next = place(network, STATICS, next, vertices * STATIC_BYTES);
  next = place(network, LOGARITHMS, next, (<usize>LOGARITHM_COUNT) << 2);
  next = place(network, ROW_VERTICES, next, list);
  next = place(network, LOGITS, next, list);
  next = place(network, COSTS_EXPECTED, next, list);
  next = place(network, VERTEX_ROWS, next, byVertex);
  next = place(network, DEGREES_NOW, next, byVertex);
  next = place(network, IN_NOW, next, byVertex);
  next = place(network, OUT_NOW, next, byVertex);
  next = place(network, FEATURE_ROWS, next, (rows * FEATURES) << 2);
  next = place(network, HIDDEN_ROWS, next, (rows * WIDTH) << 2);
  next = place(network, JOINED_ROWS, next, (rows * JOINED) << 2);
  next = place(network, SCORES, next, padded << 3);
  next = place(network, OWN_ROW, next, words << 4);
  next = place(network, SIDES, next, 2 * SIDE_BYTES);
  place(network, RANKS, next, (<usize>RANKED_DEGREES + 1) << 2);
  const logarithms: usize = load<u32>(network, LOGARITHMS);
  for (let i: u32 = 0; i < LOGARITHM_COUNT; i++) {
    store<f32>(logarithms + ((<usize>i) << 2), <f32>logarithm(1 + <f64>i));
  }
  return network;
}

/** Notes where a part of the block is; returns where the next one is. */
function place(network: usize, field: usize, at: usize, bytes: usize): usize {
  store<u32>(network + field, <u32>at);
  return at + bytes;
}

/**
 * out = relu(in·W + b), or out += that: rows of WIDTH from rows of `inputs` numbers, the weights' rows
 * and then the bias at `weights`. Four rows by eight columns at a time; rows are padded to four.
 */
function dense(
  input: usize,
  inputs: usize,
  rows: usize,
  weights: usize,
  output: usize,
  isAdded: bool,
): void {
  const stride = inputs << 2;
  const bias = weights + ((inputs * WIDTH) << 2);
  const zero = f32x4.splat(0);
  for (let row: usize = 0; row < rows; row += 4) {
    const from = input + row * stride;
    for (let column: usize = 0; column < WIDTH << 2; column += 32) {
      let a0 = v128.load(bias + column);
      let a1 = v128.load(bias + column, 16);
      let b0 = a0;
      let b1 = a1;
      let c0 = a0;
      let c1 = a1;
      let d0 = a0;
      let d1 = a1;
      let weight = weights + column;
      const end = from + stride;
      for (let a = from; a < end; a += 4) {
        const w0 = v128.load(weight);
        const w1 = v128.load(weight, 16);
        weight += WIDTH << 2;
        const x = v128.load32_splat(a);
        a0 = f32x4.add(a0, f32x4.mul(x, w0));
        a1 = f32x4.add(a1, f32x4.mul(x, w1));
        const b = a + stride;
        const y = v128.load32_splat(b);
        b0 = f32x4.add(b0, f32x4.mul(y, w0));
        b1 = f32x4.add(b1, f32x4.mul(y, w1));
        const c = b + stride;
        const z = v128.load32_splat(c);
        c0 = f32x4.add(c0, f32x4.mul(z, w0));
        c1 = f32x4.add(c1, f32x4.mul(z, w1));
        const u = v128.load32_splat(c + stride);
        d0 = f32x4.add(d0, f32x4.mul(u, w0));
        d1 = f32x4.add(d1, f32x4.mul(u, w1));
      }
      const to = output + ((row * WIDTH) << 2) + column;
      put(to, f32x4.pmax(zero, a0), isAdded);
      put(to + 16, f32x4.pmax(zero, a1), isAdded);
      put(to + (WIDTH << 2), f32x4.pmax(zero, b0), isAdded);
      put(to + (WIDTH << 2) + 16, f32x4.pmax(zero, b1), isAdded);
      put(to + 2 * (WIDTH << 2), f32x4.pmax(zero, c0), isAdded);
      put(to + 2 * (WIDTH << 2) + 16, f32x4.pmax(zero, c1), isAdded);
      put(to + 3 * (WIDTH << 2), f32x4.pmax(zero, d0), isAdded);
      put(to + 3 * (WIDTH << 2) + 16, f32x4.pmax(zero, d1), isAdded);
    }
  }
}

function put(to: usize, value: v128, isAdded: bool): void {
  v128.store(to, isAdded ? f32x4.add(v128.load(to), value) : value);
}

/** Writes the mean hidden vector of those neighbours in a row of bits that remain. */
function meanOf(
  play: usize,
  network: usize,
  row: usize,
  mask: usize,
  words: usize,
  to: usize,
): void {
  const remaining: usize = load<u32>(play, REMAINING);
  const places: usize = load<u32>(network, VERTEX_ROWS);
  const hidden: usize = load<u32>(network, HIDDEN_ROWS);
  let count: u32 = 0;
  memory.fill(to, 0, WIDTH << 2);
  for (let word: usize = 0; word < words; word++) {
    const at = word << 3;
    let bits = load<u64>(row + at) & load<u64>(mask + at) & load<u64>(remaining + at);
    count += <u32>popcnt<u64>(bits);
    for (; bits != 0; bits &= bits - 1) {
      const vertex = (word << 6) + <usize>ctz<u64>(bits);
      const from = hidden + ((<usize>load<u32>(places + (vertex << 2)) * WIDTH) << 2);
      for (let column: usize = 0; column < WIDTH << 2; column += 16) {
        const sum = f32x4.add(v128.load(to + column), v128.load(from + column));
        v128.store(to + column, sum);
      }
    }
  }
  if (count < 2) return;
  const factor = f32x4.splat(<f32>1 / <f32>count);
  for (let column: usize = 0; column < WIDTH << 2; column += 16) {
    v128.store(to + column, f32x4.mul(v128.load(to + column), factor));
  }
}

/** Joins each hidden vector with the means of its neighbours'. */
function gatherMessages(play: usize, network: usize, count: usize): void {
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const stride = strideOf(graph);
  const rows: usize = load<u32>(graph, SCRATCH);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  const vertices: usize = load<u32>(network, ROW_VERTICES);
  const hidden: usize = load<u32>(network, HIDDEN_ROWS);
  const joined: usize = load<u32>(network, JOINED_ROWS);
  for (let index: usize = 0; index < count; index++) {
    const row = rows + <usize>load<u32>(vertices + (index << 2)) * stride;
    const to = joined + ((index * JOINED) << 2);
    memory.copy(to, hidden + ((index * WIDTH) << 2), WIDTH << 2);
    meanOf(play, network, row, sources, words, to + (WIDTH << 2));
    meanOf(play, network, row + (words << 3), targets, words, to + 2 * (WIDTH << 2));
  }
}

/** Inner product of two lists of a multiple of four numbers. */
function product(left: usize, right: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(left + at), v128.load(right + at)));
  }
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/** One head of one vertex. */
function headOf(network: usize, index: usize, head: usize): f32 {
  const hidden = <usize>load<u32>(network, HIDDEN_ROWS) + ((index * WIDTH) << 2);
  const features = <usize>load<u32>(network, FEATURE_ROWS) + ((index * FEATURES) << 2);
  return (
    product(hidden, head, WIDTH << 2) +
    product(features, head + (WIDTH << 2), FEATURES << 2) +
    load<f32>(head + ((WIDTH + FEATURES) << 2))
  );
}

/** e^x, x held to ± MOST_EXPONENT. */
function exponential(x: f64): f64 {
  const held = min<f64>(max<f64>(x, -MOST_EXPONENT), MOST_EXPONENT);
  return held <= 0 ? exponentialOfMinus(-held) : 1 / exponentialOfMinus(held);
}

/**
 * Evaluates the play's position: features, logits, expected costs and their sum; false after a stop.
 */
export function evaluatePosition(play: usize): bool {
  const network: usize = load<u32>(play, NETWORK);
  store<u32>(<usize>load<u32>(play, GRAPH), STOP_NONE, STOP);
  const written = writeFeatures(play);
  if (written < 0) return false;
  const count = <usize>written;
  let weights: usize = load<u32>(network, WEIGHT_LIST);
  const hidden: usize = load<u32>(network, HIDDEN_ROWS);
  const joined: usize = load<u32>(network, JOINED_ROWS);
  dense(load<u32>(network, FEATURE_ROWS), FEATURES, count, weights, hidden, false);
  weights += ((FEATURES + 1) * WIDTH) << 2;
  for (let round: usize = 0; round < ROUNDS; round++) {
    gatherMessages(play, network, count);
    dense(joined, JOINED, count, weights, hidden, true);
    weights += ((JOINED + 1) * WIDTH) << 2;
  }
  const vertices: usize = load<u32>(network, ROW_VERTICES);
  const logits: usize = load<u32>(network, LOGITS);
  const costs: usize = load<u32>(network, COSTS_EXPECTED);
  const scores: usize = load<u32>(network, SCORES);
  const padded: usize = load<u32>(play, PADDED);
  for (let vertex: usize = 0; vertex < padded; vertex++) {
    store<f64>(scores + (vertex << 3), Infinity);
  }
  let sum: f64 = 0;
  for (let index: usize = 0; index < count; index++) {
    const vertex: usize = load<u32>(vertices + (index << 2));
    const logit = headOf(network, index, weights);
    const cost = exponential(<f64>headOf(network, index, weights + (HEAD_WEIGHTS << 2)));
    store<f32>(logits + (index << 2), logit);
    store<f32>(costs + (index << 2), <f32>cost);
    store<f64>(scores + (vertex << 3), -(<f64>logit));
    sum += cost;
  }
  store<f64>(network, sum * load<f64>(network, UNIT), EXPECTED);
  return true;
}

/** What the last evaluation expects the rest of the game to cost, in the cost model's terms. */
export function expectedRest(play: usize): f64 {
  return load<f64>(<usize>load<u32>(play, NETWORK), EXPECTED);
}

/**
 * Writes the edges between vertices that remain, as rows of the last evaluation (from, to: u32 each), up
 * to `room` of them, by source and then by target. Returns how many there are.
 */
export function networkEdges(play: usize, edges: usize, room: u32): u32 {
  const network: usize = load<u32>(play, NETWORK);
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const stride = strideOf(graph);
  const rows: usize = load<u32>(graph, SCRATCH);
  const remaining: usize = load<u32>(play, REMAINING);
  const vertices: usize = load<u32>(network, ROW_VERTICES);
  const places: usize = load<u32>(network, VERTEX_ROWS);
  const count: usize = load<u32>(play, LENGTH) - load<u32>(play, ELIMINATED);
  let written: u32 = 0;
  for (let index: usize = 0; index < count; index++) {
    const row = rows + <usize>load<u32>(vertices + (index << 2)) * stride + (words << 3);
    for (let word: usize = 0; word < words; word++) {
      let bits = load<u64>(row + (word << 3)) & load<u64>(remaining + (word << 3));
      for (; bits != 0; bits &= bits - 1) {
        if (written < room) {
          const vertex = (word << 6) + <usize>ctz<u64>(bits);
          const at = edges + ((<usize>written) << 3);
          store<u32>(at, <u32>index);
          store<u32>(at, load<u32>(places + (vertex << 2)), 4);
        }
        written++;
      }
    }
  }
  return written;
}

/** WEIGHT_COUNT f32, for the host to write. */
export function networkWeights(play: usize): usize {
  return load<u32>(<usize>load<u32>(play, NETWORK), WEIGHT_LIST);
}

/** Four f32 a vertex, for the host to write: depth, height, ln(elements), 1 for an output. */
export function networkStatics(play: usize): usize {
  return load<u32>(<usize>load<u32>(play, NETWORK), STATICS);
}

/** Sets what one unit of expected cost is in the cost model. */
export function setNetworkUnit(play: usize, unit: f64): void {
  store<f64>(<usize>load<u32>(play, NETWORK), unit, UNIT);
}

/** Features of the last evaluation: 24 f32 for each vertex that remains, ascending. */
export function networkFeatures(play: usize): usize {
  return load<u32>(<usize>load<u32>(play, NETWORK), FEATURE_ROWS);
}

/** Logits of the last evaluation (f32), likewise. */
export function networkLogits(play: usize): usize {
  return load<u32>(<usize>load<u32>(play, NETWORK), LOGITS);
}

/** Expected costs of the last evaluation, in units (f32), likewise. */
export function networkCosts(play: usize): usize {
  return load<u32>(<usize>load<u32>(play, NETWORK), COSTS_EXPECTED);
}
