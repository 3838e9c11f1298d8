/** Run times from timing files: per target with intervals, on devices beside copies and rooflines, and against counts. */
import { tasks } from '../../../tasks/tasks.ts';
import { resultsFor, type ResultSet } from '../../results/result-set.ts';
import { medianInterval, pairedRatio } from '../../support/statistics.ts';
import { digits, emptyCell } from '../cells.ts';
import { subjectsOf } from '../known.ts';
import {
  functionsOf,
  hasReference,
  kindOf,
  latestRows,
  referenceOf,
  type StoredRow,
  timeCell,
} from '../timed-rows.ts';
import type { Cell, Figure, Point, Section, Series, Table } from '../types.ts';

/** The section; nothing where the set has no timings. */
export function runTimesSection(set: ResultSet): Section | undefined {
  const rows = latestRows(set);
  if (rows.length === 0) return undefined;
  const kinds = [...new Set(rows.map(kindOf))].toSorted();
  const figure = countFigure(set);
  const batches = batchFigure(rows);
  return {
    id: 'run-times',
    title: 'Run times',
    text: [
      'Nanoseconds for one point’s Jacobian (`kernel`: the target’s own layout, nothing copied): median, and the interval that holds the true median with 95 %. Only times of one file were measured in the same rounds and can be compared closely; ratios are of samples of the same round. Times are of the machine that the file names.',
    ],
    tables: [...kinds.map((kind) => kindTable(rows, kind)), ...deviceTables(rows)],
    figures: [figure, batches].filter((one) => one !== undefined),
  };
}

/** The batch at which most orders were timed, of several the largest. */
function fullestBatch(rows: readonly StoredRow[]): number {
  const orders = (batch: number): number => rows.filter((row) => row.batch === batch).length;
  const batches = [...new Set(rows.map(({ batch }) => batch))];
  return batches.toSorted((a, b) => orders(b) - orders(a) || b - a)[0] ?? 0;
}

