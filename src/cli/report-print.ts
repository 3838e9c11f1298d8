/** A report's table on a terminal. */
import type { Table } from '../report/types.ts';
import type { CommandLineIo } from './io.ts';
import { coloursOf, wideTable } from './print.ts';

/** Prints a table with its caption and notes, without links. */
export function printReportTable(
  io: CommandLineIo,
  { caption, columns, rows, notes }: Table,
): void {
  const { bold, green } = coloursOf(io);
  io.stdout(`${caption.replaceAll('`', '')}\n\n`);
  io.stdout(
    wideTable(
      columns.map(({ title, align }) => ({ title, align, titleWidth: 11 })),
      rows.map((row) =>
        row.map(({ text, detail, mark }) => ({
          text: detail === undefined ? text : `${text} ${detail}`,
          ...(mark === 'proved' ? { style: green } : mark === 'best' ? { style: bold } : {}),
        })),
      ),
      bold,
      io.columns,
    ),
  );
  for (const note of notes) io.stdout(`\n${note}`);
  io.stdout('\n\n');
}
