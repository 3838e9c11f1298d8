/**
 * Figures as SVG, drawn by Observable Plot without a browser. Colours are names of the page's own
 * (`--series-1` …), so that one drawing is right in light, in dark and in print; kinds are told apart by
 * their symbols too.
 */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

import type { Axis, Figure, Point } from './types.ts';

/** How a series looks. */
export interface SeriesLook {
  readonly symbol:
    'circle' | 'square' | 'triangle' | 'diamond' | 'star' | 'cross' | 'wye' | 'times';
  /** The symbol as a character, for legends. */
  readonly glyph: string;
  /** A colour by its name in the page's style. */
  readonly colour: string;
}

const shapes = [
  ['circle', '●'],
  ['square', '■'],
  ['triangle', '▲'],
  ['diamond', '◆'],
  ['star', '★'],
  ['cross', '✚'],
  ['wye', 'Y'],
  ['times', '×'],
] as const;

/** Colours in the page's style. */
export const seriesColours = 5;

/** The look of the series of an index: symbols and colours have different periods. */
export function lookOf(index: number): SeriesLook {
  const [symbol, glyph] = shapes[index % shapes.length] ?? shapes[0];
  return { symbol, glyph, colour: `var(--series-${(index % seriesColours) + 1})` };
}

/** Numbers on logarithmic axes: 0.5, 64, 10M; only those that begin with 1 where they are large, for room. */
function tickText(value: number): string {
  if (value < 1e4) return String(Number(value.toPrecision(6)));
  if (!Number.isInteger(Math.log10(value))) return '';
  return value < 1e6 ? `${value / 1e3}k` : `${value / 1e6}M`;
}

function scaleOf({ label, scale }: Axis): Plot.ScaleOptions {
  switch (scale) {
    case 'names':
      return { label: null };
    case 'linear':
      return { label, grid: true, nice: true };
    case 'logarithmic':
      return { label, grid: true, type: 'log', tickFormat: tickText };
  }
}

/** Room for the longest name of a task. */
const nameWidth = 152;

/** Height of a row where an axis has names. */
const rowHeight = 26;

/** What is used of a drawing's element; the types of a browser are not known here. */
interface Drawing {
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelectorAll(selector: string): Iterable<Drawing>;
  readonly outerHTML: string;
}

const draw = Plot.plot as unknown as (
  options: Omit<Plot.PlotOptions, 'document'> & { readonly document: unknown },
) => Drawing;

/** The drawing, `width` units wide. */
export function drawFigure({ x, y, series, joined, caption }: Figure, width: number): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as {
    readonly document: unknown;
  };
  const names = [...new Set(series.flatMap(({ points }) => points.map((point) => point.y)))];
  const isNamed = y.scale === 'names';
  const marks = series.flatMap(({ points }, index) => {
    const { symbol, colour } = lookOf(index);
    const isInterval = ({ low, high }: Point): boolean => low !== undefined && high !== undefined;
    return [
      ...(joined === 'no'
        ? []
        : [
            Plot.line(points, {
              ...{ x: 'x', y: 'y', stroke: colour, strokeWidth: 1.5 },
              curve: joined === 'steps' ? 'step-after' : 'linear',
            }),
          ]),
      Plot.ruleX(points.filter(isInterval), { x: 'x', y1: 'low', y2: 'high', stroke: colour }),
      Plot.dot(points, {
        ...{ x: 'x', y: 'y', symbol, r: 4, title: 'label' },
        ...{ fill: colour, stroke: 'var(--sheet)', strokeWidth: 0.75 },
      }),
    ];
  });
  const drawing = draw({
    document,
    width,
    height: isNamed ? 60 + rowHeight * names.length : Math.min(420, 0.75 * width),
    marginLeft: isNamed ? nameWidth : 54,
    marginBottom: 42,
    x: scaleOf(x),
    y: { ...scaleOf(y), ...(isNamed ? { domain: names, grid: true } : {}) },
    style: { background: 'none', color: 'inherit', fontFamily: 'inherit', fontSize: '12px' },
    marks: [
      ...(x.scale === 'logarithmic' && joined === 'no'
        ? [Plot.ruleX([1], { strokeOpacity: 0.5 })]
        : []),
      ...marks,
    ],
  });
  // One picture with one name: groups of lines and dots in it have none.
  for (const part of drawing.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', caption.replaceAll('`', ''));
  return drawing.outerHTML;
}
