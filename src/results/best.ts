/** Which of several results is the best one: the one rule for the store, the page and its build. */
import type { Granularity, ResultFile } from './types.ts';

/** What results are about, where they can be compared. */
export interface ResultKey {
  readonly subject: string;
  readonly cost: string;
  readonly granularity?: Granularity;
  /** Of the graph that was counted: a name alone may be a task's and a module's. */
  readonly graphHash?: string;
}

/** Whether a result is of what is asked for. */
export function matches(
  result: ResultFile,
  { subject, cost, granularity, graphHash }: ResultKey,
): boolean {
  return (
    result.subject === subject &&
    result.cost === cost &&
    (granularity === undefined || result.granularity === granularity) &&
    (graphHash === undefined || result.graphHash === graphHash)
  );
}

/**
 * The result with the lowest count; among equals the one with the highest lower bound, then the
 * first one given.
 * @returns `undefined` of none.
 */
export function bestOf(results: Iterable<ResultFile>): ResultFile | undefined {
  let best: ResultFile | undefined;
  for (const result of results) if (best === undefined || isBetter(result, best)) best = result;
  return best;
}

function isBetter(one: ResultFile, other: ResultFile): boolean {
  if (one.count !== other.count) return one.count < other.count;
  return (one.bound?.lower ?? 0) > (other.bound?.lower ?? 0);
}
