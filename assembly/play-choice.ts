// What a policy chooses at a position: any vertex that remains, with equal chance; or the one with
// the least score (Markowitz degree, damage, minus a network's logit), equals by chance; or each with a chance proportional to
// e^(−score / temperature). Scores of what does not remain are infinite. O(n).

import {
  DAMAGE,
  LENGTH,
  ELIMINATED,
  GRAPH,
  MARKOWITZ,
  NETWORK,
  PADDED,
  POLICY_MARKOWITZ,
  POLICY_NETWORK,
  POLICY_RANDOM,
  RANDOM,
  REMAINING,
  WEIGHTS,
} from './play-layout';
import { WORDS } from './layout';
import { SCORES } from './network-layout';
import { exponentialOfMinus } from './portable';
import { nextBits } from './rng';

/** Uniform in 0 … bound − 1. */
export function integerBelow(random: usize, bound: u32): u32 {
  return <u32>((<u64>nextBits(random) * <u64>bound) >>> 32);
}

/** Uniform in [0, 1), 32 bits of resolution. */
export function uniform(random: usize): f64 {
  return <f64>nextBits(random) / 4294967296;
}

/** Position of set bit number `index` of the remaining vertices, from the lowest on. */
function remainingAt(play: usize, index: u32): u32 {
  const words: usize = load<u32>(<usize>load<u32>(play, GRAPH), WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  for (let word: usize = 0; word < words; word++) {
    let bits = load<u64>(remaining + (word << 3));
    const count = <u32>popcnt<u64>(bits);
    if (index >= count) {
      index -= count;
      continue;
    }
    for (; index > 0; index--) bits &= bits - 1;
    return <u32>((word << 6) + <usize>ctz<u64>(bits));
  }
  return 0;
}

/** Where the scores of a policy are; those of a network are the ones of its last evaluation. */
export function scoresOf(play: usize, policy: u32): usize {
  if (policy == POLICY_NETWORK) return load<u32>(<usize>load<u32>(play, NETWORK), SCORES);
  return policy == POLICY_MARKOWITZ ? load<u32>(play, MARKOWITZ) : load<u32>(play, DAMAGE);
}

/** The least of all scores. */
export function leastScore(scores: usize, padded: u32): f64 {
  let low = v128.load(scores);
  let high = v128.load(scores, 16);
  const end = scores + ((<usize>padded) << 3);
  for (let at = scores + 32; at < end; at += 32) {
    low = f64x2.pmin(low, v128.load(at));
    high = f64x2.pmin(high, v128.load(at, 16));
  }
  low = f64x2.pmin(low, high);
  return min<f64>(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
}

/** One of those with the least score. */
function leastByChance(play: usize, scores: usize): u32 {
  const padded = load<u32>(play, PADDED);
  const least = leastScore(scores, padded);
  const wanted = f64x2.splat(least);
  const end = scores + ((<usize>padded) << 3);
  // A comparison that holds is −1 in its lane.
  let counts = i64x2.splat(0);
  for (let at = scores; at < end; at += 32) {
    counts = i64x2.sub(counts, f64x2.eq(v128.load(at), wanted));
    counts = i64x2.sub(counts, f64x2.eq(v128.load(at, 16), wanted));
  }
  const equals = <u32>(i64x2.extract_lane(counts, 0) + i64x2.extract_lane(counts, 1));
  let left = equals > 1 ? integerBelow(play + RANDOM, equals) : 0;
  for (let at = scores; at < end; at += 16) {
    let found = <u32>i64x2.bitmask(f64x2.eq(v128.load(at), wanted));
    if (found == 0) continue;
    const here = <u32>popcnt<u32>(found);
    if (left >= here) {
      left -= here;
      continue;
    }
    if (left == 1) found &= found - 1;
    return ((<u32>(at - scores)) >>> 3) + ctz<u32>(found);
  }
  return 0;
}

/** Each with a chance proportional to e^(−score / temperature). */
function byWeight(play: usize, scores: usize, temperature: f64): u32 {
  const padded: usize = load<u32>(play, PADDED);
  const weights: usize = load<u32>(play, WEIGHTS);
  const least = leastScore(scores, <u32>padded);
  let total: f64 = 0;
  for (let vertex: usize = 0; vertex < padded; vertex++) {
    const weight = exponentialOfMinus((load<f64>(scores + (vertex << 3)) - least) / temperature);
    store<f64>(weights + (vertex << 3), weight);
    total += weight;
  }
  const drawn = uniform(play + RANDOM) * total;
  let sum: f64 = 0;
  let last: usize = 0;
  for (let vertex: usize = 0; vertex < padded; vertex++) {
    const weight = load<f64>(weights + (vertex << 3));
    if (weight == 0) continue;
    sum += weight;
    last = vertex;
    if (sum > drawn) break;
  }
  return <u32>last;
}

/** A vertex that remains; there has to be one. */
export function choose(play: usize, policy: u32, temperature: f64): u32 {
  if (policy == POLICY_RANDOM) {
    const remaining = load<u32>(play, LENGTH) - load<u32>(play, ELIMINATED);
    return remainingAt(play, integerBelow(play + RANDOM, remaining));
  }
  const scores = scoresOf(play, policy);
  return temperature > 0 ? byWeight(play, scores, temperature) : leastByChance(play, scores);
}
