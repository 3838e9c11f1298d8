// Byte offsets of an annealer's block (anneal.ts).

/** The graph it works on; nobody else may use that graph meanwhile. */
export const GRAPH: usize = 0;
/** n, the length of an order. */
export const LENGTH: usize = 4;
/** Proposals at a place. */
export const TRIES: usize = 8;
/** Which evaluation: a MODE_ constant. */
export const MODE: usize = 12;
/** Place i that the sweep has reached; the graph's rows and masks are the state before it. */
export const PLACE: usize = 16;
/** Proposals made at this place. */
export const TRIED: usize = 20;
/** State of the random stream. */
export const RANDOM: usize = 24;
/** The current order, n × u32. */
export const ORDER: usize = 40;
/** n + 1 sums (f64): entry t is what the places before t cost. */
export const SUMS: usize = 44;
/** Sums of the proposal in hand, n × f64: entry t is what its places i … i + t cost. */
export const CANDIDATE: usize = 48;
/** The best order met, n × u32. */
export const BEST: usize = 52;
/** What it costs. */
export const BEST_COST: usize = 56;
/** 256 values of −ln u, see `exponential`. */
export const LOGARITHMS: usize = 64;
/** n + 1 sets of W words: entry t holds the vertices before place t; two and three words only. */
export const SETS: usize = 68;
/** Place of each vertex (u32), or NOWHERE; wide rows and states only. */
export const PLACES: usize = 72;
/** Rows that a proposal has changed, laid out as the graph's; not with states. */
export const WORK: usize = 76;
/** Number of the last proposal (u32); wide rows only. */
export const STAMP: usize = 80;
/** The proposal that changed a vertex's predecessors last, then its successors; 2 × V × u32. */
export const STAMPS: usize = 84;
/** Masks of sources and of targets in a proposal, 2 × W words; wide rows and states only. */
export const WORK_MASKS: usize = 88;
/** What a proposal has overwritten, the entries in use and those there is room for; states only. */
export const JOURNAL: usize = 92;
export const JOURNAL_LENGTH: usize = 96;
export const JOURNAL_CAPACITY: usize = 100;
/** Sum of the hashes of the edges changed since the start (u64); states only. */
export const HASH: usize = 104;
/** n + 1 such sums: entry t is the one before place t; then n of the proposal in hand. */
export const HASHES: usize = 112;
export const CANDIDATE_HASHES: usize = 116;
/** First place that the proposal in hand leaves as it was, with all that follow. */
export const END: usize = 120;
/** Largest L, see anneal.ts. */
export const FARTHEST: usize = 124;
export const ANNEALER_HEADER_BYTES: usize = 128;

export const MODE_TWO_WORDS: u32 = 0;
export const MODE_THREE_WORDS: u32 = 1;
export const MODE_WIDE_ROWS: u32 = 2;
export const MODE_STATES: u32 = 3;

export const NOWHERE: u32 = 0xffffffff;

/** What a proposal gives where it was refused. */
export const REFUSED: f64 = -1;
/** What it gives where a table lacks an entry; nothing has changed then. */
export const STOPPED: f64 = -2;
