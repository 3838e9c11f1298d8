/**
 * All values one operation away from live ones: products and sums of two, reciprocals of one; looked
 * up by residues, several for each key. A bitmap in front of the tables answers most look-ups: it is
 * indexed by the residue of the smaller prime alone, up to its sign, and knows the keys of live nodes
 * as well. It may say yes where the tables say no, never the other way round (Bloom 1970).
 */
import {
  addResidues,
  invertResidues,
  isCanonicalResidue,
  multiplyResidues,
  negateResidues,
  primes,
} from './residues.ts';
import { ResidueTable } from './residue-table.ts';
import { kinds, type ValueGraph } from './value-graph.ts';

const shift = 2 ** 26;
const [prime] = primes;
/** Definitions kept of one value. */
const mostAKey = 4;
/** Bits of the bitmap for each key in it. */
const bitsAKey = 16;

/** Index of a value in the bitmap before it is masked: its first residue up to the sign. */
export function filterIndex(residues: number): number {
  const high = Math.floor(residues / shift);
  return 2 * high > prime ? prime - high : high;
}

/** A table, made once for a list of nodes. */
export class PairTable {
  /** Packed operands, [entry]. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 2·kind + (1 where the value is the negative of what the operands give), [entry]. */
  readonly shape: Uint8Array;
  readonly #keys: Float64Array;
  /** The next entry of the same value, or −1. */
  readonly next: Int32Array;
  readonly #heads: ResidueTable;
  readonly #filter: Int32Array;
  readonly #several: Int32Array;
  /** 1 for nodes that were paired and still mean the same, [node]. */
  readonly #paired: Uint8Array;
  readonly #mask: number;
  #size = 0;

  /** An empty table. */
  constructor(nodes: number, largestNode: number) {
    const entries = Math.ceil(1.5 * nodes * (nodes + 1)) + 2 * nodes + 1;
    this.left = new Int32Array(entries);
    this.right = new Int32Array(entries);
    this.shape = new Uint8Array(entries);
    this.#keys = new Float64Array(entries);
    this.next = new Int32Array(entries);
    this.#heads = new ResidueTable(entries);
    const bits = 2 ** Math.min(26, Math.max(12, Math.ceil(Math.log2(bitsAKey * entries))));
    this.#filter = new Int32Array(bits >> 5);
    this.#several = new Int32Array(bits >> 5);
    this.#paired = new Uint8Array(largestNode + 1);
    this.#mask = bits - 1;
  }

  /**
   * Fills a table.
   * @param nodes in the order in which a key's definitions are preferred; neither 0 nor constants' reciprocals
   * @param one the node of the number 1
   */
  static of(graph: ValueGraph, nodes: readonly number[], one: number): PairTable {
    const table = new PairTable(nodes.length, graph.size);
    for (const [index, node] of nodes.entries()) {
      table.#paired[node] = 1;
      const x = graph.key[node] ?? 0;
      const constant = graph.kind[node] === kinds.constant;
      if (!constant && graph.covered[node] === 1) {
        table.#add(invertResidues(x), 2 * node, 0, kinds.reciprocal);
      }
      for (let other = index; other < nodes.length; other += 1) {
        const second = nodes[other] ?? 0;
        if (constant && graph.kind[second] === kinds.constant) continue;
        const y = graph.key[second] ?? 0;
        if (node !== one && second !== one) {
          table.#add(multiplyResidues(x, y), 2 * node, 2 * second, kinds.product);
        }
        table.#add(addResidues(x, y), 2 * node, 2 * second, kinds.sum);
        if (node === second) continue;
        table.#add(addResidues(x, negateResidues(y)), 2 * node, 2 * second + 1, kinds.sum);
      }
    }
    return table;
  }

  /** Whether a value may be known, by `filterIndex`. */
  mayKnow(index: number): boolean {
    const bit = index & this.#mask;
    return ((this.#filter[bit >> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  /** Whether it may be known as a live node, or in more than one way. */
  mayKnowSeveral(index: number): boolean {
    const bit = index & this.#mask;
    return ((this.#several[bit >> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  /** Whether a node was paired with all others that were. */
  isPaired(node: number): boolean {
    return this.#paired[node] === 1;
  }

  /** Makes the bitmaps say yes to the value of a node that has just come to be. */
  admit(node: number, residues: number): void {
    if (node < this.#paired.length) this.#paired[node] = 0;
    this.#set(this.#filter, residues);
    this.#set(this.#several, residues);
  }

  /** Makes them say yes to values of live nodes. */
  admitLive(residues: number): void {
    this.#set(this.#filter, residues);
    this.#set(this.#several, residues);
  }

  #set(bitmap: Int32Array, residues: number): void {
    const bit = filterIndex(residues) & this.#mask;
    bitmap[bit >> 5] = (bitmap[bit >> 5] ?? 0) | (1 << (bit & 31));
  }

  /** The first entry of a value by its canonical residues; −1 where there is none. */
  head(key: number): number {
    const place = this.#heads.find(key);
    return place < 0 ? -1 : this.#heads.first(place);
  }

  /** Canonical residues of an entry. */
  key(entry: number): number {
    return this.#keys[entry] ?? 0;
  }

  #add(residues: number, left: number, right: number, kind: number): void {
    if (residues === 0) return;
    const negative = isCanonicalResidue(residues) ? 0 : 1;
    const key = negative === 0 ? residues : negateResidues(residues);
    const place = this.#heads.find(key);
    const count = place < 0 ? 0 : this.#heads.second(place);
    if (count > 0) this.#set(this.#several, key);
    if (count === mostAKey) return;
    const entry = this.#size;
    this.#size += 1;
    this.#keys[entry] = key;
    this.left[entry] = left;
    this.right[entry] = right;
    this.shape[entry] = 2 * kind + negative;
    if (place < 0) {
      this.next[entry] = -1;
      this.#heads.add(key, entry, 1);
      this.#set(this.#filter, key);
    } else {
      this.next[entry] = this.#heads.first(place);
      this.#heads.set(place, entry, count + 1);
    }
  }
}
