/**
 * What a vertex v of a tensor graph costs at least, whichever of some other vertices have gone before
 * it.
 *
 * When v is eliminated, it pays Σ over in-edges u → v and out-edges v → w of the price of the product,
 * which is at least c(u, w), the least price over all states that the two edges can have
 * (reachable-states.ts). Which neighbours it has then depends on what has gone; but
 *
 * (1) its current in-neighbours cut it off: every path from an input, or from a vertex that is known to
 *     be there still, to v has one of them. For take the last vertex of the path before v that is still
 *     there. All between it and v have gone, and an edge over a path is made when the last vertex of
 *     it goes and stays, so there is an edge from it to v. (A vertex whose elimination may leave no
 *     edge is on no such path: paths end in it only where it is known to be there.) Out-neighbours
 *     likewise; an output that others use stays behind as an end when it goes, so there is an end of
 *     its own behind it.
 * (2) Where c(u, w) ≥ Σ_k f_k(u)·g_k(w) with f, g ≥ 0, a price Σ c(u, w) over in-neighbours u and
 *     out-neighbours w is at least Σ_k (Σ_u f_k(u))·(Σ_w g_k(w)) ≥ Σ_k F_k·G_k, where F_k and G_k are
 *     the least weights of cuts under f_k and g_k (weighted-cut.ts).
 *
 * (3) An in-neighbour u has the state of the graph's edge where nothing has been added to it, else one of
 *     R'(u, v). In the first case no path u → … → v but the edge itself has u for its last vertex that is
 *     still there, because the last vertex of it to go would have added something. So u stands for two:
 *     the edge (row 2u of c, in cuts the edge of v) and the vertex (row 2u + 1), and a flow may send
 *     through u what f gives the vertex, of it over the edge what f gives the edge. Of u's two kinds of
 *     flow that end at u then count only those over the edge in the first case, and all in the second:
 *     no more than the weight of the row that u really has. Out-neighbours likewise.
 *
 * (4) All this holds for the paths alone that reach v by some of its edges, L. Where such a path u → … →
 *     m → v has lost all its inner vertices, the last of them to go, x, has added a product of x → v after
 *     u → x, and x → v had a state of R(m, v) where x was m, else one that such a path had led to already.
 *     So after it u → v has a state of
 *
 *         H(u) = sums that begin with a state of R(u, v) and one of T(u) added, or with one of T(u) where
 *                the graph has no edge u → v, and have any of Q(u, v) added any number of times
 *         T(u) = all products of R(m, v) after R(u, m) for m in L, and of H(x) after R(u, x) for others
 *
 *     With L the edges that are never free, other paths do not let u off as light.
 *
 * Vertices that are known to have gone are in no cut; those known to be there may be in one and end
 * paths. f and g are found greedily: g the least of each column, f what it leaves room for, and so on
 * with the rest, or by rows; the larger of the two sums counts. Prices are whole, so it is rounded up.
 * All numbers are whole multiples of powers of ½, without rounding.
 */
import type { CostedGraph } from '../../../cost/types.ts';
import { eliminableVertices } from '../../../order/orders.ts';
import type { ReachableStates } from './reachable-states.ts';
import { emptySet, type StateSet } from './state-sets.ts';
import { WeightedCut } from './weighted-cut.ts';

/** What is known of a vertex when another is eliminated. */
export const standing = {
  /** It may have gone or not. */
  open: 0,
  /** It has gone. */
  gone: 1,
  /** It is there. */
  there: 2,
} as const;

/** Terms of the sum f·g that are tried. */
const terms = 3;
/** f is a whole multiple of one over this. */
const fineness = 16;

/** Vertices on one side of v; local number 0 is v. */
interface Side {
  readonly cut: WeightedCut;
  /** Vertex of a local number. */
  readonly vertices: Int32Array;
  /** 1 for a local vertex that always ends paths: an input, an output, an output's own end. */
  readonly always: Uint8Array;
  /** 1 for an end that stays whatever becomes of its vertex. */
  readonly stays: Uint8Array;
  /** Two by local vertex: the set of states of the edge, and of what it becomes; 0 for none. */
  readonly states: Int32Array;
  /** Two by local vertex, as cuts take them. */
  readonly weights: Float64Array;
  readonly ends: Uint8Array;
}

