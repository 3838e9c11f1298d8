// A play of the elimination game: a graph at some prefix of an order, its legal moves, degrees and
// damage kept up to date, positions that are saved and restored, and rollouts to the end under a
// policy. Tree search, beams and learned policies stand on it.
//
// A play is a block of its own (play-layout.ts) and has its graph to itself: the graph's rows, masks
// and states are the position's. A snapshot is a block of as many bytes as the position, the rows and
// masks, and the states take, copied whole: O(n·W), with states O(n²).
//
// A rollout stops where a table entry is missing, goes back to where it began, its random numbers
// too, and is made again by the next call. src/core/play-reference.ts makes the same choices.

import { choose } from './play-choice';
import {
  AFFECTED,
  BEST,
  BEST_COST,
  COST,
  DAMAGE,
  ELIMINATED,
  GRAPH,
  HOME,
  IN_DEGREES,
  LENGTH,
  MARKOWITZ,
  NETWORK,
  ORDER,
  OUT_DEGREES,
  OWN_PREDECESSORS,
  OWN_SUCCESSORS,
  PADDED,
  PLAY_HEADER_BYTES,
  POLICY_NETWORK,
  POSITION,
  POSITION_BYTES,
  RANDOM,
  REMAINING,
  START,
  TRACK_DAMAGE,
  TRACK_NOTHING,
  TRACKING,
  WEIGHTS,
} from './play-layout';
import { renewDamage, renewDegrees, trackElimination } from './play-rows';
import { eliminateTwoTracked } from './play-two';
import { eliminate } from './eliminate';
import { resetRows, setBit } from './graph';
import {
  ELIMINABLE,
  ELIMINABLE_LIST,
  GATHERED_BYTES,
  GATHERED_PREDECESSORS,
  KIND,
  KIND_LISTS,
  KIND_TWO_WORDS,
  SCRATCH,
  STATES,
  STOP,
  STOP_NONE,
  STOP_NO_MEMORY,
  VERTICES,
  WORDS,
} from './layout';
import { allocate, allocateZeroed, release } from './memory';
import { evaluatePosition } from './network';
import { closeAround, isAllClosed } from './network-round';
import { priceWithStates } from './price';
import { seedRandom } from './rng';

/** Bytes of the graph's rows and masks, which lie side by side. */
function rowsBytes(graph: usize): usize {
  return <usize>load<u32>(graph, GATHERED_PREDECESSORS) - <usize>load<u32>(graph, SCRATCH);
}

function stateBytes(graph: usize): usize {
  const vertices: usize = load<u32>(graph, VERTICES);
  return load<u32>(graph, STATES) == 0 ? 0 : (vertices * vertices) << 1;
}

/**
 * A play of a graph, which it has to itself from now on, before the first move; `tracking` is a
 * TRACK_ constant. 0 where memory ends or the graph is kept as lists.
 */
export function createPlay(graph: usize, tracking: u32): usize {
  if (load<u32>(graph, KIND) == KIND_LISTS) return 0;
  const vertices = load<u32>(graph, VERTICES);
  const padded: usize = (<usize>max<u32>(vertices, 1) + 3) & ~3;
  const words: usize = load<u32>(graph, WORDS);
  const n: usize = load<u32>(graph, ELIMINABLE);
  const maskBytes: usize = ((words << 3) + 15) & ~15;
  const listBytes: usize = ((n << 2) + 15) & ~15;
  const positionBytes =
    PLAY_HEADER_BYTES - POSITION + maskBytes + 2 * (padded << 2) + 2 * (padded << 3) + listBytes;
  // Below 2^32: at most 16,384 vertices.
  const play = allocateZeroed(
    PLAY_HEADER_BYTES +
      2 * positionBytes +
      maskBytes +
      2 * words * GATHERED_BYTES +
      (padded << 3) +
      listBytes,
  );
  if (play == 0) return 0;
  store<u32>(play, <u32>graph, GRAPH);
  store<u32>(play, <u32>n, LENGTH);
  store<u32>(play, tracking, TRACKING);
  store<u32>(play, <u32>padded, PADDED);
  store<u32>(play, <u32>positionBytes, POSITION_BYTES);
  let next = play + PLAY_HEADER_BYTES;
  store<u32>(play, <u32>next, REMAINING);
  next += maskBytes;
  store<u32>(play, <u32>next, IN_DEGREES);
  next += padded << 2;
  store<u32>(play, <u32>next, OUT_DEGREES);
  next += padded << 2;
  store<u32>(play, <u32>next, MARKOWITZ);
  next += padded << 3;
  store<u32>(play, <u32>next, DAMAGE);
  next += padded << 3;
  store<u32>(play, <u32>next, ORDER);
  next += listBytes;
  store<u32>(play, <u32>next, START);
  next += positionBytes;
  store<u32>(play, <u32>next, AFFECTED);
  next += maskBytes;
  store<u32>(play, <u32>next, OWN_PREDECESSORS);
  next += words * GATHERED_BYTES;
  store<u32>(play, <u32>next, OWN_SUCCESSORS);
  next += words * GATHERED_BYTES;
  store<u32>(play, <u32>next, WEIGHTS);
  next += padded << 3;
  store<u32>(play, <u32>next, BEST);
  prepareStart(play);
  forgetBest(play);
  return play;
}

