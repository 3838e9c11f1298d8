// What a position promises: the cost so far and a share of what is still open. With Φ, the sum of
// |P(v)|·|S(v)| over the vertices that remain, eliminating v changes Φ by D(v) − |P(v)|·|S(v)| (D:
// src/search/heuristics/damage.ts), so for a position with the cost g
//
//   outlook after v = g + price(v) + w · (Φ + D(v) − |P(v)|·|S(v)|)
//
// is known before v is eliminated. Choosing the least of it is the Markowitz rule where w is 0, and
// minimal damage where w is 0.6; unlike those scores it also compares positions with one another. Where
// edges have states, price(v) is the true one and w is in the unit of prices. src/core/outlook.ts
// computes the same to the last bit.

import { hasBit } from './graph';
import { STATES, STOP, STOP_NONE, VERTICES, WORDS } from './layout';
import {
  COST,
  DAMAGE,
  GRAPH,
  MARKOWITZ,
  REMAINING,
  TRACK_DAMAGE,
  TRACKING,
  WEIGHTS,
} from './play-layout';
import { priceWithStates } from './price';

/** Φ: the sum of the Markowitz degrees of what remains. O(n). */
function openDegrees(play: usize): f64 {
  const graph: usize = load<u32>(play, GRAPH);
  const words: usize = load<u32>(graph, WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  const markowitz: usize = load<u32>(play, MARKOWITZ);
  let sum: f64 = 0;
  for (let word: usize = 0; word < words; word++) {
    for (let bits = load<u64>(remaining + (word << 3)); bits != 0; bits &= bits - 1) {
      sum += load<f64>(markowitz + (((word << 6) + <usize>ctz<u64>(bits)) << 3));
    }
  }
  return sum;
}

/**
 * Writes the outlook after each vertex that remains to the play's WEIGHTS (f64 by vertex);
 * `weight` is w, and 0 where the play does not track damage. False after a stop, with the
 * position as it was. Afterwards no remaining vertex meets a missing entry when it is eliminated.
 */
export function renewOutlooks(play: usize, weight: f64): bool {
  const graph: usize = load<u32>(play, GRAPH);
  store<u32>(graph, STOP_NONE, STOP);
  const words: usize = load<u32>(graph, WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  const markowitz: usize = load<u32>(play, MARKOWITZ);
  const damage: usize = load<u32>(play, DAMAGE);
  const outlooks: usize = load<u32>(play, WEIGHTS);
  const cost = load<f64>(play, COST);
  const hasStates = load<u32>(graph, STATES) != 0;
  const hasDamage = load<u32>(play, TRACKING) == TRACK_DAMAGE;
  const open = hasDamage ? openDegrees(play) : 0;
  for (let word: usize = 0; word < words; word++) {
    for (let bits = load<u64>(remaining + (word << 3)); bits != 0; bits &= bits - 1) {
      const vertex = (word << 6) + <usize>ctz<u64>(bits);
      const at = vertex << 3;
      const degree = load<f64>(markowitz + at);
      let price = degree;
      if (hasStates) {
        price = priceWithStates(graph, <u32>vertex);
        if (price < 0) return false;
      }
      let outlook = cost + price;
      if (hasDamage) {
        // 3·D(v) + 2·degree is what is tracked; whole numbers, so the quotient is exact.
        outlook += weight * (open + (load<f64>(damage + at) - 5 * degree) / 3);
      }
      store<f64>(outlooks + at, outlook);
    }
  }
  return true;
}

/**
 * What all vertices of the position cost together if each were eliminated now, by one product on
 * average: Σ price(v) / Σ |P(v)|·|S(v)|, or 1 where there are no products. −1 after a stop.
 */
export function pricePerProduct(play: usize): f64 {
  const graph: usize = load<u32>(play, GRAPH);
  store<u32>(graph, STOP_NONE, STOP);
  if (load<u32>(graph, STATES) == 0) return 1;
  const vertices = load<u32>(graph, VERTICES);
  let prices: f64 = 0;
  for (let vertex: u32 = 0; vertex < vertices; vertex++) {
    if (!hasBit(load<u32>(play, REMAINING), vertex)) continue;
    const price = priceWithStates(graph, vertex);
    if (price < 0) return -1;
    prices += price;
  }
  const open = openDegrees(play);
  return open > 0 ? prices / open : 1;
}
