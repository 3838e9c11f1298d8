/**
 * What fusion is worth on a device: one kernel an equation (`wgsl-unfused`) as a multiple of the fused
 * kernels (`webgpu`), task by batch. Both samples of a ratio are of the same round of the same file.
 */
import { tasks } from '../../../tasks/tasks.ts';
import type { ResultSet } from '../../results/result-set.ts';
import { type MedianInterval, pairedRatio } from '../../support/statistics.ts';
import { digits, emptyCell, intervalCell } from '../cells.ts';
import { subjectsOf } from '../known.ts';
import { functionsOf, rowsByFile, type StoredRow, timingSource } from '../timed-rows.ts';
import type { Figure, Section, Table } from '../types.ts';

/** One ratio. */
interface Advantage {
  readonly row: StoredRow;
  /** Adapter, and whose functions. */
  readonly where: string;
  readonly ratio: MedianInterval;
}

/** The latest ratio of each subject, order, batch and device. */
function advantagesOf(set: ResultSet): readonly Advantage[] {
  const latest = new Map<string, Advantage>();
  for (const rows of rowsByFile(set)) {
    for (const row of rows.filter(({ target }) => target === 'webgpu')) {
      const unfused = rows.find(
        ({ target, order, batch, precision }) =>
          target === 'wgsl-unfused' &&
          order === row.order &&
          batch === row.batch &&
          precision === row.precision,
      );
      if (unfused === undefined) continue;
      const where = `${row.device?.adapter ?? ''}${row.device?.isSoftware === true ? ' (a processor, no GPU)' : ''}${functionsOf(row)}`;
      const ratio = pairedRatio(unfused.samples, row.samples);
      const key = JSON.stringify([row.subject, row.order, row.batch, row.precision, where]);
      latest.set(key, { row, where, ratio });
    }
  }
  return [...latest.values()];
}

/** Those of the order with the most batches: the one that was timed to see them. */
function ofOneOrder(all: readonly Advantage[]): readonly Advantage[] {
  const orders = [...new Set(all.map(({ row }) => row.order))];
  const byOrder = orders.map((order) => all.filter(({ row }) => row.order === order));
  return byOrder.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** Subjects with the ratios of one order each, by batch. */
function rowsOf(all: readonly Advantage[]): readonly (readonly Advantage[])[] {
  const names = subjectsOf(
    all.map(({ row }) => row.subject),
    tasks.map(({ name }) => name),
  );
  return names.map((name) =>
    ofOneOrder(all.filter(({ row }) => row.subject === name)).toSorted(
      (a, b) => a.row.batch - b.row.batch,
    ),
  );
}

function tableOf(where: string, subjects: readonly (readonly Advantage[])[]): Table {
  const batches = [...new Set(subjects.flat().map(({ row }) => row.batch))].toSorted(
    (a, b) => a - b,
  );
  return {
    id: `fusion-${where.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
    caption: `One kernel an equation ÷ fused kernels, by points a call, ${where}`,
    columns: [
      { title: 'task', align: 'left' },
      { title: 'order', align: 'left' },
      { title: 'dispatches', align: 'left' },
      ...batches.map((batch) => ({ title: String(batch), align: 'right' as const })),
    ],
    rows: subjects.map((own) => [
      { text: own[0]?.row.subject ?? '' },
      { text: own[0]?.row.order ?? '' },
      { text: String(own[0]?.row.device?.dispatches ?? '') },
      ...batches.map((batch) => {
        const found = own.find(({ row }) => row.batch === batch);
        return found === undefined ? emptyCell : intervalCell(found.ratio, timingSource(found.row));
      }),
    ]),
    notes: [],
  };
}

function figureOf(where: string, subjects: readonly (readonly Advantage[])[]): Figure | undefined {
  const series = subjects
    .filter((own) => own.length > 1)
    .map((own) => ({
      name: own[0]?.row.subject ?? '',
      points: own.map(({ row, ratio: { median, low, high } }) => ({
        ...{ x: row.batch, y: median, low, high },
        label: `${row.subject}, ${row.batch} points a call: ${digits(median)} times as long unfused`,
      })),
    }));
  if (series.length === 0) return undefined;
  return {
    id: `fusion-by-batch-${where.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
    caption: `What fusion is worth by the points of a call, ${where}`,
    description: `${series.flatMap(({ points }) => points.map(({ label }) => label)).join('; ')}.`,
    x: { label: 'points a call', scale: 'logarithmic' },
    y: { label: 'unfused ÷ fused', scale: 'logarithmic' },
    joined: 'lines',
    series,
  };
}

/** The section; nothing where no file has both targets. */
export function fusionSection(set: ResultSet): Section | undefined {
  const all = advantagesOf(set);
  const places = [...new Set(all.map(({ where }) => where))].map(
    (place) => [place, rowsOf(all.filter(({ where }) => where === place))] as const,
  );
  if (places.length === 0) return undefined;
  return {
    id: 'fusion',
    title: 'Fused kernels',
    text: [
      'How many times as long a Jacobian takes with one kernel an equation (`wgsl-unfused`), as a framework runs that dispatches an operation at a time, as with fused kernels (`webgpu`): medians of ratios of the same round, with their intervals. Both have the same elementary functions and the same layout. Of each task the order that was timed at the most batch sizes.',
    ],
    tables: places.map(([where, subjects]) => tableOf(where, subjects)),
    figures: places.flatMap(([where, subjects]) => figureOf(where, subjects) ?? []),
  };
}
