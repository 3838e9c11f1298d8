// The cost model `compiled`: vertex elimination over values that are interned by what they mean, in
// the field of compiled-field.ts. It does what src/compiled/interned-values.ts (product, sum, total)
// and src/compiled/eliminate.ts do, term by term in the same order; compiled-plan.ts counts.
//
// The host interns the function and its partials, whatever primitives they use, and loads the nodes.
// An elimination adds products and sums; they are found by key in a table of open addressing and
// taken out again afterwards, the latest first, which restores the table. Edges are records in two
// lists each, into their heads and out of their tails, in order of making. An evaluation starts from
// images of edges, terms and lists, which an annealer moves along its order.
//
// Work: Σ in·out products and look-ups, and the planning of all nodes. Where room ends the
// evaluation is begun again with twice as much.

import { addElements, isCanonical, multiplyElements, negateElement } from './compiled-field';
import {
  BASE_EDGES,
  BASE_NODES,
  BASE_TERMS,
  CAPACITY,
  EDGE_BYTES,
  EDGES,
  EDGES_IMAGE,
  EDGES_LOADED,
  EDGES_NOW,
  ENTRIES,
  FIRST,
  FIRST_IN,
  FIRST_OUT,
  FROM,
  GROWING_BLOCK,
  HEAD_BYTES,
  HEADER_BYTES,
  HEADS,
  HEADS_IMAGE,
  HEADS_LOADED,
  INFO,
  INFO_FIXED,
  INFO_NATURAL_MINUS,
  INFO_MINUS,
  IS_OUTPUT,
  KEY,
  KIND_BITS,
  KIND_CONSTANT,
  KIND_PRODUCT,
  KIND_SUM,
  LAST,
  LAST_IN,
  LAST_OUT,
  LEFT,
  LOADED_EDGES,
  LOADED_NODES,
  MARKS,
  MORE,
  NEXT_IN,
  NEXT_OUT,
  NODE_BYTES,
  NODES,
  NODES_NOW,
  OPERANDS,
  OUTPUT_COUNT,
  OUTPUTS,
  PREVIOUS_IN,
  PREVIOUS_OUT,
  RESULT_COUNT,
  RESULTS,
  RIGHT,
  SLOT,
  SUM,
  TABLE,
  TABLE_MASK,
  TERM_BYTES,
  TERMS,
  TERMS_IMAGE,
  TERMS_NOW,
  TO,
  VERTICES,
} from './compiled-layout';
import { planOperations } from './compiled-plan';
import { allocate, allocateZeroed, release } from './memory';

/** Signed nodes: 0 and 1. */
const ZERO: u32 = 0;
const ONE_NODE: u32 = 1;
const NOT_THERE: u32 = 0xffffffff;
/** As many terms of a sum are tried in pairs. */
const PAIRED_TERMS: u32 = 32;
const FIRST_ROOM: u32 = 512;

function nodeAt(values: usize, node: u32): usize {
  return <usize>load<u32>(values, NODES) + <usize>node * NODE_BYTES;
}

function elementOf(values: usize, signed: u32): u64 {
  const key = load<u64>(nodeAt(values, signed >>> 1), KEY);
  return signed & 1 ? negateElement(key) : key;
}

/** The signed node of an element, NOT_THERE where there is none. */
function find(values: usize, element: u64): u32 {
  const minus: u32 = isCanonical(element) ? 0 : 1;
  const key = minus ? negateElement(element) : element;
  const table: usize = load<u32>(values, TABLE);
  const mask = load<u32>(values, TABLE_MASK);
  const tag = <u32>(key >> 29);
  let slot = (<u32>key) & mask;
  let entry = load<u64>(table + ((<usize>slot) << 3));
  while (entry != 0) {
    if (<u32>(entry >> 32) == tag) {
      const node = <u32>entry - 1;
      if (load<u64>(nodeAt(values, node), KEY) == key) return (node << 1) | minus;
    }
    slot = (slot + 1) & mask;
    entry = load<u64>(table + ((<usize>slot) << 3));
  }
  return NOT_THERE;
}

