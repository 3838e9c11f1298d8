// Annealing over elimination orders.
//
// The graph after a set of vertices does not depend on the order within the set, so changing a
// window of an order changes the costs of that window only. A sweep walks a place i from the first
// to the last with the graph's state before i at hand; at each place it proposes TRIES times to move
// o[i] to i + L, o[i + L] to i, or to swap the two (L log-uniform by octaves, up to n − 1 − i and
// FARTHEST),
// evaluates the window i … i + L from that state against the costs kept for every place, and gives
// up as soon as the window costs more than before plus a threshold −T·ln u drawn in advance
// (Metropolis et al. 1953). Then o[i] is eliminated for good. T is the caller's, one for a sweep.
//
// Random numbers: two words of 32 bits a proposal. Of the first, the upper half chooses the octave
// of L and the lower half the place in it (beyond the end: half of it). Of the second, the low byte
// chooses the move, the other 24 bits are u. Plain TypeScript makes the same choices and the same
// comparisons (src/core/anneal-reference.ts).
//
// Evaluations: anneal-two.ts, anneal-three.ts, anneal-wide.ts and, with states, anneal-states.ts.
// An annealer is a block of its own (anneal-layout.ts) and has its graph to itself.

import {
  ANNEALER_HEADER_BYTES,
  BEST,
  BEST_COST,
  CANDIDATE,
  CANDIDATE_HASHES,
  END,
  FARTHEST,
  GRAPH,
  HASH,
  HASHES,
  JOURNAL,
  JOURNAL_CAPACITY,
  JOURNAL_LENGTH,
  LENGTH,
  LOGARITHMS,
  MODE,
  MODE_STATES,
  MODE_THREE_WORDS,
  MODE_TWO_WORDS,
  MODE_WIDE_ROWS,
  NOWHERE,
  ORDER,
  PLACE,
  PLACES,
  RANDOM,
  REFUSED,
  SETS,
  STAMPS,
  STOPPED,
  SUMS,
  TRIED,
  TRIES,
  WORK,
  WORK_MASKS,
} from './anneal-layout';
import {
  advanceStates,
  eliminateRecorded,
  JOURNAL_ENTRY_BYTES,
  proposeStates,
} from './anneal-states';
import { advanceThree, proposeThree } from './anneal-three';
import { advanceTwo, proposeTwo } from './anneal-two';
import { advanceWide, proposeWide } from './anneal-wide';
import { eliminate } from './eliminate';
import { resetRows, setBit, strideOf } from './graph';
import {
  ELIMINABLE,
  KIND,
  KIND_LISTS,
  KIND_THREE_WORDS,
  KIND_TWO_WORDS,
  STATES,
  STOP,
  STOP_NONE,
  VERTICES,
  WORDS,
} from './layout';
import { allocate, allocateZeroed, release } from './memory';
import { nextBits, seedRandom } from './rng';

const LN2: f64 = 0.6931471805599453;
const FIRST_JOURNAL: u32 = 1024;
/** Bytes of 256 logarithms. */
const LOGARITHM_BYTES: usize = 2048;

function modeOf(graph: usize): u32 {
  if (load<u32>(graph, STATES) != 0) return MODE_STATES;
  const kind = load<u32>(graph, KIND);
  if (kind == KIND_TWO_WORDS) return MODE_TWO_WORDS;
  return kind == KIND_THREE_WORDS ? MODE_THREE_WORDS : MODE_WIDE_ROWS;
}

function align8(bytes: usize): usize {
  return (bytes + 7) & ~7;
}

/**
 * An annealer of a graph, which it has to itself from now on; 0 where memory ends or the graph is
 * kept as lists. `tries` proposals are made at each place, up to `farthest` places apart;
 * `logarithms` are 256 × f64, entry k −ln((256.5 + k) / 512).
 */