/** Tasks by orders, at one batch size a task. */
function kindTable(all: readonly StoredRow[], kind: string): Table {
  const rows = all.filter((row) => kindOf(row) === kind);
  const subjects = subjectsOf(
    rows.map(({ subject }) => subject),
    tasks.map(({ name }) => name),
  );
  const orders = [...new Set(rows.map(({ order }) => order))];
  return {
    id: `times-${kind.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
    caption: `Nanoseconds a point, ${kind}`,
    columns: [
      { title: 'task', align: 'left' },
      { title: 'points a call', align: 'right' },
      ...orders.map((title) => ({ title, align: 'right' as const })),
    ],
    rows: subjects.map((subject) => {
      const own = rows.filter((row) => row.subject === subject);
      const batch = fullestBatch(own);
      return [
        { text: subject },
        { text: String(batch), value: batch },
        ...orders.map((order) => {
          const row = own.find((one) => one.order === order && one.batch === batch);
          return row === undefined ? emptyCell : timeCell(row);
        }),
      ];
    }),
    notes: [],
  };
}

/** Beside a copy of the same bytes and the roofline of the device. */
function deviceTables(all: readonly StoredRow[]): readonly Table[] {
  const rows = all.flatMap((row) =>
    row.device === undefined ? [] : [{ ...row, device: row.device }],
  );
  if (rows.length === 0) return [];
  const number = (value: number): Cell => ({ text: digits(value), value });
  return [
    {
      id: 'devices',
      caption:
        'Devices: kernels beside a copy of the same bytes and the roofline, nanoseconds a point',
      columns: [
        ...['task', 'adapter', 'target', 'order'].map((title) => ({
          title,
          align: 'left' as const,
        })),
        ...['points a call', 'kernel', 'copy', 'roofline', 'reached', 'wall clock'].map(
          (title) => ({ title, align: 'right' as const }),
        ),
      ],
      rows: rows.map((row) => [
        { text: row.subject },
        { text: `${row.device.adapter}${row.device.isSoftware ? ' (a processor, no GPU)' : ''}` },
        { text: `${row.target} ${row.precision}${functionsOf(row)}` },
        { text: row.order },
        number(row.batch),
        timeCell(row),
        number(row.copyNsPerPoint),
        number(row.device.rooflineNsPerPoint),
        {
          text: `${Math.round(100 * row.device.rooflineShare)} %`,
          value: row.device.rooflineShare,
        },
        number(row.device.wallNsPerPoint),
      ]),
      notes: [
        'The roofline is the longer of half of the copy’s time and the arithmetic at the rate that was measured on the device in the same run.',
      ],
    },
  ];
}

/** The count of an order that was timed, under `multiplications`. */
function countOf(set: ResultSet, row: StoredRow): number | undefined {
  const ids = JSON.stringify(row.from.timings.orders[row.order]);
  return resultsFor(set, {
    subject: row.subject,
    cost: 'multiplications',
    granularity: 'tensor',
  }).find(({ result }) => JSON.stringify(result.order) === ids)?.result.count;
}

/** Does an order of fewer multiplications run faster? Both against Markowitz's order of the same file. */
function countFigure(set: ResultSet): Figure | undefined {
  const rows = latestRows(set, hasReference);
  const series = new Map<string, Point[]>();
  for (const row of rows) {
    const base = referenceOf(row, rows);
    if (base === undefined) continue;
    const batch = Math.max(
      ...rows.filter((other) => other.from === row.from).map((other) => other.batch),
    );
    const [count, baseCount] = [countOf(set, row), countOf(set, base)];
    if (row.batch !== batch || count === undefined || baseCount === undefined) continue;
    const { median, low, high } = pairedRatio(row.samples, base.samples);
    const label = `${row.subject}, ${row.order}: ${count} of ${baseCount} multiplications, ${median.toFixed(2)} of the time`;
    const point = { x: count / baseCount, y: median, low, high, label };
    series.set(kindOf(row), [...(series.get(kindOf(row)) ?? []), point]);
  }
  const points = [...series.values()].flat();
  if (points.length < 2) return undefined;
  const agree = points.filter(({ x, y }) => x !== 1 && x < 1 === Number(y) < 1).length;
  const decided = points.filter(({ x }) => x !== 1).length;
  return {
    id: 'time-against-count',
    caption: 'Run time against multiplications, both as multiples of Markowitz’s order',
    description: `${points.length} orders. Of ${decided} that count otherwise than Markowitz’s, ${agree} are faster where they count less and slower where they count more. ${points.map(({ label }) => label).join('; ')}.`,
    x: { label: 'multiplications ÷ Markowitz’s', scale: 'logarithmic' },
    y: { label: 'time ÷ Markowitz’s', scale: 'logarithmic' },
    joined: 'no',
    series: [...series].map(([name, own]): Series => ({ name, points: own })),
  };
}

/** Time a point by the number of points in a call, one line a task: of `wasm` and the published order. */
function batchFigure(rows: readonly StoredRow[]): Figure | undefined {
  const [target] = ['wasm f64', 'js f64'].filter((kind) =>
    rows.some((row) => kindOf(row) === kind),
  );
  if (target === undefined) return undefined;
  const own = rows.filter((row) => kindOf(row) === target && row.order === 'markowitz');
  const subjects = [...new Set(own.map(({ subject }) => subject))].filter(
    (subject) => own.filter((row) => row.subject === subject).length > 1,
  );
  if (subjects.length === 0) return undefined;
  const series = subjects.map((subject) => ({
    name: subject,
    points: own
      .filter((row) => row.subject === subject)
      .toSorted((a, b) => a.batch - b.batch)
      .map((row): Point => {
        const { median, low, high } = medianInterval(row.samples);
        const label = `${subject}, ${row.batch} points a call: ${digits(median)} ns a point`;
        return { x: row.batch, y: median, low, high, label };
      }),
  }));
  return {
    id: 'time-against-batch',
    caption: `Time a point against the points of a call, Markowitz’s order, ${target}`,
    description: `${series.flatMap(({ points }) => points.map(({ label }) => label)).join('; ')}.`,
    x: { label: 'points a call', scale: 'logarithmic' },
    y: { label: 'nanoseconds a point', scale: 'logarithmic' },
    joined: 'lines',
    series,
  };
}
