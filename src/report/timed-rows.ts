/**
 * Rows of timing files as reports take them: with those that were measured in the same rounds, for
 * times of two runs are not comparable.
 */
import { isTarget } from '../compile/targets.ts';
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

/** Whether a row is of one of our targets, and not of another program. */
export function isOwn({ target }: Pick<TimedRow, 'target'>): boolean {
  return isTarget(target);
}

/** Kernel rows of one file that differ by their orders only: measured in the same rounds. */
export interface Rounds {
  readonly subject: string;
  readonly kind: string;
  readonly batch: number;
  readonly from: StoredTimings;
  /** One an order. */
  readonly rows: readonly StoredRow[];
}

/** All rounds of our targets in a set, by date. */
export function roundsOf(set: Pick<ResultSet, 'timings'>): readonly Rounds[] {
  return rowsByFile(set).flatMap((rows) => {
    const groups = new Map<string, StoredRow[]>();
    for (const row of rows.filter(isOwn)) {
      const key = JSON.stringify([row.subject, kindOf(row), row.batch]);
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()].flatMap((own): readonly Rounds[] => {
      const [first] = own;
      if (first === undefined) return [];
      const { subject, batch, from } = first;
      return [{ subject, kind: kindOf(first), batch, from, rows: own }];
    });
  });
}

/**
 * Of rounds that have the same key those with the most orders, of equals those of the largest batch,
 * then the latest.
 * @param all by date
 */
export function fullestRounds(
  all: readonly Rounds[],
  keyOf: (rounds: Rounds) => string,
): readonly Rounds[] {
  const chosen = new Map<string, Rounds>();
  for (const one of all) {
    const other = chosen.get(keyOf(one));
    const more = one.rows.length - (other?.rows.length ?? 0) || one.batch - (other?.batch ?? 0);
    if (more >= 0) chosen.set(keyOf(one), one);
  }
  return [...chosen.values()];
}

/**
 * What ran it, and what it computed where that is not the compact Jacobian alone: `wasm f64`; on a
 * device whose functions, if not ours, and the adapter.
 */
export function kindOf(row: StoredRow): string {
  const { form, values } = row.from.timings;
  const unfused = row.target === 'wasm' && !row.fusedMultiplyAdd;
  return [
    `${row.target} ${row.precision}${row.device === undefined ? '' : functionsOf(row)}`,
    ...(unfused ? ['without fused multiply-add'] : []),
    ...(form === 'compact' ? [] : [form]),
    ...(values ? ['with values'] : []),
    ...(row.device === undefined ? [] : [row.device.adapter]),
  ].join(', ');
}

/** Whose elementary functions ran on a device, where they were not ours. */
export function functionsOf({ from: { timings } }: StoredRow): string {
  return timings.builtIns === true ? ' with built-in functions' : '';
}

/** The row of Markowitz's order, which others of the same rounds are compared with. */
export function referenceOf({ rows }: Rounds): StoredRow | undefined {
  return rows.find(({ order }) => order === 'markowitz');
}

/** How a row was timed. */
export function timingSource({ from: { path, timings } }: StoredRow): Source {
  return { file: path, command: timingCommandOf(timings) };
}

/** What intervals of some rows cover that is less than is usual, and which of their files are noisy. */
export function doubts(rows: readonly StoredRow[]): readonly string[] {
  const least = Math.min(...rows.map(({ samples }) => medianInterval(samples).confidence));
  const files = new Set(rows.map(({ from }) => from));
  const noisy = [...files].filter(({ timings }) =>
    timings.warnings.some(({ kind }) => kind === 'noisy'),
  );
  return [
    ...(least >= 0.95 || rows.length === 0
      ? []
      : [
          `Intervals of fewer than six rounds cover less than 95 %, here ${Math.floor(100 * least)} %.`,
        ]),
    ...(noisy.length === 0
      ? []
      : [
          `${noisy.length} of ${files.size} files have a warning that the machine was noisy: ${[...new Set(noisy.map(({ timings }) => timings.subject))].join(', ')}.`,
        ]),
  ];
}

/** A row's median, with its interval. */
export function timeCell(row: StoredRow): Cell {
  return intervalCell(medianInterval(row.samples), timingSource(row));
}
