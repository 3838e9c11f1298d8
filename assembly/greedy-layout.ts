// Byte offsets of a greedy search's block (greedy.ts).

/** The play; the search has it to itself. */
export const PLAY: usize = 0;
/** How many moves it looks beyond the one that it chooses. */
export const DEPTH: usize = 4;
/** How many moves of a position it looks at there. */
export const BREADTH: usize = 8;
/** Snapshots, one a depth. */
export const BLOCKS: usize = 12;
export const BLOCK_BYTES: usize = 16;
/** BREADTH vertices (u32) for each depth. */
export const CHOICES: usize = 20;
/** A random word (u32) for every vertex, drawn anew for every move: the least of equals goes first. */
export const TIES: usize = 24;
/** Whether the words of the move at hand are drawn. */
export const DRAWN: usize = 28;
/** w of outlook.ts. */
export const WEIGHT: usize = 32;
/** State of the random stream. */
export const RANDOM: usize = 40;
export const GREEDY_HEADER_BYTES: usize = 64;
