import { describe, expect, it } from 'vitest';

import {
  calibrate,
  clockStep,
  leastSample,
  sampleLength,
  timeRepeated,
  timeRuns,
} from '../../src/bench/clock.ts';

/** A clock that only work moves on, in steps. */
function workedClock(step = 1) {
  let now = 0;
  return {
    work: (nanoseconds: number) => {
      now += nanoseconds;
    },
    clock: () => {
      now += 1;
      return Math.floor(now / step) * step;
    },
  };
}

describe('the clock', () => {
  it('finds the step that it makes', () => {
    expect(clockStep(workedClock(1000).clock)).toBe(1000);
  });

  it('asks for samples of 200 steps where steps are long', () => {
    expect(sampleLength(1)).toBe(leastSample);
    expect(sampleLength(100_000)).toBe(2e7);
  });

  it('repeats what is awaited until a sample is full, by a coarse clock too', async () => {
    for (const step of [1, 1000]) {
      const { clock, work } = workedClock(step);
      let runs = 0;
      const run = () => {
        runs += 1;
        work(499);
        return Promise.resolve();
      };
      const time = await timeRepeated(run, 1e5, clock);
      // A look at the clock takes 1; a step is missed at either end.
      expect(Math.abs(time - 500)).toBeLessThanOrEqual(step / 200 + 1);
      expect(runs).toBeGreaterThanOrEqual(199);
    }
  });

  it('takes the time of one run out of many', () => {
    const { clock, work } = workedClock();
    expect(
      timeRuns(
        () => {
          work(500);
        },
        1000,
        clock,
      ),
    ).toBeCloseTo(500, 1);
  });

  it('repeats a run until it fills a sample, and a long run once', () => {
    for (const [each, repeats] of [
      [1000, 2000],
      [3e6, 1],
    ] as const) {
      const { clock, work } = workedClock();
      let spent = 0;
      const run = (): void => {
        spent += each;
        work(each);
      };
      expect(calibrate(run, 2e6, 1e7, clock)).toBe(repeats);
      expect(spent).toBeGreaterThanOrEqual(1e7);
    }
  });
});
