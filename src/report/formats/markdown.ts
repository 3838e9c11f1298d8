/** Markdown: tables with links, for README files. Figures are named by what can be seen in them. */
import type { Cell, Report, ReportFormat, Table } from '../types.ts';

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A link's title may not end early. */
function linkTitle(command: string): string {
  return command.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

function cellText({ text, detail, source, mark }: Cell): string {
  const plain = escaped(text);
  const linked =
    source === undefined
      ? plain
      : `[${plain}](<${source.file}> "${linkTitle(escaped(source.command))}")`;
  const strong = mark === undefined ? linked : `**${linked}**`;
  if (detail === undefined) return strong;
  return `${strong}<br><sub>${escaped(detail)}</sub>`;
}

function tableText({ caption, columns, rows, notes }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = [
    line(columns.map(({ title }) => escaped(title))),
    line(columns.map(({ align }) => (align === 'right' ? '--:' : ':--'))),
    ...rows.map((row) => line(row.map(cellText))),
  ];
  return [`_${caption}_`, lines.join('\n'), ...notes].join('\n\n');
}

/** The format. */
export const markdown: ReportFormat = {
  name: 'markdown',
  summary: 'tables with links to the result files',
  write: ({ title, text, sections }: Report) =>
    `${[
      `# ${title}`,
      ...text,
      ...sections.flatMap((section) => [
        `## ${section.title}`,
        ...section.text,
        ...section.tables.map(tableText),
        ...section.figures.map(
          ({ caption, description }) => `_${caption}_ (drawn in the HTML report): ${description}`,
        ),
      ]),
    ].join('\n\n')}\n`,
};