/** Puts a node that is not there yet into the table. */
function enter(values: usize, node: u32): void {
  const at = nodeAt(values, node);
  const key = load<u64>(at, KEY);
  const table: usize = load<u32>(values, TABLE);
  const mask = load<u32>(values, TABLE_MASK);
  let slot = (<u32>key) & mask;
  while (load<u64>(table + ((<usize>slot) << 3)) != 0) slot = (slot + 1) & mask;
  store<u64>(table + ((<usize>slot) << 3), ((key >> 29) << 32) | (<u64>node + 1));
  store<u32>(at, slot, SLOT);
}

/** Takes out all nodes from `base` on. */
function forgetNodes(values: usize, base: u32): void {
  const table: usize = load<u32>(values, TABLE);
  for (let node = load<u32>(values, NODES_NOW); node > base; node--) {
    const slot: usize = load<u32>(nodeAt(values, node - 1), SLOT);
    store<u64>(table + (slot << 3), 0);
  }
  store<u32>(values, base, NODES_NOW);
}

/** A new node; `info` is its kind, and INFO_MINUS is changed where the element is not canonical. */
function append(values: usize, element: u64, left: u32, right: u32, info: u32): u32 {
  const node = load<u32>(values, NODES_NOW);
  const at = nodeAt(values, node);
  const minus: u32 = isCanonical(element) ? 0 : 1;
  store<u64>(at, minus ? negateElement(element) : element, KEY);
  store<u32>(at, left, LEFT);
  store<u32>(at, right, RIGHT);
  if (minus) info ^= INFO_MINUS | INFO_NATURAL_MINUS;
  store<u32>(at, info, INFO);
  store<u32>(values, node + 1, NODES_NOW);
  enter(values, node);
  return (node << 1) | minus;
}

function infoOf(values: usize, signed: u32): u32 {
  return load<u32>(nodeAt(values, signed >>> 1), INFO);
}

/** a·b */
function product(values: usize, a: u32, b: u32): u32 {
  const sign = (a ^ b) & 1;
  const x = a >>> 1;
  const y = b >>> 1;
  if (x == 0 || y == 0) return ZERO;
  if (x == ONE_NODE) return (y << 1) | sign;
  if (y == ONE_NODE) return (x << 1) | sign;
  const element = multiplyElements(elementOf(values, a), elementOf(values, b));
  const known = find(values, element);
  if (known != NOT_THERE) return known;
  const infoA = infoOf(values, a);
  const infoB = infoOf(values, b);
  const natural = ((infoA ^ infoB) & INFO_NATURAL_MINUS) ^ (sign ? INFO_NATURAL_MINUS : 0);
  if ((infoA & KIND_BITS) == KIND_CONSTANT && (infoB & KIND_BITS) == KIND_CONSTANT) {
    return append(values, element, 0, 0, KIND_CONSTANT | natural);
  }
  const info = KIND_PRODUCT | natural | (infoA & infoB & INFO_FIXED) | (sign ? INFO_MINUS : 0);
  return append(values, element, min(x, y) << 1, max(x, y) << 1, info);
}

/** a + b, which is not there yet. */
function sum(values: usize, a: u32, b: u32, element: u64): u32 {
  const infoA = infoOf(values, a);
  const infoB = infoOf(values, b);
  const x: u32 = ((infoA & INFO_NATURAL_MINUS) >>> 5) ^ (a & 1);
  const y: u32 = ((infoB & INFO_NATURAL_MINUS) >>> 5) ^ (b & 1);
  const natural: u32 = x ? INFO_NATURAL_MINUS : 0;
  if ((infoA & KIND_BITS) == KIND_CONSTANT && (infoB & KIND_BITS) == KIND_CONSTANT) {
    return append(values, element, 0, 0, KIND_CONSTANT | natural);
  }
  const info = KIND_SUM | natural | (x == y ? infoA & infoB & INFO_FIXED : 0);
  return append(values, element, a, b, info);
}

function termAt(sumAt: usize, k: u32): usize {
  return sumAt + ((<usize>k) << 4);
}

/** The sum of an edge's terms, which is its only term from then on. */
function worth(values: usize, edge: usize): u32 {
  return load<u32>(edge, MORE) == 0 ? load<u32>(edge, FIRST) : total(values, edge);
}

