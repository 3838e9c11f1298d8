/** Tables whose first column says what a row is. */
import { html } from './elements.ts';

/** A table's lines. */
export interface TableText {
  /** For those who do not see that it is a table. */
  readonly caption: string;
  readonly heads: readonly string[];
  readonly body: readonly {
    readonly head: string;
    readonly cells: readonly string[];
    readonly isLeast?: boolean;
  }[];
}

/** A table that may be wider than a phone: it scrolls then, by keys too. */
export function scrolledTable(label: string, { caption, heads, body }: TableText): HTMLElement {
  const table = html(
    'table',
    {},
    html('caption', { class: 'hidden' }, caption),
    html('thead', {}, html('tr', {}, ...heads.map((head) => html('th', { scope: 'col' }, head)))),
    html(
      'tbody',
      {},
      ...body.map(({ head, cells, isLeast }) =>
        html(
          'tr',
          { class: isLeast === true ? 'least' : undefined },
          html('th', { scope: 'row' }, head),
          ...cells.map((cell) => html('td', {}, cell)),
        ),
      ),
    ),
  );
  const region = { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': label };
  return html('div', region, table);
}
