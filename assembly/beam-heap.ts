// The moves of a level in a binary heap: least outlook first; equals by their tie word, then by
// parent, then by vertex. So the sequence of moves is fixed, however the heap was built.

import { HEAP, HEAP_LENGTH, MOVE_BYTES, MOVE_PARENT, MOVE_TIE, MOVE_VERTEX } from './beam-layout';

function isBefore(a: usize, b: usize): bool {
  const left = load<f64>(a);
  const right = load<f64>(b);
  if (left != right) return left < right;
  const leftTie = load<u32>(a, MOVE_TIE);
  const rightTie = load<u32>(b, MOVE_TIE);
  if (leftTie != rightTie) return leftTie < rightTie;
  const leftParent = load<u32>(a, MOVE_PARENT);
  const rightParent = load<u32>(b, MOVE_PARENT);
  if (leftParent != rightParent) return leftParent < rightParent;
  return load<u32>(a, MOVE_VERTEX) < load<u32>(b, MOVE_VERTEX);
}

function swap(a: usize, b: usize): void {
  for (let at: usize = 0; at < MOVE_BYTES; at += 8) {
    const word = load<u64>(a + at);
    store<u64>(a + at, load<u64>(b + at));
    store<u64>(b + at, word);
  }
}

export function clearHeap(beam: usize): void {
  store<u32>(beam, 0, HEAP_LENGTH);
}

/** Puts a move in; there is room. */
export function pushMove(beam: usize, outlook: f64, tie: u32, parent: u32, vertex: u32): void {
  const heap: usize = load<u32>(beam, HEAP);
  let place: usize = load<u32>(beam, HEAP_LENGTH);
  store<u32>(beam, <u32>place + 1, HEAP_LENGTH);
  let move = heap + place * MOVE_BYTES;
  store<f64>(move, outlook);
  store<u32>(move, tie, MOVE_TIE);
  store<u32>(move, parent, MOVE_PARENT);
  store<u32>(move, vertex, MOVE_VERTEX);
  while (place > 0) {
    const above = (place - 1) >>> 1;
    const other = heap + above * MOVE_BYTES;
    if (!isBefore(move, other)) return;
    swap(move, other);
    place = above;
    move = other;
  }
}

/** Takes the first move out; there is one. */
export function popMove(beam: usize): void {
  const heap: usize = load<u32>(beam, HEAP);
  const length: usize = load<u32>(beam, HEAP_LENGTH) - 1;
  store<u32>(beam, <u32>length, HEAP_LENGTH);
  memory.copy(heap, heap + length * MOVE_BYTES, MOVE_BYTES);
  let place: usize = 0;
  for (;;) {
    let least = place;
    const end = min<usize>(2 * place + 3, length);
    for (let below: usize = 2 * place + 1; below < end; below++) {
      if (isBefore(heap + below * MOVE_BYTES, heap + least * MOVE_BYTES)) least = below;
    }
    if (least == place) return;
    swap(heap + place * MOVE_BYTES, heap + least * MOVE_BYTES);
    place = least;
  }
}
