import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import { csv } from '../../src/report/formats/csv.ts';
import { searchCurvesSection } from '../../src/report/sections/search-curves.ts';
import type { Section } from '../../src/report/types.ts';
import { readResultSet, type ResultSet } from '../../src/results/result-set.ts';

let set: ResultSet;
let section: Section;

/** A search of a million evaluations in 100 seconds that ends at 409, where the published results have their best. */
const curve = [
  { evaluations: 10_000, count: 450 },
  { evaluations: 100_000, count: 413 },
  { evaluations: 500_000, count: 409 },
];

beforeAll(async () => {
  const whole = await readResultSet(fileURLToPath(new URL('../../results/g', import.meta.url)));
  set = {
    ...whole,
    results: whole.results.map((stored) => {
      const { result } = stored;
      const isSearch = result.strategy.name === 'anneal' && result.cost === 'paper';
      return {
        ...stored,
        result: isSearch
          ? { ...result, evaluations: 1e6, seconds: 100, curve }
          : { ...result, curve: undefined },
      };
    }),
  };
  const made = searchCurvesSection(set);
  if (made === undefined) throw new Error('there is no section');
  section = made;
});

describe('search curves in a report', () => {
  it('say when a search was near to what it found, and when there', () => {
    const [row] = section.tables[0]?.rows ?? [];
    // 413 is within 1 % of 409; a search of 10,000 evaluations a second.
    expect(row?.slice(2).map(({ value, detail }) => [value, detail])).toEqual([
      [450, undefined],
      [409, undefined],
      [1_000_000, '100 s'],
      [100_000, '10.0 s'],
      [500_000, '50.0 s'],
    ]);
  });

  it('fall in steps to the best known and go on to the end of the budget', () => {
    const [figure] = section.figures;
    expect(figure?.joined).toBe('steps');
    expect(figure?.series[0]?.points.map(({ x, y }) => [x, y])).toEqual([
      [10_000, 450 / 409],
      [100_000, 413 / 409],
      [500_000, 1],
      [1_000_000, 1],
    ]);
  });

  it('stand in CSV point by point', async () => {
    const text = await csv.write({ title: '', text: [], sections: [section] });
    const lines = text.split('\r\n').filter((line) => line.startsWith('search-curves-paper,g,'));
    expect(lines.map((line) => Number(line.split(',')[2]))).toEqual([1e4, 1e5, 5e5, 1e6]);
  });

  it('are left out where no search has one', () => {
    expect(searchCurvesSection({ ...set, results: [] })).toBeUndefined();
  });

  it('are of searches that are the same on every machine only', () => {
    const timed = (parameters: Readonly<Record<string, unknown>>): ResultSet => ({
      ...set,
      results: set.results.map((stored) => ({
        ...stored,
        result: { ...stored.result, strategy: { ...stored.result.strategy, parameters } },
      })),
    });
    expect(searchCurvesSection(timed({ evaluations: 1e6 }))).toBeDefined();
    expect(searchCurvesSection(timed({ time: 60 }))).toBeUndefined();
    expect(searchCurvesSection(timed({ evaluations: 1e6, clock: 'processor' }))).toBeUndefined();
  });

  it('begin at the left end of the logarithmic axis with what a search begins with', () => {
    const start = { evaluations: 0, count: 500 };
    const begun = {
      ...set,
      results: set.results.map((stored) =>
        stored.result.curve === undefined
          ? stored
          : { ...stored, result: { ...stored.result, curve: [start, ...stored.result.curve] } },
      ),
    };
    const points = searchCurvesSection(begun)?.figures[0]?.series[0]?.points;
    expect(points?.[0]).toMatchObject({ x: 1, y: 500 / 409 });
  });
});
