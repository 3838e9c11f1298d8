/** Counts that a curve is compared with, and where their labels stand. */

/** A count to compare with. */
export interface Mark {
  readonly label: string;
  readonly count: number;
}

/** Marks of equal counts as one; the labels joined. */
export function joinMarks(marks: readonly Mark[]): readonly Mark[] {
  const byCount = new Map<number, string[]>();
  for (const { label, count } of marks) byCount.set(count, [...(byCount.get(count) ?? []), label]);
  return [...byCount].map(([count, labels]) => ({ count, label: labels.join(', ') }));
}

/**
 * Where labels stand so that none covers another: pushed down from their places, then back up where
 * they would leave the room.
 * @param places wanted, ascending
 */
export function spreadLabels(places: readonly number[], apart: number, end: number): number[] {
  const down = places.reduce<number[]>(
    (done, place) => [...done, Math.max(place, (done.at(-1) ?? -Infinity) + apart)],
    [],
  );
  return down
    .toReversed()
    .reduce<number[]>(
      (done, place) => [...done, Math.min(place, (done.at(-1) ?? end + apart) - apart)],
      [],
    )
    .toReversed();
}
