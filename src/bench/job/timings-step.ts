/** Times the Jacobians of a task: of named orders, and of the best of each model. */
import { join } from 'node:path';

import { openInNode } from '../../execute/dawn.ts';
import { requireFunction } from '../../results/count.ts';
import { hasPublishedOrder } from '../../results/named-orders.ts';
import { findFunctionOrder } from '../../results/orders.ts';
import { resultsFor } from '../../results/result-set.ts';
import { timingMachine, timingOrigin } from '../../results/timing-files.ts';
import { costModelNamed } from '../../cost/models.ts';
import { graphHash } from '../../graph/canonical.ts';
import { orderIds } from '../../order/orders.ts';
import type { TimingFile } from '../../results/timings.ts';
import { loadSubject } from '../../subject/load.ts';
import { UserError } from '../../support/user-error.ts';
import { timingDocuments } from '../documents.ts';
import { kindsOf } from '../kinds.ts';
import { cellText, runTimings } from '../run.ts';
import type { TimedSubject, TimingOutcome } from '../suite.ts';
import type { JobSet } from './job-set.ts';
import type { StepContext } from './step-context.ts';
import { stepKey } from './step-key.ts';
import type { TimingsStep } from './steps.ts';

/** Models whose best orders are timed, where there are any of tensors. */
const timedModels = ['paper', 'multiplications', 'compiled'] as const;

async function timedSubject(step: TimingsStep, set: JobSet): Promise<TimedSubject> {
  const subject = requireFunction(await loadSubject(step.subject, 'tensor'));
  const bests: string[] = [];
  for (const cost of timedModels) {
    const key = await stepKey({ subject: step.subject, cost, granularity: 'tensor' });
    if (resultsFor(set, key).length > 0) bests.push(cost);
  }
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

/** How every Jacobian of the job is timed. */
const how = { form: 'compact', values: false } as const;

/**
 * Times.
 * @returns the file, or none where it was interrupted
 * @throws UserError where a cell could not be timed; the file is written, with the reason in its row
 */
export async function runTimingsStep(
  step: TimingsStep,
  { set, signal, onProgress }: StepContext,
): Promise<readonly string[]> {
  const subjects = [await timedSubject(step, set)];
  const { seed, rounds, seconds } = step;
  const outcome = await runTimings({
    ...{ ...step, ...how, subjects, signal },
    device: openInNode,
    onProgress: ({ phase, share }) => {
      onProgress(phase === 'build' ? 0.3 * share : 0.3 + 0.7 * share);
    },
  });
  if (outcome.interrupted) return [];
  const paths: string[] = [];
  const asked = { ...how, seed, asked: { rounds, seconds } };
  for (const file of timingDocuments(subjects, outcome, asked, timingOrigin(new Date()))) {
    paths.push(await set.addTimings(file));
  }
  requireTimed(outcome, join(set.folder, paths[0] ?? ''));
  return paths;
}

function requireTimed({ rows }: TimingOutcome, file: string): void {
  const failed = rows.filter((row) => row.state === 'failed');
  const [first] = failed;
  if (first === undefined) return;
  const others = failed.length === 1 ? '' : `, and ${failed.length - 1} more`;
  throw new UserError({
    code: 'timings-failed',
    message: `not timed: ${cellText(first)}, since ${first.reason}${others}; the file has the others`,
    file,
  });
}

/**
 * Whether a file is of this machine, of what the step times and in its way. Fewer rounds than are wanted
 * are enough where as much time was given for as many: the time was up.
 */
function isOfStep({ rounds, asked, ...file }: TimingFile, step: TimingsStep): boolean {
  const hadTime =
    asked !== undefined && asked.rounds >= step.rounds && asked.seconds >= step.seconds;
  return (
    file.subject === step.subject &&
    file.seed === step.seed &&
    file.form === how.form &&
    file.values === how.values &&
    file.builtIns !== true &&
    (rounds >= step.rounds || hadTime) &&
    JSON.stringify(file.machine) === JSON.stringify(timingMachine())
  );
}

/** The file of a run on this machine that timed every order and cell that the step has. */
export async function timingsDone(
  step: TimingsStep,
  set: JobSet,
): Promise<readonly string[] | undefined> {
  const candidates = set.timings.filter(({ timings }) => isOfStep(timings, step));
  if (candidates.length === 0) return undefined;
  const { subject, orders } = await timedSubject(step, set);
  const { graph } = subject.linearisation();
  const hash = graphHash(graph);
  const cells = kindsOf(step).flatMap((kind) => step.batches.map((batch) => ({ ...kind, batch })));
  const found = candidates.find(
    ({ timings }) =>
      timings.graphHash === hash &&
      orders.every(
        ({ name, order }) =>
          JSON.stringify(timings.orders[name]) === JSON.stringify(orderIds(graph, order)) &&
          cells.every(({ target, precision, batch }) =>
            timings.rows.some(
              (row) =>
                row.state === 'timed' &&
                row.order === name &&
                row.target === target &&
                row.precision === precision &&
                row.batch === batch,
            ),
          ),
      ),
  );
  return found === undefined ? undefined : [found.path];
}
