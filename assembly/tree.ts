// Monte-Carlo tree search over elimination orders (Coulom, Efficient selectivity and backup operators
// in Monte-Carlo tree search, CG 2006; for one player: Schadd et al., Single-player Monte-Carlo tree
// search, CG 2008). Priors and rollouts go by rules or by a network; a network can also take the place
// of rollouts: a leaf is then worth what it expects the rest to cost (Silver et al., Nature 550, 2017).
//
// A simulation goes down the tree from the root (tree-select.ts), eliminates as it goes, adds the
// first position that has no node, plays from there to the end under the rollout policy, and adds
// what the whole order costs to all nodes on its way. After some simulations a child of the root is
// played and becomes the root with its subtree; the other subtrees are freed. A node has a child for
// each vertex that remains, and no other: that is the legality mask.
//
// Nodes have a fixed size and number; where they are used up, simulations make rollouts without
// adding a node. No guarantee; the best order of all rollouts is kept by the play.
//
// The host can evaluate leaves in the place of prior and rollout: a simulation that comes to one stops,
// with the play at the leaf; the host writes scores and what it expects of the rest, and the simulation
// is made again.
//
// A simulation that meets a missing table entry leaves tree and random stream as they were before
// it, and is made again by the next call. src/core/tree-reference.ts makes the same choices.
// O(n·children) for the choices on the way and O(n) eliminations a simulation.

import { leastScore, scoresOf } from './play-choice';
import {
  COST,
  ELIMINATED,
  GRAPH,
  LENGTH,
  PADDED,
  POLICY_HOST,
  POLICY_NETWORK,
  POLICY_RANDOM,
  POLICY_VALUE,
  RANDOM,
  REMAINING,
} from './play-layout';
import {
  advance,
  createSnapshot,
  forgetBest,
  keepBetter,
  playOut,
  resetPlay,
  restorePosition,
  savePosition,
  seedPlay,
} from './play';
import { STOP, STOP_LEAF, STOP_NONE, WORDS } from './layout';
import { allocate, allocateZeroed, release } from './memory';
import { evaluatePosition, expectedRest } from './network';
import { exponentialOfMinus } from './portable';
import {
  beginHalving,
  chosenChild,
  countHalving,
  improvedPolicy,
  selectChild,
} from './tree-select';
import {
  CAPACITY,
  CHILD_BYTES,
  CHILD_NODE,
  CHILD_PRIOR,
  CHILD_SUM,
  CHILD_VERTEX,
  CHILD_VISITS,
  CONSIDERED,
  EXPLORATION,
  FREE,
  HOST_READY,
  HOST_REST,
  HOST_SCORES,
  METHOD,
  METHOD_GUMBEL,
  METHOD_UCT,
  MOVE_VISITS,
  NODE_CHILDREN,
  NODE_FIRST,
  NODE_HEADER_BYTES,
  NODE_NEXT,
  NODE_STRIDE,
  NODE_SUM,
  NODE_VISITS,
  NODES,
  NOISE,
  PATH,
  PLAY,
  PRIOR,
  PRIOR_TEMPERATURE,
  ROLLOUT,
  ROLLOUT_TEMPERATURE,
  ROOT,
  ROOT_POSITION,
  SEARCH_HEADER_BYTES,
  SIMULATED,
  SIMULATIONS,
  TOUCHED,
  USED,
} from './tree-layout';

/**
 * A search that has the play to itself from now on; 0 where memory ends. `bytes` is the room for
 * nodes, at least one of them.
 */
export function createSearch(
  play: usize,
  method: u32,
  prior: u32,
  priorTemperature: f64,
  rollout: u32,
  rolloutTemperature: f64,
  exploration: f64,
  considered: u32,
  bytes: u32,
): usize {
  const n: usize = load<u32>(play, LENGTH);
  const stride: usize = NODE_HEADER_BYTES + n * CHILD_BYTES;
  const capacity: usize = max<usize>(1, <usize>bytes / stride);
  const scores: usize = prior == POLICY_HOST ? (<usize>load<u32>(play, PADDED)) << 3 : 0;
  const search = allocateZeroed(
    SEARCH_HEADER_BYTES + scores + ((n + 1) << 3) + (n << 3) + (n << 2),
  );
  if (search == 0) return 0;
  store<u32>(search, <u32>play, PLAY);
  store<u32>(search, method, METHOD);
  store<u32>(search, prior, PRIOR);
  store<f64>(search, priorTemperature, PRIOR_TEMPERATURE);
  store<u32>(search, rollout, ROLLOUT);
  store<f64>(search, rolloutTemperature, ROLLOUT_TEMPERATURE);
  store<f64>(search, exploration, EXPLORATION);
  store<u32>(search, considered, CONSIDERED);
  store<u32>(search, <u32>stride, NODE_STRIDE);
  store<u32>(search, <u32>capacity, CAPACITY);
  let next = search + SEARCH_HEADER_BYTES;
  store<u32>(search, <u32>next, HOST_SCORES);
  next += scores;
  store<u32>(search, <u32>next, PATH);
  next += (n + 1) << 3;
  store<u32>(search, <u32>next, NOISE);
  next += n << 3;
  store<u32>(search, <u32>next, MOVE_VISITS);
  store<u32>(search, <u32>createSnapshot(play), ROOT_POSITION);
  store<u32>(search, <u32>allocate(capacity * stride), NODES);
  if (load<u32>(search, ROOT_POSITION) == 0 || load<u32>(search, NODES) == 0) {
    disposeSearch(search);
    return 0;
  }
  return search;
}