export function createAnnealer(graph: usize, tries: u32, farthest: u32, logarithms: usize): usize {
  if (load<u32>(graph, KIND) == KIND_LISTS) return 0;
  const mode = modeOf(graph);
  const n: usize = load<u32>(graph, ELIMINABLE);
  const vertices: usize = load<u32>(graph, VERTICES);
  const words: usize = load<u32>(graph, WORDS);
  const listBytes = align8(n << 2);
  const sumBytes = (n + 1) << 3;
  const hasSets = mode == MODE_TWO_WORDS || mode == MODE_THREE_WORDS;
  const hasStates = mode == MODE_STATES;
  const setBytes: usize = hasSets ? (n + 1) * (words << 3) : 0;
  const workBytes: usize = hasStates ? 0 : vertices * strideOf(graph);
  const placeBytes: usize = mode == MODE_WIDE_ROWS ? align8(vertices << 2) : 0;
  const stampBytes: usize = mode == MODE_WIDE_ROWS ? vertices << 3 : 0;
  const maskBytes: usize = words << 4;
  const hashBytes: usize = hasStates ? sumBytes : 0;
  // Below 2^32: at most 4,096 vertices.
  const annealer = allocateZeroed(
    ANNEALER_HEADER_BYTES +
      LOGARITHM_BYTES +
      2 * listBytes +
      2 * sumBytes +
      align8(setBytes) +
      workBytes +
      placeBytes +
      stampBytes +
      maskBytes +
      2 * hashBytes +
      16,
  );
  if (annealer == 0) return 0;
  store<u32>(annealer, <u32>graph, GRAPH);
  store<u32>(annealer, <u32>n, LENGTH);
  store<u32>(annealer, tries, TRIES);
  store<u32>(annealer, farthest, FARTHEST);
  store<u32>(annealer, mode, MODE);
  let next = annealer + ANNEALER_HEADER_BYTES;
  // Rows lie on multiples of 16, as the graph's.
  store<u32>(annealer, <u32>next, WORK);
  next += workBytes;
  store<u32>(annealer, <u32>next, LOGARITHMS);
  memory.copy(next, logarithms, LOGARITHM_BYTES);
  next += LOGARITHM_BYTES;
  store<u32>(annealer, <u32>next, ORDER);
  next += listBytes;
  store<u32>(annealer, <u32>next, BEST);
  next += listBytes;
  store<u32>(annealer, <u32>next, SUMS);
  next += sumBytes;
  store<u32>(annealer, <u32>next, CANDIDATE);
  next += sumBytes;
  store<u32>(annealer, <u32>next, SETS);
  next += align8(setBytes);
  store<u32>(annealer, <u32>next, PLACES);
  next += placeBytes;
  store<u32>(annealer, <u32>next, STAMPS);
  next += stampBytes;
  store<u32>(annealer, <u32>next, WORK_MASKS);
  next += maskBytes;
  store<u32>(annealer, <u32>next, HASHES);
  next += hashBytes;
  store<u32>(annealer, <u32>next, CANDIDATE_HASHES);
  if (hasStates) {
    const journal = allocate(<usize>FIRST_JOURNAL * JOURNAL_ENTRY_BYTES);
    if (journal == 0) {
      release(annealer);
      return 0;
    }
    store<u32>(annealer, <u32>journal, JOURNAL);
    store<u32>(annealer, FIRST_JOURNAL, JOURNAL_CAPACITY);
  }
  return annealer;
}

export function disposeAnnealer(annealer: usize): void {
  release(load<u32>(annealer, JOURNAL));
  release(annealer);
}

/** Starts anew from an order and a seed; returns what the order costs, or −1 after a stop. */
export function startAnnealer(annealer: usize, order: usize, seed: u32): f64 {
  const graph: usize = load<u32>(annealer, GRAPH);
  const n: usize = load<u32>(annealer, LENGTH);
  const mode = load<u32>(annealer, MODE);
  store<u32>(graph, STOP_NONE, STOP);
  memory.copy(load<u32>(annealer, ORDER), order, n << 2);
  seedRandom(annealer + RANDOM, seed);
  store<u32>(annealer, 0, PLACE);
  store<u32>(annealer, 0, TRIED);
  const sums: usize = load<u32>(annealer, SUMS);
  const hashes: usize = load<u32>(annealer, HASHES);
  let total: f64 = 0;
  store<f64>(sums, 0);
  store<u64>(annealer, 0, HASH);
  if (mode == MODE_STATES) store<u64>(hashes, 0);
  resetRows(graph);
  for (let t: usize = 0; t < n; t++) {
    const vertex = load<u32>(order + (t << 2));
    store<u32>(annealer, 0, JOURNAL_LENGTH);
    const cost =
      mode == MODE_STATES ? eliminateRecorded(annealer, graph, vertex) : eliminate(graph, vertex);
    if (cost < 0) return -1;
    total += cost;
    store<f64>(sums + ((t + 1) << 3), total);
    if (mode == MODE_STATES) store<u64>(hashes + ((t + 1) << 3), load<u64>(annealer, HASH));
  }
  store<u32>(annealer, 0, JOURNAL_LENGTH);
  if (mode == MODE_WIDE_ROWS) {
    memory.fill(load<u32>(annealer, PLACES), 0xff, (<usize>load<u32>(graph, VERTICES)) << 2);
  }
  rememberPlaces(annealer, 0, n);
  keepBest(annealer);
  return total;
}

