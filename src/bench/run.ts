/**
 * Times Jacobians: all cells in one process, interleaved at random, every Jacobian checked against an
 * independent one first. What is compared was measured in the same rounds.
 *
 * Our own loop and not a benchmark library's: libraries such as tinybench run one task after the
 * other to its end, which lets drift fall on one side of a ratio; statistics need samples in pairs.
 */
import { accumulate } from '../accumulate/accumulate.ts';
import { targetNamed } from '../compile/targets.ts';
import type { Precision } from '../compile/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { FunctionSubject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';
import { buildJacobian } from './build.ts';
import { readyCell, type ReadyCell } from './cell.ts';
import { calibrate, type Clock, clockStep, sampleLength, systemClock, timeRuns } from './clock.ts';
import { domainOf } from './domain.ts';
import { visits } from './plan.ts';
import { quantile, summarise } from '../support/statistics.ts';
import type { CellName, Layout, TimingRequest, TimingRow, TimingWarning } from './types.ts';
import { clockWarning, denormalWarning, fusionWarning, noiseWarning } from './warnings.ts';

/** An order by the name it is shown under, legal for `subject.linearisation().graph`. */
export interface NamedTimedOrder {
  readonly name: string;
  readonly order: EliminationOrder;
}

/** A subject and its orders. */
export interface TimedSubject {
  readonly subject: FunctionSubject;
  readonly orders: readonly NamedTimedOrder[];
}

/** All that is timed together. */
export interface TimingSuite extends TimingRequest {
  readonly subjects: readonly TimedSubject[];
  readonly targets: readonly string[];
  /** A target runs those of them that it has. */
  readonly precisions: readonly Precision[];
  readonly batches: readonly number[];
  /** Seconds after which no further round begins, but for the first few. */
  readonly seconds: number;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  onProgress?(progress: { readonly phase: 'build' | 'time'; readonly share: number }): void;
}

/** What timing gave. */
export interface TimingOutcome {
  readonly rows: readonly TimingRow[];
  readonly warnings: readonly TimingWarning[];
  /** Rounds that were made: fewer than asked for where time was up or it was interrupted. */
  readonly rounds: number;
  readonly interrupted: boolean;
}

/** Rounds that are made even where the time is up: below that there is no median. */
const leastRounds = 5;
/** Points at which a Jacobian is checked. */
const checkedPoints = 16;
/** Nanoseconds of warm-up for each thing that is timed. */
const warmUp = 3e7;

const timedThings = ['kernel', 'call', 'copy'] as const;

/** Lets timers and Ctrl-C through. */
function breathe(): Promise<void> {
  return new Promise((done) => {
    setImmediate(done);
  });
}