function total(values: usize, edge: usize): u32 {
  const sumAt: usize = load<u32>(values, SUM);
  const terms: usize = load<u32>(values, TERMS);
  let count: u32 = 1;
  let whole = elementOf(values, load<u32>(edge, FIRST));
  store<u32>(sumAt, load<u32>(edge, FIRST));
  store<u64>(sumAt, whole, 8);
  for (let term = load<u32>(edge, MORE); term != 0; count++) {
    const at = terms + <usize>term * TERM_BYTES;
    const signed = load<u32>(at);
    const element = elementOf(values, signed);
    whole = addElements(whole, element);
    store<u32>(termAt(sumAt, count), signed);
    store<u64>(termAt(sumAt, count), element, 8);
    term = load<u32>(at, 4);
  }
  let result = find(values, whole);
  if (result == NOT_THERE) {
    while (count > 1) count = mergePair(values, sumAt, count);
    result = count == 1 ? load<u32>(sumAt) : ZERO;
  }
  store<u32>(edge, result, FIRST);
  store<u32>(edge, 0, MORE);
  return result;
}

/** Adds the first pair whose sum is there, else the first two terms; returns how many are left. */
function mergePair(values: usize, sumAt: usize, count: u32): u32 {
  const tried = min(count, PAIRED_TERMS);
  for (let i: u32 = 0; i < tried; i++) {
    const element = load<u64>(termAt(sumAt, i), 8);
    for (let j = i + 1; j < tried; j++) {
      const both = addElements(element, load<u64>(termAt(sumAt, j), 8));
      const known = find(values, both);
      if (known == NOT_THERE) continue;
      removeTerm(sumAt, j, count);
      if (known >>> 1 == 0) {
        removeTerm(sumAt, i, count - 1);
        return count - 2;
      }
      store<u32>(termAt(sumAt, i), known);
      store<u64>(termAt(sumAt, i), both, 8);
      return count - 1;
    }
  }
  const both = addElements(load<u64>(sumAt, 8), load<u64>(sumAt, 24));
  const made = sum(values, load<u32>(sumAt), load<u32>(sumAt, 16), both);
  removeTerm(sumAt, 1, count);
  store<u32>(sumAt, made);
  store<u64>(sumAt, both, 8);
  return count - 1;
}

function removeTerm(sumAt: usize, k: u32, count: u32): void {
  memory.copy(termAt(sumAt, k), termAt(sumAt, k + 1), (<usize>(count - 1 - k)) << 4);
}

function headAt(values: usize, vertex: u32): usize {
  return <usize>load<u32>(values, HEADS) + <usize>vertex * HEAD_BYTES;
}

function edgeAt(values: usize, edge: u32): usize {
  return <usize>load<u32>(values, EDGES) + <usize>edge * EDGE_BYTES;
}

/** A new edge with one term, last in both of its lists. */
function appendEdge(values: usize, from: u32, to: u32, term: u32): u32 {
  const edge = load<u32>(values, EDGES_NOW);
  store<u32>(values, edge + 1, EDGES_NOW);
  const at = edgeAt(values, edge);
  const tail = headAt(values, from);
  const head = headAt(values, to);
  const lastOut = load<u32>(tail, LAST_OUT);
  const lastIn = load<u32>(head, LAST_IN);
  store<u32>(at, from, FROM);
  store<u32>(at, to, TO);
  store<u32>(at, 0, NEXT_IN);
  store<u32>(at, lastIn, PREVIOUS_IN);
  store<u32>(at, 0, NEXT_OUT);
  store<u32>(at, lastOut, PREVIOUS_OUT);
  store<u32>(at, term, FIRST);
  store<u32>(at, 0, MORE);
  if (lastOut == 0) store<u32>(tail, edge, FIRST_OUT);
  else store<u32>(edgeAt(values, lastOut), edge, NEXT_OUT);
  store<u32>(tail, edge, LAST_OUT);
  if (lastIn == 0) store<u32>(head, edge, FIRST_IN);
  else store<u32>(edgeAt(values, lastIn), edge, NEXT_IN);
  store<u32>(head, edge, LAST_IN);
  return edge;
}

