/** Printing: documents, messages and tables. */
import picocolors from 'picocolors';

import { jsonText } from '../results/json-text.ts';
import type { CommandLineIo } from './io.ts';

/** Colour functions that do nothing where the output shows none. */
export type Colours = ReturnType<typeof picocolors.createColors>;

/** The colours of an output. */
export function coloursOf(io: CommandLineIo): Colours {
  return picocolors.createColors(io.colour);
}

/** Prints a JSON document. */
export function printDocument(
  io: CommandLineIo,
  format: string,
  fields: Readonly<Record<string, unknown>>,
): void {
  io.stdout(jsonText({ format: `crosscountry/${format}`, version: 1, ...fields }));
}

/** Text as one line that a terminal shows safely: no line ends, no control characters. */
export function oneLine(text: string): string {
  const line = text
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd')
    .trim();
  return line.length <= 600 ? line : `${line.slice(0, 599)}…`;
}

/** A cell with its look; widths are counted without the look. */
export interface Cell {
  readonly text: string;
  readonly style?: (text: string) => string;
}

/** A table's column. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Longest line of the title; a longer title is wrapped between the words of its name. */
  readonly titleWidth?: number;
  /** The same for cells. */
  readonly width?: number;
}

const gap = '  ';

/** Width of text on a terminal: code points; our tables have no wide characters. */
export function widthOf(text: string): number {
  return Array.from(text).length;
}

/** Prose breaks after spaces and hyphens. */
const proseBreaks = /(?<=[\s-])/;

/** Names break after `-` and `_` too, and before a capital inside a word. */
const nameBreaks = /(?<=[\s_-])|(?<=[a-z])(?=[A-Z])/;

/** Lines of at most `width` characters, unless a part alone is longer. */
function wrap(text: string, width: number, breaks: RegExp): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(breaks)) {
    if (widthOf(line) + widthOf(part.trimEnd()) > width && line.trim() !== '') {
      lines.push(line.trim());
      line = '';
    }
    line += line === '' ? part.trimStart() : part;
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trim());
  return lines;
}

/**
 * A table as text: titles, then rows; every line ends without spaces.
 * @param rows cells aligned with the columns
 * @param heading look of the titles, or `undefined` for a table without them
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  heading: ((text: string) => string) | undefined,
): string {
  const wrapped = (text: string, width: number | undefined, breaks: RegExp): string[] =>
    width === undefined ? [text] : wrap(text, width, breaks);
  const titles = columns.map(({ title, titleWidth }) => wrapped(title, titleWidth, nameBreaks));
  const cells = rows.map((row) =>
    columns.map(({ width }, index) => wrapped(row[index]?.text ?? '', width, proseBreaks)),
  );
  const widths = columns.map((_, index) =>
    Math.max(
      ...(heading === undefined ? [] : (titles[index] ?? [])).map(widthOf),
      ...cells.flatMap((row) => row[index] ?? []).map(widthOf),
      0,
    ),
  );
  const pad = (text: string, index: number): [string, string] => {
    const space = ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(text)));
    return columns[index]?.align === 'right' ? [space, ''] : ['', space];
  };
  const block = (
    parts: readonly (readonly string[])[],
    style: (index: number) => ((text: string) => string) | undefined,
    bottom: boolean,
  ): string[] => {
    const height = Math.max(...parts.map((part) => part.length), 1);
    return Array.from({ length: height }, (_, line) => {
      let text = '';
      let pending = '';
      parts.forEach((part, index) => {
        const content = part[bottom ? line - (height - part.length) : line] ?? '';
        const [before, after] = pad(content, index);
        pending += (index === 0 ? '' : gap) + before;
        if (content !== '') {
          text += pending + (style(index)?.(content) ?? content);
          pending = '';
        }
        pending += after;
      });
      return text;
    });
  };
  return [
    ...(heading === undefined ? [] : block(titles, () => heading, true)),
    ...cells.flatMap((parts, row) => block(parts, (index) => rows[row]?.[index]?.style, false)),
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

/**
 * A table too wide for the output as several, one below the other, each with the first column.
 * @param columns the first is repeated
 * @param limit most characters in a line; a column that is wider alone stays whole
 */
export function wideTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  heading: ((text: string) => string) | undefined,
  limit: number,
): string {
  const pick = (chosen: readonly number[]): string =>
    table(
      chosen.flatMap((index) => columns[index] ?? []),
      rows.map((row) => chosen.flatMap((index) => row[index] ?? [])),
      heading,
    );
  const plain = (chosen: readonly number[]): number => {
    const text = table(
      chosen.flatMap((index) => columns[index] ?? []),
      rows.map((row) => chosen.map((index) => ({ text: row[index]?.text ?? '' }))),
      heading === undefined ? undefined : (title) => title,
    );
    return Math.max(...text.split('\n').map(widthOf));
  };
  const blocks: number[][] = [];
  let block = [0];
  for (let index = 1; index < columns.length; index += 1) {
    if (block.length > 1 && plain([...block, index]) > limit) {
      blocks.push(block);
      block = [0];
    }
    block.push(index);
  }
  return [...blocks, block].map(pick).join('\n');
}
