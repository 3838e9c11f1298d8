/** Counts every heuristic's order of a task, and the published one. */
import { costModelNamed } from '../../cost/models.ts';
import { countOrders } from '../../results/count-orders.ts';
import { defaultOrderNames } from '../../results/named-orders.ts';
import { originRecord } from '../../results/provenance.ts';
import { resultOfCount } from '../../results/record.ts';
import { resultsFor } from '../../results/result-set.ts';
import { loadSubject } from '../../subject/load.ts';
import type { JobSet } from './job-set.ts';
import type { StepContext } from './step-context.ts';
import { stepKey } from './step-key.ts';
import type { CountsStep } from './steps.ts';

async function fileOf(step: CountsStep, set: JobSet, order: string): Promise<string | undefined> {
  return resultsFor(set, await stepKey(step)).find(
    ({ result: { strategy, seed } }) =>
      strategy.name === order && (seed ?? step.seed) === step.seed,
  )?.path;
}

/** Counts the orders that have no file yet. @returns the files of all */
export async function runCounts(
  step: CountsStep,
  { set, signal, onProgress }: StepContext,
): Promise<readonly string[]> {
  const model = costModelNamed(step.cost);
  const subject = await loadSubject(step.subject, step.granularity);
  const names = step.orders ?? defaultOrderNames(subject);
  const paths: string[] = [];
  for (const name of names) {
    if (signal.aborted) break;
    const known = await fileOf(step, set, name);
    if (known !== undefined) {
      paths.push(known);
      continue;
    }
    const counted = await countOrders(subject, [name], { model, seed: step.seed, steps: false });
    for (const each of counted) {
      paths.push(await set.add(resultOfCount(subject, model, each, originRecord(new Date()))));
    }
    onProgress(paths.length / names.length);
  }
  return paths;
}

/** The files of a step that is done; nothing where one is missing. */
export async function countsDone(
  step: CountsStep,
  set: JobSet,
): Promise<readonly string[] | undefined> {
  const names = step.orders ?? defaultOrderNames(await loadSubject(step.subject, step.granularity));
  const files = await Promise.all(names.map((name) => fileOf(step, set, name)));
  const paths = files.filter((path) => path !== undefined);
  return paths.length === names.length ? paths : undefined;
}
