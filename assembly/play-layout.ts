// Byte offsets of a play's block (play.ts). Everything from POSITION on is what a snapshot keeps,
// beside the graph's rows, masks and states.

/** The graph it is played on; nobody else may use that graph meanwhile. */
export const GRAPH: usize = 0;
/** n, the number of vertices that an order holds. */
export const LENGTH: usize = 4;
/** What is kept up to date: a TRACK_ constant. */
export const TRACKING: usize = 8;
/** Number of vertices, rounded up to a multiple of 4: how many scores there are. */
export const PADDED: usize = 12;
/** State of the random stream. */
export const RANDOM: usize = 16;
/** Bytes from POSITION to the position's end. */
export const POSITION_BYTES: usize = 32;
/** W words: eliminable vertices that are still there. */
export const REMAINING: usize = 36;
/** n in-degrees and n out-degrees (u32) by vertex. */
export const IN_DEGREES: usize = 40;
export const OUT_DEGREES: usize = 44;
/** |P(v)|·|S(v)| (f64) by vertex; infinite where v does not remain. */
export const MARKOWITZ: usize = 48;
/** 3·D(v) + 2·|P(v)|·|S(v)| (f64) by vertex; infinite where v does not remain. */
export const DAMAGE: usize = 52;
/** The vertices eliminated so far (u32). */
export const ORDER: usize = 56;
/** W words: whose damage has to be taken anew. */
export const AFFECTED: usize = 60;
/** Up to W gathered words each, of the vertex whose damage is taken. */
export const OWN_PREDECESSORS: usize = 64;
export const OWN_SUCCESSORS: usize = 68;
/** Padded f64: weights of a choice by chance. */
export const WEIGHTS: usize = 72;
/** The best order of a series of rollouts, n × u32, and what it costs. */
export const BEST: usize = 76;
export const BEST_COST: usize = 88;
/** The position as it is before the first elimination, POSITION_BYTES. */
export const START: usize = 80;
/** A snapshot to which rollouts come back; 0 before the first. */
export const HOME: usize = 84;
/** The network that evaluates positions (network.ts); 0 where there is none. */
export const NETWORK: usize = 96;
/** The position: what the eliminated vertices cost together. */
export const POSITION: usize = 112;
export const COST: usize = 112;
/** How many vertices are eliminated. */
export const ELIMINATED: usize = 120;
export const PLAY_HEADER_BYTES: usize = 128;

/** Only what remains. */
export const TRACK_NOTHING: u32 = 0;
/** In-, out- and Markowitz degrees. */
export const TRACK_DEGREES: u32 = 1;
/** Damage as well. */
export const TRACK_DAMAGE: u32 = 2;

/** What a policy goes by. */
export const POLICY_RANDOM: u32 = 0;
export const POLICY_MARKOWITZ: u32 = 1;
export const POLICY_DAMAGE: u32 = 2;
/** The logits of the network. */
export const POLICY_NETWORK: u32 = 3;
/** In the place of a rollout: what the network expects of the rest, without playing it. */
export const POLICY_VALUE: u32 = 4;
/** In the place of prior and rollout: what the host says of a leaf (tree.ts). */
export const POLICY_HOST: u32 = 5;
