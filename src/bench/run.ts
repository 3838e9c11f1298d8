/**
 * Times Jacobians: all cells in one process, interleaved at random, every Jacobian checked against an
 * independent one first. What is compared was measured in the same rounds.
 *
 * Our own loop and not a benchmark library's: libraries such as tinybench run one task after the
 * other to its end, which lets drift fall on one side of a ratio; statistics need samples in pairs.
 */
import { breathe } from '../support/breathe.ts';
import { quantile, summarise } from '../support/statistics.ts';
import { type BuiltCells, buildCells } from './cells.ts';
import { calibrateTimed, type Clock, clockStep, sampleLength, systemClock } from './clock.ts';
import { visits } from './plan.ts';
import type { TimingOutcome, TimingSuite } from './suite.ts';
import { type TimedCell, type TimedThing, timedThings } from './timed-cell.ts';
import type { CellName, Layout, TimingRow } from './types.ts';
import { clockWarning, denormalWarning, fusionWarning, noiseWarning } from './warnings.ts';

/** Rounds that are made even where the time is up: with fewer no interval covers 95 %. */
const leastRounds = 6;
/** Nanoseconds of warm-up for each thing that is timed. */
const warmUp = 3e7;

/** A cell with its samples so far. */
interface SampledCell {
  readonly cell: TimedCell;
  readonly repeats: Readonly<Record<TimedThing, number>>;
  /** Nanoseconds a point, one a visit. */
  readonly samples: Readonly<Record<TimedThing, number[]>>;
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
  const built = await buildCells(suite, { clock, length: sampleLength(step) });
  try {
    return await timeCells(suite, built, { clock, began, step });
  } finally {
    // A device that was lost meanwhile is given back too.
    for (const cell of built.ready) cell.dispose();
    built.close();
  }
}

async function timeCells(
  suite: TimingSuite,
  { ready, failed }: BuiltCells,
  { clock, began, step }: { readonly clock: Clock; readonly began: number; readonly step: number },
): Promise<TimingOutcome> {
  const length = sampleLength(step);
  const timed: SampledCell[] = [];
  for (const cell of ready) {
    if (suite.signal?.aborted === true) break;
    const repeats = await repeatsOf(cell, length, clock);
    timed.push({ cell, repeats, samples: { kernel: [], call: [], copy: [] } });
  }
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
      const time = cell.cell.timed[thing](cell.repeats[thing], clock);
      const nanoseconds = typeof time === 'number' ? time : await time;
      cell.samples[thing].push(nanoseconds / cell.cell.name.batch);
    }
    await breathe();
  }
  const complete = Math.min(...timed.map(({ samples }) => samples.copy.length));
  const rows = timed.flatMap((cell) => rowsOf(cell, complete));
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

async function repeatsOf(
  { timed }: TimedCell,
  length: number,
  clock: Clock,
): Promise<Record<TimedThing, number>> {
  const repeats = (thing: TimedThing): Promise<number> =>
    calibrateTimed(timed[thing], length, warmUp, clock);
  // One after the other: what runs beside another thing takes longer.
  const kernel = await repeats('kernel');
  const call = await repeats('call');
  return { kernel, call, copy: await repeats('copy') };
}

/** One row a layout, of the rounds that all cells have. */
function rowsOf({ cell, samples }: SampledCell, rounds: number): TimingRow[] {
  const { name, chosen, facts } = cell;
  if (rounds === 0)
    return [{ state: 'failed', ...name, reason: 'interrupted before the first round' }];
  const kernel = samples.kernel.slice(0, rounds);
  const copy = samples.copy.slice(0, rounds);
  const device = cell.onDevice?.(kernel, copy);
  const { errors } = facts;
  return (['kernel', 'call'] as const).map((layout: Layout) => {
    const own = samples[layout].slice(0, rounds);
    return {
      state: 'timed',
      ...name,
      layout,
      nsPerPoint: summarise(own),
      samples: own,
      ...{ copyNsPerPoint: quantile(copy, 0.5), maxError: errors.max },
      ...facts,
      ...(chosen && { chosen }),
      ...(device && { device }),
    };
  });
}
