/** Times and their ratios as text, on the command line and in the page. */
import { pairedRatio } from '../support/statistics.ts';
import type { TimedRow } from './types.ts';

/** Three significant digits, without an exponent. */
export function threeDigits(value: number): string {
  if (value === 0) return '0';
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(places, 6));
}

/** a's time as a multiple of b's with its interval, as in `0.31 (0.30–0.32)`; `1` for a row itself. */
export function ratioText(a: TimedRow, b: TimedRow): string {
  if (a === b) return '1';
  const { median, low, high } = pairedRatio(a.samples, b.samples);
  return `${threeDigits(median)} (${threeDigits(low)}–${threeDigits(high)})`;
}