export function disposeSearch(search: usize): void {
  release(load<u32>(search, NODES));
  release(load<u32>(search, ROOT_POSITION));
  release(search);
}

/** Begins anew before the first move: no tree, no best order, the random stream of a seed. */
export function startSearch(search: usize, seed: u32): void {
  const play: usize = load<u32>(search, PLAY);
  resetPlay(play);
  seedPlay(play, seed);
  forgetBest(play);
  store<u32>(search, 0, ROOT);
  store<u32>(search, 0, FREE);
  store<u32>(search, 0, USED);
  store<u32>(search, 0, TOUCHED);
  store<u32>(search, 0, SIMULATIONS);
  store<u32>(search, 0, SIMULATED);
  store<u32>(search, 0, HOST_READY);
  savePosition(play, load<u32>(search, ROOT_POSITION));
}

/** A node with unknown content; 0 where all are in use. */
function takeNode(search: usize): usize {
  let node: usize = load<u32>(search, FREE);
  if (node != 0) {
    store<u32>(search, load<u32>(node, NODE_NEXT), FREE);
  } else {
    const touched = load<u32>(search, TOUCHED);
    if (touched == load<u32>(search, CAPACITY)) return 0;
    store<u32>(search, touched + 1, TOUCHED);
    node = <usize>load<u32>(search, NODES) + <usize>touched * <usize>load<u32>(search, NODE_STRIDE);
  }
  store<u32>(search, load<u32>(search, USED) + 1, USED);
  return node;
}

/** Gives one node back. */
function giveNode(search: usize, node: usize): void {
  store<u32>(node, load<u32>(search, FREE), NODE_NEXT);
  store<u32>(search, <u32>node, FREE);
  store<u32>(search, load<u32>(search, USED) - 1, USED);
}

/** Gives a subtree back; as deep as the tree is. */
function giveSubtree(search: usize, node: usize): void {
  const end = node + NODE_HEADER_BYTES + <usize>load<u32>(node, NODE_CHILDREN) * CHILD_BYTES;
  for (let child = node + NODE_HEADER_BYTES; child < end; child += CHILD_BYTES) {
    const below: usize = load<u32>(child, CHILD_NODE);
    if (below != 0) giveSubtree(search, below);
  }
  giveNode(search, node);
}

