// Blocks of linear memory: first fit over a free list in address order, neighbours merged on
// release, so loading and disposing handles for hours needs no more memory than the most that was
// alive at once (and its gaps). The allocator's own state lies in memory too, at the heap's base.
//
// Block: 16 bytes of header (total size u32, next free block u32), then the caller's bytes, aligned
// to 16. allocate is O(free blocks); a handle holds a handful of blocks.

const FIRST_FREE: usize = 0;
/** One past the last block. */
const END: usize = 4;
/** Bytes in blocks that are not free, headers included. */
const IN_USE: usize = 8;
const HEAP_HEADER_BYTES: usize = 16;

const SIZE: usize = 0;
const NEXT: usize = 4;
const BLOCK_HEADER_BYTES: usize = 16;
/** A remainder smaller than this stays with the block it would be cut from. */
const SMALLEST_SPLIT: usize = 64;
/** 2 GiB, the maximum that asconfig.json declares. */
export const MOST_BYTES: u64 = 0x80000000;

function heap(): usize {
  return (__heap_base + 15) & ~15;
}

function heapEnd(base: usize): usize {
  const end = load<u32>(base, END);
  return end == 0 ? base + HEAP_HEADER_BYTES : end;
}

/** Moves the heap's end up by `bytes`; false where the memory's maximum is reached. */
function extend(base: usize, bytes: usize): bool {
  const end = <u64>heapEnd(base) + <u64>bytes;
  if (end > MOST_BYTES) return false;
  const pages = <i32>((end + 0xffff) >> 16);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return false;
  store<u32>(base, <u32>end, END);
  return true;
}

/** `bytes` of memory with unknown content, aligned to 16; 0 where there is no more. */
export function allocate(bytes: usize): usize {
  if (<u64>bytes > MOST_BYTES) return 0;
  const base = heap();
  const size: usize = ((bytes + 15) & ~15) + BLOCK_HEADER_BYTES;
  let previous: usize = 0;
  let block: usize = load<u32>(base, FIRST_FREE);
  while (block != 0 && load<u32>(block, SIZE) < <u32>size) {
    const next = load<u32>(block, NEXT);
    // The last free block may lie at the heap's end: then only what it lacks is added.
    if (next == 0 && block + load<u32>(block, SIZE) == heapEnd(base)) {
      if (!extend(base, size - load<u32>(block, SIZE))) return 0;
      store<u32>(block, <u32>size, SIZE);
      break;
    }
    previous = block;
    block = next;
  }
  if (block == 0) {
    block = heapEnd(base);
    if (!extend(base, size)) return 0;
    store<u32>(block, <u32>size, SIZE);
  } else {
    let next: usize = load<u32>(block, NEXT);
    const rest = load<u32>(block, SIZE) - <u32>size;
    if (rest >= <u32>SMALLEST_SPLIT) {
      const remainder = block + size;
      store<u32>(remainder, rest, SIZE);
      store<u32>(remainder, <u32>next, NEXT);
      store<u32>(block, <u32>size, SIZE);
      next = remainder;
    }
    if (previous == 0) store<u32>(base, <u32>next, FIRST_FREE);
    else store<u32>(previous, <u32>next, NEXT);
  }
  store<u32>(base, load<u32>(base, IN_USE) + load<u32>(block, SIZE), IN_USE);
  return block + BLOCK_HEADER_BYTES;
}

/** `allocate`, with every byte 0. */
export function allocateZeroed(bytes: usize): usize {
  const pointer = allocate(bytes);
  if (pointer != 0) memory.fill(pointer, 0, bytes);
  return pointer;
}

/** Gives a block back; 0 is ignored. */
export function release(pointer: usize): void {
  if (pointer == 0) return;
  const base = heap();
  const block = pointer - BLOCK_HEADER_BYTES;
  store<u32>(base, load<u32>(base, IN_USE) - load<u32>(block, SIZE), IN_USE);
  let previous: usize = 0;
  let next: usize = load<u32>(base, FIRST_FREE);
  while (next != 0 && next < block) {
    previous = next;
    next = load<u32>(next, NEXT);
  }
  if (next != 0 && block + load<u32>(block, SIZE) == next) {
    store<u32>(block, load<u32>(block, SIZE) + load<u32>(next, SIZE), SIZE);
    next = load<u32>(next, NEXT);
  }
  store<u32>(block, <u32>next, NEXT);
  if (previous == 0) {
    store<u32>(base, <u32>block, FIRST_FREE);
  } else if (previous + load<u32>(previous, SIZE) == block) {
    store<u32>(previous, load<u32>(previous, SIZE) + load<u32>(block, SIZE), SIZE);
    store<u32>(previous, <u32>next, NEXT);
  } else {
    store<u32>(previous, <u32>block, NEXT);
  }
}

/** Bytes in blocks that are not free. */
export function bytesInUse(): usize {
  return load<u32>(heap(), IN_USE);
}
