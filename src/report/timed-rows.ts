/** Rows of timing files as reports take them: the latest of each cell, and what it is compared with. */
import { timingCommandOf } from '../results/command.ts';
import type { ResultSet, StoredTimings } from '../results/result-set.ts';
import type { TimingFile } from '../results/timings.ts';
import { medianInterval } from '../support/statistics.ts';
import { intervalCell } from './cells.ts';
import type { Cell, Source } from './types.ts';

type TimedRow = Extract<TimingFile['rows'][number], { state: 'timed' }>;

/** A row and the file that it is from. */
export interface StoredRow extends TimedRow {
  readonly from: StoredTimings;
}

/** The kernel rows of all files, one list a file, by date. */
export function rowsByFile({
  timings,
}: Pick<ResultSet, 'timings'>): readonly (readonly StoredRow[])[] {
  const files = timings.toSorted((a, b) => (a.timings.date < b.timings.date ? -1 : 1));
  return files.map((from) =>
    from.timings.rows.flatMap((row) =>
      row.state === 'failed' || row.layout !== 'kernel' ? [] : [{ ...row, from }],
    ),
  );
}

/** The latest kernel row of each cell, by subject, kind, order and batch, of files that pass. */
export function latestRows(
  set: Pick<ResultSet, 'timings'>,
  passes: (file: StoredTimings) => boolean = () => true,
): readonly StoredRow[] {
  const rows = rowsByFile({ timings: set.timings.filter(passes) }).flat();
  const key = (row: StoredRow): string =>
    JSON.stringify([row.subject, kindOf(row), row.order, row.batch]);
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}

/** What ran it: `wasm f64`; on a device whose functions, if not ours, and the adapter. */
export function kindOf(row: StoredRow): string {
  const kind = `${row.target} ${row.precision}`;
  return row.device === undefined ? kind : `${kind}${functionsOf(row)}, ${row.device.adapter}`;
}

/** Whose elementary functions ran on a device, where they were not ours. */
export function functionsOf({ from: { timings } }: StoredRow): string {
  return timings.builtIns === true ? ' with built-in functions' : '';
}

/** Whether a file has Markowitz's order: one without has nothing that orders are compared with. */
export function hasReference({ timings }: StoredTimings): boolean {
  return 'markowitz' in timings.orders;
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

/** How a row was timed. */
export function timingSource({ from: { path, timings } }: StoredRow): Source {
  return { file: path, command: timingCommandOf(timings) };
}

/** A row's median, with its interval. */
export function timeCell(row: StoredRow): Cell {
  return intervalCell(medianInterval(row.samples), timingSource(row));
}
