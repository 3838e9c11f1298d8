// Nested rollout policy adaptation over elimination orders (Rosin, Nested rollout policy adaptation
// for Monte Carlo tree search, IJCAI 2011), with a bias for what looks cheap (Cazenave, Generalized
// nested rollout policy adaptation, 2020).
//
// A policy is a number for every vertex. A rollout eliminates one vertex after the other, v with a
// chance proportional to e^(policy(v) − strength · outlook(v)) among those that remain (outlook.ts). A
// level of the search calls the level below ITERATIONS times with a copy of its policy, keeps the best
// order, and after each call moves its policy towards that order: along it, the vertex taken gains
// RATE, and each that remains loses RATE times the chance it had. So the sum of a policy stays what it
// was, 0. Level 0 is a rollout.
//
// The recursion is unrolled, so that the host can pause after any rollout. O(n · (n + an elimination))
// a rollout, and as much again to adapt. src/core/nested-reference.ts makes the same choices.

import { LENGTH, COST, GRAPH, ORDER, PADDED, REMAINING, WEIGHTS, ELIMINATED } from './play-layout';
import {
  COSTS,
  COUNTS,
  FINISHED,
  ITERATIONS,
  LEVELS,
  NESTED_HEADER_BYTES,
  ORDERS,
  PLAY,
  POLICIES,
  RANDOM,
  RATE,
  STRENGTH,
  WEIGHT,
} from './nested-layout';
import { STOP, STOP_NONE, WORDS } from './layout';
import { allocateZeroed, release } from './memory';
import { renewOutlooks } from './outlook';
import { playMove, resetPlay } from './play';
import { exponentialOfMinus } from './portable';
import { nextBits, seedRandom } from './rng';

/** A search on a play, which it has to itself from now on; 0 where memory ends. */
export function createNested(play: usize, levels: u32, iterations: u32): usize {
  const padded: usize = load<u32>(play, PADDED);
  const orderBytes: usize = (((<usize>load<u32>(play, LENGTH)) << 2) + 7) & ~7;
  const rows: usize = <usize>levels + 1;
  const nested = allocateZeroed(NESTED_HEADER_BYTES + rows * ((padded << 3) + orderBytes + 16));
  if (nested == 0) return 0;
  store<u32>(nested, <u32>play, PLAY);
  store<u32>(nested, levels, LEVELS);
  store<u32>(nested, iterations, ITERATIONS);
  let next = nested + NESTED_HEADER_BYTES;
  store<u32>(nested, <u32>next, POLICIES);
  next += rows * (padded << 3);
  store<u32>(nested, <u32>next, COSTS);
  next += rows << 3;
  store<u32>(nested, <u32>next, ORDERS);
  next += rows * orderBytes;
  store<u32>(nested, <u32>next, COUNTS);
  return nested;
}

export function disposeNested(nested: usize): void {
  release(nested);
}

/** Begins anew with an even policy; `weight` is w of outlook.ts. */
export function startNested(nested: usize, rate: f64, strength: f64, weight: f64, seed: u32): void {
  const play: usize = load<u32>(nested, PLAY);
  const rows: usize = <usize>load<u32>(nested, LEVELS) + 1;
  store<f64>(nested, rate, RATE);
  store<f64>(nested, strength, STRENGTH);
  store<f64>(nested, weight, WEIGHT);
  store<u32>(nested, 0, FINISHED);
  seedRandom(nested + RANDOM, seed);
  memory.fill(load<u32>(nested, POLICIES), 0, (rows * <usize>load<u32>(play, PADDED)) << 3);
  for (let level: u32 = 0; level < <u32>rows; level++) clearLevel(nested, level);
  resetPlay(play);
}

function policyOf(nested: usize, level: u32): usize {
  const padded: usize = load<u32>(load<u32>(nested, PLAY), PADDED);
  return <usize>load<u32>(nested, POLICIES) + ((<usize>level * padded) << 3);
}

