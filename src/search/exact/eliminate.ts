/**
 * Elimination and its price on rows of an instance. Without classes v costs |P(v)|·|S(v)|; with them
 * products of an edge of class 0, and those of two edges of class 1, are free, so v costs
 * n·m − (n − n₂)(m − m₂), where n in-edges and m out-edges are of class 1 or 2, and n₂ and m₂ of
 * class 2. The new edges and the edges that a product is added to get the larger of the classes, at
 * least `doubled` where an edge was there before.
 */
import type { Rows } from './instance.ts';
import { at, dropBit, hasBit, lowestBit, sizeOf } from './words.ts';

/** The price by numbers of neighbours of class 1 or 2, and of class 2. */
export function classedPrice(n: number, n2: number, m: number, m2: number): number {
  return n * m - (n - n2) * (m - m2);
}

/** What eliminating a vertex costs now. */
export function priceOf(rows: Rows, vertex: number): number {
  const { words, layers, predecessors, successors, ownEnd } = rows;
  const row = vertex * layers * words;
  if (layers === 1) {
    return sizeOf(predecessors, row, words) * (sizeOf(successors, row, words) - at(ownEnd, vertex));
  }
  const heavy = row + words;
  const variable = heavy + words;
  return classedPrice(
    sizeOf(predecessors, heavy, words),
    sizeOf(predecessors, variable, words),
    sizeOf(successors, heavy, words),
    sizeOf(successors, variable, words),
  );
}

/**
 * Eliminates a vertex in place and gives its price. Its own row stays as it is.
 * @param inside the vertices whose rows are kept up to date, as a set
 */
export function eliminate(rows: Rows, vertex: number, inside: Int32Array): number {
  const price = priceOf(rows, vertex);
  contract(rows, vertex, rows.predecessors, rows.successors, inside);
  contract(rows, vertex, rows.successors, rows.predecessors, inside);
  return price;
}

/** The neighbours of v on one side get its neighbours on the other side instead of v. */
function contract(
  { words, layers, doubled }: Rows,
  v: number,
  side: Int32Array,
  other: Int32Array,
  inside: Int32Array,
): void {
  const stride = layers * words;
  const row = v * stride;
  for (let word = 0; word < words; word += 1) {
    const neighbours = at(side, row + word) & at(inside, word);
    for (let rest = neighbours; rest !== 0; rest &= rest - 1) {
      const target = (word * 32 + lowestBit(rest)) * stride;
      if (layers > 1) joinClasses(other, target, row, words, v, doubled);
      for (let w = 0; w < words; w += 1) {
        other[target + w] = at(other, target + w) | at(other, row + w);
      }
      dropBit(other, target, v);
    }
  }
}

/**
 * Joins the layers of classes of one row to those of another whose vertex has v for a neighbour,
 * before the layer of all neighbours is joined.
 */
export function joinClasses(
  rows: Int32Array,
  target: number,
  row: number,
  words: number,
  v: number,
  doubled: number,
): void {
  const heavy = target + words;
  const variable = heavy + words;
  const heavyFrom = hasBit(rows, heavy, v) ? row : row + words;
  const variableFrom = hasBit(rows, variable, v) ? row : row + 2 * words;
  for (let w = 0; w < words; w += 1) {
    const again = doubled === 0 ? 0 : at(rows, target + w) & at(rows, row + w);
    rows[heavy + w] = at(rows, heavy + w) | at(rows, heavyFrom + w) | again;
    rows[variable + w] = at(rows, variable + w) | at(rows, variableFrom + w);
  }
  dropBit(rows, heavy, v);
  dropBit(rows, variable, v);
}
