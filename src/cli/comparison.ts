/** A table that sets what was found beside other orders of the same subject. */
import { hasPublishedOrder } from '../results/named-orders.ts';
import type { Subject } from '../subject/types.ts';
import type { CommandLineIo } from './io.ts';
import { type Cell, coloursOf, table } from './print.ts';

/** An order by its name, and what it costs. */
export interface ComparedOrder {
  readonly order: string;
  readonly count: number;
}

/** The orders that a find is compared with. */
export function baselines(subject: Subject): readonly string[] {
  const own = ['forward', 'reverse', 'markowitz', 'markowitz-high'];
  return hasPublishedOrder(subject) ? [...own, 'published'] : own;
}

/** The table, the find in the last row. */
export function comparisonTable(
  io: CommandLineIo,
  others: readonly ComparedOrder[],
  found: ComparedOrder,
): string {
  const { bold, green, red, dim } = coloursOf(io);
  const change = (count: number): Cell => {
    if (count === found.count) return { text: 'equal', style: dim };
    const percent = (100 * (found.count - count)) / count;
    const text = `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
    return { text, style: percent < 0 ? green : red };
  };
  const rows = [
    ...others.map(({ order, count }): Cell[] => [
      { text: order },
      { text: String(count) },
      change(count),
    ]),
    [
      { text: found.order, style: bold },
      { text: String(found.count), style: bold },
    ],
  ];
  const columns = [
    { title: 'order', align: 'left' as const },
    { title: 'count', align: 'right' as const },
    { title: `${found.order} against it`, align: 'right' as const },
  ];
  return table(columns, rows, bold);
}
