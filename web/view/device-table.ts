/** Where the time goes on a device, as a table: transfers, the kernel, and all of it in a call. */
import { threeDigits } from '../../src/bench/timing-text.ts';
import type { DeviceTiming, TimedRow, TimingRow } from '../../src/bench/types.ts';
import { html } from './elements.ts';
import { scrolledTable } from './scrolled-table.ts';
import { besideWasm, timedRows } from './times-table.ts';

type DeviceRow = TimedRow & { readonly device: DeviceTiming };

/** The rows of a device; nothing where none was timed there. */
export function deviceTable(
  rows: readonly TimingRow[],
  on: string,
  labelOf: (order: string) => string,
): HTMLElement | undefined {
  const calls = timedRows(rows, 'call');
  const kernels = timedRows(rows, 'kernel').filter(
    (row): row is DeviceRow => row.device !== undefined,
  );
  const [first] = kernels;
  if (first === undefined) return undefined;
  const heads = [
    ...['Order', 'Upload', 'Kernel', 'Read-back', 'Whole call', '× WASM', 'Of the roofline'],
    'Compiled in',
  ];
  const body = kernels.map(({ order, nsPerPoint, device }) => {
    const call = calls.find((row) => row.order === order && row.device !== undefined);
    const cells = [
      threeDigits(device.uploadNsPerPoint),
      threeDigits(nsPerPoint.median),
      threeDigits(device.readBackNsPerPoint),
      call === undefined ? '' : threeDigits(call.nsPerPoint.median),
      call === undefined ? '' : besideWasm(call, calls),
      `${threeDigits(100 * device.rooflineShare)} %`,
      `${threeDigits(device.pipelineMs)} ms`,
    ];
    return { head: labelOf(order), cells };
  });
  const caption = `Where the time goes on ${on}, by order: nanoseconds a point`;
  return html(
    'div',
    {},
    html('h4', {}, 'Where the time goes'),
    html('p', { class: 'note' }, explanation(first.device)),
    scrolledTable(`Where the time goes on ${on}`, { caption, heads, body, words: 1 }),
  );
}

function explanation({ timestamps }: DeviceTiming): string {
  const clock = timestamps
    ? 'Kernels are timed by the device’s own clock.'
    : 'This adapter has no clock of its own: kernels are timed from outside, with what it takes to start them.';
  return (
    `Nanoseconds a point. ${clock} A call takes arrays and gives arrays back: packed, uploaded, ` +
    'computed, read back; × WASM compares whole calls. The roofline is what copying the same bytes, or the arithmetic alone, would take.'
  );
}

/** The adapter of rows; nothing where none was timed on one. */
export function adapterText(rows: readonly TimingRow[]): string | undefined {
  const device = timedRows(rows, 'kernel').find((row) => row.device !== undefined)?.device;
  if (device === undefined) return undefined;
  return device.isSoftware
    ? `${device.adapter} (a processor that plays a GPU: these are not the times of a card)`
    : device.adapter;
}
