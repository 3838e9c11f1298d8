/** Cells that several tables have. */
import { boundCommandOf, commandOf } from '../results/command.ts';
import type { StoredResult } from '../results/result-set.ts';
import type { MedianInterval } from '../support/statistics.ts';
import type { Cell, Source } from './types.ts';

/** Nothing is known. */
export const emptyCell: Cell = { text: '–' };

/** How an order was found. */
export function sourceOf({ path, result }: StoredResult): Source {
  return { file: path, command: commandOf(result) };
}

/** A count. */
export function countCell(stored: StoredResult, facts: Pick<Cell, 'detail' | 'mark'> = {}): Cell {
  const { count } = stored.result;
  return { text: String(count), value: count, source: sourceOf(stored), ...facts };
}

/** A lower bound. */
export function boundCell(stored: StoredResult, facts: Pick<Cell, 'detail' | 'mark'> = {}): Cell {
  const { bound } = stored.result;
  if (bound === undefined) return emptyCell;
  const command = boundCommandOf(stored.result) ?? commandOf(stored.result);
  const source = { file: stored.path, command };
  return { text: String(bound.lower), value: bound.lower, source, ...facts };
}

/** A median with its interval. */
export function intervalCell(
  { median, low, high }: Pick<MedianInterval, 'median' | 'low' | 'high'>,
  source?: Source,
): Cell {
  const cell = { text: digits(median), value: median, detail: `${digits(low)}–${digits(high)}` };
  return source === undefined ? cell : { ...cell, source };
}

/** 1.04: how many times something is something else. */
export function ratioText(value: number, of: number): string {
  return of === 0 ? '–' : (value / of).toFixed(2);
}

/** −7.8 %. */
export function percentText(value: number, of: number): string {
  const percent = (100 * (value - of)) / of;
  if (percent === 0) return '0 %';
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
}

/** Three significant digits, all of them before the point. */
export function digits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}
