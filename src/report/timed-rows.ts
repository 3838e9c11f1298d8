/** Rows of timing files as reports take them: the latest of each cell, and what it is compared with. */
import type { ResultSet, StoredTimings } from '../results/result-set.ts';
import type { TimingFile } from '../results/timings.ts';

type TimedRow = Extract<TimingFile['rows'][number], { state: 'timed' }>;

/** A row and the file that it is from. */
export interface StoredRow extends TimedRow {
  readonly from: StoredTimings;
}

/** The latest kernel row of each cell, by subject, target, order, batch and device. */
export function latestRows({ timings }: Pick<ResultSet, 'timings'>): readonly StoredRow[] {
  const latest = new Map<string, StoredRow>();
  for (const from of timings.toSorted((a, b) => (a.timings.date < b.timings.date ? -1 : 1))) {
    for (const row of from.timings.rows) {
      if (row.state === 'failed' || row.layout !== 'kernel') continue;
      const { subject, target, precision, order, batch } = row;
      const adapter = row.device?.adapter ?? '';
      const key = JSON.stringify([subject, target, precision, order, batch, adapter]);
      latest.set(key, { ...row, from });
    }
  }
  return [...latest.values()];
}

/** What ran it: `wasm f64`, and the adapter of a device. */
export function kindOf({ target, precision, device }: StoredRow): string {
  return `${target} ${precision}${device === undefined ? '' : `, ${device.adapter}`}`;
}

/** The row of Markowitz's order that was timed in the same rounds; none for itself. */
export function referenceOf(row: StoredRow, rows: readonly StoredRow[]): StoredRow | undefined {
  return rows.find(
    (other) =>
      other !== row &&
      other.order === 'markowitz' &&
      other.from === row.from &&
      kindOf(other) === kindOf(row) &&
      other.batch === row.batch,
  );
}
