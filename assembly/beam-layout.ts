// Byte offsets of a beam's block (beam.ts).

/** The play that positions are restored to; the beam has it to itself. */
export const PLAY: usize = 0;
/** Most positions of a level that there is room for. */
export const WIDTH: usize = 4;
/** Most positions of a level in this pass. */
export const LIMIT: usize = 8;
/** How many vertices are eliminated in the positions that are extended. */
export const LEVEL: usize = 12;
/** Bytes of a position that is kept: a snapshot. */
export const KEPT_BYTES: usize = 16;
/** How many positions are extended, and how many of them have their moves in the heap. */
export const PARENTS: usize = 20;
export const OPENED: usize = 24;
/** How many positions there are of the next level. */
export const CHILDREN: usize = 28;
/** WIDTH snapshots of each. */
export const PARENT_BLOCKS: usize = 32;
export const CHILD_BLOCKS: usize = 36;
/** WIDTH hashes (u64) of the sets of eliminated vertices. */
export const PARENT_SETS: usize = 40;
export const CHILD_SETS: usize = 44;
/** Heap of moves, MOVE_BYTES each, the most promising first. */
export const HEAP: usize = 48;
export const HEAP_LENGTH: usize = 52;
/** Open hash table of the next level's positions, SLOT_BYTES each; a power of two less 1. */
export const SLOTS: usize = 56;
export const SLOT_MASK: usize = 60;
/** A hash (u64) for every vertex. */
export const VERTEX_HASHES: usize = 64;
/** Whether equal moves are ordered by chance. */
export const BY_CHANCE: usize = 68;
/** Whether a position that could have been reached was left out in this pass. */
export const CUT: usize = 72;
/** Whether the heap is complete and moves are being made. */
export const CHOOSING: usize = 76;
/** w of outlook.ts. */
export const WEIGHT: usize = 80;
/** State of the random stream. */
export const RANDOM: usize = 88;
export const BEAM_HEADER_BYTES: usize = 112;

/** A move: outlook f64, what orders equals u32, parent u32, vertex u32. */
export const MOVE_BYTES: usize = 24;
export const MOVE_TIE: usize = 8;
export const MOVE_PARENT: usize = 12;
export const MOVE_VERTEX: usize = 16;

/** A slot: hash u64, index of the child plus 1 u32, or 0 where it is free. */
export const SLOT_BYTES: usize = 16;
export const SLOT_CHILD: usize = 8;

/** What extendBeam comes back with. */
export const BEAM_STOPPED: u32 = 0;
export const BEAM_PAUSED: u32 = 1;
export const BEAM_DONE: u32 = 2;
