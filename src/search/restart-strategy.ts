/** What strategies made of restarts have in common: from a context to an outcome. */
import type { EliminationOrder } from '../order/types.ts';
import { budgetParameters, budgetShare } from './budget.ts';
import {
  bestResult,
  relevantResults,
  type RestartPlan,
  type RestartReport,
  type RestartSetting,
} from './restarts.ts';
import { runRestarts } from './run-restarts.ts';
import { curveOfParts } from './search-curve.ts';
import type { ParameterValue, SearchContext, SearchOutcome } from './strategy.ts';

/** How a strategy cuts its budget into restarts. */
export interface RestartScheme {
  /** Name of the runner in restart-runners.ts. */
  readonly runner: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** How many restarts the budget allows; infinite where time is the budget. */
  readonly restarts: number;
  plan(index: number): RestartPlan;
  /** The function, where the model counts functions and not graphs. */
  readonly compiled?: RestartSetting['compiled'];
  /** When the search began, in milliseconds since 1970, where much was done before the restarts. */
  readonly began?: number;
}

/** Runs a search by restarts within the context's budget. */
export async function searchByRestarts(
  context: SearchContext,
  scheme: RestartScheme,
): Promise<SearchOutcome> {
  const { graph, model, budget, seed, threads, signal } = context;
  // Nothing costs less than nothing.
  const target = context.target ?? 0;
  const began = scheme.began ?? Date.now();
  const deadline = budget.kind === 'time' ? began + 1000 * budget.seconds : Infinity;
  const sinceBegan = (): number => (Date.now() - began) / 1000;
  let least = Infinity;
  const hear = ({ evaluations, best }: RestartReport): void => {
    if (best !== undefined) {
      least = best.count;
      const { order, count } = best;
      context.onImprovement?.({ order, count, seconds: sinceBegan() });
    }
    const share = budgetShare(budget, { seconds: sinceBegan(), evaluations });
    context.onProgress?.({ share, evaluations, count: least });
  };
  const all = await runRestarts({
    runner: scheme.runner,
    setting: {
      ...{ graph, model, seed, parameters: scheme.parameters, deadline, target },
      ...(context.start === undefined ? {} : { start: context.start }),
      ...(scheme.compiled === undefined ? {} : { compiled: scheme.compiled }),
    },
    restarts: scheme.restarts,
    plan: (index) => scheme.plan(index),
    threads,
    signal,
    onReport: hear,
  });
  const results = relevantResults(all, target);
  const best = bestResult(results);
  if (best === undefined) throw new Error('a search ran no restart');
  const order: EliminationOrder = best.order;
  return {
    order,
    count: best.count,
    evaluations: results.reduce((sum, { evaluations }) => sum + evaluations, 0),
    seconds: sinceBegan(),
    parameters: {
      ...scheme.parameters,
      ...budgetParameters(budget),
      ...(budget.kind === 'time' ? { threads } : {}),
      ...(context.target === undefined ? {} : { target: context.target }),
    },
    curve: curveOfParts(results),
    interrupted: signal?.aborted === true,
  };
}