function appendTerm(values: usize, edge: usize, signed: u32): void {
  const term = load<u32>(values, TERMS_NOW);
  store<u32>(values, term + 1, TERMS_NOW);
  const terms: usize = load<u32>(values, TERMS);
  const at = terms + <usize>term * TERM_BYTES;
  store<u32>(at, signed);
  store<u32>(at, 0, 4);
  if (load<u32>(edge, MORE) == 0) store<u32>(edge, term, MORE);
  else store<u32>(terms + <usize>load<u32>(edge, LAST) * TERM_BYTES, term, 4);
  store<u32>(edge, term, LAST);
}

function unlinkIn(values: usize, edge: usize): void {
  const next = load<u32>(edge, NEXT_IN);
  const previous = load<u32>(edge, PREVIOUS_IN);
  const head = headAt(values, load<u32>(edge, TO));
  if (previous == 0) store<u32>(head, next, FIRST_IN);
  else store<u32>(edgeAt(values, previous), next, NEXT_IN);
  if (next == 0) store<u32>(head, previous, LAST_IN);
  else store<u32>(edgeAt(values, next), previous, PREVIOUS_IN);
}

function unlinkOut(values: usize, edge: usize): void {
  const next = load<u32>(edge, NEXT_OUT);
  const previous = load<u32>(edge, PREVIOUS_OUT);
  const tail = headAt(values, load<u32>(edge, FROM));
  if (previous == 0) store<u32>(tail, next, FIRST_OUT);
  else store<u32>(edgeAt(values, previous), next, NEXT_OUT);
  if (next == 0) store<u32>(tail, previous, LAST_OUT);
  else store<u32>(edgeAt(values, next), previous, PREVIOUS_OUT);
}

/** Whether there is room for as many new nodes, edges and terms. */
function hasRoom(values: usize, wanted: u32): bool {
  const capacity = load<u32>(values, CAPACITY);
  return (
    load<u32>(values, NODES_NOW) + wanted <= capacity &&
    load<u32>(values, EDGES_NOW) + wanted <= capacity &&
    load<u32>(values, TERMS_NOW) + wanted <= capacity
  );
}

/** Eliminates a vertex; false where there is no room. */
function eliminateInterned(values: usize, vertex: u32): bool {
  const own = headAt(values, vertex);
  // A sum of k terms needs k − 1 nodes: as many as there are terms at most.
  if (!hasRoom(values, load<u32>(values, TERMS_NOW))) return false;
  let incoming: u32 = 0;
  for (let e = load<u32>(own, FIRST_IN); e != 0; e = load<u32>(edgeAt(values, e), NEXT_IN)) {
    worth(values, edgeAt(values, e));
    incoming++;
  }
  for (let e = load<u32>(own, FIRST_OUT); e != 0; e = load<u32>(edgeAt(values, e), NEXT_OUT)) {
    worth(values, edgeAt(values, e));
  }
  const marks: usize = load<u32>(values, MARKS);
  for (let e = load<u32>(own, FIRST_OUT); e != 0;) {
    if (!hasRoom(values, incoming)) return false;
    const outgoing = edgeAt(values, e);
    const to = load<u32>(outgoing, TO);
    const after = load<u32>(outgoing, FIRST);
    const head = headAt(values, to);
    for (let g = load<u32>(head, FIRST_IN); g != 0;) {
      const other = edgeAt(values, g);
      store<u32>(marks + ((<usize>load<u32>(other, FROM)) << 2), g);
      g = load<u32>(other, NEXT_IN);
    }
    for (let f = load<u32>(own, FIRST_IN); f != 0;) {
      const before = edgeAt(values, f);
      const made = product(values, after, load<u32>(before, FIRST));
      if (made >>> 1 != 0) {
        const from = load<u32>(before, FROM);
        const existing = load<u32>(marks + ((<usize>from) << 2));
        if (existing != 0) appendTerm(values, edgeAt(values, existing), made);
        else appendEdge(values, from, to, made);
      }
      f = load<u32>(before, NEXT_IN);
    }
    for (let g = load<u32>(head, FIRST_IN); g != 0;) {
      const other = edgeAt(values, g);
      store<u32>(marks + ((<usize>load<u32>(other, FROM)) << 2), 0);
      g = load<u32>(other, NEXT_IN);
    }
    unlinkIn(values, outgoing);
    e = load<u32>(outgoing, NEXT_OUT);
  }
  store<u32>(own, 0, FIRST_OUT);
  store<u32>(own, 0, LAST_OUT);
  if (load<u8>(<usize>load<u32>(values, IS_OUTPUT) + <usize>vertex)) return true;
  for (let f = load<u32>(own, FIRST_IN); f != 0;) {
    const before = edgeAt(values, f);
    unlinkOut(values, before);
    f = load<u32>(before, NEXT_IN);
  }
  store<u32>(own, 0, FIRST_IN);
  store<u32>(own, 0, LAST_IN);
  return true;
}

