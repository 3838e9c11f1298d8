// Greedy elimination with random ties and look-ahead: one order a start. Moves are ranked by their
// outlook (outlook.ts), equals by random words drawn for every vertex at every move. Without look-ahead
// the first is taken. With a depth d > 0 the BREADTH first are tried: each is made, and what counts is
// the least outlook that can be reached by d − 1 more moves, each among the BREADTH first of its
// position, and one last that is only ranked. O(n² + n · BREADTH^d · (an elimination + n)) an order.
// src/core/greedy-reference.ts makes the same choices.

import {
  BLOCK_BYTES,
  BLOCKS,
  BREADTH,
  CHOICES,
  DEPTH,
  DRAWN,
  GREEDY_HEADER_BYTES,
  PLAY,
  RANDOM,
  TIES,
  WEIGHT,
} from './greedy-layout';
import { STOP, STOP_NONE, VERTICES, WORDS } from './layout';
import { allocate, release } from './memory';
import { renewOutlooks } from './outlook';
import { advance, resetPlay, restorePosition, savePosition, snapshotBytes } from './play';
import { COST, ELIMINATED, GRAPH, LENGTH, REMAINING, WEIGHTS } from './play-layout';
import { nextBits, seedRandom } from './rng';

const NOTHING: u32 = 0xffffffff;

/** A search on a play, which it has to itself from now on; 0 where memory ends. */
export function createGreedy(play: usize, depth: u32, breadth: u32): usize {
  const vertices: usize = load<u32>(load<u32>(play, GRAPH), VERTICES);
  const block: usize = (snapshotBytes(play) + 15) & ~15;
  const rows: usize = <usize>depth + 1;
  const bytes =
    <u64>GREEDY_HEADER_BYTES +
    <u64>rows * (<u64>block + ((<u64>breadth) << 2)) +
    ((<u64>vertices) << 2);
  if (bytes > 0x7fffffff) return 0;
  const greedy = allocate(<usize>bytes);
  if (greedy == 0) return 0;
  memory.fill(greedy, 0, GREEDY_HEADER_BYTES);
  store<u32>(greedy, <u32>play, PLAY);
  store<u32>(greedy, depth, DEPTH);
  store<u32>(greedy, breadth, BREADTH);
  store<u32>(greedy, <u32>block, BLOCK_BYTES);
  let next = greedy + GREEDY_HEADER_BYTES;
  store<u32>(greedy, <u32>next, BLOCKS);
  next += rows * block;
  store<u32>(greedy, <u32>next, CHOICES);
  next += (rows * <usize>breadth) << 2;
  store<u32>(greedy, <u32>next, TIES);
  return greedy;
}

export function disposeGreedy(greedy: usize): void {
  release(greedy);
}

/** Begins an order; `weight` is w of outlook.ts. */
export function startGreedy(greedy: usize, weight: f64, seed: u32): void {
  store<f64>(greedy, weight, WEIGHT);
  store<u32>(greedy, 0, DRAWN);
  seedRandom(greedy + RANDOM, seed);
  resetPlay(load<u32>(greedy, PLAY));
}

function choicesOf(greedy: usize, depth: u32): usize {
  const breadth: usize = load<u32>(greedy, BREADTH);
  return <usize>load<u32>(greedy, CHOICES) + ((<usize>depth * breadth) << 2);
}

function blockOf(greedy: usize, depth: u32): usize {
  return <usize>load<u32>(greedy, BLOCKS) + <usize>depth * <usize>load<u32>(greedy, BLOCK_BYTES);
}

