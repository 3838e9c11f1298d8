// Beam search over elimination orders (the method: Lowerre, The Harpy speech recognition system,
// 1976). A level holds positions with equally many vertices eliminated. All moves from all of them are
// ranked by their outlook (outlook.ts), and made in that sequence until the next level is full. A
// position that is there already is not kept twice: without states it is the set of eliminated
// vertices that tells, and the first to come cost the least; where edges have states it is the set and
// all states, and the cheaper way to it stays. Sets and states are told apart by hashes of 64 bits. A
// level that never left a position out is exhaustive, and the order is then the best there is.
//
// Positions are snapshots of one play. A pass costs O(width · n · (a position + n)); moves are made at
// most `most` at a time, so that the host can pause and end a pass early by narrowing it to one
// position. src/core/beam-reference.ts makes the same choices.

import { clearHeap, popMove, pushMove } from './beam-heap';
import {
  BEAM_DONE,
  BEAM_HEADER_BYTES,
  BEAM_PAUSED,
  BEAM_STOPPED,
  BY_CHANCE,
  CHILD_BLOCKS,
  CHILD_SETS,
  CHILDREN,
  CHOOSING,
  CUT,
  HEAP,
  HEAP_LENGTH,
  KEPT_BYTES,
  LEVEL,
  LIMIT,
  MOVE_BYTES,
  MOVE_PARENT,
  MOVE_VERTEX,
  OPENED,
  PARENT_BLOCKS,
  PARENT_SETS,
  PARENTS,
  PLAY,
  RANDOM,
  SLOT_BYTES,
  SLOT_CHILD,
  SLOT_MASK,
  SLOTS,
  VERTEX_HASHES,
  WEIGHT,
  WIDTH,
} from './beam-layout';
import { eliminate } from './eliminate';
import { strideOf } from './graph';
import { SCRATCH, SOURCES, STATES, STOP, STOP_NONE, TARGETS, VERTICES, WORDS } from './layout';
import { allocate, release } from './memory';
import { renewOutlooks } from './outlook';
import { advance, resetPlay, restorePosition, savePosition, snapshotBytes } from './play';
import { COST, GRAPH, LENGTH, POSITION, REMAINING, WEIGHTS } from './play-layout';
import { nextBits, seedRandom } from './rng';

/** Where the hashes of vertices come from. */
const HASH_SEED: u32 = 0x5eed;

/** Slots of the hash table: a power of two, at least twice the width. */
function slotsFor(width: u32): u64 {
  let slots: u64 = 16;
  while (slots < 2 * <u64>width) slots <<= 1;
  return slots;
}

function keptBytes(play: usize): usize {
  return (snapshotBytes(play) + 15) & ~15;
}

/** Bytes that a beam of `width` positions of a play takes (f64: they may be more than there are). */
export function beamBytes(play: usize, width: u32): f64 {
  const vertices = load<u32>(load<u32>(play, GRAPH), VERTICES);
  return (
    <f64>width * (2 * <f64>keptBytes(play) + 16 + <f64>MOVE_BYTES * <f64>load<u32>(play, LENGTH)) +
    <f64>SLOT_BYTES * <f64>slotsFor(width) +
    8 * <f64>vertices +
    <f64>BEAM_HEADER_BYTES
  );
}

/**
 * A beam of up to `width` positions of a play, which it has to itself from now on; 0 where memory
 * ends. The host sees to it that beamBytes is below 2 GiB.
 */