/** Brings SETS or PLACES up to date for places `from` … `end` − 1. */
function rememberPlaces(annealer: usize, from: usize, end: usize): void {
  const mode = load<u32>(annealer, MODE);
  const order: usize = load<u32>(annealer, ORDER);
  if (mode == MODE_STATES) return;
  if (mode == MODE_WIDE_ROWS) {
    const places: usize = load<u32>(annealer, PLACES);
    for (let t = from; t < end; t++) {
      store<u32>(places + ((<usize>load<u32>(order + (t << 2))) << 2), <u32>t);
    }
    return;
  }
  const sets: usize = load<u32>(annealer, SETS);
  if (mode == MODE_TWO_WORDS) {
    let set = sets + (from << 4);
    let set0 = load<u64>(set);
    let set1 = load<u64>(set, 8);
    for (let t = from; t < end; t++) {
      const vertex = load<u32>(order + (t << 2));
      const bit = (<u64>1) << (vertex & 63);
      const inHigh: u64 = 0 - <u64>(vertex >>> 6);
      set0 |= bit & ~inHigh;
      set1 |= bit & inHigh;
      set += 16;
      store<u64>(set, set0);
      store<u64>(set, set1, 8);
    }
    return;
  }
  for (let t = from; t < end; t++) {
    const set = sets + t * 24;
    store<u64>(set, load<u64>(set), 24);
    store<u64>(set, load<u64>(set, 8), 32);
    store<u64>(set, load<u64>(set, 16), 40);
    setBit(set + 24, load<u32>(order + (t << 2)));
  }
}

function keepBest(annealer: usize): void {
  const n: usize = load<u32>(annealer, LENGTH);
  memory.copy(load<u32>(annealer, BEST), load<u32>(annealer, ORDER), n << 2);
  store<f64>(annealer, currentCost(annealer), BEST_COST);
}

/** −ln u for u = (2k + 1) / 2^25, k of 24 bits: exact in the octave, 256 steps within it. */
function exponential(logarithms: usize, k: u32): f64 {
  const odd = (k << 1) | 1;
  const octave = clz<u32>(odd) - 7;
  const step = ((odd << octave) >>> 16) & 0xff;
  return <f64>octave * LN2 + load<f64>(logarithms + ((<usize>step) << 3));
}

/**
 * Goes on with the sweep, or begins one: at most `limit` proposals at one temperature, the unit of
 * costs. Returns how many it made. The sweep has ended when `placeOf` is 0 again; a call may also
 * end early after a stop, and then goes on with the same proposal.
 */
export function anneal(annealer: usize, limit: u32, temperature: f64): u32 {
  const graph: usize = load<u32>(annealer, GRAPH);
  const n: usize = load<u32>(annealer, LENGTH);
  const tries = load<u32>(annealer, TRIES);
  const farthest = load<u32>(annealer, FARTHEST);
  const mode = load<u32>(annealer, MODE);
  const order: usize = load<u32>(annealer, ORDER);
  const sums: usize = load<u32>(annealer, SUMS);
  const logarithms: usize = load<u32>(annealer, LOGARITHMS);
  const random = annealer + RANDOM;
  let place: usize = load<u32>(annealer, PLACE);
  let tried = load<u32>(annealer, TRIED);
  let made: u32 = 0;
  store<u32>(graph, STOP_NONE, STOP);
  if (place == 0 && tried == 0) resetRows(graph);
  for (; place + 1 < n; place++) {
    const most = min<u32>(<u32>(n - 1 - place), farthest);
    const octaves = 32 - clz<u32>(most);
    const own = order + (place << 2);
    for (; tried < tries; tried++) {
      if (made == limit) {
        store<u32>(annealer, <u32>place, PLACE);
        store<u32>(annealer, tried, TRIED);
        return made;
      }
      const random0 = load<u64>(random);
      const random1 = load<u64>(random, 8);
      const bits = nextBits(random);
      const octave = ((bits >>> 16) * octaves) >>> 16;
      let length = ((<u32>1) << octave) | (bits & (((<u32>1) << octave) - 1));
      if (length > most) length >>>= 1;
      const others = nextBits(random);
      const move = ((others & 0xff) * 3) >>> 8;
      const threshold = temperature * exponential(logarithms, others >>> 8);

      const far = own + ((<usize>length) << 2);
      let first = load<u32>(far);
      let last = load<u32>(own);
      let middle = own;
      if (move == 0) {
        first = load<u32>(own, 4);
        middle += 4;
      } else if (move == 1) {
        last = load<u32>(far - 4);
        middle -= 4;
      }
      const start = load<f64>(sums + (place << 3));
      const old = load<f64>(sums + ((place + <usize>length + 1) << 3)) - start;
      let total: f64 = 0;
      if (mode == MODE_TWO_WORDS) {
        const allowed = <u32>min<f64>(old + floor<f64>(threshold), 4294967295);
        total = proposeTwo(annealer, graph, place, length, first, middle, last, allowed);
      } else if (mode == MODE_THREE_WORDS) {
        const allowed = <u32>min<f64>(old + floor<f64>(threshold), 4294967295);
        total = proposeThree(annealer, graph, place, length, first, middle, last, allowed);
      } else if (mode == MODE_WIDE_ROWS) {
        const allowed = old + floor<f64>(threshold);
        total = proposeWide(annealer, graph, place, length, first, middle, last, allowed);
      } else {
        total = proposeStates(annealer, graph, place, length, first, middle, last, old, threshold);
        if (total == STOPPED) {
          store<u64>(random, random0);
          store<u64>(random, random1, 8);
          store<u32>(annealer, <u32>place, PLACE);
          store<u32>(annealer, tried, TRIED);
          return made;
        }
      }
      made += 1;
      if (total == REFUSED) continue;
      if (mode != MODE_STATES) store<u32>(annealer, <u32>place + length + 1, END);
      accept(annealer, place, length, move, total);
    }
    const vertex = load<u32>(own);
    if (mode == MODE_TWO_WORDS) {
      advanceTwo(annealer, graph, place, vertex);
    } else if (mode == MODE_THREE_WORDS) {
      advanceThree(annealer, graph, place, vertex);
    } else if (mode == MODE_WIDE_ROWS) {
      advanceWide(annealer, graph, place, vertex);
    } else if (!advanceStates(annealer, graph, place, vertex)) {
      store<u32>(annealer, <u32>place, PLACE);
      store<u32>(annealer, tries, TRIED);
      return made;
    }
    tried = 0;
  }
  store<u32>(annealer, 0, PLACE);
  store<u32>(annealer, 0, TRIED);
  return made;
}

