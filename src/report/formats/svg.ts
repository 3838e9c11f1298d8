/** One figure as an SVG file of its own: legend, light and dark colours inside, nothing loaded. */
import { UserError } from '../../support/user-error.ts';
import { drawFigure, lookOf } from '../draw.ts';
import { colourStyle } from '../page-style.ts';
import type { Figure, ReportFormat } from '../types.ts';

const width = 760;
const margin = 12;

/** Of a line of the legend, and of a letter about. */
const lineHeight = 20;
const letterWidth = 7;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Names with their symbols, in as many lines as they need. */
function legendOf({ series }: Figure): { readonly text: string; readonly lines: number } {
  let [x, line] = [margin, 1];
  const entries = series.map(({ name }, index) => {
    const { glyph, colour } = lookOf(index);
    const own = letterWidth * (name.length + 4);
    if (x > margin && x + own > width) [x, line] = [margin, line + 1];
    const entry = `<text x="${x}" y="${line * lineHeight}"><tspan fill="${colour}">${glyph}</tspan> ${escaped(name)}</text>`;
    x += own;
    return entry;
  });
  return { text: entries.join('\n'), lines: line };
}

function drawing(figure: Figure): string {
  const plot = drawFigure(figure, width - 2 * margin);
  const plotHeight = Number(/height="(\d+)"/.exec(plot)?.[1] ?? 0);
  const { text, lines } = legendOf(figure);
  const top = lines * lineHeight + margin;
  const height = top + plotHeight + margin;
  const caption = escaped(figure.caption.replaceAll('`', ''));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${caption}" font-family="system-ui, sans-serif" font-size="13" fill="currentColor" style="color: var(--ink)">
<title>${caption}</title>
<desc>${escaped(figure.description.replaceAll('`', ''))}</desc>
<style>${colourStyle}</style>
<rect width="${width}" height="${height}" rx="6" fill="var(--sheet)"/>
${text}
<g transform="translate(${margin} ${top})">${plot}</g>
</svg>
`;
}

/** The format. */
export const svg: ReportFormat = {
  name: 'svg',
  summary: 'the first figure, or the one of --figure, as a file of its own',
  write: ({ sections }) => {
    const [figure] = sections.flatMap(({ figures }) => figures);
    if (figure !== undefined) return drawing(figure);
    throw new UserError({
      code: 'report-no-figure',
      message: 'there is no figure in this report; choose another --format',
    });
  },
};
