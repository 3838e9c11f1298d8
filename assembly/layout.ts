// Byte offsets of everything that lies in linear memory. index.ts tells the whole layout; here are
// the numbers, so that no other file holds one.

/** Graph block: which representation the neighbours have. */
export const KIND: usize = 0;
/** Number of vertices, n. */
export const VERTICES: usize = 4;
/** 64-bit words in one bitset row, W. */
export const WORDS: usize = 8;
/** n rows of 2W words: predecessors, then successors; never written after loading. */
export const INITIAL: usize = 12;
/** The same rows, at the point the current order has reached. */
export const SCRATCH: usize = 16;
/** W words: outputs, which stay as targets when they are eliminated. */
export const KEPT: usize = 20;
/** W words: vertices whose out-edges are still there. */
export const SOURCES: usize = 24;
/** W words: vertices whose in-edges are still there. */
export const TARGETS: usize = 28;
/** Up to W gathered words (GATHERED_BYTES each) of the predecessors of the vertex in hand. */
export const GATHERED_PREDECESSORS: usize = 32;
/** The same of its successors. */
export const GATHERED_SUCCESSORS: usize = 36;
/** Number of edges at the start. */
export const EDGES: usize = 40;
/** Initial edges, EDGE_BYTES each. */
export const EDGE_LIST: usize = 44;
/** n × n states (u16), row = source; 0 where the algebra is uniform. */
export const STATES: usize = 48;
/** Tables block of the algebra; 0 where the algebra is uniform. */
export const TABLES: usize = 52;
/** Number of vertices an order holds. */
export const ELIMINABLE: usize = 56;
/** Their positions (u32), ascending. */
export const ELIMINABLE_LIST: usize = 60;
/** n in-degrees (u32), tracked by markowitz only. */
export const IN_DEGREES: usize = 64;
/** n out-degrees (u32), tracked by markowitz only. */
export const OUT_DEGREES: usize = 68;
/** n Markowitz degrees, in × out (u32); rows only. */
export const DEGREES: usize = 88;
/** Why the last call stopped early: one of the STOP_ constants. */
export const STOP: usize = 72;
/** The pair of states whose table entry was missing. */
export const MISSING_LEFT: usize = 76;
export const MISSING_RIGHT: usize = 80;
/** Adjacency lists only: the block with the current lists, see lists.ts. */
export const LISTS: usize = 84;
export const GRAPH_HEADER_BYTES: usize = 96;

export const KIND_TWO_WORDS: u32 = 2;
export const KIND_THREE_WORDS: u32 = 3;
export const KIND_WIDE_ROWS: u32 = 4;
export const KIND_LISTS: u32 = 5;

/** Bitset rows up to here (n²/2 bytes for both copies), adjacency lists above. */
export const MOST_ROW_VERTICES: u32 = 4096;
/** Where they are asked for by name, since a row of so many bits is mostly empty. */
export const MOST_ASKED_ROW_VERTICES: u32 = 16384;

export const STOP_NONE: u32 = 0;
export const STOP_COMPOSE_MISSING: u32 = 1;
export const STOP_ADD_MISSING: u32 = 2;
export const STOP_NO_MEMORY: u32 = 3;
/** A leaf of a tree waits for the host's evaluation. */
export const STOP_LEAF: u32 = 4;

/** A non-zero word of a row: its byte offset in the row (u32, padded), then the word (u64). */
export const GATHERED_BYTES: usize = 16;
export const GATHERED_WORD: usize = 8;

/** An edge: from, to, state (u32 each). */
export const EDGE_BYTES: usize = 12;
export const EDGE_FROM: usize = 0;
export const EDGE_TO: usize = 4;
export const EDGE_STATE: usize = 8;

/** Lists block: one list record a vertex and side, RECORD_BYTES each, as after loading. */
export const INITIAL_RECORDS: usize = 0;
/** The same records at the point the current order has reached. */
export const RECORDS: usize = 4;
/** Entries the initial records point to (as offsets from here), and their number of bytes. */
export const INITIAL_ENTRIES: usize = 8;
export const ENTRIES_BYTES: usize = 12;
/** A copy of them that eliminations write to. */
export const ENTRIES: usize = 16;
/** n marks (u32): the number of the last predecessor whose list held this vertex. */
export const MARKS: usize = 20;
/** n indices (u32) of this vertex in that list. */
export const PLACES: usize = 24;
/** The last mark given. */
export const LAST_MARK: usize = 28;
/** Arena for lists that grow: first chunk, current chunk, next free byte in it. */
export const FIRST_CHUNK: usize = 32;
export const CURRENT_CHUNK: usize = 36;
export const CHUNK_NEXT: usize = 40;
/** Heap of markowitz: n positions (u32), n places in the heap (u32), n keys (f64), length. */
export const HEAP: usize = 44;
export const HEAP_PLACES: usize = 48;
export const HEAP_KEYS: usize = 52;
export const HEAP_LENGTH: usize = 56;
/** ⌈n/64⌉ words: vertices that are still to be eliminated, so that edges at them are needed. */
export const OPEN: usize = 60;
/** 32 heads of free lists in the arena: blocks of 2^k bytes. */
export const FREE_BY_SIZE: usize = 64;
export const LISTS_HEADER_BYTES: usize = 192;

/** Lists block of a vertex: predecessors (pointer, length, capacity), then successors. */
export const RECORD_BYTES: usize = 24;
export const SUCCESSOR_RECORD: usize = 12;
export const LIST_POINTER: usize = 0;
export const LIST_LENGTH: usize = 4;
export const LIST_CAPACITY: usize = 8;
/** An entry of either list: the vertex (u32), then the edge's state (u32, successors only). */
export const ENTRY_BYTES: usize = 8;
export const ENTRY_STATE: usize = 4;

/** Tables block: log2 of the row length; a table has 2^shift rows of 2^shift entries. */
export const SHIFT: usize = 0;
/** Entry (outgoing, incoming): product of two edges. */
export const COMPOSE: usize = 4;
/** Entry (existing, added): sum of two parallel edges. */
export const ADD: usize = 8;
/** Distinct costs (f64); an entry names one by index. */
export const COSTS: usize = 12;
export const COSTS_CAPACITY: usize = 16;
export const TABLES_HEADER_BYTES: usize = 32;

/** An entry is u32: the state in the low half, the index of its cost in the high half. */
export const ENTRY_MISSING: u32 = 0xffffffff;
/** State of a product that is structurally zero: it makes no edge and changes none. */
export const STATE_NONE: u32 = 0xffff;