/** Takes over the proposal whose sums are in CANDIDATE. */
function accept(annealer: usize, place: usize, length: usize, move: u32, total: f64): void {
  const n: usize = load<u32>(annealer, LENGTH);
  const own = <usize>load<u32>(annealer, ORDER) + (place << 2);
  const far = own + (length << 2);
  const nearVertex = load<u32>(own);
  const farVertex = load<u32>(far);
  if (move == 0) {
    for (let at = own; at < far; at += 4) store<u32>(at, load<u32>(at, 4));
    store<u32>(far, nearVertex);
  } else if (move == 1) {
    for (let at = far; at > own; at -= 4) store<u32>(at, load<u32>(at - 4));
    store<u32>(own, farVertex);
  } else {
    store<u32>(own, farVertex);
    store<u32>(far, nearVertex);
  }
  rememberPlaces(annealer, place, place + length);
  if (load<u32>(annealer, MODE) == MODE_WIDE_ROWS) {
    const places: usize = load<u32>(annealer, PLACES);
    store<u32>(places + ((<usize>load<u32>(far)) << 2), <u32>(place + length));
  }

  const end: usize = load<u32>(annealer, END);
  const sums: usize = load<u32>(annealer, SUMS);
  const candidate: usize = load<u32>(annealer, CANDIDATE);
  const start = load<f64>(sums + (place << 3));
  const change = total - (load<f64>(sums + (end << 3)) - start);
  for (let t = place; t < end; t++) {
    store<f64>(sums + ((t + 1) << 3), start + load<f64>(candidate + ((t - place) << 3)));
  }
  if (load<u32>(annealer, MODE) == MODE_STATES) {
    const hashes: usize = load<u32>(annealer, HASHES);
    const candidateHashes: usize = load<u32>(annealer, CANDIDATE_HASHES);
    for (let t = place; t < end; t++) {
      store<u64>(hashes + ((t + 1) << 3), load<u64>(candidateHashes + ((t - place) << 3)));
    }
  }
  if (change == 0) return;
  for (let t = end + 1; t <= n; t++) {
    const sum = sums + (t << 3);
    store<f64>(sum, load<f64>(sum) + change);
  }
  if (load<f64>(sums + (n << 3)) < load<f64>(annealer, BEST_COST)) keepBest(annealer);
}

/** What the current order costs. */
export function currentCost(annealer: usize): f64 {
  const n: usize = load<u32>(annealer, LENGTH);
  return load<f64>(<usize>load<u32>(annealer, SUMS) + (n << 3));
}

/** What the best order met since the start costs. */
export function bestCost(annealer: usize): f64 {
  return load<f64>(annealer, BEST_COST);
}

/** The best order, n × u32. */
export function bestOrder(annealer: usize): usize {
  return load<u32>(annealer, BEST);
}

/** The current order, n × u32. */
export function currentOrder(annealer: usize): usize {
  return load<u32>(annealer, ORDER);
}

/** Whether a sweep has begun and not ended. */
export function isSweeping(annealer: usize): bool {
  return load<u32>(annealer, PLACE) != 0 || load<u32>(annealer, TRIED) != 0;
}
