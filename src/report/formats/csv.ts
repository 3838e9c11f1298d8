/**
 * CSV (RFC 4180): one line a cell of all tables, with the file that a number is from and the command
 * that makes it again, and one line a point of all figures: series, x, y and the ends of its interval.
 * One shape for all of them, so that a program can read it without knowing them; `line` is the number of
 * a table's row, whose first cell need not be its own alone.
 */
import type { Figure, ReportFormat, Table } from '../types.ts';

const titles = [
  'table',
  'row',
  'column',
  'text',
  'value',
  'detail',
  'mark',
  'file',
  'command',
  'line',
  'low',
  'high',
];

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function tableLines({ id, columns, rows }: Table): string[][] {
  return rows.flatMap((row, line) =>
    row.slice(1).map((cell, index) => {
      const { text, value, detail = '', mark = '', source } = cell;
      return [
        ...[id, row[0]?.text ?? '', columns[index + 1]?.title ?? '', text],
        ...[value === undefined ? '' : String(value), detail, mark],
        ...[source?.file ?? '', source?.command ?? '', String(line + 1), '', ''],
      ];
    }),
  );
}

function figureLines({ id, series }: Figure): string[][] {
  return series.flatMap(({ name, points }) =>
    points.map(({ x, y, label, low = '', high = '' }, line) => [
      ...[id, name, String(x), String(y)],
      ...[typeof y === 'number' ? String(y) : '', label, '', '', ''],
      ...[line + 1, low, high].map(String),
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
