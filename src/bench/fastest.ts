/**
 * Which of several Jacobians is the fastest on this machine, by the clock. A race in rounds: all that
 * are left run once a round, interleaved at random; after some rounds the slower half drops out, by the
 * lower quartile: other programs make a sample longer, never shorter. No guarantee beyond the samples: two that take the same time may end either way.
 */
import { quantile } from '../support/statistics.ts';
import { calibrate, type Clock, clockStep, sampleLength, timeRuns } from './clock.ts';
import { visits } from './plan.ts';

/** Samples of each between two eliminations; the last two get three times as many. */
const roundsAHeat = 7;
/** Nanoseconds of warm-up. */
const warmUp = 2e7;

/** What takes part in a race: a thing that can be run. */
export interface Runner {
  run(): void;
}

/**
 * Runs the race.
 * @param runners at least one
 * @param options how
 * @param options.clock whose time counts
 * @param options.seed of the order within rounds
 * @throws RangeError without a runner
 */
export function fastestOf<R extends Runner>(
  runners: readonly R[],
  { clock, seed }: { readonly clock: Clock; readonly seed: number },
): R {
  const length = sampleLength(clockStep(clock));
  let left = runners.map((runner) => {
    const run = (): void => {
      runner.run();
    };
    return { runner, run, repeats: calibrate(run, length, warmUp, clock), time: Infinity };
  });
  for (let heat = 0; left.length > 1; heat += 1) {
    const rounds = left.length === 2 ? 3 * roundsAHeat : roundsAHeat;
    const samples = new Map(left.map((each) => [each, [] as number[]]));
    for (const { cell } of visits(left, rounds, seed + heat)) {
      samples.get(cell)?.push(timeRuns(cell.run, cell.repeats, clock));
    }
    left = left
      .map((each) => ({ ...each, time: quantile(samples.get(each) ?? [], 0.25) }))
      .sort((a, b) => a.time - b.time)
      .slice(0, Math.ceil(left.length / 2));
  }
  const [winner] = left;
  if (winner === undefined) throw new RangeError('a race of none has no winner');
  return winner.runner;
}
