/** One page that needs nothing beside it: style and drawings are inside, no script, no network. */
import { drawFigure, lookOf } from '../draw.ts';
import { pageStyle } from '../page-style.ts';
import type { Cell, Figure, Report, ReportFormat, Table } from '../types.ts';

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Words between back quotes are names of the command line. */
function prose(text: string): string {
  return escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function cellText({ text, detail, source, mark }: Cell): string {
  const linked =
    source === undefined
      ? escaped(text)
      : `<a href="${escaped(encodeURI(source.file))}" title="${escaped(source.command)}">${escaped(text)}</a>`;
  const strong = mark === undefined ? linked : `<strong>${linked}</strong>`;
  return detail === undefined ? strong : `${strong} <small>${escaped(detail)}</small>`;
}

function tableText({ id, caption, columns, rows, notes }: Table): string {
  const head = columns
    .map(({ title, align }) => `<th scope="col" class="${align}">${escaped(title)}</th>`)
    .join('');
  const body = rows
    .map((row) => {
      const cells = row.map((cell, index) => {
        const align = columns[index]?.align ?? 'left';
        return index === 0
          ? `<th scope="row" class="left">${cellText(cell)}</th>`
          : `<td class="${align}">${cellText(cell)}</td>`;
      });
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('\n');
  return `<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}-caption">
<table id="${id}">
<caption id="${id}-caption"><span>${prose(caption)}</span></caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody>
</table>
</div>
${notes.map((note) => `<p class="note">${prose(note)}</p>`).join('\n')}`;
}

/** Widths that a drawing is made for: read on a phone and on a desk. */
const widths = { narrow: 350, wide: 760 } as const;

function figureText(figure: Figure): string {
  const { id, caption, description, series } = figure;
  const legend = series
    .map(({ name }, index) => {
      const { glyph, colour } = lookOf(index);
      return `<li><span aria-hidden="true" style="color: ${colour}">${glyph}</span> ${escaped(name)}</li>`;
    })
    .join('');
  return `<figure id="${id}">
<ul class="legend">${legend}</ul>
${Object.entries(widths)
  .map(([name, width]) => `<div class="${name}">${drawFigure(figure, width)}</div>`)
  .join('\n')}
<figcaption>${prose(caption)}
<details><summary>In words</summary><p>${prose(description)}</p></details></figcaption>
</figure>`;
}

function page({ title, text, sections }: Report): string {
  const links = sections
    .map((section) => `<li><a href="#${section.id}">${escaped(section.title)}</a></li>`)
    .join('');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} – crosscountry</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
${text.map((paragraph) => `<p>${prose(paragraph)}</p>`).join('\n')}
<nav aria-label="Sections"><ul>${links}</ul></nav>
</header>
<main>
${sections
  .map(
    (section) => `<section aria-labelledby="${section.id}">
<h2 id="${section.id}">${escaped(section.title)}</h2>
${section.text.map((paragraph) => `<p>${prose(paragraph)}</p>`).join('\n')}
${section.figures.map(figureText).join('\n')}
${section.tables.map(tableText).join('\n')}
</section>`,
  )
  .join('\n')}
</main>
</body>
</html>
`;
}

/** The format. */
export const html: ReportFormat = {
  name: 'html',
  summary: 'one page with figures, which needs no network',
  write: page,
};
