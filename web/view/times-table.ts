/** Times of kernels as a table: one row an order and target, ratios to the first of the same target. */
import { ratioText, threeDigits } from '../../src/bench/timing-text.ts';
import type { TimedRow, TimingRow } from '../../src/bench/types.ts';
import { html } from './elements.ts';
import { scrolledTable } from './scrolled-table.ts';

/** What a target is called where it is written out. */
const targetLabels: Readonly<Record<string, string>> = { wasm: 'WASM', webgpu: 'WebGPU' };

/** `WASM f64`. */
function kindText({ target, precision }: TimedRow): string {
  return `${targetLabels[target] ?? target} ${precision}`;
}

/** The rows that were timed, of one layout. */
export function timedRows(
  rows: readonly TimingRow[],
  layout: TimedRow['layout'],
): readonly TimedRow[] {
  return rows.filter((row): row is TimedRow => row.state === 'timed' && row.layout === layout);
}

/** How a row compares with WebAssembly on the same order in the same rounds. */
export function besideWasm(row: TimedRow, rows: readonly TimedRow[]): string {
  const wasm = rows.find(({ target, order }) => target === 'wasm' && order === row.order);
  return wasm === undefined ? '' : ratioText(row, wasm);
}

/**
 * Rows that were timed and failed, under the labels of their orders.
 * @param on what they were timed on, as in "this GPU"
 */
export function timesTable(
  rows: readonly TimingRow[],
  on: string,
  labelOf: (order: string) => string,
): HTMLElement {
  const kernels = timedRows(rows, 'kernel');
  const failed = rows.filter((row) => row.state === 'failed');
  const best = Math.min(...kernels.map(({ nsPerPoint }) => nsPerPoint.median));
  const isMixed = kernels.some(({ target }) => target !== 'wasm');
  const heads = [
    ...['Order', 'Target', 'ns a point', 'Quartiles', '× first row'],
    ...(isMixed ? ['× WASM'] : []),
    'Largest error',
  ];
  const body = kernels.map((row) => {
    const first = kernels.find((other) => kindText(other) === kindText(row)) ?? row;
    const { p25, median, p75 } = row.nsPerPoint;
    const cells = [
      kindText(row),
      threeDigits(median),
      `${threeDigits(p25)}–${threeDigits(p75)}`,
      ratioText(row, first),
      ...(isMixed ? [besideWasm(row, kernels)] : []),
      row.maxError === 0 ? '0' : row.maxError.toExponential(0),
    ];
    return {
      head: labelOf(row.order),
      cells,
      isLeast: median === best,
    };
  });
  const failures = failed.map(({ order, target, reason }) =>
    html(
      'p',
      { class: 'problem' },
      `${labelOf(order)}, ${targetLabels[target] ?? target}: ${reason}`,
    ),
  );
  const caption =
    `Time of the Jacobian by order on ${on}: median, quartiles, ` +
    'ratio to the first row with its interval';
  return html(
    'div',
    {},
    ...(kernels.length === 0
      ? []
      : [scrolledTable(`Times on ${on}`, { caption, heads, body, words: 2 })]),
    ...failures,
  );
}
