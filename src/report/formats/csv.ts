/**
 * CSV (RFC 4180): one line a cell of all tables, with the file that a number is from and the command
 * that makes it again, and one line a point of all figures: series, x, y. One shape for all of them, so
 * that a program can read it without knowing them.
 */
import type { Figure, ReportFormat, Table } from '../types.ts';

const titles = ['table', 'row', 'column', 'text', 'value', 'detail', 'mark', 'file', 'command'];

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function tableLines({ id, columns, rows }: Table): string[][] {
  return rows.flatMap((row) =>
    row.slice(1).map((cell, index) => {
      const { text, value, detail = '', mark = '', source } = cell;
      return [
        ...[id, row[0]?.text ?? '', columns[index + 1]?.title ?? '', text],
        ...[value === undefined ? '' : String(value), detail, mark],
        ...[source?.file ?? '', source?.command ?? ''],
      ];
    }),
  );
}

function figureLines({ id, series }: Figure): string[][] {
  return series.flatMap(({ name, points }) =>
    points.map(({ x, y, label }) => [
      ...[id, name, String(x), String(y)],
      ...[typeof y === 'number' ? String(y) : '', label, '', '', ''],
    ]),
  );
}

/** The format. */
export const csv: ReportFormat = {
  name: 'csv',
  summary: 'one line a cell with its file and command, and one a point of a figure',
  write: ({ sections }) => {
    const lines = [
      ...sections.flatMap(({ tables }) => tables.flatMap(tableLines)),
      ...sections.flatMap(({ figures }) => figures.flatMap(figureLines)),
    ];
    return [titles, ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
  },
};
