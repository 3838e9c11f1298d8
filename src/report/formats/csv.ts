/**
 * CSV (RFC 4180): one line a cell of all tables, with the file that a number is from and the command
 * that makes it again. One shape for all tables, so that a program can read it without knowing them.
 */
import type { ReportFormat } from '../types.ts';

const titles = ['table', 'row', 'column', 'text', 'value', 'detail', 'mark', 'file', 'command'];

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The format. */
export const csv: ReportFormat = {
  name: 'csv',
  summary: 'one line a cell, with its file and command',
  write: ({ sections }) => {
    const lines = sections.flatMap(({ tables }) =>
      tables.flatMap(({ id, columns, rows }) =>
        rows.flatMap((row) =>
          row.slice(1).map((cell, index) => {
            const { text, value, detail = '', mark = '', source } = cell;
            return [
              ...[id, row[0]?.text ?? '', columns[index + 1]?.title ?? '', text],
              ...[value === undefined ? '' : String(value), detail, mark],
              ...[source?.file ?? '', source?.command ?? ''],
            ];
          }),
        ),
      ),
    );
    return [titles, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
  },
};
