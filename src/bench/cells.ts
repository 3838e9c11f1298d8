/** The cells of a suite: every Jacobian accumulated, compiled, checked, and made ready to be timed. */
import { accumulate } from '../accumulate/accumulate.ts';
import { compileJacobian } from '../accumulate/compile-jacobian.ts';
import { targetNamed } from '../compile/targets.ts';
import { optimisedOrder } from '../results/timing-names.ts';
import { attempt } from '../support/attempt.ts';
import { breathe } from '../support/breathe.ts';
import { buildJacobian } from './build.ts';
import { readyCell, type ReadyCell } from './cell.ts';
import { checkedPoints } from './check.ts';
import type { Clock } from './clock.ts';
import { domainOf } from './domain.ts';
import { type Built, fastestJacobian, type Kind } from './fastest-jacobian.ts';
import type { TimedSubject, TimingSuite } from './suite.ts';
import type { FailedRow } from './types.ts';

/** What is ready, and what is not and why. */
export interface BuiltCells {
  readonly ready: readonly ReadyCell[];
  readonly failed: readonly FailedRow[];
}

/** Compiles and checks all cells, until it is interrupted. */
export async function buildCells(suite: TimingSuite, clock: Clock): Promise<BuiltCells> {
  const kinds = kindsOf(suite);
  const jobs = kinds.length * suite.subjects.reduce((sum, each) => sum + namesOf(each).length, 0);
  const failed: FailedRow[] = [];
  const ready: ReadyCell[] = [];
  let done = 0;
  const isAborted = (): boolean => suite.signal?.aborted === true;
  for (const timed of suite.subjects) {
    if (isAborted()) break;
    const { subject } = timed;
    const checked = checkedPoints(subject.program());
    const domain = domainOf(subject, { seed: suite.seed, checked });
    const add = (kind: Kind, { order, built, chosen }: Built): void => {
      for (const batch of suite.batches) {
        const name = { subject: subject.name, order, ...kind, batch };
        if (typeof built === 'string') failed.push({ state: 'failed', ...name, reason: built });
        else ready.push(readyCell(name, { built, domain, ...(chosen && { chosen }) }));
      }
      done += 1;
      suite.onProgress?.({ phase: 'build', share: done / jobs });
    };
    const builtByKind = new Map(kinds.map((kind) => [kind, [] as Built[]]));
    for (const { name: order, order: eliminated } of timed.orders) {
      if (isAborted()) break;
      const accumulation = attempt(() => accumulate(subject.linearisation(), eliminated));
      for (const kind of kinds) {
        if (isAborted()) break;
        const options = { ...kind, outputs: suite.form, values: suite.values };
        const built =
          typeof accumulation === 'string'
            ? accumulation
            : attempt(() =>
                buildJacobian(() => compileJacobian(accumulation, options), domain, clock),
              );
        builtByKind.get(kind)?.push({ order, built });
        add(kind, { order, built });
        await breathe();
      }
    }
    if (timed.optimised === undefined) continue;
    for (const kind of kinds) {
      if (isAborted()) break;
      const { optimised } = timed;
      const context = { domain, clock, seed: suite.seed };
      add(
        kind,
        optimised.state === 'failed'
          ? { order: optimisedOrder, built: optimised.reason }
          : fastestJacobian(kind, optimised.candidates, builtByKind.get(kind) ?? [], context),
      );
      await breathe();
    }
  }
  return { ready, failed };
}

/** Names of a subject's lines in the table. */
function namesOf({ orders, optimised }: TimedSubject): readonly string[] {
  return [...orders.map(({ name }) => name), ...(optimised === undefined ? [] : [optimisedOrder])];
}

/** The targets and precisions of a suite, as far as a target has them. */
function kindsOf({ targets, precisions }: TimingSuite): readonly Kind[] {
  return targets.flatMap((target) =>
    precisions
      .filter((precision) => targetNamed(target).precisions.includes(precision))
      .map((precision) => ({ target, precision })),
  );
}
