// What needed values cost and with which signs they are made: src/compiled/plan.ts in the core. Two
// passes over the nodes.

import {
  INFO,
  INFO_EVEN,
  INFO_FIXED,
  INFO_NATURAL_MINUS,
  INFO_MINUS,
  INFO_ODD,
  INFO_ROOT,
  IS_DIVISOR,
  IS_QUOTIENT,
  KIND_BITS,
  KIND_CONSTANT,
  KIND_FUNCTION,
  KIND_PRODUCT,
  KIND_RECIPROCAL,
  KIND_SUM,
  LEFT,
  MADE_MINUS,
  NODE_BYTES,
  NODES,
  NODES_NOW,
  OPERANDS,
  ENTRIES,
  PRODUCT_USER,
  RESULT_COUNT,
  RESULTS,
  RIGHT,
  USES,
  VOTES,
  WANTED,
  WANTED_MINUS,
  WANTED_PLUS,
} from './compiled-layout';

const PRODUCT_WEIGHT: u32 = 1;
const SUM_WEIGHT: u32 = 1;
const RECIPROCAL_WEIGHT: u32 = 6;
const QUOTIENT_WEIGHT: u32 = 6;
const ROOT_WEIGHT: u32 = 6;
const NEGATION_WEIGHT: u32 = 1;

function use(node: usize, product: u32): void {
  store<u32>(node, load<u32>(node, USES) + 1, USES);
  store<u32>(node, product, PRODUCT_USER);
}

function vote(node: usize, number: i32, minus: u32): void {
  store<i32>(node, load<i32>(node, VOTES) + (minus & 1 ? -number : number), VOTES);
}

function want(node: usize, minus: u32): void {
  store<u32>(node, load<u32>(node, WANTED) | (minus & 1 ? WANTED_MINUS : WANTED_PLUS), WANTED);
}

function isConstant(node: usize): bool {
  return (load<u32>(node, INFO) & KIND_BITS) == KIND_CONSTANT;
}

function isLessUsed(node: usize, other: usize): bool {
  return load<u32>(node, USES) < load<u32>(other, USES);
}

/** 1 where the votes are for −, or there are none and it is − before them. */
function leaning(node: usize): u32 {
  const own = load<i32>(node, VOTES);
  if (own == 0) return naturalMinus(load<u32>(node, INFO));
  return own < 0 ? 1 : 0;
}

/** 1 where the sign is − before anything votes. */
function naturalMinus(info: u32): u32 {
  return (info & INFO_NATURAL_MINUS) >>> 5;
}

function madeMinus(node: usize): u32 {
  return (load<u32>(node, WANTED) & MADE_MINUS) >>> 2;
}

/** Weighted operations of the results and as many entries. */
export function planOperations(values: usize, entryCount: u32): u32 {
  const nodes: usize = load<u32>(values, NODES);
  const end = nodes + <usize>load<u32>(values, NODES_NOW) * NODE_BYTES;
  for (let node = nodes; node < end; node += NODE_BYTES) {
    store<u64>(node, 0, USES);
    store<u64>(node, 0, VOTES);
  }
  const results: usize = load<u32>(values, RESULTS);
  for (let k: u32 = 0; k < load<u32>(values, RESULT_COUNT); k++) {
    wantSigned(nodes, load<u32>(results + ((<usize>k) << 2)));
  }
  const entries: usize = load<u32>(values, ENTRIES);
  for (let k: u32 = 0; k < entryCount; k++) {
    wantSigned(nodes, load<u32>(entries + ((<usize>k) << 2)));
  }
  const operands: usize = load<u32>(values, OPERANDS);
  return weigh(nodes, end, operands) + NEGATION_WEIGHT * chooseSigns(nodes, end, operands);
}

function wantSigned(nodes: usize, signed: u32): void {
  const node = nodes + <usize>(signed >>> 1) * NODE_BYTES;
  use(node, 0);
  want(node, signed);
}

