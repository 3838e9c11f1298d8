// Byte offsets of a network's block (network.ts), and the sizes of the network.

/** Features of a vertex (vertex-features.ts); a multiple of 4. */
export const FEATURES: usize = 24;
/** Width of a vertex's hidden vector; a multiple of 8. */
export const WIDTH: usize = 32;
/** Rounds of message passing. */
export const ROUNDS: usize = 2;
/** A vertex's hidden vector, and the means of its predecessors' and successors'. */
export const JOINED: usize = 3 * WIDTH;
/** Numbers in a head: one a hidden number, one a feature, and its bias. */
export const HEAD_WEIGHTS: usize = WIDTH + FEATURES + 1;
/** All weights (f32), in the sequence in which network.ts takes them. */
export const WEIGHT_COUNT: usize =
  (FEATURES + 1) * WIDTH + ROUNDS * (JOINED + 1) * WIDTH + 2 * HEAD_WEIGHTS;

/** WEIGHT_COUNT f32. */
export const WEIGHT_LIST: usize = 0;
/** By vertex of the graph, STATIC_BYTES: what no elimination changes. */
export const STATICS: usize = 4;
/** ln(1 + i) (f32) for i below LOGARITHM_COUNT. */
export const LOGARITHMS: usize = 8;
/** The vertices that remain (u32), ascending: row r of everything below is one of them. */
export const ROW_VERTICES: usize = 12;
/** The row of a vertex (u32); only of those that remain. */
export const VERTEX_ROWS: usize = 16;
/** Rows of FEATURES f32. */
export const FEATURE_ROWS: usize = 20;
/** Rows of WIDTH f32. */
export const HIDDEN_ROWS: usize = 24;
/** Rows of JOINED f32. */
export const JOINED_ROWS: usize = 28;
/** Logits (f32) by row. */
export const LOGITS: usize = 32;
/** What each vertex is expected to cost, in units (f32) by row. */
export const COSTS_EXPECTED: usize = 36;
/** Minus the logit (f64) by vertex, infinite where v does not remain; padded as a play's scores. */
export const SCORES: usize = 40;
/** Markowitz degree (u32) by vertex, of those that remain. */
export const DEGREES_NOW: usize = 44;
/** In-degree and out-degree (u32) by vertex, of those that remain. */
export const IN_NOW: usize = 48;
export const OUT_NOW: usize = 52;
/** W words each: predecessors and successors of the vertex in hand. */
export const OWN_ROW: usize = 56;
/** Two records of SIDE_BYTES: what its predecessors, and its successors, sum up to. */
export const SIDES: usize = 60;
/** What one unit of expected cost is in the cost model (f64): about the price of a product. */
export const UNIT: usize = 64;
/** Sum of what all are expected to cost, in the cost model's terms (f64). */
export const EXPECTED: usize = 72;
/** How many remain with a lower degree, by degree below RANKED_DEGREES + 1 (u32). */
export const RANKS: usize = 80;
export const NETWORK_HEADER_BYTES: usize = 96;

/** A vertex's statics: depth, height, ln(elements), 1 for an output (f32 each). */
export const STATIC_BYTES: usize = 16;
export const STATIC_DEPTH: usize = 0;
export const STATIC_HEIGHT: usize = 4;
export const STATIC_SIZE: usize = 8;
export const STATIC_OUTPUT: usize = 12;

export const LOGARITHM_COUNT: u32 = 4096;

/** Degrees from here on are compared one by one. */
export const RANKED_DEGREES: u32 = 4096;

/** A side: change of the neighbours' Markowitz degrees (i64). */
export const SIDE_CHANGE: usize = 0;
/** Edges that elimination would add (u32). */
export const SIDE_FILL: usize = 8;
/** How many neighbours remain (u32), and how many of those have a lower, an equal degree. */
export const SIDE_REMAINING: usize = 12;
export const SIDE_LOWER: usize = 16;
export const SIDE_EQUAL: usize = 20;
/** The least Markowitz degree of those (u32); 0 where none remains. */
export const SIDE_LEAST: usize = 24;
export const SIDE_BYTES: usize = 32;
