/** Tables whose first column says what a row is. */
import { html } from './elements.ts';

/** A table's lines. */
export interface TableText {
  /** For those who do not see that it is a table. */
  readonly caption: string;
  readonly heads: readonly string[];
  /** Columns from the left that hold words; the others hold numbers. */
  readonly words: number;
  readonly body: readonly {
    readonly head: string;
    readonly cells: readonly string[];
    readonly isLeast?: boolean;
  }[];
}

/** A table that may be wider than a phone: it scrolls then, by keys too. */
export function scrolledTable(
  label: string,
  { caption, heads, words, body }: TableText,
): HTMLElement {
  const side = (column: number): string | undefined => (column < words ? 'word' : undefined);
  const table = html(
    'table',
    {},
    html('caption', { class: 'hidden' }, caption),
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        ...heads.map((head, column) => html('th', { scope: 'col', class: side(column) }, head)),
      ),
    ),
    html(
      'tbody',
      {},
      ...body.map(({ head, cells, isLeast }) =>
        html(
          'tr',
          { class: isLeast === true ? 'least' : undefined },
          html('th', { scope: 'row', class: side(0) }, head),
          ...cells.map((cell, column) => html('td', { class: side(column + 1) }, cell)),
        ),
      ),
    ),
  );
  const region = { class: 'scroll', role: 'region', tabindex: 0, 'aria-label': label };
  return html('div', region, table);
}
