/**
 * What the exact search works on: the vertices that have to be eliminated, 0 … size − 1, with rows
 * of predecessors and successors as sets. A row's bits below `size` are those vertices; the bits
 * from `size` on are ends, which are never eliminated: inputs in rows of predecessors, outputs in
 * rows of successors (so both kinds may use the same bits).
 *
 * An output v that others use is eliminated like an intermediate but stays as an end (its in-edges
 * are not taken away). It is modelled as an intermediate with one more successor, an end of its own
 * that nobody else has: while v is there, others see v, afterwards the end, so they pay the same; v
 * itself does not pay for the end, so its price is |P(v)|·(|S(v)| − 1). `ownEnd[v]` is 1 for these
 * vertices and 0 for the others.
 */
import type { Graph, Position } from '../../graph/types.ts';
import { eliminableVertices } from '../../order/orders.ts';
import { addBit, at, bitsOf, dropBit, hasBit, lowestBit, sizeOf, wordsFor } from './words.ts';

/** Neighbours of the vertices, `words` words a row. */
export interface Rows {
  /** Words in a row. */
  readonly words: number;
  /** `size` rows. */
  readonly predecessors: Int32Array;
  /** `size` rows. */
  readonly successors: Int32Array;
  /** 1 where the vertex stays as an end, else 0; see above. */
  readonly ownEnd: Int32Array;
}

/** A graph under elimination; see above. Eliminating changes the rows in place. */
export interface Instance extends Rows {
  /** Vertices that may be eliminated. */
  readonly size: number;
  /** Places in `Graph.vertices`, for each vertex. */
  readonly positions: readonly Position[];
}

/** The instance of a whole graph; O(V + E). */
export function instanceOf(graph: Graph): Instance {
  const positions = eliminableVertices(graph);
  const local = new Map<Position, number>(positions.map((place, index) => [place, index]));
  const size = positions.length;
  const sources = new Map<Position, number>();
  const sinks = new Map<Position, number>();
  const number = (map: Map<Position, number>, place: Position): number => {
    const known = map.get(place);
    if (known !== undefined) return known;
    map.set(place, size + map.size);
    return size + map.size - 1;
  };
  const ins: (readonly [vertex: number, bit: number])[] = [];
  const outs: (readonly [vertex: number, bit: number])[] = [];
  for (const { from, to } of graph.edges) {
    const source = local.get(from);
    const target = local.get(to);
    if (target !== undefined) ins.push([target, source ?? number(sources, from)]);
    if (source !== undefined) outs.push([source, target ?? number(sinks, to)]);
  }
  const ownEnd = new Int32Array(size);
  positions.forEach((place, vertex) => {
    if (graph.vertices[place]?.kind !== 'output') return;
    ownEnd[vertex] = 1;
    outs.push([vertex, number(sinks, place)]);
  });
  const words = wordsFor(size + Math.max(sources.size, sinks.size));
  const predecessors = new Int32Array(size * words);
  const successors = new Int32Array(size * words);
  for (const [vertex, bit] of ins) addBit(predecessors, vertex * words, bit);
  for (const [vertex, bit] of outs) addBit(successors, vertex * words, bit);
  return { size, words, predecessors, successors, ownEnd, positions };
}

/** A copy whose rows may be changed. */
export function copyOf(instance: Instance): Instance {
  return {
    ...instance,
    predecessors: instance.predecessors.slice(),
    successors: instance.successors.slice(),
  };
}

/** What eliminating a vertex costs now, under `pairs`. */
export function priceOf({ words, predecessors, successors, ownEnd }: Rows, vertex: number): number {
  const row = vertex * words;
  return sizeOf(predecessors, row, words) * (sizeOf(successors, row, words) - at(ownEnd, vertex));
}

/**
 * Eliminates a vertex in place and gives its price. Its own row stays as it is.
 * @param inside the vertices whose rows are kept up to date, as a row
 */
export function eliminate(rows: Rows, vertex: number, inside: Int32Array): number {
  const price = priceOf(rows, vertex);
  contract(rows.words, vertex, rows.predecessors, rows.successors, inside);
  contract(rows.words, vertex, rows.successors, rows.predecessors, inside);
  return price;
}

/** The neighbours of v on one side get its neighbours on the other side instead of v. */
function contract(
  words: number,
  v: number,
  side: Int32Array,
  other: Int32Array,
  inside: Int32Array,
): void {
  const row = v * words;
  for (let word = 0; word < words; word += 1) {
    const neighbours = at(side, row + word) & at(inside, word);
    for (let rest = neighbours; rest !== 0; rest &= rest - 1) {
      const target = (word * 32 + lowestBit(rest)) * words;
      for (let w = 0; w < words; w += 1) {
        other[target + w] = at(other, target + w) | at(other, row + w);
      }
      dropBit(other, target, v);
    }
  }
}

/**
 * The part of an instance that eliminating some of its vertices concerns: everything else that they
 * are joined to becomes an end. Ends that no row has left are dropped, so rows get shorter.
 * @param vertices which to keep, ascending
 */
export function restrict(instance: Instance, vertices: readonly number[]): Instance {
  const { words, predecessors, successors, ownEnd, positions } = instance;
  const size = vertices.length;
  const local = new Map(vertices.map((vertex, index) => [vertex, index]));
  const renumber = (rows: Int32Array): { readonly ends: number; readonly lists: number[][] } => {
    const ends = new Map<number, number>();
    const lists = vertices.map((vertex) =>
      bitsOf(rows, vertex * words, words).map((bit) => {
        const known = local.get(bit) ?? ends.get(bit);
        if (known !== undefined) return known;
        ends.set(bit, size + ends.size);
        return size + ends.size - 1;
      }),
    );
    return { ends: ends.size, lists };
  };
  const ins = renumber(predecessors);
  const outs = renumber(successors);
  const width = wordsFor(size + Math.max(ins.ends, outs.ends));
  const rowsOf = (lists: readonly number[][]): Int32Array => {
    const rows = new Int32Array(size * width);
    lists.forEach((bits, vertex) => {
      for (const bit of bits) addBit(rows, vertex * width, bit);
    });
    return rows;
  };
  return {
    size,
    words: width,
    predecessors: rowsOf(ins.lists),
    successors: rowsOf(outs.lists),
    ownEnd: Int32Array.from(vertices, (vertex) => at(ownEnd, vertex)),
    positions: vertices.map((vertex) => {
      const place = positions[vertex];
      if (place === undefined) throw new Error(`the instance has no vertex ${vertex}`);
      return place;
    }),
  };
}

/** The connected components of some vertices, each ascending. */
export function componentsOf(instance: Instance, vertices: readonly number[]): number[][] {
  const { size, words, predecessors, successors } = instance;
  const left = new Set(vertices);
  return vertices.flatMap((start) => {
    if (!left.delete(start)) return [];
    const found = [start];
    // The list grows while it is walked along.
    for (const vertex of found) {
      const row = vertex * words;
      for (let other = 0; other < size; other += 1) {
        const joined = hasBit(predecessors, row, other) || hasBit(successors, row, other);
        if (joined && left.delete(other)) found.push(other);
      }
    }
    return [found.sort((a, b) => a - b)];
  });
}