/** The first move after `previous` by outlook, tie word and vertex; NOTHING where there is none. */
function nextMove(greedy: usize, previous: u32): u32 {
  const play: usize = load<u32>(greedy, PLAY);
  const words: usize = load<u32>(load<u32>(play, GRAPH), WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  const outlooks: usize = load<u32>(play, WEIGHTS);
  const ties: usize = load<u32>(greedy, TIES);
  let found = NOTHING;
  for (let word: usize = 0; word < words; word++) {
    for (let bits = load<u64>(remaining + (word << 3)); bits != 0; bits &= bits - 1) {
      const vertex = <u32>(word << 6) + <u32>ctz<u64>(bits);
      if (previous != NOTHING && !isBefore(outlooks, ties, previous, vertex)) continue;
      if (found == NOTHING || isBefore(outlooks, ties, vertex, found)) found = vertex;
    }
  }
  return found;
}

function isBefore(outlooks: usize, ties: usize, a: u32, b: u32): bool {
  const left = load<f64>(outlooks + ((<usize>a) << 3));
  const right = load<f64>(outlooks + ((<usize>b) << 3));
  if (left != right) return left < right;
  const leftTie = load<u32>(ties + ((<usize>a) << 2));
  const rightTie = load<u32>(ties + ((<usize>b) << 2));
  return leftTie != rightTie ? leftTie < rightTie : a < b;
}

/** Writes the BREADTH first moves of the position to the choices of a depth; returns how many. */
function rank(greedy: usize, depth: u32): u32 {
  const choices = choicesOf(greedy, depth);
  const breadth = load<u32>(greedy, BREADTH);
  let last = NOTHING;
  for (let index: u32 = 0; index < breadth; index++) {
    last = nextMove(greedy, last);
    if (last == NOTHING) return index;
    store<u32>(choices + ((<usize>index) << 2), last);
  }
  return breadth;
}

/** The least outlook within `depth` moves and one more that is ranked; −1 after a stop. */
function lookAhead(greedy: usize, depth: u32): f64 {
  const play: usize = load<u32>(greedy, PLAY);
  if (load<u32>(play, ELIMINATED) == load<u32>(play, LENGTH)) return load<f64>(play, COST);
  if (!renewOutlooks(play, load<f64>(greedy, WEIGHT))) return -1;
  if (depth == 0) {
    const first = nextMove(greedy, NOTHING);
    return load<f64>(<usize>load<u32>(play, WEIGHTS) + ((<usize>first) << 3));
  }
  if (!tryChoices(greedy, depth)) return -1;
  return tried(greedy, depth);
}

/** Where the best of the choices of a depth and its outlook are left: in the position's stead. */
function tried(greedy: usize, depth: u32): f64 {
  return load<f64>(blockOf(greedy, depth));
}

/**
 * Tries the choices of the position at hand: leaves the least outlook at the begin of the depth's
 * block and the vertex 8 bytes behind it. False after a stop.
 */
function tryChoices(greedy: usize, depth: u32): bool {
  const play: usize = load<u32>(greedy, PLAY);
  const choices = choicesOf(greedy, depth);
  const block = blockOf(greedy, depth);
  const count = rank(greedy, depth);
  savePosition(play, block);
  let least: f64 = Infinity;
  let best: u32 = load<u32>(choices);
  for (let index: u32 = 0; index < count; index++) {
    const vertex = load<u32>(choices + ((<usize>index) << 2));
    if (index > 0) restorePosition(play, block);
    advance(play, vertex);
    const reached = lookAhead(greedy, depth - 1);
    if (reached < 0) {
      restorePosition(play, block);
      return false;
    }
    if (reached < least) {
      least = reached;
      best = vertex;
    }
  }
  restorePosition(play, block);
  store<f64>(block, least);
  store<u32>(block, best, 8);
  return true;
}

/**
 * Makes up to `most` moves; returns how many. Fewer are a stop, or the order is complete: it is the
 * play's.
 */
export function extendGreedy(greedy: usize, most: u32): u32 {
  const play: usize = load<u32>(greedy, PLAY);
  const graph: usize = load<u32>(play, GRAPH);
  const depth = load<u32>(greedy, DEPTH);
  const weight = load<f64>(greedy, WEIGHT);
  store<u32>(graph, STOP_NONE, STOP);
  for (let made: u32 = 0; made < most; made++) {
    if (load<u32>(play, ELIMINATED) == load<u32>(play, LENGTH)) return made;
    if (load<u32>(greedy, DRAWN) == 0) {
      drawTies(greedy);
      store<u32>(greedy, 1, DRAWN);
    }
    if (!renewOutlooks(play, weight)) return made;
    let vertex: u32 = 0;
    if (depth == 0) {
      vertex = nextMove(greedy, NOTHING);
    } else {
      if (!tryChoices(greedy, depth)) return made;
      vertex = load<u32>(blockOf(greedy, depth), 8);
    }
    advance(play, vertex);
    store<u32>(greedy, 0, DRAWN);
  }
  return most;
}

/** A random word for each vertex that remains, ascending. */
function drawTies(greedy: usize): void {
  const play: usize = load<u32>(greedy, PLAY);
  const words: usize = load<u32>(load<u32>(play, GRAPH), WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  const ties: usize = load<u32>(greedy, TIES);
  for (let word: usize = 0; word < words; word++) {
    for (let bits = load<u64>(remaining + (word << 3)); bits != 0; bits &= bits - 1) {
      const vertex = (word << 6) + <usize>ctz<u64>(bits);
      store<u32>(ties + (vertex << 2), nextBits(greedy + RANDOM));
    }
  }
}