/** From the last node to the first: uses, votes, weights without negations. */
function weigh(nodes: usize, end: usize, operands: usize): u32 {
  let weight: u32 = 0;
  for (let node = end - NODE_BYTES; node >= nodes; node -= NODE_BYTES) {
    if (load<u32>(node, USES) == 0) continue;
    const wanted = load<u32>(node, WANTED);
    const own = load<i32>(node, VOTES) + <i32>(wanted & 1) - <i32>((wanted >>> 1) & 1);
    store<i32>(node, own, VOTES);
    const info = load<u32>(node, INFO);
    const kind = info & KIND_BITS;
    const minus = (info & INFO_MINUS) >>> 3;
    if (kind == KIND_PRODUCT) {
      weight += PRODUCT_WEIGHT;
      const left = nodes + <usize>(load<u32>(node, LEFT) >>> 1) * NODE_BYTES;
      const right = nodes + <usize>(load<u32>(node, RIGHT) >>> 1) * NODE_BYTES;
      const number = <u32>((node - nodes) / NODE_BYTES) + 1;
      use(left, number);
      use(right, number);
      if (left == right || own == 0 || isConstant(left) || isConstant(right)) continue;
      const x = load<u32>(left, INFO);
      const y = load<u32>(right, INFO);
      if (!(x & INFO_FIXED) && (y & INFO_FIXED || isLessUsed(left, right))) {
        vote(left, own, minus ^ (y & INFO_FIXED ? naturalMinus(y) : leaning(right)));
      } else if (!(y & INFO_FIXED)) {
        vote(right, own, minus ^ (x & INFO_FIXED ? naturalMinus(x) : leaning(left)));
      }
    } else if (kind == KIND_SUM) {
      weight += SUM_WEIGHT;
      const first = load<u32>(node, LEFT);
      const second = load<u32>(node, RIGHT);
      const left = nodes + <usize>(first >>> 1) * NODE_BYTES;
      const right = nodes + <usize>(second >>> 1) * NODE_BYTES;
      use(left, 0);
      use(right, 0);
      if (own == 0 || isConstant(left) || isConstant(right)) continue;
      const x = load<u32>(left, INFO);
      const y = load<u32>(right, INFO);
      const preferred: u32 = own < 0 ? 1 : 0;
      if (x & INFO_FIXED && ((minus ^ first ^ naturalMinus(x)) & 1) == preferred) continue;
      if (y & INFO_FIXED && ((minus ^ second ^ naturalMinus(y)) & 1) == preferred) continue;
      if (!(x & INFO_FIXED) && (y & INFO_FIXED || isLessUsed(left, right))) {
        vote(left, own, minus ^ first);
      } else if (!(y & INFO_FIXED)) {
        vote(right, own, minus ^ second);
      }
    } else if (kind == KIND_RECIPROCAL) {
      weight += RECIPROCAL_WEIGHT;
      const operand = nodes + <usize>(load<u32>(node, LEFT) >>> 1) * NODE_BYTES;
      use(operand, 0);
      vote(operand, own, minus);
      const user = load<u32>(node, PRODUCT_USER);
      if (load<u32>(node, USES) != 1 || user == 0) continue;
      const product = nodes + <usize>(user - 1) * NODE_BYTES;
      if (load<u32>(product, WANTED) & IS_QUOTIENT) continue;
      store<u32>(product, load<u32>(product, WANTED) | IS_QUOTIENT, WANTED);
      store<u32>(node, load<u32>(node, WANTED) | IS_DIVISOR, WANTED);
      weight += QUOTIENT_WEIGHT - RECIPROCAL_WEIGHT - PRODUCT_WEIGHT;
    } else if (kind == KIND_FUNCTION) {
      if (info & INFO_ROOT) weight += ROOT_WEIGHT;
      const first: usize = load<u32>(node, LEFT);
      const count: usize = load<u32>(node, RIGHT);
      for (let k = first; k < first + count; k++) {
        const signed = load<u32>(operands + (k << 2));
        const operand = nodes + <usize>(signed >>> 1) * NODE_BYTES;
        use(operand, 0);
        if (info & INFO_ODD) vote(operand, own, 0);
        else if (!(info & INFO_EVEN)) want(operand, signed);
      }
    }
  }
  return weight;
}