/** Sums of the Jacobian's entries, their nodes to ENTRIES; returns how many, or −1 without room. */
function sumEntries(values: usize): i32 {
  if (!hasRoom(values, load<u32>(values, TERMS_NOW))) return -1;
  const outputs: usize = load<u32>(values, OUTPUTS);
  const entries: usize = load<u32>(values, ENTRIES);
  let count: u32 = 0;
  for (let k: u32 = 0; k < load<u32>(values, OUTPUT_COUNT); k++) {
    const head = headAt(values, load<u32>(outputs + ((<usize>k) << 2)));
    for (let e = load<u32>(head, FIRST_IN); e != 0;) {
      const edge = edgeAt(values, e);
      store<u32>(entries + ((<usize>count) << 2), worth(values, edge));
      count++;
      e = load<u32>(edge, NEXT_IN);
    }
  }
  return count;
}

/** Edges, terms and lists as the image has them. */
function restore(values: usize): void {
  memory.copy(
    load<u32>(values, EDGES),
    load<u32>(values, EDGES_IMAGE),
    <usize>load<u32>(values, BASE_EDGES) * EDGE_BYTES,
  );
  memory.copy(
    load<u32>(values, TERMS),
    load<u32>(values, TERMS_IMAGE),
    <usize>load<u32>(values, BASE_TERMS) * TERM_BYTES,
  );
  memory.copy(
    load<u32>(values, HEADS),
    load<u32>(values, HEADS_IMAGE),
    <usize>load<u32>(values, VERTICES) * HEAD_BYTES,
  );
  store<u32>(values, load<u32>(values, BASE_EDGES), EDGES_NOW);
  store<u32>(values, load<u32>(values, BASE_TERMS), TERMS_NOW);
  store<u32>(values, load<u32>(values, BASE_NODES), NODES_NOW);
}

/**
 * Weighted operations of an order whose places before `from` the image has eliminated; −1 where there
 * is no room.
 */
export function evaluateFrom(values: usize, order: usize, from: u32, length: u32): f64 {
  restore(values);
  let weight: f64 = -1;
  let place = from;
  while (place < length && eliminateInterned(values, load<u32>(order + ((<usize>place) << 2)))) {
    place++;
  }
  if (place == length) {
    const entries = sumEntries(values);
    if (entries >= 0) weight = <f64>planOperations(values, entries);
  }
  forgetNodes(values, load<u32>(values, BASE_NODES));
  return weight;
}

/** Eliminates a vertex in the image; false where there is no room. */
export function advance(values: usize, vertex: u32): bool {
  restore(values);
  if (!eliminateInterned(values, vertex)) {
    forgetNodes(values, load<u32>(values, BASE_NODES));
    return false;
  }
  const edges = load<u32>(values, EDGES_NOW);
  const terms = load<u32>(values, TERMS_NOW);
  store<u32>(values, load<u32>(values, NODES_NOW), BASE_NODES);
  store<u32>(values, edges, BASE_EDGES);
  store<u32>(values, terms, BASE_TERMS);
  memory.copy(load<u32>(values, EDGES_IMAGE), load<u32>(values, EDGES), <usize>edges * EDGE_BYTES);
  memory.copy(load<u32>(values, TERMS_IMAGE), load<u32>(values, TERMS), <usize>terms * TERM_BYTES);
  memory.copy(
    load<u32>(values, HEADS_IMAGE),
    load<u32>(values, HEADS),
    <usize>load<u32>(values, VERTICES) * HEAD_BYTES,
  );
  return true;
}

