import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import { runTimesSection } from '../../src/report/sections/run-times.ts';
import type { Section } from '../../src/report/types.ts';
import { readResultSet } from '../../src/results/result-set.ts';
import { syntheticTimings } from './synthetic-timings.ts';

let section: Section;
let builtIns: Section | undefined;
let laterOrder: Section | undefined;

beforeAll(async () => {
  const set = await readResultSet(fileURLToPath(new URL('../../results', import.meta.url)));
  const made = runTimesSection({ ...set, timings: [syntheticTimings(set)] });
  if (made === undefined) throw new Error('there is no section');
  section = made;
  const own = syntheticTimings(set);
  const late = { ...own.timings, builtIns: true, date: '2000-01-02T00:00:00.000Z' };
  const published = own.timings.rows.filter(({ order }) => order === 'published');
  const larger = published.flatMap((row) => [row, { ...row, batch: 2 ** 20 }]);
  const orders = { published: own.timings.orders.published ?? [] };
  const one = { ...own.timings, rows: larger, orders, date: '2000-01-02T00:00:00.000Z' };
  laterOrder = runTimesSection({ ...set, timings: [own, { ...own, timings: one }] });
  builtIns = runTimesSection({ ...set, timings: [own, { ...own, timings: late }] });
});

describe('run times in a report', () => {
  it('stand beside counts: where a multiplication takes a nanosecond, ratios are those of counts', () => {
    const figure = section.figures.find(({ id }) => id === 'time-against-count');
    const points = figure?.series.flatMap((series) => series.points) ?? [];
    // Three orders beside Markowitz's, on two targets.
    expect(points).toHaveLength(6);
    for (const { x, y, low, high } of points) {
      expect(y).toBeCloseTo(x, 12);
      expect(low).toBeCloseTo(x, 12);
      expect(high).toBeCloseTo(x, 12);
    }
  });

  it('are of the largest batch, with an interval around the median', () => {
    const table = section.tables.find(({ id }) => id === 'times-wasm-f64');
    expect(table?.rows[0]?.[1]?.value).toBe(4096);
    for (const { value, detail } of table?.rows[0]?.slice(2) ?? []) {
      const [low = NaN, high = NaN] = (detail ?? '').split('–').map(Number);
      expect(low).toBeLessThanOrEqual(Number(value));
      expect(high).toBeGreaterThanOrEqual(Number(value));
    }
  });

  it('are of the batch that has most orders, whatever was timed later at one', () => {
    const table = laterOrder?.tables.find(({ id }) => id === 'times-wasm-f64');
    expect(table?.rows[0]?.[1]?.value).toBe(4096);
    // Orders of the earlier file are still compared with Markowitz's of the same.
    const figure = laterOrder?.figures.find(({ id }) => id === 'time-against-count');
    expect(figure?.series.flatMap(({ points }) => points)).toHaveLength(6);
  });

  it('of devices stand beside their copy and roofline', () => {
    const table = section.tables.find(({ id }) => id === 'devices');
    const titles = table?.columns.map(({ title }) => title) ?? [];
    expect(table?.rows).toHaveLength(8);
    for (const row of table?.rows ?? []) {
      expect(row[titles.indexOf('adapter')]?.text).toBe('a device (a processor, no GPU)');
      expect(row[titles.indexOf('copy')]?.value).toBe(10);
      expect(row[titles.indexOf('reached')]?.text).toBe('25 %');
    }
  });

  it('by a device’s own functions do not take the place of ours', () => {
    const titles = builtIns?.tables.map(({ caption }) => caption) ?? [];
    expect(titles).toContain('Nanoseconds a point, webgpu f32, a device');
    expect(titles).toContain('Nanoseconds a point, webgpu f32 with built-in functions, a device');
    // WebAssembly has our functions either way.
    expect(titles.filter((title) => title.includes('wasm'))).toHaveLength(1);
    expect(builtIns?.tables.find(({ id }) => id === 'devices')?.rows).toHaveLength(16);
  });

  it('against batch sizes have a line a task', () => {
    const figure = section.figures.find(({ id }) => id === 'time-against-batch');
    expect(figure?.series.map(({ name, points }) => [name, points.map(({ x }) => x)])).toEqual([
      ['RoeFlux_1d', [64, 4096]],
    ]);
  });
});
