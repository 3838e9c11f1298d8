/** Other programs beside ours: their times as multiples of our quickest of the same rounds, task by task. */
import { tasks } from '../../../tasks/tasks.ts';
import type { ResultSet } from '../../results/result-set.ts';
import { noOrder } from '../../results/timing-names.ts';
import { pairedRatio, quantile } from '../../support/statistics.ts';
import { emptyCell, intervalCell } from '../cells.ts';
import { subjectsOf } from '../known.ts';
import {
  doubts,
  isOwn,
  rowsByFile,
  type StoredRow,
  timeCell,
  timingSource,
} from '../timed-rows.ts';
import type { Section, Table } from '../types.ts';

/** The rows of one file that has other programs, and the quickest of ours. */
interface Comparison {
  readonly subject: string;
  readonly rows: readonly StoredRow[];
  readonly quickest: StoredRow;
}

/** The latest comparison of each subject. */
function comparisonsOf(set: ResultSet): readonly Comparison[] {
  const latest = new Map<string, Comparison>();
  for (const rows of rowsByFile(set)) {
    if (rows.every(isOwn)) continue;
    const [quickest] = rows
      .filter(isOwn)
      .toSorted((a, b) => quantile(a.samples, 0.5) - quantile(b.samples, 0.5));
    if (quickest === undefined) continue;
    latest.set(quickest.subject, { subject: quickest.subject, rows, quickest });
  }
  const names = subjectsOf(
    [...latest.keys()],
    tasks.map(({ name }) => name),
  );
  return names.flatMap((name) => latest.get(name) ?? []);
}

/** What a row is called: a program, or one of our orders. */
function labelOf({ target, order }: StoredRow): string {
  return order === noOrder ? target : `${target}, ${order}`;
}

function tableOf(comparisons: readonly Comparison[]): Table {
  const all = comparisons.flatMap(({ rows }) => rows);
  const labels = [...new Set(all.map(labelOf))];
  return {
    id: 'peers',
    caption: 'Time of a Jacobian as a multiple of our quickest',
    columns: [
      { title: 'program', align: 'left' },
      ...comparisons.map(({ subject }) => ({ title: subject, align: 'right' as const })),
    ],
    rows: [
      [
        { text: 'ours, the quickest, ns a point' },
        ...comparisons.map((one) => timeCell(one.quickest)),
      ],
      [{ text: 'which one' }, ...comparisons.map((one) => ({ text: labelOf(one.quickest) }))],
      ...labels.map((label) => [
        { text: label },
        ...comparisons.map(({ rows, quickest }) => {
          const row = rows.find((one) => labelOf(one) === label);
          if (row === undefined) return emptyCell;
          if (row === quickest) return { text: '1' };
          return intervalCell(pairedRatio(row.samples, quickest.samples), timingSource(row));
        }),
      ]),
    ],
    notes: doubts(all),
  };
}

/** The section; nothing where no file has another program. */
export function peersSection(set: ResultSet): Section | undefined {
  const comparisons = comparisonsOf(set);
  if (comparisons.length === 0) return undefined;
  const sizes = new Set(comparisons.map(({ quickest: { batch } }) => String(batch)));
  return {
    id: 'peers',
    title: 'Other programs',
    text: [
      `Made by \`npm run peers\`, which says what each program is given: batches of ${[...sizes].join(', ')} points in double precision, one thread, every Jacobian checked; medians of ratios of the same round, with their intervals. What is empty can not take the task, or its Jacobian did not pass the check.`,
    ],
    tables: [tableOf(comparisons)],
    figures: [],
  };
}
