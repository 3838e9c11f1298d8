import { describe, expect, it } from 'vitest';

import { fastestOf, isFaster } from '../../src/bench/fastest.ts';
import { createRandom } from '../../src/support/random.ts';

/** Runners on a clock of their own: each run lets its time pass. */
function raceOf(times: readonly number[], noise: () => number = () => 1) {
  let now = 0;
  const runs = times.map(() => 0);
  const runners = times.map((time, index) => ({
    index,
    run: () => {
      runs[index] = (runs[index] ?? 0) + 1;
      now += time * noise();
    },
  }));
  // Looking at the clock takes a little too, else it would never be seen to step.
  const clock = () => (now += 1);
  return { runners, clock, runs };
}

describe('a race', () => {
  it('is won by the fastest, wherever it stands in the list', () => {
    const times = [5e4, 3e4, 9e4, 4e4, 2e4, 7e4, 6e4];
    times.forEach((_, turn) => {
      const turned = [...times.slice(turn), ...times.slice(0, turn)];
      const { runners, clock } = raceOf(turned);
      expect(fastestOf(runners, { clock, seed: 1 }).index).toBe(turned.indexOf(2e4));
    });
  });

  it('is won by the fastest also where one run in five takes ten times as long', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const random = createRandom(seed);
      const { runners, clock } = raceOf([3e6, 4e6, 5e6, 6e6], () => (random.next() < 0.2 ? 10 : 1));
      expect(fastestOf(runners, { clock, seed }).index).toBe(0);
    }
  });

  it('lets the slower half drop out', () => {
    const { runners, clock, runs } = raceOf([3e6, 3.5e6, 8e6, 9e6]);
    fastestOf(runners, { clock, seed: 2 });
    expect(runs[3]).toBeLessThan((runs[0] ?? 0) / 2);
  });

  it('has no winner without runners', () => {
    expect(() => fastestOf([], { clock: () => performance.now() * 1e6, seed: 0 })).toThrow(
      RangeError,
    );
  });
});

describe('of two', () => {
  it('one is faster than a slower one, and not than a faster one or itself', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const random = createRandom(seed);
      const { runners, clock } = raceOf([3e6, 3.3e6], () => (random.next() < 0.2 ? 10 : 1));
      const [fast, slow] = runners;
      if (fast === undefined || slow === undefined) throw new Error('there are two');
      expect(isFaster(fast, slow, { clock, seed })).toBe(true);
      expect(isFaster(slow, fast, { clock, seed })).toBe(false);
    }
    const { runners, clock } = raceOf([3e6, 3e6]);
    const [one, other] = runners;
    if (one === undefined || other === undefined) throw new Error('there are two');
    expect(isFaster(one, other, { clock, seed: 1 })).toBe(false);
  });
});
