/**
 * Searches made of independent restarts, on one thread or several. Restart k is the same whatever
 * ran before it or beside it: it has a plan and a seed of its own, and results are merged by their
 * indices. So a search is reproducible whatever the number of threads; the threads share nothing.
 */
import type { CostModel } from '../cost/types.ts';
import type { Graph } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import { type ClockName, clockTime } from './clock.ts';
import type { SearchPoint } from './search-curve.ts';
import type { ParameterValue } from './strategy.ts';
import type { CompiledRestartData } from './compiled/restart-data.ts';

/** What one restart may do. */
export interface RestartPlan {
  /** 0, 1, 2 … */
  readonly index: number;
  /** Most evaluations; infinite where time is the budget. */
  readonly evaluations: number;
  /** The strategy's own measure of how thorough it is, such as a number of sweeps. */
  readonly effort: number;
}

/** What one restart found. */
export interface RestartResult {
  readonly index: number;
  readonly order: EliminationOrder;
  readonly count: number;
  readonly evaluations: number;
  /**
   * Where its count fell, by its own evaluations and looked at where that does not depend on time;
   * left out where only its end is known.
   */
  readonly falls?: readonly SearchPoint[];
  /** Whether nothing costs less, so that no restart need follow; left out where that is not known. */
  readonly isExhaustive?: boolean;
}

/** What all restarts of a search have in common; plain data but for the model. */
export interface RestartSetting {
  readonly graph: Graph;
  readonly model: CostModel;
  readonly seed: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** What time is measured by. */
  readonly clock: ClockName;
  /** When to stop, by that clock; infinite where evaluations are the budget. */
  readonly deadline: number;
  /** A count that is good enough; a restart ends where it reaches it. */
  readonly target: number;
  /** An order that the first restart begins with, where the strategy improves one. */
  readonly start?: EliminationOrder;
  /** The function, where the model counts functions and not graphs. */
  readonly compiled?: CompiledRestartData;
}

/** A running restart's ties to the outside. */
export interface RestartHooks {
  /** Lets others run for a moment, now and then; true where the restart shall end. */
  pause(): Promise<boolean>;
  /** How many evaluations it has made; the best order where it is better than the last reported. */
  report(evaluations: number, best: Omit<RestartResult, 'evaluations' | 'falls'> | undefined): void;
}

/** Runs restarts of one search, one after the other; holds what they share on a thread. */
export interface RestartRunner {
  run(plan: RestartPlan, hooks: RestartHooks): Promise<RestartResult>;
  dispose(): void;
}

/** What has been going on in all restarts together. */
export interface RestartReport {
  readonly evaluations: number;
  readonly best: Omit<RestartResult, 'evaluations' | 'falls'> | undefined;
}

/** A search by restarts. */
export interface RestartSearch {
  /** Name of the runner in restart-runners.ts, by which threads find it. */
  readonly runner: string;
  readonly setting: RestartSetting;
  /** How many plans there are: infinite where time is the budget. */
  readonly restarts: number;
  plan(index: number): RestartPlan;
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
  /** Called from time to time; evaluations never decrease. */
  onReport(report: RestartReport): void;
}

/** Whether a result makes every later restart pointless. */
function isFinal({ count, isExhaustive }: RestartResult, target: number): boolean {
  return count <= target || isExhaustive === true;
}

/**
 * All results that count: of every restart, or up to the first by index that met the target or was
 * exhaustive.
 */
export function relevantResults(
  results: readonly RestartResult[],
  target: number,
): readonly RestartResult[] {
  const sorted = results.toSorted((a, b) => a.index - b.index);
  const met = sorted.findIndex((result) => isFinal(result, target));
  return met < 0 ? sorted : sorted.slice(0, met + 1);
}

/** The result with the least count, the first of equals by index; nothing where there is none. */
export function bestResult(results: readonly RestartResult[]): RestartResult | undefined {
  return results.reduce<RestartResult | undefined>(
    (best, one) => (best === undefined || one.count < best.count ? one : best),
    undefined,
  );
}

/** Hands out plans in order, and knows when there is no more to do. */
export class RestartQueue {
  readonly #search: RestartSearch;
  readonly results: RestartResult[] = [];
  readonly #made = new Map<number, number>();
  #next = 0;
  /** Index of the first restart known to have met the target, or to have been exhaustive. */
  #met = Infinity;
  #best = Infinity;
  /** Called when a restart has met the target or was exhaustive: those of higher index need not go on. */
  onTargetMet: () => void = () => undefined;

  constructor(search: RestartSearch) {
    this.#search = search;
  }

  /** The next plan; nothing where all are handed out or the search is over. */
  take(): RestartPlan | undefined {
    const { restarts, setting, signal } = this.#search;
    // The first plan is always carried out: a search has to find something.
    const isOver =
      this.#met < Infinity ||
      signal?.aborted === true ||
      clockTime(setting.clock) >= setting.deadline;
    if (this.#next >= restarts || (this.#next > 0 && isOver)) return undefined;
    const taken = this.#search.plan(this.#next);
    this.#next += 1;
    return taken;
  }

  /** Whether a running restart shall end early. */
  isCancelled(index: number): boolean {
    return this.#search.signal?.aborted === true || index > this.#met;
  }

  /** A restart tells how far it is. */
  report(index: number, evaluations: number, best: RestartReport['best']): void {
    this.#made.set(index, evaluations);
    if (best !== undefined && best.count <= this.#search.setting.target && best.index < this.#met) {
      this.#met = best.index;
      this.onTargetMet();
    }
    const better = best !== undefined && best.count < this.#best;
    if (better) this.#best = best.count;
    let sum = 0;
    for (const made of this.#made.values()) sum += made;
    this.#search.onReport({ evaluations: sum, best: better ? best : undefined });
  }

  /** A restart has ended. */
  finish(result: RestartResult): void {
    this.results.push(result);
    if (isFinal(result, this.#search.setting.target) && result.index < this.#met) {
      this.#met = result.index;
      this.onTargetMet();
    }
    this.report(result.index, result.evaluations, result);
  }
}
