/**
 * Safe reductions: vertices that some optimal order eliminates first. They are taken out to a
 * fixpoint before a search (and inside it), each with a proof below.
 *
 * Write P_E(u), S_E(u) for the neighbours of u after a set E has been eliminated: w is in S_E(u)
 * where a path u → w has all its inner vertices in E. So with v ∉ E eliminated too, P_{E∪v}(u) is
 * P_E(u) where v is not in it, else P_E(u) without v and with P_E(v); S likewise. C is the set of all
 * vertices to be eliminated; by Menger's theorem |P_E(v)| ≥ κ_in(v) for every E ⊂ C, the number of
 * disjoint paths from the ends to v that pass through C, and |S_E(v)| ≥ κ_out(v).
 *
 * Rule 0. P(v) or S(v) is empty: price 0 now, and edges only go away.
 *
 * From here on v is *tight*: its price now is its least price (least-price.ts), so no order
 * eliminates it for less. Take any order, move v to its front, and look at the others:
 *
 * Rule A. S(v) = {s}, P(s) = {v}, |P(v)| ≤ κ_out(s), none of the two stays as an end. Until the later
 * of v, s goes, the rest of the graph sees one vertex with predecessors P(v) and successors S(s),
 * whichever is left; so an order costs what it costs with the two merged at the later one's turn, and
 * the price of the earlier: |P_E(v)| · 1 ≥ κ_in(v) = |P(v)| or 1 · |S_E(s)| ≥ κ_out(s) ≥ |P(v)|. To
 * take v first costs |P(v)|, the least of these. Mirror image: P(v) = {p}, S(p) = {v},
 * |S(v)| ≤ κ_in(p).
 *
 * Rule B. Every vertex p of P(v) ∩ C has S(p) ⊃ S(v), and every s of S(v) ∩ C lacks at most one vertex
 * of P(v) in P(s). Then for every E without v and every u ∉ E, u ≠ v: if v ∈ S_E(u), the path enters v
 * from some p ∈ P(v) ∩ C (p = u or p ∈ E), p precedes all of S(v), so u reaches all of S_E(v) without
 * v: |S_{E∪v}(u)| = |S_E(u)| − 1. If v ∈ P_E(u), the path leaves v to some s ∈ S(v) ∩ C (s = u or
 * s ∈ E). A vertex of P_E(v) that reaches v through some p ∈ E, or is itself in C, reaches s without v
 * by the first condition; the others are ends in P(v), and at most one of them is not in P(s). So
 * |P_{E∪v}(u)| ≤ |P_E(u)| − 1 + 1. Nobody pays more. Mirror image: every s has P(s) ⊃ P(v), every p
 * lacks at most one of S(v). Where v stays as an end of its own, that end takes v's place in the
 * S_E(u), by an edge of the same class: it counts for what p may lack, and for no more.
 *
 * Edges of classes (classes.ts; prices never fall when classes rise):
 *
 * Rule A asks for more. Let c be the class of v → s. With c = 0 merging changes no class and v costs
 * nothing: safe. With c > 0 all in-edges of v have to be of class c at least, so that v → s adds
 * nothing to them; s first would raise the classes behind it. The price of v now has to be at most the
 * least price of s with one in-edge of class c: m, or m₂ if c = 1, with numbers of disjoint paths.
 *
 * Rule B: p lacks w ∈ S(v) unless p → w is there with at least the classes of p → v and v → w, and
 * `doubled`; likewise s lacks q. Then eliminating v changes no class either: choose p* on a path of
 * the largest class from u to v, s* on one from v to w; u reaches w through p* → s* by at least that
 * class. What s lacks, some q, has to be an edge of at most the class d of v → s afterwards, at once:
 * class(q → v) ≤ d, and d ≥ `doubled` (else q → u and v → u, both ±1, would become one constant edge).
 * For s* on a path of the largest class D ≥ d from v to u, only the q of s* changes for u: it gets
 * class D at most if it was not there or less, and the edge v → u of class D goes.
 */
import { DisjointPaths } from './disjoint-paths.ts';
import { eliminate, priceOf } from './eliminate.ts';
import { copyOf, type Instance, type Rows } from './instance.ts';
import { leastPrice } from './least-price.ts';
import { allOf, at, bitsOf, dropBit, hasBit, lowestBit, popcount, sizeOf } from './words.ts';

