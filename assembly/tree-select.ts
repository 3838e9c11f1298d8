// Which child a simulation goes on with.
//
// UCT (Kocsis and Szepesvári, Bandit based Monte-Carlo planning, ECML 2006) with priors, PUCT (Silver
// et al., Nature 550, 2017): the child with the largest q + c·P·√N / (1 + n); one that was never
// visited is worth what its parent is.
//
// Gumbel (Danihelka, Guez, Schrittwieser and Silver, Policy improvement by planning with Gumbel, ICLR
// 2022). At the root: noise g from the standard Gumbel distribution for each child, and sequential
// halving over the largest g + logit + σ(q). Below: the child whose share of visits is farthest
// behind the improved policy, the softmax of logit + σ(completed q), where a child that was not
// visited has the value v_mix of the paper's appendix D; σ(q) = (50 + max n) · scale · q.
//
// Values are costs of whole orders. At each node they are brought to [0, 1], 1 for the least, by the
// least and the largest that are compared there, so nothing depends on the unit of costs.
// O(children) each.

import { RANDOM, WEIGHTS } from './play-layout';
import { exponentialOfMinus, logarithm } from './portable';
import { nextBits } from './rng';
import {
  CHILD_BYTES,
  CHILD_PRIOR,
  CHILD_SUM,
  CHILD_VISITS,
  CONSIDERED,
  EXPLORATION,
  METHOD,
  METHOD_UCT,
  MOVE_VISITS,
  NODE_CHILDREN,
  NODE_FIRST,
  NODE_HEADER_BYTES,
  NODE_SUM,
  NODE_VISITS,
  NOISE,
  PHASE_CONSIDERED,
  PHASES,
  PLAY,
  ROOT,
  ROUND_LEFT,
  ROUNDS_LEFT,
  SIMULATIONS,
  WANTED_VISITS,
} from './tree-layout';

/** Weight that the visits have at least in σ. */
const VISIT_OFFSET: f64 = 50;

function firstChild(node: usize): usize {
  return node + NODE_HEADER_BYTES;
}

function endOfChildren(node: usize): usize {
  return node + NODE_HEADER_BYTES + <usize>load<u32>(node, NODE_CHILDREN) * CHILD_BYTES;
}

/** What a visited child's orders cost on average. */
function valueOf(child: usize): f64 {
  return load<f64>(child, CHILD_SUM) / <f64>load<u32>(child, CHILD_VISITS);
}

/** PUCT. */
function selectUct(search: usize, node: usize): usize {
  const visits = <f64>load<u32>(node, NODE_VISITS);
  const own = load<f64>(node, NODE_SUM) / visits;
  const end = endOfChildren(node);
  let low = own;
  let high = own;
  for (let child = firstChild(node); child < end; child += CHILD_BYTES) {
    if (load<u32>(child, CHILD_VISITS) == 0) continue;
    const value = valueOf(child);
    low = min<f64>(low, value);
    high = max<f64>(high, value);
  }
  const scale: f64 = high > low ? 1 / (high - low) : 0;
  const weight = load<f64>(search, EXPLORATION) * sqrt<f64>(visits);
  let best = firstChild(node);
  let largest: f64 = -Infinity;
  for (let child = best; child < end; child += CHILD_BYTES) {
    const n = load<u32>(child, CHILD_VISITS);
    const value = n == 0 ? own : valueOf(child);
    const score = (high - value) * scale + (weight * load<f64>(child, CHILD_PRIOR)) / <f64>(n + 1);
    if (score > largest) {
      largest = score;
      best = child;
    }
  }
  return best;
}

/**
 * Writes logit + σ(completed q) of each child to the play's weights (f64); returns the largest.
 */
