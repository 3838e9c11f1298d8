import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { compareTimes } from '../../../src/report/comparison/times.ts';
import { readResultSet, type ResultSet } from '../../../src/results/result-set.ts';
import type { TimingFile } from '../../../src/results/timings.ts';
import { syntheticTimings } from '../synthetic-timings.ts';

type Row = Extract<TimingFile['rows'][number], { state: 'timed' }>;

let timings: TimingFile;

beforeAll(async () => {
  const folder = fileURLToPath(new URL('../../../results/RoeFlux_1d', import.meta.url));
  ({ timings } = syntheticTimings(await readResultSet(folder)));
});

/** A set with the timings, each row's samples changed. */
function timed(
  change: (row: Row, samples: readonly number[]) => readonly number[],
  facts: Partial<TimingFile> = {},
): ResultSet {
  const rows = timings.rows.map((row) =>
    row.state === 'timed' ? { ...row, samples: [...change(row, row.samples)] } : row,
  );
  return {
    results: [],
    timings: [{ path: 'timings.json', timings: { ...timings, ...facts, rows } }],
    policies: [],
  };
}

const asTheyAre = (_: Row, samples: readonly number[]): readonly number[] => samples;

describe('times of two runs', () => {
  it('are the same where the whole machine was slower', () => {
    const slower = timed((_, samples) => samples.map((time) => 3 * time));
    const { cells, reference } = compareTimes(timed(asTheyAre), slower);
    // Three orders beside Markowitz's, two batches, two targets.
    expect(cells).toHaveLength(12);
    expect(new Set(cells.map(({ verdict }) => verdict))).toEqual(new Set(['same']));
    expect(reference?.median).toBeCloseTo(3, 12);
  });

  it.each([
    [0.8, 'faster'],
    [1.25, 'slower'],
    [1.04, 'same'],
  ] as const)('of one order by a factor of %f are %s', (factor, verdict) => {
    const other = timed(({ order }, samples) =>
      samples.map((time) => (order === 'reverse' ? factor * time : time)),
    );
    const { cells } = compareTimes(timed(asTheyAre), other);
    for (const cell of cells)
      expect(cell.verdict).toBe(cell.order === 'reverse' ? verdict : 'same');
  });

  it('that vary more than they differ are the same, and few rounds decide nothing', () => {
    const noisy = timed(({ order }, samples) =>
      samples.map((time, round) => time * (order === 'reverse' && round % 2 === 0 ? 2 : 1)),
    );
    expect(compareTimes(timed(asTheyAre), noisy).cells.map(({ verdict }) => verdict)).not.toContain(
      'slower',
    );
    const few = timed((_, samples) => samples.slice(0, 5));
    const fewSlower = timed(({ order }, samples) =>
      samples.slice(0, 5).map((time) => (order === 'reverse' ? 2 * time : time)),
    );
    const verdicts = compareTimes(few, fewSlower).cells.map(({ verdict }) => verdict);
    expect(new Set(verdicts)).toEqual(new Set(['same', 'undecided']));
  });

  it('from one distribution are hardly ever told to have changed', () => {
    // Times with noise of 20 % within a round, twelve rounds: ranges apart once in C(24, 12) / 2.
    const noise = fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), {
      minLength: 12,
      maxLength: 12,
    });
    const draw = (seed: number): ResultSet => {
      const drawn = fc.sample(noise, { seed, numRuns: timings.rows.length });
      let next = 0;
      return timed((_, samples) => {
        const factors = drawn[next++] ?? [];
        return samples.map((time, round) => time * (factors[round] ?? 1));
      });
    };
    for (let seed = 0; seed < 50; seed += 1) {
      const { cells } = compareTimes(draw(2 * seed), draw(2 * seed + 1));
      expect(cells.filter(({ verdict }) => verdict !== 'same')).toEqual([]);
    }
  });

  it('of different machines or forms are not compared', () => {
    for (const facts of [
      { machine: { cpu: 'another', cores: 1, node: '20.0.0', flags: [] } },
      { form: 'dense' as const },
    ]) {
      const { cells, onlyBefore, onlyNow } = compareTimes(
        timed(asTheyAre),
        timed(asTheyAre, facts),
      );
      expect([cells.length, onlyBefore, onlyNow]).toEqual([0, 16, 16]);
    }
  });

  it('by a name that stands for another order say so', () => {
    const orders = { ...timings.orders, reverse: [...(timings.orders.forward ?? [])] };
    const { cells } = compareTimes(timed(asTheyAre), timed(asTheyAre, { orders }));
    for (const { order, otherOrder } of cells) expect(otherOrder).toBe(order === 'reverse');
  });

  it('are compared where the machine is the same, whatever another one timed later', () => {
    const before = timed(asTheyAre);
    const elsewhere = timed(asTheyAre, {
      machine: { ...timings.machine, cores: 64 },
      date: '2001-01-01T00:00:00.000Z',
    });
    const both = { ...before, timings: [...before.timings, ...elsewhere.timings] };
    expect(compareTimes(both, before).cells).toHaveLength(12);
    expect(compareTimes(both, before).onlyBefore).toBe(16);
  });
});