/** From the first node to the last: the signs they are made with. Returns how many are negated. */
function chooseSigns(nodes: usize, end: usize, operands: usize): u32 {
  let negated: u32 = 0;
  for (let node = nodes; node < end; node += NODE_BYTES) {
    if (load<u32>(node, USES) == 0) continue;
    const info = load<u32>(node, INFO);
    const kind = info & KIND_BITS;
    if (kind == KIND_CONSTANT) continue;
    const wanted = load<u32>(node, WANTED);
    let made = (info & INFO_MINUS) >>> 3;
    const preferred = leaning(node);
    if (kind == KIND_PRODUCT) {
      const left = nodes + <usize>(load<u32>(node, LEFT) >>> 1) * NODE_BYTES;
      const right = nodes + <usize>(load<u32>(node, RIGHT) >>> 1) * NODE_BYTES;
      if (isConstant(left) || isConstant(right)) made = preferred;
      else made ^= madeMinus(left) ^ madeMinus(right);
    } else if (kind == KIND_SUM) {
      const first = load<u32>(node, LEFT);
      const second = load<u32>(node, RIGHT);
      const left = nodes + <usize>(first >>> 1) * NODE_BYTES;
      const right = nodes + <usize>(second >>> 1) * NODE_BYTES;
      const x = (first & 1) ^ madeMinus(left);
      const y = (second & 1) ^ madeMinus(right);
      if (isConstant(left) || isConstant(right) || x != y) made = preferred;
      else made ^= x;
    } else if (kind == KIND_RECIPROCAL) {
      made ^= madeMinus(nodes + <usize>(load<u32>(node, LEFT) >>> 1) * NODE_BYTES);
    } else if (kind == KIND_FUNCTION && info & INFO_ODD) {
      const signed = load<u32>(operands + ((<usize>load<u32>(node, LEFT)) << 2));
      made = madeMinus(nodes + <usize>(signed >>> 1) * NODE_BYTES);
    } else {
      made = 0;
    }
    if ((kind == KIND_PRODUCT || kind == KIND_SUM) && made != preferred) {
      const flips = flip(nodes, node, wanted, preferred);
      if (flips != 0) made = preferred;
      if (flips == MADE) negated++;
    }
    if (made) store<u32>(node, wanted | MADE_MINUS, WANTED);
    if (wanted & (made ? WANTED_PLUS : WANTED_MINUS)) negated++;
  }
  return negated;
}

/** What flip found: no negative to take, one that is there, one that has to be made. */
const NONE: u32 = 0;
const TAKEN: u32 = 1;
const MADE: u32 = 2;

/** Whether a node's negative is needed already. */
function isNegated(node: usize): bool {
  const wanted = load<u32>(node, WANTED);
  return (wanted & (wanted & MADE_MINUS ? WANTED_PLUS : WANTED_MINUS)) != 0;
}

/** Looks for an operand whose negative gives a product or sum its other sign. */
function flip(nodes: usize, node: usize, wanted: u32, preferred: u32): u32 {
  if (load<i32>(node, VOTES) == 0) return NONE;
  const left = nodes + <usize>(load<u32>(node, LEFT) >>> 1) * NODE_BYTES;
  const right = nodes + <usize>(load<u32>(node, RIGHT) >>> 1) * NODE_BYTES;
  if (isConstant(left) || isConstant(right)) return NONE;
  const isQuotient = (wanted & IS_QUOTIENT) != 0;
  const leftUnmade = isQuotient && (load<u32>(left, WANTED) & IS_DIVISOR) != 0;
  const rightUnmade = isQuotient && !leftUnmade;
  if (!leftUnmade && isNegated(left)) return TAKEN;
  if (!rightUnmade && isNegated(right)) return TAKEN;
  const both = WANTED_PLUS | WANTED_MINUS;
  if ((wanted & both) != (preferred ? WANTED_MINUS : WANTED_PLUS)) return NONE;
  const operand = rightUnmade || (!leftUnmade && isLessUsed(right, left)) ? left : right;
  const own = load<u32>(operand, WANTED);
  store<u32>(operand, own | (own & MADE_MINUS ? WANTED_PLUS : WANTED_MINUS), WANTED);
  return MADE;
}
