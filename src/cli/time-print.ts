/** Timings as tables for people. */
import { pairedRatio } from '../support/statistics.ts';
import { ratioText, threeDigits } from '../bench/timing-text.ts';
import type { TimedRow, TimingRow } from '../bench/types.ts';
import type { TimingOutcome } from '../bench/suite.ts';
import type { CommandLineIo } from './io.ts';
import { type Cell, coloursOf, oneLine, table } from './print.ts';
import type { RowPair } from './time-cells.ts';

/** What the intervals of ratios cover: 95 %, less where there are too few rounds for that. */
function confidenceText({ samples }: TimedRow): string {
  const { confidence } = pairedRatio(samples, samples);
  return `${Math.floor(100 * Math.min(confidence, 0.95))} %`;
}

/** One table for each subject and batch; ratios are to its first row. */
export function printTimings(
  io: CommandLineIo,
  { rows }: TimingOutcome,
  { quiet }: { readonly quiet: boolean },
): void {
  const { bold, red } = coloursOf(io);
  const groups = new Map<string, TimingRow[]>();
  for (const row of rows) {
    const title = `${row.subject}, ${row.batch} ${row.batch === 1 ? 'point' : 'points'} a call`;
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  for (const [title, group] of groups) {
    const kernels = group.filter((row) => row.state === 'timed' && row.layout === 'kernel');
    const cells = kernels.map((kernel) => cellsOf(kernel, kernels[0], rows));
    if (!quiet) io.stdout(`${bold(title)}\n`);
    const [first] = kernels;
    if (first?.state === 'timed') {
      io.stdout(
        `${table(
          [
            { title: 'target', align: 'left' },
            { title: 'order', align: 'left' },
            { title: 'kernel', align: 'right' },
            { title: 'quartiles', align: 'right' },
            { title: `× first row (${confidenceText(first)})`, align: 'right', titleWidth: 11 },
            { title: 'call', align: 'right' },
            { title: 'copy', align: 'right' },
            { title: 'build ms', align: 'right', titleWidth: 5 },
            { title: 'first ms', align: 'right', titleWidth: 5 },
            { title: 'error', align: 'right' },
          ],
          cells,
          quiet ? undefined : bold,
        )}\n`,
      );
    }
    printErrors(io, kernels, bold);
    printDevice(io, kernels, quiet ? undefined : bold);
    for (const row of group) {
      if (row.state === 'failed') {
        const { target, order, precision, reason } = row;
        io.stdout(`${red('✗')} ${target} ${precision} ${order}: ${oneLine(reason)}\n`);
      }
    }
  }
}

/** Where an error of single precision is not about the same at all points: its percentiles. */
function printErrors(
  io: CommandLineIo,
  rows: readonly TimingRow[],
  bold: (text: string) => string,
): void {
  const shown = rows.flatMap((row) =>
    row.state === 'timed' && row.precision !== 'f64' && row.errors !== undefined
      ? [{ ...row, errors: row.errors }]
      : [],
  );
  const [first] = shown;
  if (first === undefined) return;
  const titles = ['p50', 'p90', 'p99', 'max'] as const;
  io.stdout(
    `${table(
      [
        { title: 'target', align: 'left' },
        { title: `error at ${first.errors.points} points`, align: 'left' },
        ...titles.map((title) => ({ title, align: 'right' as const })),
      ],
      shown.map(({ target, precision, order, errors }) =>
        [`${target} ${precision}`, order, ...titles.map((title) => errorText(errors[title]))].map(
          (text) => ({ text }),
        ),
      ),
      bold,
    )}\n`,
  );
}

const errorText = (error: number): string => (error === 0 ? '0' : error.toExponential(0));

/** A second table for rows that were computed on a device. */
function printDevice(
  io: CommandLineIo,
  kernels: readonly TimingRow[],
  style: ((text: string) => string) | undefined,
): void {
  const rows = kernels.flatMap((row) =>
    row.state === 'timed' && row.device !== undefined ? [{ ...row, device: row.device }] : [],
  );
  const [first] = rows;
  if (first === undefined) return;
  const { adapter, isSoftware, timestamps } = first.device;
  const clock = timestamps ? 'timestamps of the device' : 'wall clock: it has no timestamps';
  io.stdout(`on ${adapter}${isSoftware ? ' (a processor, no GPU)' : ''}, by ${clock}\n`);
  io.stdout(
    `${table(
      [
        { title: 'target', align: 'left' },
        { title: 'order', align: 'left' },
        { title: 'roofline', align: 'right' },
        { title: 'reached', align: 'right' },
        { title: 'wall', align: 'right' },
        { title: 'upload', align: 'right' },
        { title: 'read back', align: 'right', titleWidth: 5 },
        { title: 'a point by', align: 'left', titleWidth: 7 },
        { title: 'kernels', align: 'right' },
        { title: 'operations', align: 'right' },
        { title: 'bytes', align: 'right' },
        { title: 'pipeline ms', align: 'right', titleWidth: 8 },
      ],
      rows.map(({ target, order, device }) =>
        [
          target,
          order,
          threeDigits(device.rooflineNsPerPoint),
          `${(100 * device.rooflineShare).toFixed(0)} %`,
          threeDigits(device.wallNsPerPoint),
          threeDigits(device.uploadNsPerPoint),
          threeDigits(device.readBackNsPerPoint),
          device.workers ?? '',
          String(device.dispatches),
          String(Math.round(device.operationsPerPoint)),
          String(Math.round(device.bytesPerPoint)),
          threeDigits(device.pipelineMs),
        ].map((text) => ({ text })),
      ),
      style,
    )}\n`,
  );
}

function cellsOf(
  kernel: TimingRow,
  first: TimingRow | undefined,
  rows: readonly TimingRow[],
): readonly Cell[] {
  if (kernel.state === 'failed' || first === undefined || first.state === 'failed') return [];
  const { subject, target, order, precision, batch, nsPerPoint } = kernel;
  const call = rows.find(
    (row) =>
      row.state === 'timed' &&
      row.layout === 'call' &&
      row.subject === subject &&
      row.target === target &&
      row.order === order &&
      row.precision === precision &&
      row.batch === batch,
  );
  return [
    `${target} ${precision}`,
    order,
    threeDigits(nsPerPoint.median),
    `${threeDigits(nsPerPoint.p25)}–${threeDigits(nsPerPoint.p75)}`,
    ratioText(kernel, first),
    call?.state === 'timed' ? threeDigits(call.nsPerPoint.median) : '–',
    threeDigits(kernel.copyNsPerPoint),
    threeDigits(kernel.buildMs),
    threeDigits(kernel.firstCallMs),
    errorText(kernel.maxError),
  ].map((text) => ({ text }));
}

/** Paired ratios of two kinds of rows. */
export function printComparison(
  io: CommandLineIo,
  pairs: readonly RowPair[],
  names: readonly [string, string],
): void {
  const { bold } = coloursOf(io);
  const confidence = pairs[0] === undefined ? '95 %' : confidenceText(pairs[0].a);
  io.stdout(`Time of ${names[0]} as a multiple of ${names[1]}, paired by round\n`);
  io.stdout(
    table(
      [
        { title: 'subject', align: 'left' },
        { title: names[0], align: 'left' },
        { title: names[1], align: 'left' },
        { title: `ratio (${confidence})`, align: 'right' },
      ],
      pairs.map(({ a, b }) => [
        { text: a.subject },
        { text: nameOf(a) },
        { text: nameOf(b) },
        { text: ratioText(a, b) },
      ]),
      bold,
    ),
  );
}

function nameOf({ target, order, precision, batch, layout }: TimedRow): string {
  return `${target} ${order} ${precision} ${batch} ${layout}`;
}
