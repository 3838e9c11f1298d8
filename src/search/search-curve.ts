/**
 * How a search came to its count: the least count after so many evaluations, a point each time it fell.
 * Of a search by restarts it is as if they had run one after the other by their indices, so it is the
 * same for any number of threads.
 */

/** See the file. */
export interface SearchPoint {
  /** Made so far, in what the strategy counts. */
  readonly evaluations: number;
  /** The least count so far. */
  readonly count: number;
}

/** Keeps the points at which a count falls. */
export class FallingCurve {
  readonly #points: SearchPoint[] = [];

  /** The points so far. */
  get points(): readonly SearchPoint[] {
    return this.#points;
  }

  /** A point where `count` is less than all before it. */
  note(evaluations: number, count: number): void {
    if (count >= (this.#points.at(-1)?.count ?? Infinity)) return;
    this.#points.push({ evaluations, count });
  }
}

/** The points at which the least count fell, of counts in the order in which they were met. */
export function fallingPoints(met: Iterable<SearchPoint>): readonly SearchPoint[] {
  const curve = new FallingCurve();
  for (const { evaluations, count } of met) curve.note(evaluations, count);
  return curve.points;
}

/** A part of a search: its end, and where it knows them the points at which its own count fell. */
export interface SearchPart extends SearchPoint {
  readonly falls?: readonly SearchPoint[];
}

/** The points of parts that were made one after the other. */
export function curveOfParts(parts: readonly SearchPart[]): readonly SearchPoint[] {
  const curve = new FallingCurve();
  let before = 0;
  for (const { evaluations, count, falls = [] } of parts) {
    for (const fall of falls) curve.note(before + fall.evaluations, fall.count);
    before += evaluations;
    curve.note(before, count);
  }
  return curve.points;
}
