/** Times the Jacobians of a task: of named orders, and of the best of each model. */
import { openInNode } from '../../execute/dawn.ts';
import { requireFunction } from '../../results/count.ts';
import { hasPublishedOrder } from '../../results/named-orders.ts';
import { findFunctionOrder } from '../../results/orders.ts';
import { resultsFor } from '../../results/result-set.ts';
import { timingMachine, timingOrigin } from '../../results/timing-files.ts';
import { costModelNamed } from '../../cost/models.ts';
import { orderIds } from '../../order/orders.ts';
import { loadSubject } from '../../subject/load.ts';
import { timingDocuments } from '../documents.ts';
import { runTimings } from '../run.ts';
import type { TimedSubject } from '../suite.ts';
import type { JobSet } from './job-set.ts';
import type { StepContext } from './step-context.ts';
import type { TimingsStep } from './steps.ts';

/** Models whose best orders are timed, where there are any of tensors. */
const timedModels = ['paper', 'multiplications', 'compiled'] as const;

async function timedSubject(step: TimingsStep, set: JobSet): Promise<TimedSubject> {
  const subject = requireFunction(await loadSubject(step.subject, 'tensor'));
  const bests = timedModels.filter(
    (cost) => resultsFor(set, { subject: step.subject, cost, granularity: 'tensor' }).length > 0,
  );
  const names = [
    ...['forward', 'reverse', 'markowitz'],
    ...(hasPublishedOrder(subject) ? ['published'] : []),
    ...bests.map((cost) => `best@${cost}`),
  ];
  const options = { model: costModelNamed('paper'), seed: step.seed, results: set.folder };
  const orders = [];
  for (const name of names) {
    orders.push({ name, order: await findFunctionOrder(subject, name, options) });
  }
  return { subject, orders };
}

/** Times. @returns the file, or none where it was interrupted */
export async function runTimingsStep(
  step: TimingsStep,
  { set, signal, onProgress }: StepContext,
): Promise<readonly string[]> {
  const subjects = [await timedSubject(step, set)];
  const how = { form: 'compact', values: false, seed: step.seed } as const;
  const outcome = await runTimings({
    ...{ ...step, ...how, subjects, signal },
    device: openInNode,
    onProgress: ({ phase, share }) => {
      onProgress(phase === 'build' ? 0.3 * share : 0.3 + 0.7 * share);
    },
  });
  if (outcome.interrupted) return [];
  const paths: string[] = [];
  for (const file of timingDocuments(subjects, outcome, how, timingOrigin(new Date()))) {
    paths.push(await set.addTimings(file));
  }
  return paths;
}

/** The file of a run on this machine with the orders and cells that the step has. */
export async function timingsDone(
  step: TimingsStep,
  set: JobSet,
): Promise<readonly string[] | undefined> {
  const machine = JSON.stringify(timingMachine());
  const candidates = set.timings.filter(
    ({ timings }) =>
      timings.subject === step.subject &&
      timings.seed === step.seed &&
      JSON.stringify(timings.machine) === machine,
  );
  if (candidates.length === 0) return undefined;
  const { subject, orders } = await timedSubject(step, set);
  const { graph } = subject.linearisation();
  const found = candidates.find(({ timings }) =>
    orders.every(
      ({ name, order }) =>
        JSON.stringify(timings.orders[name]) === JSON.stringify(orderIds(graph, order)) &&
        step.targets.every((target) =>
          step.batches.every((batch) =>
            timings.rows.some(
              (row) => row.order === name && row.target === target && row.batch === batch,
            ),
          ),
        ),
    ),
  );
  return found === undefined ? undefined : [found.path];
}
