import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import { runTimesSection } from '../../src/report/sections/run-times.ts';
import type { Section, Table } from '../../src/report/types.ts';
import { readResultSet, type ResultSet, type StoredTimings } from '../../src/results/result-set.ts';
import type { TimingFile } from '../../src/results/timings.ts';
import { syntheticTimings } from './synthetic-timings.ts';

let set: ResultSet;
let own: StoredTimings;
let section: Section;
let builtIns: Section | undefined;
let laterOrder: Section | undefined;

beforeAll(async () => {
  set = await readResultSet(fileURLToPath(new URL('../../results', import.meta.url)));
  const made = runTimesSection({ ...set, timings: [syntheticTimings(set)] });
  if (made === undefined) throw new Error('there is no section');
  section = made;
  own = syntheticTimings(set);
  const late = { ...own.timings, builtIns: true, date: '2000-01-02T00:00:00.000Z' };
  const published = own.timings.rows.filter(({ order }) => order === 'published');
  const larger = published.flatMap((row) => [row, { ...row, batch: 2 ** 20 }]);
  const orders = { published: own.timings.orders.published ?? [] };
  const one = { ...own.timings, rows: larger, orders, date: '2000-01-02T00:00:00.000Z' };
  laterOrder = runTimesSection({ ...set, timings: [own, { ...own, timings: one }] });
  builtIns = runTimesSection({ ...set, timings: [own, { ...own, timings: late }] });
});

function sectionOf(...timings: readonly StoredTimings[]): Section {
  const made = runTimesSection({ ...set, timings });
  if (made === undefined) throw new Error('there is no section');
  return made;
}

type Row = Extract<TimingFile['rows'][number], { state: 'timed' }>;

/** The timings with each row changed, or left out. */
function changed(change: (row: Row) => readonly Row[]): TimingFile {
  const rows = own.timings.rows.flatMap((row): TimingFile['rows'] =>
    row.state === 'timed' ? [...change(row)] : [row],
  );
  return { ...own.timings, rows };
}

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

  it('in a row are of one file, though a later one has another time for one of its orders', () => {
    const late = changed((row) =>
      row.order === 'published' ? [{ ...row, samples: row.samples.map((time) => 10 * time) }] : [],
    );
    const later = { ...late, date: '2000-01-02T00:00:00.000Z' };
    const made = sectionOf(own, { path: 'later.json', timings: later });
    const table = made.tables.find(({ id }) => id === 'times-wasm-f64');
    const files = table?.rows[0]?.slice(2).map(({ source }) => source?.file);
    expect(files).toEqual([own.path, own.path, own.path, own.path]);
  });

  it('with and without fused multiply-add, of other forms and with values have tables of their own', () => {
    const other = [
      changed((row) => [{ ...row, fusedMultiplyAdd: false }]),
      { ...own.timings, form: 'dense' as const },
      { ...own.timings, values: true },
    ];
    const made = sectionOf(own, ...other.map((timings) => ({ path: 'other.json', timings })));
    const captions = made.tables
      .map(({ caption }) => caption)
      .filter((text) => text.includes('wasm'));
    expect(captions).toEqual([
      'Nanoseconds a point, wasm f64',
      'Nanoseconds a point, wasm f64, dense',
      'Nanoseconds a point, wasm f64, with values',
      'Nanoseconds a point, wasm f64, without fused multiply-add',
    ]);
  });

  it('say what their intervals cover where rounds were few, and which files are noisy', () => {
    const table = (timings: TimingFile): Table | undefined =>
      sectionOf({ ...own, timings }).tables.find(({ id }) => id === 'times-wasm-f64');
    expect(table(own.timings)?.notes).toEqual([]);
    const few = changed((row) => [{ ...row, samples: row.samples.slice(0, 5) }]);
    // Both ends of five samples: 1 − 2 · 2⁻⁵ = 0.9375.
    expect(table(few)?.notes).toEqual([
      'Intervals of fewer than six rounds cover less than 95 %, here 93 %.',
    ]);
    const noisy = { ...own.timings, warnings: [{ kind: 'noisy', message: 'noisy' }] };
    expect(table(noisy)?.notes[0]).toMatch(/1 of 1 files .* noisy: RoeFlux_1d/);
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