/** Degrees and damage of the whole graph, kept for every reset. */
function prepareStart(play: usize): void {
  const graph: usize = load<u32>(play, GRAPH);
  const vertices = load<u32>(graph, VERTICES);
  const padded = load<u32>(play, PADDED);
  const tracking = load<u32>(play, TRACKING);
  const markowitz: usize = load<u32>(play, MARKOWITZ);
  const damage: usize = load<u32>(play, DAMAGE);
  const remaining: usize = load<u32>(play, REMAINING);
  resetRows(graph);
  for (let vertex: usize = 0; vertex < <usize>padded; vertex++) {
    store<f64>(markowitz + (vertex << 3), Infinity);
    store<f64>(damage + (vertex << 3), Infinity);
  }
  const list: usize = load<u32>(graph, ELIMINABLE_LIST);
  const end = list + ((<usize>load<u32>(graph, ELIMINABLE)) << 2);
  for (let item = list; item < end; item += 4) setBit(remaining, load<u32>(item));
  if (tracking != TRACK_NOTHING) {
    for (let vertex: u32 = 0; vertex < vertices; vertex++) renewDegrees(play, vertex);
  }
  if (tracking == TRACK_DAMAGE) {
    for (let item = list; item < end; item += 4) renewDamage(play, load<u32>(item));
  }
  memory.copy(load<u32>(play, START), play + POSITION, load<u32>(play, POSITION_BYTES));
}

export function disposePlay(play: usize): void {
  release(load<u32>(play, NETWORK));
  release(load<u32>(play, HOME));
  release(play);
}

/** Nothing is eliminated any more. */
export function resetPlay(play: usize): void {
  const graph: usize = load<u32>(play, GRAPH);
  store<u32>(graph, STOP_NONE, STOP);
  resetRows(graph);
  memory.copy(play + POSITION, load<u32>(play, START), load<u32>(play, POSITION_BYTES));
}

export function seedPlay(play: usize, seed: u32): void {
  seedRandom(play + RANDOM, seed);
}

/** Bytes of a position that is saved. */
export function snapshotBytes(play: usize): usize {
  const graph: usize = load<u32>(play, GRAPH);
  return <usize>load<u32>(play, POSITION_BYTES) + rowsBytes(graph) + stateBytes(graph);
}

/** A block for a position of this play, with unknown content; 0 where memory ends. */
export function createSnapshot(play: usize): usize {
  return allocate(snapshotBytes(play));
}

export function savePosition(play: usize, snapshot: usize): void {
  const graph: usize = load<u32>(play, GRAPH);
  const positionBytes: usize = load<u32>(play, POSITION_BYTES);
  const rows = snapshot + positionBytes;
  memory.copy(snapshot, play + POSITION, positionBytes);
  memory.copy(rows, load<u32>(graph, SCRATCH), rowsBytes(graph));
  memory.copy(rows + rowsBytes(graph), load<u32>(graph, STATES), stateBytes(graph));
}

export function restorePosition(play: usize, snapshot: usize): void {
  const graph: usize = load<u32>(play, GRAPH);
  const positionBytes: usize = load<u32>(play, POSITION_BYTES);
  const rows = snapshot + positionBytes;
  memory.copy(play + POSITION, snapshot, positionBytes);
  memory.copy(load<u32>(graph, SCRATCH), rows, rowsBytes(graph));
  memory.copy(load<u32>(graph, STATES), rows + rowsBytes(graph), stateBytes(graph));
}

/**
 * Eliminates a vertex that remains; returns its cost, or −1 after a stop: the position is then
 * spoilt, and the caller goes back to one it has saved.
 */
export function advance(play: usize, vertex: u32): f64 {
  const graph: usize = load<u32>(play, GRAPH);
  let cost: f64 = 0;
  if (load<u32>(graph, KIND) == KIND_TWO_WORDS && load<u32>(graph, STATES) == 0) {
    cost = eliminateTwoTracked(play, vertex);
  } else {
    cost = eliminate(graph, vertex);
    if (cost < 0) return cost;
    trackElimination(play, vertex);
  }
  const eliminated = load<u32>(play, ELIMINATED);
  store<u32>(<usize>load<u32>(play, ORDER) + ((<usize>eliminated) << 2), vertex);
  store<u32>(play, eliminated + 1, ELIMINATED);
  store<f64>(play, load<f64>(play, COST) + cost, COST);
  return cost;
}