/** The image is as loaded again. */
export function rewind(values: usize): void {
  store<u32>(values, load<u32>(values, BASE_NODES), NODES_NOW);
  forgetNodes(values, load<u32>(values, LOADED_NODES));
  store<u32>(values, load<u32>(values, LOADED_NODES), BASE_NODES);
  store<u32>(values, load<u32>(values, LOADED_EDGES), BASE_EDGES);
  store<u32>(values, 1, BASE_TERMS);
  memory.copy(
    load<u32>(values, EDGES_IMAGE),
    load<u32>(values, EDGES_LOADED),
    <usize>load<u32>(values, LOADED_EDGES) * EDGE_BYTES,
  );
  memory.copy(
    load<u32>(values, HEADS_IMAGE),
    load<u32>(values, HEADS_LOADED),
    <usize>load<u32>(values, VERTICES) * HEAD_BYTES,
  );
}

/** Room for `capacity` nodes, edges and terms, with those loaded in it; false where memory ends. */
function provideRoom(values: usize, capacity: u32): bool {
  let slots: u32 = 1024;
  while (slots < capacity << 1) slots <<= 1;
  const loaded = load<u32>(values, LOADED_NODES);
  const most: usize = capacity;
  const nodeBytes = most * NODE_BYTES;
  const edgeBytes = (most * EDGE_BYTES + 7) & ~7;
  const termBytes = most * TERM_BYTES;
  const block = allocate(
    ((<usize>slots) << 3) + nodeBytes + 2 * edgeBytes + 2 * termBytes + (most << 4) + (most << 3),
  );
  if (block == 0) return false;
  let next = block;
  const table = next;
  memory.fill(table, 0, (<usize>slots) << 3);
  next += (<usize>slots) << 3;
  const nodes = next;
  memory.copy(nodes, load<u32>(values, NODES), <usize>loaded * NODE_BYTES);
  next += nodeBytes;
  store<u32>(values, <u32>nodes, NODES);
  store<u32>(values, <u32>table, TABLE);
  store<u32>(values, slots - 1, TABLE_MASK);
  store<u32>(values, <u32>next, SUM);
  next += most << 4;
  store<u32>(values, <u32>next, EDGES);
  next += edgeBytes;
  store<u32>(values, <u32>next, EDGES_IMAGE);
  next += edgeBytes;
  store<u32>(values, <u32>next, TERMS);
  next += termBytes;
  store<u32>(values, <u32>next, TERMS_IMAGE);
  next += termBytes;
  store<u32>(values, <u32>next, ENTRIES);
  store<u32>(values, capacity, CAPACITY);
  release(load<u32>(values, GROWING_BLOCK));
  store<u32>(values, <u32>block, GROWING_BLOCK);
  for (let node: u32 = 0; node < loaded; node++) enter(values, node);
  store<u32>(values, loaded, BASE_NODES);
  rewind(values);
  return true;
}

/** Twice the room, the image as loaded; false where memory ends. */
export function grow(values: usize): bool {
  const capacity = load<u32>(values, CAPACITY);
  return capacity < 0x2000000 && provideRoom(values, capacity << 1);
}

/**
 * Loads an interned function; 0 where memory ends. Numbers are u32 one after the other: `nodes` as
 * (key u64, left, right, info, 0), `edges` as (from, to, signed node), `operands`, `outputs` as
 * positions, `results` as signed nodes.
 */
