// Annealing over orders under the cost model `compiled` (compiled.ts).
//
// Unlike counts of products, a compiled cost is no sum over the places of an order: what one
// elimination makes another may find. But the values after a prefix of an order depend on the prefix
// only. So a sweep walks a place i from the first to the last with the image of the evaluation moved
// along; at each place it proposes TRIES times to move o[i] to i + L, o[i + L] to i, or to swap the
// two (L log-uniform by octaves in 1 … n − 1 − i), evaluates the whole rest of the order, and takes
// what costs at most T·(−ln u) more (Metropolis et al. 1953). Then o[i] is eliminated in the image.
// Random numbers as in anneal.ts: two words a proposal, −ln u of 24 bits.

import { advance, evaluateFrom, grow, rewind } from './compiled';
import { allocateZeroed, release } from './memory';
import { nextBits, RANDOM_BYTES, seedRandom } from './rng';

const VALUES: usize = 0;
const LENGTH: usize = 4;
const TRIES: usize = 8;
const PLACE: usize = 12;
const TRIED: usize = 16;
const ORDER: usize = 20;
const CANDIDATE: usize = 24;
const BEST: usize = 28;
const COST: usize = 32;
const BEST_COST: usize = 40;
const RANDOM: usize = 48;
const HEADER_BYTES: usize = 48 + RANDOM_BYTES;

/** An annealer of an interned function, which it has to itself; 0 where memory ends. */
export function createInternedAnnealer(values: usize, length: u32, tries: u32): usize {
  const bytes = (<usize>length) << 2;
  const annealer = allocateZeroed(HEADER_BYTES + 3 * bytes);
  if (annealer == 0) return 0;
  store<u32>(annealer, <u32>values, VALUES);
  store<u32>(annealer, length, LENGTH);
  store<u32>(annealer, tries, TRIES);
  store<u32>(annealer, <u32>(annealer + HEADER_BYTES), ORDER);
  store<u32>(annealer, <u32>(annealer + HEADER_BYTES + bytes), CANDIDATE);
  store<u32>(annealer, <u32>(annealer + HEADER_BYTES + 2 * bytes), BEST);
  return annealer;
}

export function disposeInternedAnnealer(annealer: usize): void {
  rewind(load<u32>(annealer, VALUES));
  release(annealer);
}

/** Moves the image to the sweep's place; false where memory ends. */
function catchUp(annealer: usize): bool {
  const values: usize = load<u32>(annealer, VALUES);
  const order: usize = load<u32>(annealer, ORDER);
  const place = load<u32>(annealer, PLACE);
  rewind(values);
  let k: u32 = 0;
  while (k < place) {
    if (advance(values, load<u32>(order + ((<usize>k) << 2)))) {
      k++;
    } else {
      if (!grow(values)) return false;
      k = 0;
    }
  }
  return true;
}

/** Weighted operations of an order that agrees with the image; −1 where memory ends. */
function evaluate(annealer: usize, order: usize): f64 {
  const values: usize = load<u32>(annealer, VALUES);
  const length = load<u32>(annealer, LENGTH);
  let weight = evaluateFrom(values, order, load<u32>(annealer, PLACE), length);
  while (weight < 0) {
    if (!grow(values) || !catchUp(annealer)) return -1;
    weight = evaluateFrom(values, order, load<u32>(annealer, PLACE), length);
  }
  return weight;
}

/** Starts anew from an order and a seed; returns what the order costs, −1 where memory ends. */
export function startInternedAnnealer(annealer: usize, order: usize, seed: u32): f64 {
  const bytes = (<usize>load<u32>(annealer, LENGTH)) << 2;
  memory.copy(load<u32>(annealer, ORDER), order, bytes);
  memory.copy(load<u32>(annealer, BEST), order, bytes);
  store<u32>(annealer, 0, PLACE);
  store<u32>(annealer, 0, TRIED);
  seedRandom(annealer + RANDOM, seed);
  rewind(load<u32>(annealer, VALUES));
  const cost = evaluate(annealer, load<u32>(annealer, ORDER));
  store<f64>(annealer, cost, COST);
  store<f64>(annealer, cost, BEST_COST);
  return cost;
}