function orderOf(nested: usize, level: u32): usize {
  const bytes: usize = (((<usize>load<u32>(load<u32>(nested, PLAY), LENGTH)) << 2) + 7) & ~7;
  return <usize>load<u32>(nested, ORDERS) + <usize>level * bytes;
}

function costAt(nested: usize, level: u32): usize {
  return <usize>load<u32>(nested, COSTS) + ((<usize>level) << 3);
}

function countAt(nested: usize, level: u32): usize {
  return <usize>load<u32>(nested, COUNTS) + ((<usize>level) << 2);
}

function clearLevel(nested: usize, level: u32): void {
  store<f64>(costAt(nested, level), Infinity);
  store<u32>(countAt(nested, level), 0);
}

/** Writes the weights of all that remains to the play's WEIGHTS; their sum, or −1 after a stop. */
function weigh(nested: usize, policy: usize): f64 {
  const play: usize = load<u32>(nested, PLAY);
  const strength = load<f64>(nested, STRENGTH);
  if (strength > 0 && !renewOutlooks(play, load<f64>(nested, WEIGHT))) return -1;
  const words: usize = load<u32>(load<u32>(play, GRAPH), WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  const weights: usize = load<u32>(play, WEIGHTS);
  let most: f64 = -Infinity;
  for (let word: usize = 0; word < words; word++) {
    for (let bits = load<u64>(remaining + (word << 3)); bits != 0; bits &= bits - 1) {
      const at = ((word << 6) + <usize>ctz<u64>(bits)) << 3;
      let preference = load<f64>(policy + at);
      if (strength > 0) preference -= strength * load<f64>(weights + at);
      store<f64>(weights + at, preference);
      most = max<f64>(most, preference);
    }
  }
  let total: f64 = 0;
  for (let word: usize = 0; word < words; word++) {
    for (let bits = load<u64>(remaining + (word << 3)); bits != 0; bits &= bits - 1) {
      const at = ((word << 6) + <usize>ctz<u64>(bits)) << 3;
      const weight = exponentialOfMinus(most - load<f64>(weights + at));
      store<f64>(weights + at, weight);
      total += weight;
    }
  }
  return total;
}

/** A vertex drawn by the weights, of which `total` is the sum. */
function draw(nested: usize, total: f64): u32 {
  const play: usize = load<u32>(nested, PLAY);
  const words: usize = load<u32>(load<u32>(play, GRAPH), WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  const weights: usize = load<u32>(play, WEIGHTS);
  const drawn = (<f64>nextBits(nested + RANDOM) / 4294967296) * total;
  let sum: f64 = 0;
  let last: usize = 0;
  for (let word: usize = 0; word < words; word++) {
    for (let bits = load<u64>(remaining + (word << 3)); bits != 0; bits &= bits - 1) {
      const vertex = (word << 6) + <usize>ctz<u64>(bits);
      const weight = load<f64>(weights + (vertex << 3));
      if (weight == 0) continue;
      sum += weight;
      last = vertex;
      if (sum > drawn) return <u32>last;
    }
  }
  return <u32>last;
}

/** Goes on with a rollout to its end; false after a stop, to be called again. */
function rollOutByPolicy(nested: usize): bool {
  const play: usize = load<u32>(nested, PLAY);
  const policy = policyOf(nested, 1);
  while (load<u32>(play, ELIMINATED) < load<u32>(play, LENGTH)) {
    const total = weigh(nested, policy);
    if (total < 0) return false;
    const random0 = load<u64>(nested, RANDOM);
    const random1 = load<u64>(nested, RANDOM + 8);
    if (playMove(play, draw(nested, total)) < 0) {
      store<u64>(nested, random0, RANDOM);
      store<u64>(nested, random1, RANDOM + 8);
      return false;
    }
  }
  return true;
}

/**
 * Moves the policy of a level towards its best order. Every position on the way was met by a rollout
 * that came to its end, so no table entry is missing.
 */
function adapt(nested: usize, level: u32): void {
  const play: usize = load<u32>(nested, PLAY);
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  const weights: usize = load<u32>(play, WEIGHTS);
  const rate = load<f64>(nested, RATE);
  const policy = policyOf(nested, level);
  // Chances are those of the policy as it was.
  const before = policyOf(nested, 0);
  memory.copy(before, policy, (<usize>load<u32>(play, PADDED)) << 3);
  const order = orderOf(nested, level);
  const n: usize = load<u32>(play, LENGTH);
  resetPlay(play);
  for (let place: usize = 0; place < n; place++) {
    const share = rate / weigh(nested, before);
    for (let word: usize = 0; word < words; word++) {
      for (let bits = load<u64>(remaining + (word << 3)); bits != 0; bits &= bits - 1) {
        const at = ((word << 6) + <usize>ctz<u64>(bits)) << 3;
        store<f64>(policy + at, load<f64>(policy + at) - share * load<f64>(weights + at));
      }
    }
    const vertex = load<u32>(order + (place << 2));
    const at = policy + ((<usize>vertex) << 3);
    store<f64>(at, load<f64>(at) + rate);
    playMove(play, vertex);
  }
}

/** Keeps an order for a level where it costs no more than the level's best. */
function offer(nested: usize, level: u32, order: usize, cost: f64): void {
  if (cost > load<f64>(costAt(nested, level))) return;
  store<f64>(costAt(nested, level), cost);
  const bytes = (<usize>load<u32>(load<u32>(nested, PLAY), LENGTH)) << 2;
  memory.copy(orderOf(nested, level), order, bytes);
}

/** A rollout has ended: what the levels above make of it. */
function ascend(nested: usize): void {
  const play: usize = load<u32>(nested, PLAY);
  const levels = load<u32>(nested, LEVELS);
  const cost = load<f64>(play, COST);
  if (cost < load<f64>(costAt(nested, 0))) offer(nested, 0, load<u32>(play, ORDER), cost);
  offer(nested, 1, load<u32>(play, ORDER), cost);
  let level: u32 = 1;
  for (;;) {
    adapt(nested, level);
    const count = load<u32>(countAt(nested, level)) + 1;
    store<u32>(countAt(nested, level), count);
    if (count < load<u32>(nested, ITERATIONS)) break;
    if (level == levels) {
      store<u32>(nested, 1, FINISHED);
      break;
    }
    offer(nested, level + 1, orderOf(nested, level), load<f64>(costAt(nested, level)));
    clearLevel(nested, level);
    level++;
  }
  const bytes = (<usize>load<u32>(play, PADDED)) << 3;
  for (let below: u32 = 1; below < level; below++) {
    memory.copy(policyOf(nested, below), policyOf(nested, level), bytes);
  }
  resetPlay(play);
}

/**
 * Makes up to `most` rollouts and adapts the policies after each. Returns how many; fewer are a stop,
 * or the search has finished.
 */
export function searchNested(nested: usize, most: u32): u32 {
  store<u32>(load<u32>(load<u32>(nested, PLAY), GRAPH), STOP_NONE, STOP);
  for (let made: u32 = 0; made < most; made++) {
    if (load<u32>(nested, FINISHED) != 0 || !rollOutByPolicy(nested)) return made;
    ascend(nested);
  }
  return most;
}

/** Whether the topmost level has made all of its iterations. */
export function isNestedFinished(nested: usize): bool {
  return load<u32>(nested, FINISHED) != 0;
}

/** What the best order since the start costs; infinite before the first. */
export function bestNestedCost(nested: usize): f64 {
  return load<f64>(costAt(nested, 0));
}

/** That order, n × u32. */
export function bestNestedOrder(nested: usize): usize {
  return orderOf(nested, 0);
}

/** The policy of a level, f64 by vertex. */
export function nestedPolicy(nested: usize, level: u32): usize {
  return policyOf(nested, level);
}
