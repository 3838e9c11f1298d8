// Memory of an interned function (compiled.ts). All fields are u32 but the keys.

// Header: sizes and addresses.
export const VERTICES: usize = 0;
/** Nodes, edges and terms at the start of an evaluation; an annealer moves them along its order. */
export const BASE_NODES: usize = 4;
export const BASE_EDGES: usize = 8;
export const BASE_TERMS: usize = 12;
/** Nodes, edges (the first is none) and terms (the first is none) now. */
export const NODES_NOW: usize = 16;
export const EDGES_NOW: usize = 20;
export const TERMS_NOW: usize = 24;
/** Room for as many nodes, edges and terms each. */
export const CAPACITY: usize = 28;
/** The same three as loaded. */
export const LOADED_NODES: usize = 32;
export const LOADED_EDGES: usize = 36;

/** Arrays: nodes, table, edges, terms, vertices; images are what an evaluation starts from. */
export const NODES: usize = 40;
export const TABLE: usize = 44;
export const TABLE_MASK: usize = 48;
export const EDGES: usize = 52;
export const EDGES_IMAGE: usize = 56;
export const EDGES_LOADED: usize = 60;
export const TERMS: usize = 64;
export const TERMS_IMAGE: usize = 68;
export const HEADS: usize = 72;
export const HEADS_IMAGE: usize = 76;
export const HEADS_LOADED: usize = 80;
/** By vertex: the edge from it to the vertex at hand. */
export const MARKS: usize = 84;
/** By vertex: 1 for outputs. */
export const IS_OUTPUT: usize = 88;
export const OUTPUTS: usize = 92;
export const OUTPUT_COUNT: usize = 96;
/** Signed nodes that the function gives. */
export const RESULTS: usize = 100;
export const RESULT_COUNT: usize = 104;
/** Signed nodes, the operands of functions one after the other. */
export const OPERANDS: usize = 108;
/** Terms of the sum at hand: signed node u32, then (at 8) its element u64. */
export const SUM: usize = 112;
/** Signed nodes of the Jacobian's entries. */
export const ENTRIES: usize = 116;
/** Block of everything that grows. */
export const GROWING_BLOCK: usize = 120;
export const HEADER_BYTES: usize = 128;

// A node.
export const KEY: usize = 0;
/** Signed nodes: 2 · node, 1 more where it is negative; of a function, place and number of operands. */
export const LEFT: usize = 8;
export const RIGHT: usize = 12;
/** Kind and flags. */
export const INFO: usize = 16;
export const SLOT: usize = 20;
export const USES: usize = 24;
/** The last product that uses it, one more; 0 for none. */
export const PRODUCT_USER: usize = 28;
export const VOTES: usize = 32;
/** Bits: wanted plus, wanted minus, made with the sign −, a quotient. */
export const WANTED: usize = 36;
export const NODE_BYTES: usize = 40;

export const KIND_BITS: u32 = 7;
export const KIND_INPUT: u32 = 0;
export const KIND_CONSTANT: u32 = 1;
export const KIND_PRODUCT: u32 = 2;
export const KIND_SUM: u32 = 3;
export const KIND_RECIPROCAL: u32 = 4;
export const KIND_FUNCTION: u32 = 5;
/** The definition gives the node with the sign −. */
export const INFO_MINUS: u32 = 8;
/** The node's sign is fixed; before anything votes it is − where the second is there. */
export const INFO_FIXED: u32 = 16;
export const INFO_NATURAL_MINUS: u32 = 32;
export const INFO_ODD: u32 = 64;
export const INFO_EVEN: u32 = 128;
export const INFO_ROOT: u32 = 256;

export const WANTED_PLUS: u32 = 1;
export const WANTED_MINUS: u32 = 2;
export const MADE_MINUS: u32 = 4;
export const IS_QUOTIENT: u32 = 8;
/** A reciprocal that its quotient does without. */
export const IS_DIVISOR: u32 = 16;

// An edge.
export const FROM: usize = 0;
export const TO: usize = 4;
export const NEXT_IN: usize = 8;
export const PREVIOUS_IN: usize = 12;
export const NEXT_OUT: usize = 16;
export const PREVIOUS_OUT: usize = 20;
/** Its first term, a signed node; further ones are a list. */
export const FIRST: usize = 24;
export const MORE: usize = 28;
export const LAST: usize = 32;
export const EDGE_BYTES: usize = 36;

// A vertex: first and last edge into it and out of it.
export const FIRST_IN: usize = 0;
export const LAST_IN: usize = 4;
export const FIRST_OUT: usize = 8;
export const LAST_OUT: usize = 12;
export const HEAD_BYTES: usize = 16;

// A term: a signed node and the next term.
export const TERM_BYTES: usize = 8;
