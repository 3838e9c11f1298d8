import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import { fusionSection } from '../../src/report/sections/fusion.ts';
import type { Section } from '../../src/report/types.ts';
import { type ResultSet, readResultSet, type StoredTimings } from '../../src/results/result-set.ts';
import { syntheticTimings } from './synthetic-timings.ts';

let set: ResultSet;
let own: StoredTimings;

beforeAll(async () => {
  set = await readResultSet(fileURLToPath(new URL('../../results', import.meta.url)));
  own = syntheticTimings(set);
});

/** A file whose rows on a device have partners that take so many times as long, by round. */
function withUnfused(
  factors: readonly number[],
  { batches, order, date }: { batches: readonly number[]; order?: string; date: string },
): StoredTimings {
  const rows = own.timings.rows.flatMap((row) => {
    if (row.state === 'failed' || row.target !== 'webgpu') return [];
    if (!batches.includes(row.batch) || (order !== undefined && row.order !== order)) return [];
    const samples = row.samples.map((time, round) => time * (factors[round % factors.length] ?? 1));
    return [row, { ...row, target: 'wgsl-unfused', samples }];
  });
  return { ...own, timings: { ...own.timings, rows, date } };
}

function sectionOf(...timings: readonly StoredTimings[]): Section {
  const section = fusionSection({ ...set, timings });
  if (section === undefined) throw new Error('there is no section');
  return section;
}

describe('what fusion is worth in a report', () => {
  it('is the median of ratios of the same round, batch by batch', () => {
    const { tables, figures } = sectionOf(
      withUnfused([3, 5, 10], { batches: [64, 4096], order: 'reverse', date: '2000-01-01' }),
    );
    const [table] = tables;
    expect(tables).toHaveLength(1);
    expect(table?.columns.map(({ title }) => title)).toEqual([
      ...['task', 'order', 'dispatches', '64', '4096'],
    ]);
    expect(table?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['RoeFlux_1d', 'reverse', '1', '5.00', '5.00'],
    ]);
    // 12 rounds: the interval of the sign test ends at the third of them from each side.
    expect(table?.rows[0]?.[3]?.detail).toBe('3.00–10.0');
    expect(figures[0]?.series.map(({ points }) => points.map(({ x, y }) => [x, y]))).toEqual([
      [
        [64, 5],
        [4096, 5],
      ],
    ]);
  });

  it('is of the latest file, and of the order with the most batches', () => {
    const { tables, figures } = sectionOf(
      withUnfused([2], { batches: [64], date: '2000-01-01' }),
      withUnfused([7], { batches: [64, 4096], order: 'published', date: '2000-01-02' }),
      withUnfused([4], { batches: [64], order: 'published', date: '2000-01-03' }),
    );
    expect(tables[0]?.rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['RoeFlux_1d', 'published', '1', '4.00', '7.00'],
    ]);
    expect(figures).toHaveLength(1);
  });

  it('needs both targets in one file', () => {
    expect(fusionSection({ ...set, timings: [own] })).toBeUndefined();
  });
});
