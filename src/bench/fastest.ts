/**
 * Which of several Jacobians is the fastest on this machine, by the clock. A race in rounds: all that
 * are left run once a round, interleaved at random; after some rounds the slower half drops out, by the
 * lower quartile: other programs make a sample longer, never shorter. No guarantee beyond the samples:
 * two that take the same time may end either way.
 */
import { pairedRatio, quantile } from '../support/statistics.ts';
import { calibrate, type Clock, clockStep, sampleLength, timeRuns } from './clock.ts';
import { visits } from './plan.ts';

/** Samples of each between two eliminations; the last two get three times as many. */
const roundsAHeat = 7;
/** Samples of each of two that are compared alone. */
const roundsOfTwo = 41;
/** Nanoseconds of warm-up. */
const warmUp = 2e7;

/** What takes part in a race: a thing that can be run. */
export interface Runner {
  run(): void;
}

/** How a race is run. */
export interface RaceConditions {
  /** Whose time counts. */
  readonly clock: Clock;
  /** Of the order within rounds. */
  readonly seed: number;
}

/** A runner warmed up, and how often it runs in a sample. */
function entrant<R extends Runner>(runner: R, clock: Clock) {
  const run = (): void => {
    runner.run();
  };
  const repeats = calibrate(run, sampleLength(clockStep(clock)), warmUp, clock);
  return { runner, run, repeats, time: Infinity };
}

/** So many samples of each, by round, from rounds that visit all. */
function samplesOf<E extends { readonly repeats: number; readonly run: () => void }>(
  entrants: readonly E[],
  rounds: number,
  { clock, seed }: RaceConditions,
): ReadonlyMap<E, readonly number[]> {
  const samples = new Map(entrants.map((each) => [each, [] as number[]]));
  for (const { cell } of visits(entrants, rounds, seed)) {
    samples.get(cell)?.push(timeRuns(cell.run, cell.repeats, clock));
  }
  return samples;
}

/**
 * Whether one is faster than another: the median of the ratios of samples from the same rounds is
 * below 1.
 */
export function isFaster(one: Runner, other: Runner, conditions: RaceConditions): boolean {
  const both = [entrant(one, conditions.clock), entrant(other, conditions.clock)];
  const [first = [], second = []] = samplesOf(both, roundsOfTwo, conditions).values();
  return pairedRatio(first, second).median < 1;
}

/**
 * Runs the race.
 * @param runners at least one
 * @throws RangeError without a runner
 */
export function fastestOf<R extends Runner>(
  runners: readonly R[],
  { clock, seed }: RaceConditions,
): R {
  let left = runners.map((runner) => entrant(runner, clock));
  for (let heat = 0; left.length > 1; heat += 1) {
    const rounds = left.length === 2 ? 3 * roundsAHeat : roundsAHeat;
    const samples = samplesOf(left, rounds, { clock, seed: seed + heat });
    left = left
      .map((each) => ({ ...each, time: quantile(samples.get(each) ?? [], 0.25) }))
      .sort((a, b) => a.time - b.time)
      .slice(0, Math.ceil(left.length / 2));
  }
  const [winner] = left;
  if (winner === undefined) throw new RangeError('a race of none has no winner');
  return winner.runner;
}
