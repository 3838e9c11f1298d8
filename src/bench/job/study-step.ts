/** Searches for the study of policies: with a budget of processor time or of evaluations, on one thread. */
import { join } from 'node:path';

import type { NetworkWeights } from '../../core/network-types.ts';
import { costModelNamed } from '../../cost/models.ts';
import { learnedStrategies } from '../../policy/strategies/strategies.ts';
import { originRecord } from '../../results/provenance.ts';
import { resultOfSearch } from '../../results/record.ts';
import { searchSubject } from '../../results/search-subject.ts';
import { budgetParameters } from '../../search/budget.ts';
import { strategies } from '../../search/strategies/strategies.ts';
import { loadSubject } from '../../subject/load.ts';
import { entryNamed } from '../../support/named.ts';
import { UserError } from '../../support/user-error.ts';
import type { JobSet } from './job-set.ts';
import type { StepContext } from './step-context.ts';
import type { StudyStep } from './steps.ts';

/** What a result of the study says of its policy beside the strategy's own parameters. */
function policyParameters(
  { policy }: StudyStep,
  set: JobSet,
): { readonly policy?: string; readonly policyWeights?: string } {
  if (policy === undefined) return {};
  const stored = set.policies.find(({ path }) => path === policy);
  if (stored === undefined) {
    throw new UserError({
      code: 'study-no-policy',
      message: `there is no ${policy} in ${set.folder}; train it first, with --steps training`,
    });
  }
  return { policy, policyWeights: stored.policy.weightsHash };
}

async function weightsOf(policy: string, { folder }: JobSet): Promise<NetworkWeights> {
  const { openCoreWeights } = await import('../../policy/shipped.ts');
  return openCoreWeights(join(folder, policy));
}

/** Searches. @returns the file, or none where it was interrupted */
export async function runStudy(
  step: StudyStep,
  { set, signal, onProgress }: StepContext,
): Promise<readonly string[]> {
  const { cost, budget, seed, policy } = step;
  const model = costModelNamed(cost);
  const strategy = entryNamed([...strategies, ...learnedStrategies], 'strategy', step.strategy);
  const own = policyParameters(step, set);
  const network = policy === undefined ? {} : { network: await weightsOf(policy, set) };
  const subject = await loadSubject(step.subject, step.granularity);
  const outcome = await searchSubject(subject, model, strategy, {
    ...{ seed, signal, budget, ...network },
    clock: 'processor',
    threads: 1,
    parameters: new Map(),
    onProgress: ({ share }) => {
      onProgress(share);
    },
  });
  if (outcome.interrupted) return [];
  const found = { ...outcome, parameters: { ...outcome.parameters, ...own } };
  const origin = originRecord(new Date());
  return [
    await set.add(resultOfSearch(subject, model, { strategy, seed, outcome: found }, origin)),
  ];
}

/** The file of the same search with the same policy. */
export async function studyDone(
  step: StudyStep,
  set: JobSet,
): Promise<readonly string[] | undefined> {
  const { policy } = step;
  if (policy !== undefined && !set.policies.some(({ path }) => path === policy)) return undefined;
  const wanted = Object.entries({
    ...{ clock: 'processor' },
    ...budgetParameters(step.budget),
    ...policyParameters(step, set),
  });
  return set.fileOfSearch(step, (parameters) =>
    wanted.every(([name, value]) => parameters[name] === value),
  );
}
