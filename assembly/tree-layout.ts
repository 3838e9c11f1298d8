// Byte offsets of a tree search (tree.ts): the search's block, a node, a child of a node.

/** The play it searches, which it has to itself. */
export const PLAY: usize = 0;
/** METHOD_UCT or METHOD_GUMBEL. */
export const METHOD: usize = 4;
/** What priors go by: a POLICY_ constant, and its temperature, > 0. */
export const PRIOR: usize = 8;
/** The policy of rollouts: a POLICY_ constant, and its temperature. */
export const ROLLOUT: usize = 12;
export const PRIOR_TEMPERATURE: usize = 16;
export const ROLLOUT_TEMPERATURE: usize = 24;
/** UCT: weight of the prior; Gumbel: weight of values beside logits. */
export const EXPLORATION: usize = 32;
/** What the host expects the rest to cost from the leaf that it evaluated. */
export const HOST_REST: usize = 40;
/** Gumbel: most children considered at the root. */
export const CONSIDERED: usize = 48;
/** Simulations of the current move: how many there will be, and were. */
export const SIMULATIONS: usize = 52;
export const SIMULATED: usize = 56;
/** The root's node; 0 before its first simulation. */
export const ROOT: usize = 60;
/** Snapshot of the root's position. */
export const ROOT_POSITION: usize = 64;
/** First free node; the others are chained. */
export const FREE: usize = 68;
/** Nodes: where they begin, bytes of one, how many there is room for, how many are in use. */
export const NODES: usize = 72;
export const NODE_STRIDE: usize = 76;
export const CAPACITY: usize = 80;
export const USED: usize = 84;
/** How many nodes were ever in use at once. */
export const TOUCHED: usize = 88;
/** n + 1 × (node u32, child u32): the way of the simulation in hand. */
export const PATH: usize = 92;
/** Gumbel, by child of the root: noise (f64), visits in the current move (u32). */
export const NOISE: usize = 96;
export const MOVE_VISITS: usize = 100;
/** Gumbel: how many visits the child of the next simulation has had in this move. */
export const WANTED_VISITS: usize = 104;
/** Gumbel: how many children are considered in this phase; how many of this round are left. */
export const PHASE_CONSIDERED: usize = 108;
export const ROUND_LEFT: usize = 112;
/** Gumbel: rounds of this phase that are left, after the one in hand. */
export const ROUNDS_LEFT: usize = 116;
/** Gumbel: phases of sequential halving, ⌈log2 considered⌉. */
export const PHASES: usize = 120;
/** Padded f64: the host's scores of a leaf; whether they are there for the leaf that comes next. */
export const HOST_SCORES: usize = 124;
export const HOST_READY: usize = 128;
export const SEARCH_HEADER_BYTES: usize = 144;

export const METHOD_UCT: u32 = 0;
export const METHOD_GUMBEL: u32 = 1;

/** Node: simulations through it, its first rollout's among them; children; totals of whole orders. */
export const NODE_VISITS: usize = 0;
export const NODE_CHILDREN: usize = 4;
/** Sum of the totals. */
export const NODE_SUM: usize = 8;
/** The total of the rollout that made it. */
export const NODE_FIRST: usize = 16;
/** A free node: the next free one. */
export const NODE_NEXT: usize = 0;
export const NODE_HEADER_BYTES: usize = 32;

/** Child: the vertex eliminated, its node (0: none), simulations, and what they cost. */
export const CHILD_VERTEX: usize = 0;
export const CHILD_NODE: usize = 4;
export const CHILD_VISITS: usize = 8;
export const CHILD_SUM: usize = 16;
/** UCT: the prior probability; Gumbel: its logit, 0 for the likeliest. */
export const CHILD_PRIOR: usize = 24;
export const CHILD_BYTES: usize = 32;
