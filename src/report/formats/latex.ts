/** LaTeX: one table environment each, with booktabs; `\input` it, or compile it as it is. */
import type { Cell, Report, ReportFormat, Table } from '../types.ts';

const special: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['~', '\\textasciitilde{}'],
  ['^', '\\textasciicircum{}'],
  ['–', '--'],
  ['−', '$-$'],
  ['·', '$\\cdot$'],
  ['÷', '$\\div$'],
  ['≠', '$\\neq$'],
  ['×', '$\\times$'],
  ['±', '$\\pm$'],
  ['’', "'"],
  ['∂', '$\\partial$'],
  ['√', '$\\sqrt{\\ }$'],
]);

/** Text as LaTeX sets it. */
export function latexText(text: string): string {
  return Array.from(text)
    .map((letter) => special.get(letter) ?? (/[&%$#_{}]/.test(letter) ? `\\${letter}` : letter))
    .join('')
    .replaceAll(/`([^`]+)`/g, '\\texttt{$1}');
}

function cellText({ text, detail, mark }: Cell): string {
  const plain = latexText(text);
  const strong = mark === undefined ? plain : `\\textbf{${plain}}`;
  return detail === undefined ? strong : `${strong} {\\tiny ${latexText(detail)}}`;
}

/** The files of a row, as a comment: what a reader of the source can look up. */
function sources(row: readonly Cell[]): string {
  return row
    .flatMap(({ text, source }) =>
      source === undefined ? [] : [`%   ${text}: ${source.file}  ${source.command}\n`],
    )
    .join('');
}

function tableText({ id, caption, columns, rows, notes }: Table): string {
  const line = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`;
  return [
    '\\begin{table}[p]',
    '\\centering',
    `\\caption{${latexText(caption)}}`,
    `\\label{tab:${id}}`,
    // As wide as the page and no wider.
    '\\begin{adjustbox}{max width=\\textwidth}',
    `\\begin{tabular}{${columns.map(({ align }) => (align === 'left' ? 'l' : 'r')).join('')}}`,
    '\\toprule',
    line(columns.map(({ title }) => latexText(title))),
    '\\midrule',
    ...rows.map((row) => `${sources(row)}${line(row.map(cellText))}`),
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{adjustbox}',
    ...notes.map((note) => `\\par\\smallskip{\\footnotesize ${latexText(note)}\\par}`),
    '\\end{table}',
  ].join('\n');
}

function documentText({ title, text, sections }: Report): string {
  return `\\documentclass{article}
\\usepackage[utf8]{inputenc}
\\usepackage[T1]{fontenc}
\\usepackage[a4paper,landscape,margin=15mm]{geometry}
\\usepackage{adjustbox}
\\usepackage{booktabs}
\\title{${latexText(title)}}
\\date{}
\\begin{document}
\\maketitle
${text.map(latexText).join('\n\n')}
${sections
  .map((section) =>
    [
      `\\section{${latexText(section.title)}}`,
      ...section.text.map(latexText),
      ...section.tables.map(tableText),
      '\\clearpage',
    ].join('\n\n'),
  )
  .join('\n\n')}
\\end{document}
`;
}

/** The format. */
export const latex: ReportFormat = {
  name: 'latex',
  summary: 'tables with booktabs, a document that compiles',
  write: documentText,
};
