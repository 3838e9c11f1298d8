/** Two sets of results beside each other: what changed beyond noise, and what only one has. */
import type { ResultSet } from '../../results/result-set.ts';
import { compareResults, type ResultComparison } from './results.ts';
import { compareTimes, hasChanged, type TimeComparison } from './times.ts';

/** What changed, as data. */
export interface SetComparison {
  /** Whether anything that both sets have has changed beyond noise. */
  readonly changed: boolean;
  readonly results: ResultComparison;
  readonly times: TimeComparison;
}

/**
 * Compares.
 * @param before what was published, say
 * @param now what was made again
 */
export function compareSets(before: ResultSet, now: ResultSet): SetComparison {
  const results = compareResults(before, now);
  const times = compareTimes(before, now);
  const changed = results.changes.some(({ byChance }) => !byChance) || times.cells.some(hasChanged);
  return { changed, results, times };
}
