/** Run times from timing files: per target with intervals, on devices beside copies and rooflines, and against counts. */
import { tasks } from '../../../tasks/tasks.ts';
import { resultsFor, type ResultSet } from '../../results/result-set.ts';
import { medianInterval, pairedRatio } from '../../support/statistics.ts';
import { digits, emptyCell } from '../cells.ts';
import { subjectsOf } from '../known.ts';
import {
  doubts,
  fullestRounds,
  functionsOf,
  referenceOf,
  type Rounds,
  roundsOf,
  type StoredRow,
  timeCell,
} from '../timed-rows.ts';
import type { Cell, Figure, Point, Section, Series, Table } from '../types.ts';

/** The section; nothing where the set has no timings. */
export function runTimesSection(set: ResultSet): Section | undefined {
  const all = roundsOf(set);
  if (all.length === 0) return undefined;
  const kinds = [...new Set(all.map(({ kind }) => kind))].toSorted();
  const figure = countFigure(set, all);
  const batches = batchFigure(all);
  return {
    id: 'run-times',
    title: 'Run times',
    text: [
      'Nanoseconds for one point’s Jacobian (`kernel`: the target’s own layout, nothing copied): median, and an interval that holds the true median with 95 % where there were six rounds or more. A row of a table is of one file, measured in the same rounds; other rows may be of other days, and can not be compared closely. Ratios are of samples of the same round. Times are of the machine that the file names.',
    ],
    tables: [...kinds.map((kind) => kindTable(all, kind)), ...deviceTables(all)],
    figures: [figure, batches].filter((one) => one !== undefined),
  };
}

/** Tasks by orders, of one file and at one batch size a task. */
function kindTable(all: readonly Rounds[], kind: string): Table {
  const chosen = fullestRounds(
    all.filter((rounds) => rounds.kind === kind),
    ({ subject }) => subject,
  );
  const subjects = subjectsOf(
    chosen.map(({ subject }) => subject),
    tasks.map(({ name }) => name),
  );
  const rows = chosen.flatMap((rounds) => rounds.rows);
  const orders = [...new Set(rows.map(({ order }) => order))];
  return {
    id: `times-${kind.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
    caption: `Nanoseconds a point, ${kind}`,
    columns: [
      { title: 'task', align: 'left' },
      { title: 'points a call', align: 'right' },
      ...orders.map((title) => ({ title, align: 'right' as const })),
    ],
    rows: subjects.flatMap((subject) =>
      chosen
        .filter((rounds) => rounds.subject === subject)
        .map(({ batch, rows: own }) => [
          { text: subject },
          { text: String(batch), value: batch },
          ...orders.map((order) => {
            const row = own.find((one) => one.order === order);
            return row === undefined ? emptyCell : timeCell(row);
          }),
        ]),
    ),
    notes: doubts(rows),
  };
}

/** Beside a copy of the same bytes and the roofline of the device. */
function deviceTables(all: readonly Rounds[]): readonly Table[] {
  const chosen = fullestRounds(all, ({ subject, kind, batch }) =>
    JSON.stringify([subject, kind, batch]),
  );
  const rows = chosen.flatMap((rounds) =>
    rounds.rows.flatMap((row) =>
      row.device === undefined ? [] : [{ ...row, device: row.device }],
    ),
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
        ...doubts(rows),
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
function countFigure(set: ResultSet, all: readonly Rounds[]): Figure | undefined {
  const chosen = fullestRounds(
    all.filter((rounds) => referenceOf(rounds) !== undefined),
    ({ subject, kind }) => JSON.stringify([subject, kind]),
  );
  const series = new Map<string, Point[]>();
  for (const rounds of chosen) {
    const base = referenceOf(rounds);
    const baseCount = base === undefined ? undefined : countOf(set, base);
    if (base === undefined || baseCount === undefined) continue;
    for (const row of rounds.rows) {
      const count = row === base ? undefined : countOf(set, row);
      if (count === undefined) continue;
      const { median, low, high } = pairedRatio(row.samples, base.samples);
      const label = `${row.subject}, ${row.order}: ${count} of ${baseCount} multiplications, ${median.toFixed(2)} of the time`;
      const point = { x: count / baseCount, y: median, low, high, label };
      series.set(rounds.kind, [...(series.get(rounds.kind) ?? []), point]);
    }
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

/**
 * Time a point by the number of points in a call, one line a task: of `wasm` and Markowitz's order, in
 * the file with the most batch sizes, of several the latest.
 */
function batchFigure(all: readonly Rounds[]): Figure | undefined {
  const [target] = ['wasm f64', 'js f64'].filter((kind) =>
    all.some((rounds) => rounds.kind === kind),
  );
  if (target === undefined) return undefined;
  const lines = new Map<string, readonly StoredRow[]>();
  const own = all.filter(({ kind }) => kind === target);
  for (const from of new Set(own.map((rounds) => rounds.from))) {
    const { subject } = from.timings;
    const rows = own.flatMap((rounds) => (rounds.from === from ? (referenceOf(rounds) ?? []) : []));
    if (rows.length > 1 && rows.length >= (lines.get(subject)?.length ?? 0)) {
      lines.set(subject, rows);
    }
  }
  if (lines.size === 0) return undefined;
  const series = [...lines].map(([subject, rows]) => ({
    name: subject,
    points: rows
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