/** What the rules say of a vertex. */
export type Judgement = 'safe' | 'waiting' | 'unsafe';

/** Decides which vertices may go first; a workspace for instances of one width. */
export class SafeReductions {
  readonly #paths: DisjointPaths;
  readonly #through: Int32Array;

  constructor(words: number, layers: number) {
    this.#paths = new DisjointPaths(words, layers);
    this.#through = new Int32Array(words);
  }

  /**
   * Whether v may go first. `waiting`: it fits a rule but for Menger numbers, which may change
   * wherever in its component something changes; `unsafe`: it fits none, and that stays so until its
   * row, or a row of a neighbour, or whether a neighbour is inside, changes.
   * @param inside the set of vertices that are to be eliminated; all others are ends. v is in it.
   */
  judge(rows: Rows, v: number, inside: Int32Array): Judgement {
    const { words, layers, predecessors, successors, ownEnd } = rows;
    const row = v * layers * words;
    const stays = at(ownEnd, v);
    const before = sizeOf(predecessors, row, words);
    const after = sizeOf(successors, row, words);
    if (before === 0 || after === stays) return 'safe';
    if (fitsB(rows, v, inside)) return this.#isTight(rows, v, inside) ? 'safe' : 'waiting';
    if (stays === 1) return 'unsafe';
    const s = after === 1 ? partner(rows, v, successors, predecessors, inside) : -1;
    const p = before === 1 ? partner(rows, v, predecessors, successors, inside) : -1;
    if (s < 0 && p < 0) return 'unsafe';
    if (!this.#isTight(rows, v, inside)) return 'waiting';
    const price = priceOf(rows, v);
    return (s >= 0 && price <= this.#leastOfPartner(rows, v, s, successors, inside)) ||
      (p >= 0 && price <= this.#leastOfPartner(rows, v, p, predecessors, inside))
      ? 'safe'
      : 'waiting';
  }

  #isTight(rows: Rows, v: number, inside: Int32Array): boolean {
    this.#through.set(inside);
    dropBit(this.#through, 0, v);
    return priceOf(rows, v) === leastPrice(this.#paths, rows, v, this.#through);
  }

  /** Least price of u, the only neighbour of v on a side, as long as v is its only one. */
  #leastOfPartner(rows: Rows, v: number, u: number, side: Int32Array, inside: Int32Array): number {
    const edgeClass = classOf(rows, side, v, u);
    this.#through.set(inside);
    dropBit(this.#through, 0, u);
    if (rows.layers === 1) return this.#paths.count(side, u, this.#through);
    if (edgeClass === 0) return 0;
    return this.#paths.count(side, u, this.#through, edgeClass === 2 ? 1 : 2);
  }
}

/** Class of the edge between v and its neighbour u on a side; 0 where there are no classes. */
function classOf({ words, layers }: Rows, side: Int32Array, v: number, u: number): number {
  if (layers === 1) return 0;
  const row = v * layers * words;
  if (hasBit(side, row + 2 * words, u)) return 2;
  return hasBit(side, row + words, u) ? 1 : 0;
}

/** The only neighbour of v on a side, where rule A may merge the two; else −1. */
function partner(
  rows: Rows,
  v: number,
  side: Int32Array,
  other: Int32Array,
  inside: Int32Array,
): number {
  const { words, layers, ownEnd } = rows;
  const row = v * layers * words;
  for (let word = 0; word < words; word += 1) {
    const found = at(side, row + word);
    if (found === 0) continue;
    const u = word * 32 + lowestBit(found);
    if (!hasBit(inside, 0, u) || at(ownEnd, u) === 1) return -1;
    if (sizeOf(other, u * layers * words, words) !== 1) return -1;
    const layer = classOf(rows, side, v, u);
    return sizeOf(other, row + layer * words, words) === sizeOf(other, row, words) ? u : -1;
  }
  return -1;
}

/** Rule B, but for tightness. */
function fitsB(rows: Rows, v: number, inside: Int32Array): boolean {
  const { predecessors, successors, ownEnd } = rows;
  const stays = at(ownEnd, v);
  const lackOfSuccessors = mostLacking(rows, successors, predecessors, v, inside, 0);
  if (lackOfSuccessors > 1) return false;
  const lackOfPredecessors = mostLacking(rows, predecessors, successors, v, inside, stays);
  return lackOfPredecessors === 0 || (lackOfPredecessors + lackOfSuccessors === 1 && stays === 0);
}

/**
 * Over the neighbours u of v inside on a side: how much u lacks of v's other side, 0, 1 or 2 for more
 * and for what may not be lacking.
 * @param excused so many are not counted: v's own end, which all lack
 */
function mostLacking(
  rows: Rows,
  side: Int32Array,
  other: Int32Array,
  v: number,
  inside: Int32Array,
  excused: number,
): number {
  const { words, layers } = rows;
  const row = v * layers * words;
  let most = 0;
  for (let word = 0; word < words; word += 1) {
    const neighbours = at(side, row + word) & at(inside, word);
    for (let rest = neighbours; rest !== 0; rest &= rest - 1) {
      const u = word * 32 + lowestBit(rest);
      const lacking =
        layers === 1 ? lackingBits(words, other, row, u * words) : lackOf(rows, side, other, v, u);
      if (lacking - excused > most) most = lacking - excused;
      if (most > 1) return 2;
    }
  }
  return most;
}

function lackingBits(words: number, other: Int32Array, row: number, theirs: number): number {
  let lacking = 0;
  for (let w = 0; w < words; w += 1) {
    lacking += popcount(at(other, row + w) & ~at(other, theirs + w));
  }
  return lacking;
}

/** The same with classes; 2 where one is lacking that may not. */
function lackOf(rows: Rows, side: Int32Array, other: Int32Array, v: number, u: number): number {
  const { words, layers, doubled, ownEnd } = rows;
  const edgeClass = classOf(rows, side, v, u);
  const row = v * layers * words;
  const theirs = u * layers * words;
  // What the edges have to be: of class 0, 1 and 2 at least.
  const heavyFrom = edgeClass >= 1 || doubled === 1 ? row : row + words;
  const variableFrom = edgeClass === 2 ? row : row + 2 * words;
  let lacking = 0;
  let tooMuch = 0;
  for (let w = 0; w < words; w += 1) {
    const here =
      (at(other, row + w) & ~at(other, theirs + w)) |
      (at(other, heavyFrom + w) & ~at(other, theirs + words + w)) |
      (at(other, variableFrom + w) & ~at(other, theirs + 2 * words + w));
    lacking += popcount(here);
    if (edgeClass < 2) tooMuch |= here & at(other, row + (edgeClass + 1) * words + w);
  }
  if (lacking !== 1) return lacking;
  // An end of v's own takes v's place as it is; nothing else may be lacking beside it.
  const ownEndLacks = at(ownEnd, v) === 1 && other === rows.successors;
  return ownEndLacks || (tooMuch === 0 && edgeClass >= doubled) ? 1 : 2;
}

/** What is left after safe reductions. */
export interface Reduction {
  /** In the order of their elimination, as vertices of the instance. */
  readonly eliminated: readonly number[];
  /** What they cost. */
  readonly cost: number;
  /** The instance after them, its rows up to date for the vertices that are left. */
  readonly instance: Instance;
  /** The vertices that are left, ascending. */
  readonly left: readonly number[];
}

/**
 * Applies the rules to a whole instance until none applies; O(size² · flow).
 * @param shouldStop asked at every vertex; where it says so, what has been found so far is enough
 */
export function reduce(original: Instance, shouldStop: () => boolean = () => false): Reduction {
  const instance = copyOf(original);
  const { size, words, layers } = instance;
  const rules = new SafeReductions(words, layers);
  const inside = allOf(size, words);
  const eliminated: number[] = [];
  let cost = 0;
  for (let before = -1; before < eliminated.length;) {
    before = eliminated.length;
    for (let vertex = 0; vertex < size; vertex += 1) {
      if (!hasBit(inside, 0, vertex) || shouldStop()) continue;
      if (rules.judge(instance, vertex, inside) !== 'safe') continue;
      cost += eliminate(instance, vertex, inside);
      dropBit(inside, 0, vertex);
      eliminated.push(vertex);
    }
  }
  return { eliminated, cost, instance, left: bitsOf(inside, 0, words) };
}
