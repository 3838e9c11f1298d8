/** A set of results: all files below one folder, read and checked. */
import { relative, sep } from 'node:path';

import { readBytes } from '../subject/read-file.ts';
import { matches, type ResultKey } from './best.ts';
import { readResult, resultFiles } from './store.ts';
import { isPolicy, type PolicyRecord, readPolicyRecord } from './policy-record.ts';
import { isTimings, readTimings } from './timing-files.ts';
import type { TimingFile } from './timings.ts';
import type { ResultFile } from './types.ts';

/** A result and where it stands. */
export interface StoredResult {
  /** Below the set's folder, with `/` on every system. */
  readonly path: string;
  readonly result: ResultFile;
}

/** Timings and where they stand. */
export interface StoredTimings {
  readonly path: string;
  readonly timings: TimingFile;
}

/** What is known of a trained policy, and where it stands. */
export interface StoredPolicy {
  readonly path: string;
  readonly policy: PolicyRecord;
}

/** What a set holds, by path. */
export interface ResultSet {
  readonly results: readonly StoredResult[];
  readonly timings: readonly StoredTimings[];
  readonly policies: readonly StoredPolicy[];
}

/** A file's path below a folder, with `/` on every system. */
export function pathBelow(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}

/**
 * Reads a set.
 * @throws UserError where the folder or a file in it can't be read as what it should be
 */
export async function readResultSet(folder: string): Promise<ResultSet> {
  const results: StoredResult[] = [];
  const timings: StoredTimings[] = [];
  const policies: StoredPolicy[] = [];
  for (const file of await resultFiles(folder)) {
    const bytes = await readBytes(file);
    const path = pathBelow(folder, file);
    if (isTimings(bytes)) timings.push({ path, timings: readTimings(bytes, file) });
    else if (isPolicy(bytes)) policies.push({ path, policy: readPolicyRecord(bytes, file) });
    else results.push({ path, result: readResult(bytes, file) });
  }
  return { results, timings, policies };
}

/** The results of a key, those with the lowest count first, by path among equals. */
export function resultsFor(
  { results }: Pick<ResultSet, 'results'>,
  key: ResultKey,
): readonly StoredResult[] {
  return results
    .filter(({ result }) => matches(result, key))
    .toSorted((a, b) => a.result.count - b.result.count || (a.path < b.path ? -1 : 1));
}
