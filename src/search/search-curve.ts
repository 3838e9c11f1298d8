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

/** The points at which the least count fell, of counts in the order in which they were met. */
export function fallingPoints(met: readonly SearchPoint[]): readonly SearchPoint[] {
  const points: SearchPoint[] = [];
  let least = Infinity;
  for (const { evaluations, count } of met) {
    if (count >= least) continue;
    least = count;
    points.push({ evaluations, count });
  }
  return points;
}

/** The points of parts that were made one after the other. */
export function curveOfParts(parts: readonly SearchPoint[]): readonly SearchPoint[] {
  let evaluations = 0;
  return fallingPoints(
    parts.map((part) => {
      evaluations += part.evaluations;
      return { evaluations, count: part.count };
    }),
  );
}
