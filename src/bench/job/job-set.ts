/** The results of a job as they grow: what was there when it began, and what it has written since. */
import { join } from 'node:path';

import {
  pathBelow,
  readResultSet,
  type ResultSet,
  resultsFor,
  type StoredPolicy,
  type StoredResult,
  type StoredTimings,
} from '../../results/result-set.ts';
import { readPolicyRecord } from '../../results/policy-record.ts';
import { writeResult, writeWhole } from '../../results/store.ts';
import { writeTimings } from '../../results/timing-files.ts';
import type { TimingFile } from '../../results/timings.ts';
import type { ResultFile } from '../../results/types.ts';
import { entryAt } from '../../subject/read-file.ts';
import { stepKey } from './step-key.ts';
import type { SearchStep, StudyStep } from './steps.ts';

/** Results in a folder; the files are the job's only memory. */
export class JobSet implements ResultSet {
  readonly folder: string;
  readonly #results: StoredResult[];
  readonly #timings: StoredTimings[];
  readonly #policies: StoredPolicy[];

  private constructor(folder: string, { results, timings, policies }: ResultSet) {
    this.folder = folder;
    this.#results = [...results];
    this.#timings = [...timings];
    this.#policies = [...policies];
  }

  /**
   * Reads what is in a folder already; nothing where there is no such folder.
   * @throws UserError where the folder can't be read or a file there is broken
   */
  static async open(folder: string): Promise<JobSet> {
    const isThere = (await entryAt(folder)) !== undefined;
    return new JobSet(
      folder,
      isThere ? await readResultSet(folder) : { results: [], timings: [], policies: [] },
    );
  }

  get results(): readonly StoredResult[] {
    return this.#results;
  }

  get timings(): readonly StoredTimings[] {
    return this.#timings;
  }

  get policies(): readonly StoredPolicy[] {
    return this.#policies;
  }

  /**
   * The file of a search of the same graph, model, strategy and seed.
   * @param hasParameters whether the parameters that it was made with are those that are wanted
   */
  async fileOfSearch(
    step: SearchStep | StudyStep,
    hasParameters: (parameters: ResultFile['strategy']['parameters']) => boolean,
  ): Promise<readonly string[] | undefined> {
    const found = resultsFor(this, await stepKey(step)).find(
      ({ result: { strategy, seed } }) =>
        strategy.name === step.strategy && hasParameters(strategy.parameters) && seed === step.seed,
    );
    return found === undefined ? undefined : [found.path];
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

  /** Writes a policy file, in the place of one that was there. @returns its path below the folder */
  async addPolicy(path: string, text: string): Promise<string> {
    const file = join(this.folder, path);
    const policy = readPolicyRecord(new TextEncoder().encode(text), file);
    await writeWhole(file, text);
    const known = this.#policies.findIndex((stored) => stored.path === path);
    this.#policies.splice(known < 0 ? this.#policies.length : known, 1, { path, policy });
    return path;
  }
}