export function createInterned(
  vertices: u32,
  nodes: usize,
  nodeCount: u32,
  edges: usize,
  edgeCount: u32,
  operands: usize,
  operandCount: u32,
  outputs: usize,
  outputCount: u32,
  results: usize,
  resultCount: u32,
): usize {
  const n: usize = vertices;
  const loadedEdges = edgeCount + 1;
  const loadedBytes = (<usize>loadedEdges * EDGE_BYTES + 7) & ~7;
  const values = allocateZeroed(
    HEADER_BYTES +
      <usize>nodeCount * NODE_BYTES +
      loadedBytes +
      3 * n * HEAD_BYTES +
      (n << 2) +
      ((n + 3) & ~3) +
      ((<usize>operandCount + <usize>outputCount + <usize>resultCount) << 2),
  );
  if (values == 0) return 0;
  let next = values + HEADER_BYTES;
  const own = next;
  store<u32>(values, <u32>own, NODES);
  next += <usize>nodeCount * NODE_BYTES;
  store<u32>(values, <u32>next, EDGES_LOADED);
  next += loadedBytes;
  store<u32>(values, <u32>next, HEADS);
  next += n * HEAD_BYTES;
  store<u32>(values, <u32>next, HEADS_IMAGE);
  next += n * HEAD_BYTES;
  store<u32>(values, <u32>next, HEADS_LOADED);
  next += n * HEAD_BYTES;
  store<u32>(values, <u32>next, MARKS);
  next += n << 2;
  store<u32>(values, <u32>next, OPERANDS);
  memory.copy(next, operands, (<usize>operandCount) << 2);
  next += (<usize>operandCount) << 2;
  store<u32>(values, <u32>next, OUTPUTS);
  memory.copy(next, outputs, (<usize>outputCount) << 2);
  next += (<usize>outputCount) << 2;
  store<u32>(values, <u32>next, RESULTS);
  memory.copy(next, results, (<usize>resultCount) << 2);
  next += (<usize>resultCount) << 2;
  store<u32>(values, <u32>next, IS_OUTPUT);
  for (let k: usize = 0; k < <usize>outputCount; k++) {
    store<u8>(next + <usize>load<u32>(outputs + (k << 2)), 1);
  }
  store<u32>(values, vertices, VERTICES);
  store<u32>(values, outputCount, OUTPUT_COUNT);
  store<u32>(values, resultCount, RESULT_COUNT);
  store<u32>(values, nodeCount, LOADED_NODES);
  store<u32>(values, loadedEdges, LOADED_EDGES);
  for (let k: usize = 0; k < <usize>nodeCount; k++) {
    const from = nodes + k * 24;
    const at = own + k * NODE_BYTES;
    store<u64>(at, load<u64>(from), KEY);
    store<u32>(at, load<u32>(from, 8), LEFT);
    store<u32>(at, load<u32>(from, 12), RIGHT);
    store<u32>(at, load<u32>(from, 16), INFO);
  }
  // The edges are linked where evaluations have them, then kept as loaded.
  const loadedEdgesAt: usize = load<u32>(values, EDGES_LOADED);
  store<u32>(values, <u32>loadedEdgesAt, EDGES);
  store<u32>(values, 1, EDGES_NOW);
  for (let k: usize = 0; k < <usize>edgeCount; k++) {
    const edge = edges + k * 12;
    appendEdge(values, load<u32>(edge), load<u32>(edge, 4), load<u32>(edge, 8));
  }
  memory.copy(load<u32>(values, HEADS_LOADED), load<u32>(values, HEADS), n * HEAD_BYTES);
  const least = max(nodeCount, loadedEdges) + FIRST_ROOM;
  if (!provideRoom(values, least + (least >>> 1))) {
    release(values);
    return 0;
  }
  return values;
}

export function disposeInterned(values: usize): void {
  release(load<u32>(values, GROWING_BLOCK));
  release(values);
}

/**
 * Weighted operations of `number` orders of `length` positions (u32) at `orders`, to `results` (f64).
 * Returns how many it counted; fewer where memory ends.
 */
export function countInterned(
  values: usize,
  orders: usize,
  length: u32,
  number: u32,
  results: usize,
): u32 {
  for (let i: u32 = 0; i < number; i++) {
    const order = orders + ((<usize>i * <usize>length) << 2);
    let weight = evaluateFrom(values, order, 0, length);
    while (weight < 0) {
      if (!grow(values)) return i;
      weight = evaluateFrom(values, order, 0, length);
    }
    store<f64>(results + ((<usize>i) << 3), weight);
  }
  return number;
}
