/**
 * Safe reductions: vertices that some optimal order eliminates first, under `pairs`. They are taken
 * out to a fixpoint before a search (and inside it), each with a proof below.
 *
 * Write P_E(u), S_E(u) for the neighbours of u after a set E has been eliminated: w is in S_E(u)
 * where a path u → w has all its inner vertices in E. So with v ∉ E eliminated too, P_{E∪v}(u) is
 * P_E(u) where v is not in it, else P_E(u) without v and with P_E(v); S likewise. C is the set of all
 * vertices to be eliminated; κ_in(v) is the number of disjoint paths from the ends to v that pass
 * through C, so |P_E(v)| ≥ κ_in(v) for every E ⊂ C by Menger's theorem, and |S_E(v)| ≥ κ_out(v).
 *
 * Rule 0. P(v) or S(v) is empty: price 0 now, and edges only go away.
 *
 * From here on v is *tight*: κ_in(v) = |P(v)| and κ_out(v) = |S(v)|, so no order eliminates it for
 * less than its price now. Take any order, move v to its front, and look at the others:
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
 * S_E(u): it counts as lacking, so the first condition is asked without it, the mirror image with it.
 */
import { DisjointPaths } from './disjoint-paths.ts';
import { copyOf, eliminate, type Instance, priceOf, type Rows } from './instance.ts';
import { allOf, at, bitsOf, dropBit, hasBit, lowestBit, popcount, sizeOf } from './words.ts';

/** What the rules say of a vertex. */
export type Judgement = 'safe' | 'waiting' | 'unsafe';

/** Decides which vertices may go first; a workspace for instances of one width. */
export class SafeReductions {
  readonly #words: number;
  readonly #paths: DisjointPaths;
  readonly #through: Int32Array;

  constructor(words: number) {
    this.#words = words;
    this.#paths = new DisjointPaths(words);
    this.#through = new Int32Array(words);
  }

  /**
   * Whether v may go first. `waiting`: it fits a rule but for Menger numbers, which may change
   * wherever in its component something changes; `unsafe`: it fits none, and that stays so until its
   * row, or a row of a neighbour, or whether a neighbour is inside, changes.
   * @param inside the set of vertices that are to be eliminated, as a row; all others are ends. v is
   * in it.
   */
  judge(rows: Rows, v: number, inside: Int32Array): Judgement {
    const { predecessors, successors, ownEnd } = rows;
    const words = this.#words;
    const row = v * words;
    const stays = at(ownEnd, v);
    const before = sizeOf(predecessors, row, words);
    const after = sizeOf(successors, row, words);
    if (before === 0 || after === stays) return 'safe';
    if (this.#fitsB(predecessors, successors, stays, v, inside)) {
      return this.#isTight(predecessors, successors, v, inside) ? 'safe' : 'waiting';
    }
    if (stays === 1) return 'unsafe';
    const s = after === 1 ? this.#onlyNeighbour(successors, predecessors, v, inside) : -1;
    const p = before === 1 ? this.#onlyNeighbour(predecessors, successors, v, inside) : -1;
    const forward = s >= 0 && at(ownEnd, s) === 0;
    if (!forward && p < 0) return 'unsafe';
    if (!this.#isTight(predecessors, successors, v, inside)) return 'waiting';
    return (forward && before <= this.#menger(successors, s, inside)) ||
      (p >= 0 && after <= this.#menger(predecessors, p, inside))
      ? 'safe'
      : 'waiting';
  }

  /** κ_in(v) = |P(v)| and κ_out(v) = |S(v)|. */
  #isTight(
    predecessors: Int32Array,
    successors: Int32Array,
    v: number,
    inside: Int32Array,
  ): boolean {
    const words = this.#words;
    return (
      this.#menger(predecessors, v, inside) === sizeOf(predecessors, v * words, words) &&
      this.#menger(successors, v, inside) === sizeOf(successors, v * words, words)
    );
  }

  #menger(rows: Int32Array, v: number, inside: Int32Array): number {
    this.#through.set(inside);
    dropBit(this.#through, 0, v);
    return this.#paths.count(rows, v, this.#through);
  }

  /** The only neighbour of v on one side, where it is inside and v is its only one on the other. */
  #onlyNeighbour(side: Int32Array, other: Int32Array, v: number, inside: Int32Array): number {
    const words = this.#words;
    for (let word = 0; word < words; word += 1) {
      const found = at(side, v * words + word);
      if (found === 0) continue;
      const u = word * 32 + lowestBit(found);
      return hasBit(inside, 0, u) && sizeOf(other, u * words, words) === 1 ? u : -1;
    }
    return -1;
  }

  #fitsB(
    predecessors: Int32Array,
    successors: Int32Array,
    stays: number,
    v: number,
    inside: Int32Array,
  ): boolean {
    const lackOfSuccessors = this.#mostLacking(successors, predecessors, v, inside);
    if (lackOfSuccessors > 1) return false;
    const lackOfPredecessors = this.#mostLacking(predecessors, successors, v, inside);
    // An end of its own is in S(v) and in no S(p), so it lacks everywhere.
    if (lackOfSuccessors === 0) return lackOfPredecessors <= 1;
    return lackOfPredecessors <= stays;
  }

  /** Over the neighbours u of v on one side: the most that u lacks of v's other side, capped at 2. */
  #mostLacking(side: Int32Array, other: Int32Array, v: number, inside: Int32Array): number {
    const words = this.#words;
    const row = v * words;
    let most = 0;
    for (let word = 0; word < words; word += 1) {
      const neighbours = at(side, row + word) & at(inside, word);
      for (let rest = neighbours; rest !== 0; rest &= rest - 1) {
        const u = (word * 32 + lowestBit(rest)) * words;
        let lacking = 0;
        for (let w = 0; w < words; w += 1) {
          lacking += popcount(at(other, row + w) & ~at(other, u + w));
        }
        if (lacking > 1) return 2;
        if (lacking > most) most = lacking;
      }
    }
    return most;
  }
}

/** What is left after safe reductions. */
export interface Reduction {
  /** In the order of their elimination, as vertices of the instance. */
  readonly eliminated: readonly number[];
  /** What they cost. */
  readonly cost: number;
  /** The instance after them; the eliminated vertices' rows are empty. */
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
  const { size, words } = instance;
  const rules = new SafeReductions(words);
  const inside = allOf(size, words);
  const eliminated: number[] = [];
  let cost = 0;
  const pass = (goes: (vertex: number) => boolean): boolean => {
    const before = eliminated.length;
    for (let vertex = 0; vertex < size; vertex += 1) {
      if (!hasBit(inside, 0, vertex) || !goes(vertex)) continue;
      cost += eliminate(instance, vertex, inside);
      dropBit(inside, 0, vertex);
      eliminated.push(vertex);
    }
    return eliminated.length > before;
  };
  // Rule 0 first and whatever the time, so that what is left costs at least 1 a vertex.
  while (pass((vertex) => priceOf(instance, vertex) === 0));
  while (pass((vertex) => !shouldStop() && rules.judge(instance, vertex, inside) === 'safe'));
  return { eliminated, cost, instance, left: bitsOf(inside, 0, words) };
}
