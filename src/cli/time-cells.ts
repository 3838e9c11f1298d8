/** Cells of a timing table on the command line: `wasm:best`, `js:forward:4096:call`. */
import type { AnyPrecision } from '../compile/types.ts';
import { allTargets } from '../compile/targets.ts';
import type { Layout, TimedRow } from '../bench/types.ts';
import { usageError } from './verb.ts';

/** What a cell has to be; what is left out may be anything. */
export interface CellPattern {
  readonly text: string;
  readonly target?: string;
  readonly order?: string;
  readonly precision?: AnyPrecision;
  readonly batch?: number;
  readonly layout?: Layout;
}

/**
 * Parses parts separated by colons, in any order: a target, a precision, a number of points, `kernel`
 * or `call`; what is none of these is an order.
 * @throws UserError where two parts are of one kind
 */
export function parseCell(text: string): CellPattern {
  const pattern: Record<string, string | number> = {};
  for (const part of text.split(':')) {
    const [kind, value] = partOf(part);
    if (part === '' || kind in pattern) {
      throw usageError(
        `--compare takes cells such as wasm:best or js:forward:4096:call, not ${JSON.stringify(text)}`,
      );
    }
    pattern[kind] = value;
  }
  return { text, ...pattern };
}

function partOf(part: string): [kind: string, value: string | number] {
  if (allTargets.some(({ name }) => name === part)) return ['target', part];
  if (part === 'f64' || part === 'f32' || part === 'f16') return ['precision', part];
  if (part === 'kernel' || part === 'call') return ['layout', part];
  if (/^\d+$/.test(part)) return ['batch', Number(part)];
  return ['order', part];
}

const kinds = ['target', 'order', 'precision', 'batch', 'layout'] as const;

/** The rows that a pattern means; the layout is `kernel` where the pattern has none. */
function rowsOf(pattern: CellPattern, rows: readonly TimedRow[]): TimedRow[] {
  const wanted = { layout: 'kernel', ...pattern };
  return rows.filter((row) =>
    kinds.every((kind) => wanted[kind] === undefined || row[kind] === wanted[kind]),
  );
}

/** Two rows to compare. */
export interface RowPair {
  readonly a: TimedRow;
  readonly b: TimedRow;
}

/**
 * Rows of A with those of B that are alike in all that neither pattern names.
 * @throws UserError where there is no such pair
 */
export function pairsOf(
  a: CellPattern,
  b: CellPattern,
  rows: readonly TimedRow[],
): readonly RowPair[] {
  const free = kinds.filter((kind) => a[kind] === undefined && b[kind] === undefined);
  const others = rowsOf(b, rows);
  const found = rowsOf(a, rows).flatMap((row) =>
    others
      .filter(
        (other) =>
          other !== row &&
          other.subject === row.subject &&
          free.every((kind) => other[kind] === row[kind]),
      )
      .map((other) => ({ a: row, b: other })),
  );
  if (found.length > 0) return found;
  throw usageError(
    `--compare ${a.text} ${b.text}: no two timed rows match; time both with --order, --target, --batch and --precision`,
  );
}