/** Eliminates a vertex that remains; returns its cost, or −1 after a stop, with nothing changed. */
export function playMove(play: usize, vertex: u32): f64 {
  const graph: usize = load<u32>(play, GRAPH);
  store<u32>(graph, STOP_NONE, STOP);
  if (load<u32>(graph, STATES) != 0 && priceWithStates(graph, vertex) < 0) return -1;
  return advance(play, vertex);
}

/**
 * Plays to the end; what the whole order costs, or −1 after a stop, the position then spoilt. One
 * evaluation of a network is good for a round of moves: this share of what remains, at least one, no
 * two of them neighbours (network-round.ts).
 */
export function playOut(play: usize, policy: u32, temperature: f64, share: f64): f64 {
  const n = load<u32>(play, LENGTH);
  while (load<u32>(play, ELIMINATED) < n) {
    let moves: u32 = 1;
    if (policy == POLICY_NETWORK) {
      if (!evaluatePosition(play)) return -1;
      moves = max<u32>(1, <u32>(share * <f64>(n - load<u32>(play, ELIMINATED))));
    }
    for (; moves > 0; moves--) {
      const vertex = choose(play, policy, temperature);
      if (moves > 1) closeAround(play, vertex);
      if (advance(play, vertex) < 0) return -1;
      if (moves > 1 && isAllClosed(play)) break;
    }
  }
  return load<f64>(play, COST);
}

/** The best of all rollouts is forgotten. */
export function forgetBest(play: usize): void {
  store<f64>(play, Infinity, BEST_COST);
}

/** Keeps the order where it is complete now and better than the best. */
export function keepBetter(play: usize): void {
  if (load<u32>(play, ELIMINATED) < load<u32>(play, LENGTH)) return;
  const cost = load<f64>(play, COST);
  if (!(cost < load<f64>(play, BEST_COST))) return;
  store<f64>(play, cost, BEST_COST);
  memory.copy(load<u32>(play, BEST), load<u32>(play, ORDER), (<usize>load<u32>(play, LENGTH)) << 2);
}

/**
 * Makes `number` rollouts from the current position, at which the play stands afterwards too; writes
 * what each whole order costs to `results` (f64) and keeps the best. Returns how many it made; fewer
 * than `number` means a stop.
 */
export function rollOut(
  play: usize,
  policy: u32,
  temperature: f64,
  share: f64,
  number: u32,
  results: usize,
): u32 {
  const graph: usize = load<u32>(play, GRAPH);
  store<u32>(graph, STOP_NONE, STOP);
  let home: usize = load<u32>(play, HOME);
  if (home == 0) {
    home = createSnapshot(play);
    if (home == 0) {
      store<u32>(graph, STOP_NO_MEMORY, STOP);
      return 0;
    }
    store<u32>(play, <u32>home, HOME);
  }
  savePosition(play, home);
  for (let made: u32 = 0; made < number; made++) {
    const random0 = load<u64>(play, RANDOM);
    const random1 = load<u64>(play, RANDOM + 8);
    const cost = playOut(play, policy, temperature, share);
    if (cost >= 0) keepBetter(play);
    restorePosition(play, home);
    if (cost < 0) {
      store<u64>(play, random0, RANDOM);
      store<u64>(play, random1, RANDOM + 8);
      return made;
    }
    store<f64>(results + ((<usize>made) << 3), cost);
  }
  return number;
}

/** What is eliminated costs so much. */
export function playCost(play: usize): f64 {
  return load<f64>(play, COST);
}

/** How many vertices are eliminated. */
export function playLength(play: usize): u32 {
  return load<u32>(play, ELIMINATED);
}

/** The vertices that are eliminated, in order (u32). */
export function playOrder(play: usize): usize {
  return load<u32>(play, ORDER);
}

/** W words: the vertices that remain. */
export function playRemaining(play: usize): usize {
  return load<u32>(play, REMAINING);
}

/** |P(v)|·|S(v)| (f64) by vertex, infinite where v does not remain; tracked degrees only. */
export function playMarkowitz(play: usize): usize {
  return load<u32>(play, MARKOWITZ);
}

/** 3·D(v) + 2·|P(v)|·|S(v)| (f64) by vertex, infinite where v does not remain; tracked damage only. */
export function playDamage(play: usize): usize {
  return load<u32>(play, DAMAGE);
}

/** The numbers of predecessors, then of successors (padded to multiples of 4, u32) by vertex. */
export function playDegrees(play: usize): usize {
  return load<u32>(play, IN_DEGREES);
}

/** The best order of all rollouts, n × u32. */
export function bestRollout(play: usize): usize {
  return load<u32>(play, BEST);
}

/** What it costs; infinite before the first. */
export function bestRolloutCost(play: usize): f64 {
  return load<f64>(play, BEST_COST);
}