export function createBeam(play: usize, width: u32): usize {
  const vertices: usize = load<u32>(load<u32>(play, GRAPH), VERTICES);
  const kept = keptBytes(play);
  const slots = <usize>slotsFor(width);
  const blocks = kept * <usize>width;
  const sets = (<usize>width) << 3;
  const moves = <usize>width * <usize>load<u32>(play, LENGTH) * MOVE_BYTES;
  const bytes =
    BEAM_HEADER_BYTES + 2 * blocks + 2 * sets + moves + slots * SLOT_BYTES + (vertices << 3);
  const beam = allocate(bytes);
  if (beam == 0) return 0;
  memory.fill(beam, 0, BEAM_HEADER_BYTES);
  store<u32>(beam, <u32>play, PLAY);
  store<u32>(beam, width, WIDTH);
  store<u32>(beam, <u32>kept, KEPT_BYTES);
  let next = beam + BEAM_HEADER_BYTES;
  store<u32>(beam, <u32>next, PARENT_BLOCKS);
  next += blocks;
  store<u32>(beam, <u32>next, CHILD_BLOCKS);
  next += blocks;
  store<u32>(beam, <u32>next, PARENT_SETS);
  next += sets;
  store<u32>(beam, <u32>next, CHILD_SETS);
  next += sets;
  store<u32>(beam, <u32>next, HEAP);
  next += moves;
  store<u32>(beam, <u32>next, SLOTS);
  store<u32>(beam, <u32>(slots - 1), SLOT_MASK);
  next += slots * SLOT_BYTES;
  store<u32>(beam, <u32>next, VERTEX_HASHES);
  seedRandom(beam + RANDOM, HASH_SEED);
  for (let vertex: usize = 0; vertex < vertices; vertex++) {
    const high = <u64>nextBits(beam + RANDOM);
    store<u64>(next + (vertex << 3), (high << 32) | (<u64>nextBits(beam + RANDOM)));
  }
  return beam;
}

export function disposeBeam(beam: usize): void {
  release(beam);
}

/**
 * Begins a pass at the whole graph, at most `limit` ≤ width positions a level. `weight` is w of
 * outlook.ts. Equal moves go by parent and vertex, or, with `byChance`, by random numbers from `seed`.
 */
export function startBeam(beam: usize, limit: u32, weight: f64, byChance: bool, seed: u32): void {
  const play: usize = load<u32>(beam, PLAY);
  resetPlay(play);
  savePosition(play, load<u32>(beam, PARENT_BLOCKS));
  store<u64>(load<u32>(beam, PARENT_SETS), 0);
  store<u32>(beam, limit, LIMIT);
  store<f64>(beam, weight, WEIGHT);
  store<u32>(beam, byChance ? 1 : 0, BY_CHANCE);
  seedRandom(beam + RANDOM, seed);
  store<u32>(beam, 0, LEVEL);
  store<u32>(beam, 1, PARENTS);
  store<u32>(beam, 0, OPENED);
  store<u32>(beam, 0, CHILDREN);
  store<u32>(beam, 0, CHOOSING);
  store<u32>(beam, 0, CUT);
  clearHeap(beam);
}

/** From now on one position a level, the most promising: the pass comes to its end soon. */
export function narrowBeam(beam: usize): void {
  store<u32>(beam, 1, LIMIT);
  store<u32>(beam, 1, CUT);
  if (load<u32>(beam, CHOOSING) != 0) return;
  store<u32>(beam, max<u32>(1, load<u32>(beam, OPENED)), PARENTS);
}

/** Puts all moves from the position at hand, that of `parent`, into the heap; false after a stop. */
function openMoves(beam: usize, parent: u32): bool {
  const play: usize = load<u32>(beam, PLAY);
  if (!renewOutlooks(play, load<f64>(beam, WEIGHT))) return false;
  const words: usize = load<u32>(load<u32>(play, GRAPH), WORDS);
  const remaining: usize = load<u32>(play, REMAINING);
  const outlooks: usize = load<u32>(play, WEIGHTS);
  const byChance = load<u32>(beam, BY_CHANCE) != 0;
  for (let word: usize = 0; word < words; word++) {
    for (let bits = load<u64>(remaining + (word << 3)); bits != 0; bits &= bits - 1) {
      const vertex = (word << 6) + <usize>ctz<u64>(bits);
      const tie = byChance ? nextBits(beam + RANDOM) : 0;
      pushMove(beam, load<f64>(outlooks + (vertex << 3)), tie, parent, <u32>vertex);
    }
  }
  return true;
}

