/**
 * What the exact search works on: the vertices that have to be eliminated, 0 … size − 1, with rows
 * of predecessors and successors as sets. A row's bits below `size` are those vertices; the bits
 * from `size` on are ends, which are never eliminated: inputs in rows of predecessors, outputs in
 * rows of successors (so both kinds may use the same bits).
 *
 * An output v that others use is eliminated like an intermediate but stays as an end (its in-edges
 * are not taken away). It is modelled as an intermediate with one more successor, an end of its own
 * that nobody else has: while v is there, others see v, afterwards the end, so they pay the same; v
 * itself does not pay for the end. `ownEnd[v]` is 1 for these vertices and 0 for the others.
 *
 * Where products are not all alike (classes.ts), a row has three layers, one set each: all
 * neighbours, those by an edge of class 1 or 2, those by an edge of class 2.
 */
import type { CostedGraph } from '../../cost/types.ts';
import type { Position } from '../../graph/types.ts';
import { eliminableVertices } from '../../order/orders.ts';
import type { EdgeClasses } from './classes.ts';
import { addBit, at, bitsOf, hasBit, wordsFor } from './words.ts';

/** Neighbours of the vertices. */
export interface Rows {
  /** Words in a set. */
  readonly words: number;
  /** Sets in a row: 1, or 3 where edges have classes. */
  readonly layers: number;
  /** Class of the sum of two edges of class 0, where edges have classes. */
  readonly doubled: number;
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

interface Neighbour {
  readonly vertex: number;
  readonly bit: number;
  /** Class of the edge. */
  readonly edgeClass: number;
}

/**
 * The instance of a whole graph; O(V + E).
 * @param classes classes of the edges, or `undefined` where all products cost 1
 */
export function instanceOf(costed: CostedGraph, classes: EdgeClasses | undefined): Instance {
  const { graph } = costed;
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
  const ins: Neighbour[] = [];
  const outs: Neighbour[] = [];
  graph.edges.forEach(({ from, to }, index) => {
    const source = local.get(from);
    const target = local.get(to);
    const edgeClass = classes?.edges[index] ?? 0;
    if (target !== undefined) {
      ins.push({ vertex: target, bit: source ?? number(sources, from), edgeClass });
    }
    if (source !== undefined) {
      outs.push({ vertex: source, bit: target ?? number(sinks, to), edgeClass });
    }
  });
  const ownEnd = new Int32Array(size);
  positions.forEach((place, vertex) => {
    if (graph.vertices[place]?.kind !== 'output') return;
    ownEnd[vertex] = 1;
    // An edge of class 0: what goes on through it keeps its class.
    outs.push({ vertex, bit: number(sinks, place), edgeClass: 0 });
  });
  const words = wordsFor(size + Math.max(sources.size, sinks.size));
  const layers = classes === undefined ? 1 : 3;
  return {
    size,
    words,
    layers,
    doubled: classes?.doubled ?? 0,
    predecessors: rowsOf(ins, size, words, layers),
    successors: rowsOf(outs, size, words, layers),
    ownEnd,
    positions,
  };
}

function rowsOf(
  neighbours: readonly Neighbour[],
  size: number,
  words: number,
  layers: number,
): Int32Array {
  const rows = new Int32Array(size * words * layers);
  for (const { vertex, bit, edgeClass } of neighbours) {
    for (let layer = 0; layer < layers && layer <= edgeClass; layer += 1) {
      addBit(rows, (vertex * layers + layer) * words, bit);
    }
  }
  return rows;
}

/** A copy whose rows may be changed. */
export function copyOf(instance: Instance): Instance {
  return {
    ...instance,
    predecessors: instance.predecessors.slice(),
    successors: instance.successors.slice(),
  };
}

/**
 * The part of an instance that eliminating some of its vertices concerns: everything else that they
 * are joined to becomes an end. Ends that no row has left are dropped, so rows get shorter.
 * @param vertices which to keep, ascending
 */
export function restrict(instance: Instance, vertices: readonly number[]): Instance {
  const { words, layers, doubled, predecessors, successors, ownEnd, positions } = instance;
  const size = vertices.length;
  const local = new Map(vertices.map((vertex, index) => [vertex, index]));
  const renumber = (rows: Int32Array): { readonly ends: number; readonly list: Neighbour[] } => {
    const ends = new Map<number, number>();
    const numberOf = (bit: number): number => {
      const known = local.get(bit) ?? ends.get(bit);
      if (known !== undefined) return known;
      ends.set(bit, size + ends.size);
      return size + ends.size - 1;
    };
    const list = vertices.flatMap((vertex, index) => {
      const row = vertex * layers * words;
      return bitsOf(rows, row, words).map((bit): Neighbour => {
        let edgeClass = 0;
        while (edgeClass + 1 < layers && hasBit(rows, row + (edgeClass + 1) * words, bit)) {
          edgeClass += 1;
        }
        return { vertex: index, bit: numberOf(bit), edgeClass };
      });
    });
    return { ends: ends.size, list };
  };
  const ins = renumber(predecessors);
  const outs = renumber(successors);
  const width = wordsFor(size + Math.max(ins.ends, outs.ends));
  return {
    size,
    words: width,
    layers,
    doubled,
    predecessors: rowsOf(ins.list, size, width, layers),
    successors: rowsOf(outs.list, size, width, layers),
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
  const { size, words, layers, predecessors, successors } = instance;
  const left = new Set(vertices);
  return vertices.flatMap((start) => {
    if (!left.delete(start)) return [];
    const found = [start];
    // The list grows while it is walked along.
    for (const vertex of found) {
      const row = vertex * layers * words;
      for (let other = 0; other < size; other += 1) {
        const joined = hasBit(predecessors, row, other) || hasBit(successors, row, other);
        if (joined && left.delete(other)) found.push(other);
      }
    }
    return [found.sort((a, b) => a - b)];
  });
}