interface Around {
  readonly before: Side;
  readonly after: Side;
  /** c, two rows for each local vertex before, two columns for each after. */
  readonly prices: Float64Array;
  readonly rest: Float64Array;
}

/** Bounds prices of one graph. */
export class TensorPrices {
  readonly #costed: CostedGraph;
  readonly #reachable: ReachableStates;
  readonly #eliminable: ReadonlySet<number>;
  readonly #predecessors: readonly (readonly number[])[];
  readonly #successors: readonly (readonly number[])[];
  readonly #around = new Map<number, readonly Around[]>();

  constructor(costed: CostedGraph, reachable: ReachableStates) {
    this.#costed = costed;
    this.#reachable = reachable;
    this.#eliminable = new Set<number>(eliminableVertices(costed.graph));
    const rows = costed.graph.vertices.map((): number[] => []);
    const columns = costed.graph.vertices.map((): number[] => []);
    for (const { from, to } of costed.graph.edges) {
      rows[to]?.push(from);
      columns[from]?.push(to);
    }
    this.#predecessors = rows;
    this.#successors = columns;
  }

  /** Vertices whose standing has an influence on the price of v. */
  concerned(v: number): ReadonlySet<number> {
    return new Set(
      this.#aroundOf(v).flatMap(({ before, after }) => [...before.vertices, ...after.vertices]),
    );
  }

  /**
   * The least price of v.
   * @param known the standing of each vertex of the graph; that of v and of vertices that are never
   * eliminated does not matter
   */
  least(v: number, known: Uint8Array): number {
    let most = 0;
    for (const { before, after, prices, rest } of this.#aroundOf(v)) {
      open(before, known);
      open(after, known);
      for (const byRows of [false, true]) {
        rest.set(prices);
        most = Math.max(most, decompose(rest, before, after, byRows));
      }
    }
    return Math.ceil(most);
  }

  /** By all edges of v, and by those that are never free where there are others. */
  #aroundOf(v: number): readonly Around[] {
    const known = this.#around.get(v);
    if (known !== undefined) return known;
    const into = this.#predecessors[v] ?? [];
    const out = this.#successors[v] ?? [];
    const { edges, vertices, sets } = this.#reachable;
    const costs = (u: number, w: number): boolean =>
      sets.leastPrice(edges[v * vertices + w] ?? emptySet, edges[u * vertices + v] ?? emptySet) > 0;
    const heavyInto = into.filter((u) => out.some((w) => costs(u, w)));
    const heavyOut = out.filter((w) => into.some((u) => costs(u, w)));
    const around = [this.#aroundBy(v, into, out)];
    if (heavyInto.length < into.length || heavyOut.length < out.length) {
      around.push(this.#aroundBy(v, heavyInto, heavyOut));
    }
    const useful = around.filter(({ prices }) => prices.some((price) => price > 0));
    this.#around.set(v, useful);
    return useful;
  }

  #aroundBy(v: number, into: readonly number[], out: readonly number[]): Around {
    const before = this.#side(v, into, this.#predecessors, false);
    const after = this.#side(v, out, this.#successors, true);
    const { sets } = this.#reachable;
    const width = after.states.length;
    const prices = new Float64Array(before.states.length * width);
    before.states.forEach((incoming, row) => {
      if (incoming === emptySet) return;
      after.states.forEach((outgoing, column) => {
        if (outgoing === emptySet) return;
        prices[row * width + column] = sets.leastPrice(outgoing, incoming);
      });
    });
    return { before, after, prices, rest: prices.slice() };
  }

