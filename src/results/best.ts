/** Which of several results is the best one: the one rule for the store, the page and its build. */
import type { Granularity, ResultFile } from './types.ts';

/** What a stored result has to match to be of use. */
export interface ResultQuery {
  readonly subject: string;
  readonly cost: string;
  readonly granularity: Granularity;
  /** Of the graph that is to be counted; a function of the same name but another graph is left out. */
  readonly graphHash: string;
}

/** Whether a result is of what is asked for. */
export function matches(result: ResultFile, query: ResultQuery): boolean {
  return (
    result.subject === query.subject &&
    result.cost === query.cost &&
    result.granularity === query.granularity &&
    result.graphHash === query.graphHash
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