/** Makes a node of the play's position: its legal moves and their priors. */
function expand(search: usize): usize {
  const node = takeNode(search);
  if (node == 0) return 0;
  const play: usize = load<u32>(search, PLAY);
  const policy = load<u32>(search, PRIOR);
  const temperature = load<f64>(search, PRIOR_TEMPERATURE);
  const isUct = load<u32>(search, METHOD) == METHOD_UCT;
  const scores: usize =
    policy == POLICY_HOST ? <usize>load<u32>(search, HOST_SCORES) : scoresOf(play, policy);
  const least = policy == POLICY_RANDOM ? 0 : leastScore(scores, load<u32>(play, PADDED));
  const words: usize = load<u32>(<usize>load<u32>(play, GRAPH), WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  let child = node + NODE_HEADER_BYTES;
  let total: f64 = 0;
  for (let word: usize = 0; word < words; word++) {
    let bits = load<u64>(remaining + (word << 3));
    for (; bits != 0; bits &= bits - 1) {
      const vertex = (word << 6) + <usize>ctz<u64>(bits);
      let prior: f64 = 0;
      if (policy != POLICY_RANDOM) {
        prior = (least - load<f64>(scores + (vertex << 3))) / temperature;
      }
      if (isUct) {
        prior = exponentialOfMinus(-prior);
        total += prior;
      }
      store<u32>(child, <u32>vertex, CHILD_VERTEX);
      store<u32>(child, 0, CHILD_NODE);
      store<u32>(child, 0, CHILD_VISITS);
      store<f64>(child, 0, CHILD_SUM);
      store<f64>(child, prior, CHILD_PRIOR);
      child += CHILD_BYTES;
    }
  }
  store<u32>(
    node,
    (<u32>(child - node) - <u32>NODE_HEADER_BYTES) / <u32>CHILD_BYTES,
    NODE_CHILDREN,
  );
  store<u32>(node, 0, NODE_VISITS);
  store<f64>(node, 0, NODE_SUM);
  if (isUct) {
    for (let at = node + NODE_HEADER_BYTES; at < child; at += CHILD_BYTES) {
      store<f64>(at, load<f64>(at, CHILD_PRIOR) / total, CHILD_PRIOR);
    }
  }
  return node;
}

/** Adds a total to a node. */
function visitNode(node: usize, total: f64): void {
  store<u32>(node, load<u32>(node, NODE_VISITS) + 1, NODE_VISITS);
  store<f64>(node, load<f64>(node, NODE_SUM) + total, NODE_SUM);
}

/** Takes the host's evaluation of the leaf at which the play stands; false after a stop for it. */
function takeAnswer(search: usize): bool {
  if (load<u32>(search, HOST_READY) != 0) {
    store<u32>(search, 0, HOST_READY);
    return true;
  }
  const play: usize = load<u32>(search, PLAY);
  store<u32>(<usize>load<u32>(play, GRAPH), STOP_LEAF, STOP);
  return false;
}

/** What an order costs that goes on from here as the policy of rollouts has it; −1 after a stop. */
function totalFrom(search: usize, isComplete: bool): f64 {
  const play: usize = load<u32>(search, PLAY);
  const rollout = load<u32>(search, ROLLOUT);
  const cost = load<f64>(play, COST);
  if (rollout == POLICY_VALUE) return cost + expectedRest(play);
  if (rollout == POLICY_HOST) return isComplete ? cost : cost + load<f64>(search, HOST_REST);
  return playOut(play, rollout, load<f64>(search, ROLLOUT_TEMPERATURE), 0);
}

/**
 * Expands the play's position and rolls out from there, or takes what the network or the host
 * expects; −1 after a stop. Returns the total.
 */
function makeLeaf(search: usize, result: usize): f64 {
  const play: usize = load<u32>(search, PLAY);
  const rollout = load<u32>(search, ROLLOUT);
  const isComplete = load<u32>(play, ELIMINATED) == load<u32>(play, LENGTH);
  if (rollout == POLICY_HOST && !isComplete && !takeAnswer(search)) return -1;
  const isEvaluated = load<u32>(search, PRIOR) == POLICY_NETWORK || rollout == POLICY_VALUE;
  if (isEvaluated && !evaluatePosition(play)) return -1;
  const leaf = expand(search);
  const total = totalFrom(search, isComplete);
  if (total < 0) {
    if (leaf != 0) giveNode(search, leaf);
    return -1;
  }
  store<u32>(result, <u32>leaf);
  if (leaf != 0) {
    store<f64>(leaf, total, NODE_FIRST);
    visitNode(leaf, total);
  }
  return total;
}

/** One simulation from the root's position; false after a stop. */
function simulate(search: usize): bool {
  const play: usize = load<u32>(search, PLAY);
  const root: usize = load<u32>(search, ROOT);
  restorePosition(play, load<u32>(search, ROOT_POSITION));
  if (root == 0) {
    if (makeLeaf(search, search + ROOT) < 0) return false;
    keepBetter(play);
    return true;
  }
  const path: usize = load<u32>(search, PATH);
  let end = path;
  let node = root;
  let total: f64 = 0;
  for (let isDone = false; !isDone;) {
    if (load<u32>(node, NODE_CHILDREN) == 0) {
      store<u32>(end, <u32>node);
      store<u32>(end, 0, 4);
      total = load<f64>(play, COST);
      end += 8;
      isDone = true;
      continue;
    }
    const child = selectChild(search, node);
    if (advance(play, load<u32>(child, CHILD_VERTEX)) < 0) return false;
    store<u32>(end, <u32>node);
    store<u32>(end, <u32>child, 4);
    end += 8;
    node = load<u32>(child, CHILD_NODE);
    if (node != 0) continue;
    total = makeLeaf(search, child + CHILD_NODE);
    if (total < 0) return false;
    isDone = true;
  }
  keepBetter(play);
  for (let at = path; at < end; at += 8) {
    visitNode(load<u32>(at), total);
    const child: usize = load<u32>(at, 4);
    if (child == 0) continue;
    store<u32>(child, load<u32>(child, CHILD_VISITS) + 1, CHILD_VISITS);
    store<f64>(child, load<f64>(child, CHILD_SUM) + total, CHILD_SUM);
  }
  if (load<u32>(search, METHOD) == METHOD_GUMBEL && load<u32>(path, 4) != 0) {
    countHalving(search, load<u32>(path, 4));
  }
  return true;
}

/** Makes simulations until a call is full or one stops; returns how many. */
function simulateUntil(search: usize, number: u32): u32 {
  const play: usize = load<u32>(search, PLAY);
  const graph: usize = load<u32>(play, GRAPH);
  store<u32>(graph, STOP_NONE, STOP);
  for (let made: u32 = 0; made < number; made++) {
    const random0 = load<u64>(play, RANDOM);
    const random1 = load<u64>(play, RANDOM + 8);
    if (!simulate(search)) {
      store<u64>(play, random0, RANDOM);
      store<u64>(play, random1, RANDOM + 8);
      return made;
    }
  }
  return number;
}

/** Gives the root its node, by one simulation, where it has none; how many were made, −1: a stop. */
export function prepareRoot(search: usize): i32 {
  if (load<u32>(search, ROOT) != 0) return 0;
  return simulateUntil(search, 1) == 1 ? 1 : -1;
}

/** Begins a move of so many simulations; the root has its node. */
export function beginMove(search: usize, simulations: u32): void {
  store<u32>(search, simulations, SIMULATIONS);
  store<u32>(search, 0, SIMULATED);
  if (load<u32>(search, METHOD) == METHOD_GUMBEL) beginHalving(search);
}

/**
 * Goes on with the move: at most `number` simulations. Returns how many it made; fewer than there
 * were to make means a stop.
 */
export function searchMove(search: usize, number: u32): u32 {
  const simulated = load<u32>(search, SIMULATED);
  const made = simulateUntil(search, min<u32>(number, load<u32>(search, SIMULATIONS) - simulated));
  store<u32>(search, simulated + made, SIMULATED);
  return made;
}

/**
 * Plays the chosen child of the root, which has one: it becomes the root, the other subtrees are
 * freed. Returns its vertex; −1 after a stop, with nothing changed.
 */
export function playChosen(search: usize): i32 {
  const play: usize = load<u32>(search, PLAY);
  const root: usize = load<u32>(search, ROOT);
  store<u32>(<usize>load<u32>(play, GRAPH), STOP_NONE, STOP);
  const chosen = chosenChild(search);
  const vertex = load<u32>(chosen, CHILD_VERTEX);
  restorePosition(play, load<u32>(search, ROOT_POSITION));
  if (advance(play, vertex) < 0) return -1;
  keepBetter(play);
  savePosition(play, load<u32>(search, ROOT_POSITION));
  const next = load<u32>(chosen, CHILD_NODE);
  store<u32>(chosen, 0, CHILD_NODE);
  giveSubtree(search, root);
  store<u32>(search, next, ROOT);
  return <i32>vertex;
}

/**
 * Gumbel: the improved policy of the root, which has a node and was searched (Danihelka et al. 2022,
 * equation 11): softmax of logit + σ(completed q), a chance (f64) for each child. Returns where they
 * are, until the next call.
 */
export function rootPolicy(search: usize): usize {
  return improvedPolicy(search, load<u32>(search, ROOT));
}

/**
 * Where the host writes its scores of a leaf, minus the logits (f64 by vertex, padded; infinite where
 * nothing remains), before it answers.
 */
export function hostScores(search: usize): usize {
  return load<u32>(search, HOST_SCORES);
}

/** The scores are there, and this is what the rest is expected to cost, in the cost model's terms. */
export function answerLeaf(search: usize, rest: f64): void {
  store<f64>(search, rest, HOST_REST);
  store<u32>(search, 1, HOST_READY);
}

/** How many vertices remain at the root. */
export function rootRemaining(search: usize): u32 {
  const play: usize = load<u32>(search, PLAY);
  restorePosition(play, load<u32>(search, ROOT_POSITION));
  return load<u32>(play, LENGTH) - load<u32>(play, ELIMINATED);
}

/** The root's node; 0 before its first simulation. tree-layout.ts tells what is in a node. */
export function rootNode(search: usize): usize {
  return load<u32>(search, ROOT);
}

/** How many nodes are in use. */
export function nodesInUse(search: usize): u32 {
  return load<u32>(search, USED);
}