  /**
   * What edges between v and some vertices become where a path by `first` has lost its inner vertices:
   * H of the head of this file.
   */
  #heavy(
    v: number,
    first: readonly number[],
    found: readonly number[],
    isAfter: boolean,
  ): Map<number, StateSet> {
    const { sets, edges, changed, given, terms, vertices: count, places } = this.#reachable;
    const pair = (u: number, w: number): number => (isAfter ? w * count + u : u * count + w);
    const product = (near: StateSet, far: StateSet): StateSet =>
      (isAfter ? sets.product(far, near) : sets.product(near, far)).set;
    const place = (vertex: number): number => places[vertex] ?? -1;
    const nearest = found
      .filter((vertex) => vertex !== v)
      .sort((a, b) => (isAfter ? place(a) - place(b) : place(b) - place(a)));
    const heavy = new Map<number, StateSet>();
    for (const u of nearest) {
      let added = emptySet;
      for (const m of first) {
        const far = edges[pair(u, m)] ?? emptySet;
        if (m !== u && this.#eliminable.has(m)) {
          added = sets.union(added, product(edges[pair(m, v)] ?? emptySet, far));
        }
      }
      for (const [x, near] of heavy) {
        if (!this.#eliminable.has(x)) continue;
        added = sets.union(added, product(near, edges[pair(u, x)] ?? emptySet));
      }
      const own = pair(u, v);
      const begun = sets.added(edges[own] ?? emptySet, added);
      const start = given[own] === emptySet ? sets.union(begun, added) : begun;
      let set = sets.sums(start, terms[own] ?? emptySet);
      if (first.includes(u)) set = sets.union(set, changed[own] ?? emptySet);
      heavy.set(u, set);
    }
    return heavy;
  }

  #side(
    v: number,
    first: readonly number[],
    rows: readonly (readonly number[])[],
    isAfter: boolean,
  ): Side {
    const { graph } = this.#costed;
    const numbers = new Map([[v, 0]]);
    const found = [v];
    // The list grows while it is walked along.
    for (const vertex of found) {
      if (vertex !== v && !this.#eliminable.has(vertex)) continue;
      for (const next of vertex === v ? first : (rows[vertex] ?? [])) {
        if (numbers.has(next)) continue;
        numbers.set(next, found.length);
        found.push(next);
      }
    }
    const next = found.map((vertex) => {
      const isPassed = vertex === v || this.#eliminable.has(vertex);
      if (!isPassed || (vertex !== v && this.#reachable.breaks[vertex] === true)) return [];
      return (vertex === v ? first : (rows[vertex] ?? [])).map((other) => numbers.get(other) ?? -1);
    });
    const always = found.map((vertex) => (this.#eliminable.has(vertex) ? 0 : 1));
    const stays = found.map(() => 0);
    const vertices = [...found];
    if (isAfter) {
      found.forEach((vertex, local) => {
        const isOwn = local > 0 && always[local] === 0;
        if (!isOwn || graph.vertices[vertex]?.kind !== 'output') return;
        // The end of its own is reached by way of the output, however easily it breaks paths.
        next[local] = [...(next[local] ?? []), vertices.length];
        vertices.push(vertex);
        next.push([]);
        always.push(1);
        stays.push(1);
      });
    }
    const size = vertices.length;
    const { edges, given, vertices: count } = this.#reachable;
    const heavy = this.#heavy(v, first, found, isAfter);
    const states = vertices.flatMap((vertex, local) => {
      if (local === 0) return [emptySet, emptySet];
      const pair = isAfter ? v * count + vertex : vertex * count + v;
      // An end of its own is met by way of the output, but its edge may be as it was.
      if (stays[local] === 1) {
        const isFirst = first.includes(vertex);
        return [emptySet, isFirst ? edges[pair] : heavy.get(vertex)];
      }
      return [first.includes(vertex) ? given[pair] : emptySet, heavy.get(vertex)];
    });
    return {
      cut: new WeightedCut({ size, next }),
      vertices: Int32Array.from(vertices),
      always: Uint8Array.from(always),
      stays: Uint8Array.from(stays),
      states: Int32Array.from(states, (set) => set ?? emptySet),
      weights: new Float64Array(2 * size),
      ends: new Uint8Array(size),
    };
  }
}

/** Weights are infinite for what has gone or is never met, else 0; ends are marked. */
function open({ vertices, always, stays, states, weights, ends }: Side, known: Uint8Array): void {
  for (let local = 1; local < vertices.length; local += 1) {
    const own = always[local] === 1 ? standing.there : known[vertices[local] ?? -1];
    ends[local] = own === standing.there ? 1 : 0;
    const isGone = own === standing.gone && stays[local] === 0;
    for (const row of [2 * local, 2 * local + 1]) {
      weights[row] = isGone || states[row] === emptySet ? Infinity : 0;
    }
  }
}

/** Σ F·G; `rest` is what is left of the prices. */
function decompose(rest: Float64Array, before: Side, after: Side, byRows: boolean): number {
  let sum = 0;
  for (let term = 0; term < terms; term += 1) {
    const [first, second] = byRows ? [before, after] : [after, before];
    if (!chooseLeast(rest, first, second, byRows)) break;
    chooseRoom(rest, first, second, byRows);
    const firstCut = first.cut.weight(first.weights, first.ends);
    if (firstCut === 0) break;
    const secondCut = second.cut.weight(second.weights, second.ends);
    sum += (firstCut * secondCut) / fineness;
    subtract(rest, before, after);
  }
  return sum;
}

/**
 * For each member of `first` the least that is left of its prices, over those of `second` with any
 * left; whether one is above 0.
 */
function chooseLeast(rest: Float64Array, first: Side, second: Side, byRows: boolean): boolean {
  const width = (byRows ? second : first).weights.length;
  const [along, across] = byRows ? [width, 1] : [1, width];
  const { weights } = first;
  const size = weights.length;
  const others = second.weights;
  // Members of `second` with nothing left have no part in the term.
  for (let other = 2; other < others.length; other += 1) {
    if (others[other] === Infinity) continue;
    others[other] = 0;
    for (let own = 2; own < size; own += 1) {
      if (weights[own] === Infinity || (rest[own * along + other * across] ?? 0) === 0) continue;
      others[other] = 1;
      break;
    }
  }
  let isAny = false;
  for (let own = 2; own < size; own += 1) {
    if (weights[own] === Infinity) continue;
    let least = Infinity;
    for (let other = 2; other < others.length; other += 1) {
      if (others[other] !== 1) continue;
      least = Math.min(least, rest[own * along + other * across] ?? 0);
    }
    if (least === Infinity) least = 0;
    weights[own] = least;
    if (least > 0) isAny = true;
  }
  return isAny;
}

/** The largest weights of `second` beside those of `first`. */
function chooseRoom(rest: Float64Array, first: Side, second: Side, byRows: boolean): void {
  const width = (byRows ? second : first).weights.length;
  const [along, across] = byRows ? [width, 1] : [1, width];
  const { weights } = first;
  const others = second.weights;
  for (let other = 2; other < others.length; other += 1) {
    if (others[other] !== 1) continue;
    let least = Infinity;
    for (let own = 2; own < weights.length; own += 1) {
      const weight = weights[own] ?? 0;
      if (weight === 0 || weight === Infinity) continue;
      const left = rest[own * along + other * across] ?? 0;
      least = Math.min(least, Math.floor((fineness * left) / weight));
    }
    others[other] = least;
  }
}

/** What the term has taken. */
function subtract(rest: Float64Array, before: Side, after: Side): void {
  const width = after.weights.length;
  for (let row = 2; row < before.weights.length; row += 1) {
    const own = before.weights[row] ?? 0;
    if (own === 0 || own === Infinity) continue;
    for (let column = 2; column < width; column += 1) {
      const other = after.weights[column] ?? 0;
      if (other === 0 || other === Infinity) continue;
      const cell = row * width + column;
      rest[cell] = (rest[cell] ?? 0) - (own * other) / fineness;
    }
  }
}