/** A hash of all edges and their states, 0 where edges have none. O(n·W + edges). */
function hashOfStates(graph: usize): u64 {
  const states: usize = load<u32>(graph, STATES);
  if (states == 0) return 0;
  const vertices: usize = load<u32>(graph, VERTICES);
  const words: usize = load<u32>(graph, WORDS);
  const stride = strideOf(graph);
  const sources: usize = load<u32>(graph, SOURCES);
  const targets: usize = load<u32>(graph, TARGETS);
  let hash: u64 = 0;
  for (let from: usize = 0; from < vertices; from++) {
    if (((load<u64>(sources + ((from >>> 6) << 3)) >>> (from & 63)) & 1) == 0) continue;
    const row = <usize>load<u32>(graph, SCRATCH) + from * stride + (words << 3);
    for (let word: usize = 0; word < words; word++) {
      const at = word << 3;
      for (let bits = load<u64>(row + at) & load<u64>(targets + at); bits != 0; bits &= bits - 1) {
        const cell = from * vertices + (word << 6) + <usize>ctz<u64>(bits);
        // The finaliser of MurmurHash3 for 64 bits, a bijection.
        let mixed = ((<u64>cell) << 16) | (<u64>load<u16>(states + (cell << 1)));
        mixed = (mixed + 0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53;
        hash ^= mixed ^ (mixed >>> 33);
      }
    }
  }
  return hash;
}

/** The slot of a hash: the one that holds it, or a free one. */
function slotOf(beam: usize, hash: u64): usize {
  const slots: usize = load<u32>(beam, SLOTS);
  const mask = load<u32>(beam, SLOT_MASK);
  let place = (<u32>hash) & mask;
  let slot = slots + <usize>place * SLOT_BYTES;
  while (load<u32>(slot, SLOT_CHILD) != 0 && load<u64>(slot) != hash) {
    place = (place + 1) & mask;
    slot = slots + <usize>place * SLOT_BYTES;
  }
  return slot;
}

function blockOf(beam: usize, blocks: usize, index: u32): usize {
  return <usize>load<u32>(beam + blocks) + <usize>index * <usize>load<u32>(beam, KEPT_BYTES);
}

/** Swaps two fields of the beam. */
function exchange(beam: usize, a: usize, b: usize): void {
  const held = load<u32>(beam + a);
  store<u32>(beam + a, load<u32>(beam + b));
  store<u32>(beam + b, held);
}

/** The next level is complete and is extended from now on. */
function descend(beam: usize): void {
  exchange(beam, PARENT_BLOCKS, CHILD_BLOCKS);
  exchange(beam, PARENT_SETS, CHILD_SETS);
  store<u32>(beam, load<u32>(beam, LEVEL) + 1, LEVEL);
  store<u32>(beam, min<u32>(load<u32>(beam, CHILDREN), load<u32>(beam, LIMIT)), PARENTS);
  store<u32>(beam, 0, CHILDREN);
  store<u32>(beam, 0, OPENED);
  store<u32>(beam, 0, CHOOSING);
  clearHeap(beam);
}

/** Makes the first move of the heap; true where a vertex was eliminated for it. */
function makeMove(beam: usize): bool {
  const play: usize = load<u32>(beam, PLAY);
  const graph: usize = load<u32>(play, GRAPH);
  const move: usize = load<u32>(beam, HEAP);
  const parent = load<u32>(move, MOVE_PARENT);
  const vertex = load<u32>(move, MOVE_VERTEX);
  popMove(beam);
  const set =
    load<u64>(<usize>load<u32>(beam, PARENT_SETS) + ((<usize>parent) << 3)) ^
    load<u64>(<usize>load<u32>(beam, VERTEX_HASHES) + ((<usize>vertex) << 3));
  const hasStates = load<u32>(graph, STATES) != 0;
  const children = load<u32>(beam, CHILDREN);
  const isFull = children >= load<u32>(beam, LIMIT);
  if (!hasStates || isFull) {
    // A position that is there already was reached at no more, and no room is lost by it.
    const isThere = !hasStates && load<u32>(slotOf(beam, set), SLOT_CHILD) != 0;
    if (isThere) return false;
    if (isFull) {
      store<u32>(beam, 1, CUT);
      clearHeap(beam);
      return false;
    }
  }
  const from = blockOf(beam, PARENT_BLOCKS, parent);
  let hash = set;
  restorePosition(play, from);
  // Every move of this position was priced, so no table entry is missing.
  if (hasStates) {
    // Most moves lead to what is there already: degrees and damage are renewed for the others only.
    const cost = load<f64>(play, COST) + eliminate(graph, vertex);
    hash ^= hashOfStates(graph);
    const known = load<u32>(slotOf(beam, hash), SLOT_CHILD);
    const there = blockOf(beam, CHILD_BLOCKS, known - 1);
    if (known != 0 && load<f64>(there, COST - POSITION) <= cost) return true;
    restorePosition(play, from);
    advance(play, vertex);
    if (known != 0) {
      savePosition(play, there);
      return true;
    }
  } else {
    advance(play, vertex);
  }
  const slot = slotOf(beam, hash);
  savePosition(play, blockOf(beam, CHILD_BLOCKS, children));
  store<u64>(<usize>load<u32>(beam, CHILD_SETS) + ((<usize>children) << 3), set);
  store<u64>(slot, hash);
  store<u32>(slot, children + 1, SLOT_CHILD);
  store<u32>(beam, children + 1, CHILDREN);
  return true;
}

/**
 * Goes on with the pass: positions are opened and moves made, `most` of both together, then
 * BEAM_PAUSED; BEAM_STOPPED after a stop of the graph; BEAM_DONE at its end.
 */
export function extendBeam(beam: usize, most: u32): u32 {
  const play: usize = load<u32>(beam, PLAY);
  store<u32>(load<u32>(play, GRAPH), STOP_NONE, STOP);
  let made: u32 = 0;
  while (load<u32>(beam, LEVEL) < load<u32>(play, LENGTH)) {
    for (; load<u32>(beam, OPENED) < load<u32>(beam, PARENTS); made++) {
      if (made >= most) return BEAM_PAUSED;
      const parent = load<u32>(beam, OPENED);
      restorePosition(play, blockOf(beam, PARENT_BLOCKS, parent));
      if (!openMoves(beam, parent)) return BEAM_STOPPED;
      store<u32>(beam, parent + 1, OPENED);
    }
    if (load<u32>(beam, CHOOSING) == 0) {
      const slots: usize = (<usize>load<u32>(beam, SLOT_MASK) + 1) * SLOT_BYTES;
      memory.fill(load<u32>(beam, SLOTS), 0, slots);
      store<u32>(beam, 1, CHOOSING);
    }
    while (load<u32>(beam, HEAP_LENGTH) > 0) {
      if (made >= most) return BEAM_PAUSED;
      if (makeMove(beam)) made++;
    }
    descend(beam);
  }
  return BEAM_DONE;
}

/** Puts the play at the cheapest position of the level reached, the first of equals. */
export function bestOfBeam(beam: usize): void {
  const parents = load<u32>(beam, PARENTS);
  let best: u32 = 0;
  for (let index: u32 = 1; index < parents; index++) {
    const cost = load<f64>(blockOf(beam, PARENT_BLOCKS, index), COST - POSITION);
    if (cost < load<f64>(blockOf(beam, PARENT_BLOCKS, best), COST - POSITION)) best = index;
  }
  restorePosition(load<u32>(beam, PLAY), blockOf(beam, PARENT_BLOCKS, best));
}

/** Whether the pass has left a position out that could have been reached. */
export function isBeamCut(beam: usize): bool {
  return load<u32>(beam, CUT) != 0;
}
