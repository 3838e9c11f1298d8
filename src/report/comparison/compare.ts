/** Two sets of results beside each other: what changed beyond noise, and what only one has. */
import type { ResultSet } from '../../results/result-set.ts';
import { compareResults } from './results.ts';
import { compareTimes, hasChanged } from './times.ts';
import type { SetComparison } from './types.ts';

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
