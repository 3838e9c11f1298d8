/** The results of a job as they grow: what was there when it began, and what it has written since. */
import { stat } from 'node:fs/promises';

import {
  pathBelow,
  readResultSet,
  type ResultSet,
  type StoredResult,
  type StoredTimings,
} from '../../results/result-set.ts';
import { writeResult } from '../../results/store.ts';
import { writeTimings } from '../../results/timing-files.ts';
import type { TimingFile } from '../../results/timings.ts';
import type { ResultFile } from '../../results/types.ts';

/** Results in a folder; the files are the job's only memory. */
export class JobSet implements ResultSet {
  readonly folder: string;
  readonly #results: StoredResult[];
  readonly #timings: StoredTimings[];

  private constructor(folder: string, { results, timings }: ResultSet) {
    this.folder = folder;
    this.#results = [...results];
    this.#timings = [...timings];
  }

  /**
   * Reads what is in a folder already; nothing where there is no such folder.
   * @throws UserError where a file there is broken
   */
  static async open(folder: string): Promise<JobSet> {
    const exists = await stat(folder).then(
      () => true,
      () => false,
    );
    return new JobSet(folder, exists ? await readResultSet(folder) : { results: [], timings: [] });
  }

  get results(): readonly StoredResult[] {
    return this.#results;
  }

  get timings(): readonly StoredTimings[] {
    return this.#timings;
  }

  /** Writes a result. @returns its path below the folder */
  async add(result: ResultFile): Promise<string> {
    const path = pathBelow(this.folder, await writeResult(this.folder, result));
    this.#results.push({ path, result });
    return path;
  }

  /** Writes timings. @returns their path below the folder */
  async addTimings(timings: TimingFile): Promise<string> {
    const path = pathBelow(this.folder, await writeTimings(this.folder, timings));
    this.#timings.push({ path, timings });
    return path;
  }
}