/** What a step gives, or why a subject, an order or a target can't do it. */
function attempt<T>(step: () => T): T | string {
  try {
    return step();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** The targets and precisions of a suite, as far as a target has them. */
function kindsOf({
  targets,
  precisions,
}: TimingSuite): { readonly target: string; readonly precision: Precision }[] {
  return targets.flatMap((target) =>
    precisions
      .filter((precision) => targetNamed(target).precisions.includes(precision))
      .map((precision) => ({ target, precision })),
  );
}

/** Compiles and checks all cells, until it is interrupted. */
async function buildCells(
  suite: TimingSuite,
  clock: Clock,
): Promise<{ readonly ready: readonly ReadyCell[]; readonly failed: readonly TimingRow[] }> {
  const kinds = kindsOf(suite);
  const jobs = suite.subjects.flatMap(({ orders }) => orders).length * kinds.length;
  const failed: TimingRow[] = [];
  const ready: ReadyCell[] = [];
  const isAborted = (): boolean => suite.signal?.aborted === true;
  let done = 0;
  for (const { subject, orders } of suite.subjects) {
    if (isAborted()) break;
    const domain = domainOf(subject, { seed: suite.seed, checked: checkedPoints });
    for (const { name: order, order: eliminated } of orders) {
      if (isAborted()) break;
      const accumulation = attempt(() => accumulate(subject.linearisation(), eliminated));
      for (const kind of kinds) {
        if (isAborted()) break;
        const options = { ...kind, outputs: suite.form, values: suite.values };
        const built =
          typeof accumulation === 'string'
            ? accumulation
            : attempt(() => buildJacobian(accumulation, options, domain, clock));
        for (const batch of suite.batches) {
          const name = { subject: subject.name, order, ...kind, batch };
          if (typeof built === 'string') failed.push({ state: 'failed', ...name, reason: built });
          else ready.push(readyCell(name, built, domain));
        }
        done += 1;
        suite.onProgress?.({ phase: 'build', share: done / jobs });
        await breathe();
      }
    }
  }
  return { ready, failed };
}

/**
 * Times a suite.
 * @throws UserError where a subject has no points to be timed at; what one cell can't do is a failed
 *   row of that cell
 */
export async function runTimings(suite: TimingSuite): Promise<TimingOutcome> {
  const clock = suite.clock ?? systemClock;
  const began = clock();
  const step = clockStep(clock);
  const length = sampleLength(step);
  const { ready, failed } = await buildCells(suite, clock);

  const timed = ready.map((cell) => ({
    cell,
    repeats: repeatsOf(cell, length, clock),
    samples: { kernel: [] as number[], call: [] as number[], copy: [] as number[] },
  }));
  let rounds = 0;
  const timeBegan = clock();
  for (const { round, cell } of visits(timed, suite.rounds, suite.seed)) {
    if (round > rounds) {
      rounds = round;
      const spent = (clock() - began) / 1e9;
      const share = Math.max(round / suite.rounds, (clock() - timeBegan) / 1e9 / suite.seconds);
      suite.onProgress?.({ phase: 'time', share: Math.min(1, share) });
      if (spent >= suite.seconds && rounds >= Math.min(leastRounds, suite.rounds)) break;
    }
    if (suite.signal?.aborted === true) break;
    for (const thing of timedThings) {
      const nanoseconds = timeRuns(cell.cell.runs[thing], cell.repeats[thing], clock);
      cell.samples[thing].push(nanoseconds / cell.cell.name.batch);
    }
    await breathe();
  }
  const complete = Math.min(...timed.map(({ samples }) => samples.copy.length));
  const rows = timed.flatMap((cell) => rowsOf(cell, complete));
  for (const { cell } of timed) cell.dispose();
  for (const jacobian of new Set(ready.map(({ built }) => built.jacobian))) jacobian.dispose();
  const measured = rows.filter((row) => row.state === 'timed');
  const denormal = ready
    .filter(({ hasDenormals }) => hasDenormals)
    .map(({ name }) => cellText(name));
  return {
    rows: [...rows, ...failed],
    warnings: [
      noiseWarning(measured),
      clockWarning(step),
      denormalWarning(denormal),
      fusionWarning(measured),
    ].filter((warning) => warning !== undefined),
    rounds: timed.length === 0 ? 0 : complete,
    interrupted: suite.signal?.aborted === true,
  };
}

/** `RoeFlux_1d markowitz wasm f64 × 4096`. */
export function cellText({ subject, order, target, precision, batch }: CellName): string {
  return `${subject} ${order} ${target} ${precision} × ${batch}`;
}

function repeatsOf(cell: ReadyCell, length: number, clock: Clock) {
  const repeats = (thing: (typeof timedThings)[number]): number =>
    calibrate(cell.runs[thing], length, warmUp, clock);
  return { kernel: repeats('kernel'), call: repeats('call'), copy: repeats('copy') };
}

/** One row a layout, of the rounds that all cells have. */
function rowsOf(
  {
    cell: { name, built },
    samples,
  }: {
    readonly cell: ReadyCell;
    readonly samples: Readonly<Record<(typeof timedThings)[number], readonly number[]>>;
  },
  rounds: number,
): TimingRow[] {
  if (rounds === 0)
    return [{ state: 'failed', ...name, reason: 'interrupted before the first round' }];
  const copyNsPerPoint = quantile(samples.copy.slice(0, rounds), 0.5);
  const { jacobian, buildMs, firstCallMs, maxError } = built;
  return (['kernel', 'call'] as const).map((layout: Layout) => {
    const own = samples[layout].slice(0, rounds);
    return {
      state: 'timed',
      ...name,
      layout,
      nsPerPoint: summarise(own),
      samples: own,
      ...{ buildMs, firstCallMs, copyNsPerPoint, maxError },
      fusedMultiplyAdd: jacobian.compiled.fusedMultiplyAdd,
    };
  });
}
