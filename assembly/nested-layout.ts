// Byte offsets of a nested search's block (nested.ts).

/** The play that rollouts are made on; the search has it to itself. */
export const PLAY: usize = 0;
/** Number of nested levels above the rollouts, at least 1. */
export const LEVELS: usize = 4;
/** How often each level calls the one below. */
export const ITERATIONS: usize = 8;
/** Padded f64 for each of levels 0 … LEVELS: how much a vertex is wanted; 0 is a working copy. */
export const POLICIES: usize = 12;
/** n × u32 for each level: the best order since the level was entered; 0: since the start. */
export const ORDERS: usize = 16;
/** f64 for each level: what that order costs; infinite before the first. */
export const COSTS: usize = 20;
/** u32 for each level: how many iterations it has made. */
export const COUNTS: usize = 24;
/** Whether the topmost level has made all of its iterations. */
export const FINISHED: usize = 28;
/** How far a policy is moved towards an order. */
export const RATE: usize = 32;
/** Bias of a vertex: −STRENGTH · its outlook; none where it is 0. */
export const STRENGTH: usize = 40;
/** w of outlook.ts. */
export const WEIGHT: usize = 48;
/** State of the random stream. */
export const RANDOM: usize = 56;
export const NESTED_HEADER_BYTES: usize = 80;
