/** Times as a table: one row an order and target, ratios to the first of the same target. */
import { ratioText, threeDigits } from '../../src/bench/timing-text.ts';
import type { TimedRow, TimingRow } from '../../src/bench/types.ts';
import { html } from './elements.ts';

/** Rows that were timed and failed, under the labels of their orders. */
export function timesTable(
  rows: readonly TimingRow[],
  labelOf: (order: string) => string,
): HTMLElement {
  const kernels = rows.filter(
    (row): row is TimedRow => row.state === 'timed' && row.layout === 'kernel',
  );
  const failed = rows.filter((row) => row.state === 'failed');
  const best = Math.min(...kernels.map(({ nsPerPoint }) => nsPerPoint.median));
  const heads = ['Order', 'Target', 'ns a point', 'Quartiles', '× first row', 'Largest error'];
  const body = kernels.map((row) => {
    const first = kernels.find(({ target }) => target === row.target) ?? row;
    const { p25, median, p75 } = row.nsPerPoint;
    const cells = [
      `${row.target} ${row.precision}`,
      threeDigits(median),
      `${threeDigits(p25)}–${threeDigits(p75)}`,
      ratioText(row, first),
      row.maxError === 0 ? '0' : row.maxError.toExponential(0),
    ];
    return html(
      'tr',
      { class: median === best ? 'least' : undefined },
      html('th', { scope: 'row' }, labelOf(row.order)),
      ...cells.map((cell) => html('td', {}, cell)),
    );
  });
  const failures = failed.map(({ order, target, reason }) =>
    html('p', { class: 'problem' }, `${labelOf(order)}, ${target}: ${reason}`),
  );
  const table = html(
    'table',
    {},
    html(
      'caption',
      { class: 'hidden' },
      'Time of the Jacobian by order: median, quartiles, ratio to the first row with its interval',
    ),
    html('thead', {}, html('tr', {}, ...heads.map((head) => html('th', { scope: 'col' }, head)))),
    html('tbody', {}, ...body),
  );
  // It may be wider than a phone: it scrolls then, by keys too.
  const region = { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': 'Times' };
  return html(
    'div',
    {},
    ...(kernels.length === 0 ? [] : [html('div', region, table)]),
    ...failures,
  );
}
