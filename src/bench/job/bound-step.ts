/** Bounds the least count of a task from below, from the best order that the set has. */
import { costModelNamed } from '../../cost/models.ts';
import { parseOrder } from '../../order/orders.ts';
import { resultOfBound } from '../../results/bound-result.ts';
import { originRecord } from '../../results/provenance.ts';
import { resultsFor } from '../../results/result-set.ts';
import { boundCount } from '../../search/exact/bound.ts';
import { loadSubject } from '../../subject/load.ts';
import type { JobSet } from './job-set.ts';
import type { StepContext } from './step-context.ts';
import { stepKey } from './step-key.ts';
import type { BoundStep } from './steps.ts';

/** Bounds. @returns the file with order and bound, or none where it was interrupted */
export async function runBound(
  step: BoundStep,
  { set, signal, onProgress }: StepContext,
): Promise<readonly string[]> {
  const { cost, granularity, evaluations, seed } = step;
  const model = costModelNamed(cost);
  const subject = await loadSubject(step.subject, granularity);
  const graph = subject.graph(model);
  const from = resultsFor(set, await stepKey(step))[0]?.result;
  const budget = { kind: 'evaluations', evaluations } as const;
  const result = await boundCount({
    ...{ graph, model, budget, seed, signal },
    ...(from === undefined ? {} : { known: parseOrder(graph, from.order) }),
    onProgress: ({ share }) => {
      onProgress(share);
    },
  });
  if (result.interrupted) return [];
  const origin = originRecord(new Date());
  return [await set.add(resultOfBound(subject, model, { result, budget, from }, origin))];
}

/** The file of a bound with this budget, or of any proof: better than proved nothing is. */
export async function boundDone(
  step: BoundStep,
  set: JobSet,
): Promise<readonly string[] | undefined> {
  const found = resultsFor(set, await stepKey(step)).find(({ result: { bound } }) => {
    if (bound === undefined) return false;
    const { evaluations, seed } = bound.proof ?? {};
    return bound.proved || (evaluations === step.evaluations && seed === step.seed);
  });
  return found === undefined ? undefined : [found.path];
}
