/** Searches for an order of a task with a budget of evaluations. */
import { costModelNamed } from '../../cost/models.ts';
import { originRecord } from '../../results/provenance.ts';
import { resultOfSearch } from '../../results/record.ts';
import { searchSubject } from '../../results/search-subject.ts';
import { strategyNamed } from '../../search/strategies/strategies.ts';
import { loadSubject } from '../../subject/load.ts';
import type { JobSet } from './job-set.ts';
import type { StepContext } from './step-context.ts';
import type { SearchStep } from './steps.ts';

/** Searches. @returns the file, or none where it was interrupted */
export async function runSearch(
  step: SearchStep,
  { set, threads, signal, onProgress }: StepContext,
): Promise<readonly string[]> {
  const { cost, evaluations, seed } = step;
  const model = costModelNamed(cost);
  const strategy = strategyNamed(step.strategy);
  const subject = await loadSubject(step.subject, step.granularity);
  const outcome = await searchSubject(subject, model, strategy, {
    ...{ seed, threads, signal },
    budget: { kind: 'evaluations', evaluations },
    parameters: new Map(),
    onProgress: ({ share }) => {
      onProgress(share);
    },
  });
  if (outcome.interrupted) return [];
  const origin = originRecord(new Date());
  return [await set.add(resultOfSearch(subject, model, { strategy, seed, outcome }, origin))];
}

/** The file of a search that was made before, with or without a bound. */
export async function searchDone(
  step: SearchStep,
  set: JobSet,
): Promise<readonly string[] | undefined> {
  return set.fileOfSearch(
    step,
    ({ evaluations, interrupted }) => evaluations === step.evaluations && interrupted === undefined,
  );
}