/** CANDIDATE becomes the order with a move at `place` and `place` + `reach`. */
function rearrange(annealer: usize, place: u32, reach: u32, move: u32): void {
  const candidate: usize = load<u32>(annealer, CANDIDATE);
  memory.copy(candidate, load<u32>(annealer, ORDER), (<usize>load<u32>(annealer, LENGTH)) << 2);
  const near = candidate + ((<usize>place) << 2);
  const bytes = (<usize>reach) << 2;
  const first = load<u32>(near);
  const last = load<u32>(near + bytes);
  if (move == 0) {
    memory.copy(near, near + 4, bytes);
    store<u32>(near + bytes, first);
  } else if (move == 1) {
    memory.copy(near + 4, near, bytes);
    store<u32>(near, last);
  } else {
    store<u32>(near, last);
    store<u32>(near + bytes, first);
  }
}

/** One proposal at the sweep's place; false where memory ends. */
function propose(annealer: usize, temperature: f64): bool {
  const place = load<u32>(annealer, PLACE);
  const most = load<u32>(annealer, LENGTH) - 1 - place;
  const bits = nextBits(annealer + RANDOM);
  const octaves = 32 - clz(most);
  const octave = ((bits >>> 16) * octaves) >>> 16;
  let reach = ((<u32>1) << octave) + (bits & (((<u32>1) << octave) - 1));
  if (reach > most) reach = reach >>> 1;
  const others = nextBits(annealer + RANDOM);
  rearrange(annealer, place, reach, ((others & 255) * 3) >>> 8);
  const cost = evaluate(annealer, load<u32>(annealer, CANDIDATE));
  if (cost < 0) return false;
  const uniform = (<f64>(others >>> 8) + 0.5) / 16777216;
  const worse = cost - load<f64>(annealer, COST);
  if (worse > 0 && worse > -temperature * Math.log(uniform)) return true;
  const candidate = load<u32>(annealer, CANDIDATE);
  store<u32>(annealer, load<u32>(annealer, ORDER), CANDIDATE);
  store<u32>(annealer, candidate, ORDER);
  store<f64>(annealer, cost, COST);
  if (cost < load<f64>(annealer, BEST_COST)) {
    store<f64>(annealer, cost, BEST_COST);
    memory.copy(load<u32>(annealer, BEST), candidate, (<usize>load<u32>(annealer, LENGTH)) << 2);
  }
  return true;
}

/**
 * Goes on with the sweep over the order's places, or begins one; `limit` proposals at most. Returns
 * how many were made, −1 where memory ends.
 */
export function annealInterned(annealer: usize, limit: u32, temperature: f64): i32 {
  const length = load<u32>(annealer, LENGTH);
  if (length < 2) return 0;
  const values: usize = load<u32>(annealer, VALUES);
  for (let made: u32 = 0; made < limit; made++) {
    if (!propose(annealer, temperature)) return -1;
    const tried = load<u32>(annealer, TRIED) + 1;
    store<u32>(annealer, tried, TRIED);
    if (tried < load<u32>(annealer, TRIES)) continue;
    store<u32>(annealer, 0, TRIED);
    const place = load<u32>(annealer, PLACE);
    store<u32>(annealer, place + 1, PLACE);
    if (place + 2 >= length) {
      store<u32>(annealer, 0, PLACE);
      rewind(values);
      return made + 1;
    }
    const order: usize = load<u32>(annealer, ORDER);
    if (!advance(values, load<u32>(order + ((<usize>place) << 2)))) {
      if (!grow(values) || !catchUp(annealer)) return -1;
    }
  }
  return limit;
}

/** Whether a sweep has begun and not ended. */
export function isSweepingInterned(annealer: usize): bool {
  return (load<u32>(annealer, PLACE) | load<u32>(annealer, TRIED)) != 0;
}

export function internedCost(annealer: usize): f64 {
  return load<f64>(annealer, COST);
}

export function bestInternedCost(annealer: usize): f64 {
  return load<f64>(annealer, BEST_COST);
}

/** Address of the order under improvement. */
export function internedOrder(annealer: usize): usize {
  return load<u32>(annealer, ORDER);
}

/** Address of the best order since the start. */
export function bestInternedOrder(annealer: usize): usize {
  return load<u32>(annealer, BEST);
}