function improvedLogits(search: usize, node: usize): f64 {
  const logits: usize = load<u32>(<usize>load<u32>(search, PLAY), WEIGHTS);
  const end = endOfChildren(node);
  const first = firstChild(node);
  let visits: u32 = 0;
  let most: u32 = 0;
  let low: f64 = Infinity;
  let high: f64 = -Infinity;
  let priors: f64 = 0;
  let weighted: f64 = 0;
  for (let child = first; child < end; child += CHILD_BYTES) {
    const n = load<u32>(child, CHILD_VISITS);
    if (n == 0) continue;
    const value = valueOf(child);
    visits += n;
    most = max<u32>(most, n);
    low = min<f64>(low, value);
    high = max<f64>(high, value);
    const prior = exponentialOfMinus(-load<f64>(child, CHILD_PRIOR));
    priors += prior;
    weighted += prior * value;
  }
  let mixed = load<f64>(node, NODE_FIRST);
  if (priors > 0) {
    mixed = (mixed + <f64>visits * (weighted / priors)) / <f64>(visits + 1);
  }
  low = min<f64>(low, mixed);
  high = max<f64>(high, mixed);
  const scale: f64 = high > low ? 1 / (high - low) : 0;
  const weight = (VISIT_OFFSET + <f64>most) * load<f64>(search, EXPLORATION);
  let largest: f64 = -Infinity;
  let at = logits;
  for (let child = first; child < end; child += CHILD_BYTES) {
    const value = load<u32>(child, CHILD_VISITS) == 0 ? mixed : valueOf(child);
    const logit = load<f64>(child, CHILD_PRIOR) + weight * ((high - value) * scale);
    store<f64>(at, logit);
    largest = max<f64>(largest, logit);
    at += 8;
  }
  return largest;
}

/** The improved policy of a node: a chance (f64) for each child, at the play's weights. */
export function improvedPolicy(search: usize, node: usize): usize {
  const largest = improvedLogits(search, node);
  const weights: usize = load<u32>(<usize>load<u32>(search, PLAY), WEIGHTS);
  const end = weights + ((<usize>load<u32>(node, NODE_CHILDREN)) << 3);
  let total: f64 = 0;
  for (let at = weights; at < end; at += 8) {
    const weight = exponentialOfMinus(largest - load<f64>(at));
    store<f64>(at, weight);
    total += weight;
  }
  for (let at = weights; at < end; at += 8) store<f64>(at, load<f64>(at) / total);
  return weights;
}

/** Below the root: farthest behind the improved policy. */
function selectInner(search: usize, node: usize): usize {
  const policy = improvedPolicy(search, node);
  const children: usize = load<u32>(node, NODE_CHILDREN);
  let visits: u32 = 0;
  for (let index: usize = 0; index < children; index++) {
    visits += load<u32>(firstChild(node) + index * CHILD_BYTES, CHILD_VISITS);
  }
  let best = firstChild(node);
  let farthest: f64 = -Infinity;
  for (let index: usize = 0; index < children; index++) {
    const child = firstChild(node) + index * CHILD_BYTES;
    const share = <f64>load<u32>(child, CHILD_VISITS) / <f64>(visits + 1);
    const behind = load<f64>(policy + (index << 3)) - share;
    if (behind > farthest) {
      farthest = behind;
      best = child;
    }
  }
  return best;
}

/** At the root: largest g + logit + σ(q) among those visited so often in this move. */
function selectConsidered(search: usize, visits: u32): usize {
  const root: usize = load<u32>(search, ROOT);
  improvedLogits(search, root);
  const logits: usize = load<u32>(<usize>load<u32>(search, PLAY), WEIGHTS);
  const noise: usize = load<u32>(search, NOISE);
  const moveVisits: usize = load<u32>(search, MOVE_VISITS);
  const children: usize = load<u32>(root, NODE_CHILDREN);
  let best: usize = 0;
  let largest: f64 = -Infinity;
  for (let index: usize = 0; index < children; index++) {
    if (load<u32>(moveVisits + (index << 2)) != visits) continue;
    const score = load<f64>(noise + (index << 3)) + load<f64>(logits + (index << 3));
    if (score > largest) {
      largest = score;
      best = firstChild(root) + index * CHILD_BYTES;
    }
  }
  return best;
}

