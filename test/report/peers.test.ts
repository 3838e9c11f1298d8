import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

import { peersSection } from '../../src/report/sections/peers.ts';
import { runTimesSection } from '../../src/report/sections/run-times.ts';
import { readResultSet, type ResultSet, type StoredTimings } from '../../src/results/result-set.ts';
import { syntheticTimings } from './synthetic-timings.ts';

let set: ResultSet;
let alone: StoredTimings;
let beside: StoredTimings;

/** Of the row that takes least, another program's takes seven times as long in every round. */
beforeAll(async () => {
  set = await readResultSet(fileURLToPath(new URL('../../results/RoeFlux_1d', import.meta.url)));
  alone = syntheticTimings(set);
  const own = alone.timings.rows.flatMap((row) =>
    row.state === 'timed' && row.target === 'wasm' && row.batch === 4096 ? [row] : [],
  );
  const [least] = own.toSorted((a, b) => a.nsPerPoint.median - b.nsPerPoint.median);
  if (least === undefined) throw new Error('there are no rows');
  const samples = least.samples.map((time) => 7 * time);
  const other = { ...least, target: 'casadi-c', order: 'none', samples };
  beside = { path: 'beside.json', timings: { ...alone.timings, rows: [...own, other] } };
});

describe('other programs in a report', () => {
  it('take so many times as long as our quickest of the same rounds', () => {
    const [table] = peersSection({ ...set, timings: [alone, beside] })?.tables ?? [];
    expect(table?.columns.map(({ title }) => title)).toEqual(['program', 'RoeFlux_1d']);
    const cell = table?.rows.find(([name]) => name?.text === 'casadi-c')?.[1];
    expect(cell).toMatchObject({ text: '7.00', detail: '7.00–7.00' });
    expect(cell?.source?.command).toBe('npm run peers -- --tasks RoeFlux_1d --rounds 12');
  });

  it('need a file that has them, and are no target of ours', () => {
    expect(peersSection({ ...set, timings: [alone] })).toBeUndefined();
    const captions = (runTimesSection({ ...set, timings: [beside] })?.tables ?? []).map(
      ({ caption }) => caption,
    );
    expect(captions).toEqual(['Nanoseconds a point, wasm f64']);
  });
});