/** The child to go on with. */
export function selectChild(search: usize, node: usize): usize {
  if (load<u32>(search, METHOD) == METHOD_UCT) return selectUct(search, node);
  return node == <usize>load<u32>(search, ROOT)
    ? selectConsidered(search, load<u32>(search, WANTED_VISITS))
    : selectInner(search, node);
}

/** Gumbel: draws the noise of a move and begins sequential halving; the root has its node. */
export function beginHalving(search: usize): void {
  const play: usize = load<u32>(search, PLAY);
  const root: usize = load<u32>(search, ROOT);
  const noise: usize = load<u32>(search, NOISE);
  const children = load<u32>(root, NODE_CHILDREN);
  for (let index: usize = 0; index < <usize>children; index++) {
    const u = (<f64>nextBits(play + RANDOM) + 0.5) / 4294967296;
    store<f64>(noise + (index << 3), -logarithm(-logarithm(u)));
  }
  memory.fill(load<u32>(search, MOVE_VISITS), 0, (<usize>children) << 2);
  const considered = min<u32>(load<u32>(search, CONSIDERED), children);
  store<u32>(search, considered > 1 ? 32 - clz<u32>(considered - 1) : 1, PHASES);
  store<u32>(search, 0, WANTED_VISITS);
  beginPhase(search, considered);
}

function beginPhase(search: usize, considered: u32): void {
  const share =
    load<u32>(search, SIMULATIONS) / (load<u32>(search, PHASES) * max<u32>(considered, 1));
  store<u32>(search, considered, PHASE_CONSIDERED);
  store<u32>(search, considered, ROUND_LEFT);
  store<u32>(search, max<u32>(share, 1) - 1, ROUNDS_LEFT);
}

/**
 * Gumbel: one simulation of the root's child was made. In a round each considered child has one;
 * when a phase's rounds are over, the better half is considered on, two at least.
 */
export function countHalving(search: usize, child: usize): void {
  const root: usize = load<u32>(search, ROOT);
  const index = (child - firstChild(root)) / CHILD_BYTES;
  const visits = <usize>load<u32>(search, MOVE_VISITS) + (index << 2);
  store<u32>(visits, load<u32>(visits) + 1);
  const left = load<u32>(search, ROUND_LEFT) - 1;
  store<u32>(search, left, ROUND_LEFT);
  if (left > 0) return;
  store<u32>(search, load<u32>(search, WANTED_VISITS) + 1, WANTED_VISITS);
  const rounds = load<u32>(search, ROUNDS_LEFT);
  const considered = load<u32>(search, PHASE_CONSIDERED);
  if (rounds > 0) {
    store<u32>(search, rounds - 1, ROUNDS_LEFT);
    store<u32>(search, considered, ROUND_LEFT);
    return;
  }
  const children = load<u32>(root, NODE_CHILDREN);
  beginPhase(search, min<u32>(children, max<u32>(2, considered >>> 1)));
}

/**
 * The child of the root to play. UCT: the one visited most, of equals the one with the lower mean;
 * Gumbel: of those visited most in this move the one with the largest g + logit + σ(q).
 */
export function chosenChild(search: usize): usize {
  const root: usize = load<u32>(search, ROOT);
  if (load<u32>(search, METHOD) != METHOD_UCT) {
    const moveVisits: usize = load<u32>(search, MOVE_VISITS);
    const children: usize = load<u32>(root, NODE_CHILDREN);
    let most: u32 = 0;
    for (let index: usize = 0; index < children; index++) {
      most = max<u32>(most, load<u32>(moveVisits + (index << 2)));
    }
    return selectConsidered(search, most);
  }
  let best = firstChild(root);
  const end = endOfChildren(root);
  for (let child = best; child < end; child += CHILD_BYTES) {
    const visits = load<u32>(child, CHILD_VISITS);
    const others = load<u32>(best, CHILD_VISITS);
    if (visits < others) continue;
    const isBetter = load<f64>(child, CHILD_SUM) < load<f64>(best, CHILD_SUM);
    if (visits > others || isBetter) best = child;
  }
  return best;
}
