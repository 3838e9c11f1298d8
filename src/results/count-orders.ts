/** Counting orders of a subject by their names: one row an order. */
import { orderIds } from '../order/orders.ts';
import type { Subject } from '../subject/types.ts';
import { type CountedOrder, counterOf, numberedCounter, publishedFigure } from './count.ts';
import { findOrder, type OrderOptions } from './orders.ts';

/** Why the paper prints another figure than its own programs give, where it does. */
function publishedNote(subject: Subject, order: string): string | undefined {
  if (subject.kind !== 'task') return undefined;
  const notes = new Map<string, unknown>(Object.entries(subject.task?.publishedNotes ?? {}));
  const note = notes.get(order);
  return typeof note === 'string' ? note : undefined;
}

/**
 * Counts orders of one subject.
 * @param names heuristics, `published`, `best`, files
 * @returns one entry a name, in their order
 * @throws UserError for names and files that give no legal order, for a graph that the model or the
 * core refuses, and with value numbering for a subject without function.
 */
export async function countOrders(
  subject: Subject,
  names: readonly string[],
  options: OrderOptions & { readonly steps: boolean; readonly valueNumbering?: boolean },
): Promise<CountedOrder[]> {
  const { model, seed } = options;
  const graph = subject.graph(model);
  const valueNumbering = options.valueNumbering === true;
  const handle = valueNumbering ? numberedCounter(subject) : counterOf(subject, model);
  try {
    const counted: CountedOrder[] = [];
    for (const name of names) {
      const start = performance.now();
      const { order, random } = await findOrder(subject, name, options);
      const { count, steps } = handle.count(order);
      const published = publishedFigure(subject, model.name, name);
      const differs = published !== undefined && published !== count;
      const note = differs ? publishedNote(subject, name) : undefined;
      counted.push({
        row: {
          subject: subject.name,
          cost: model.name,
          granularity: subject.granularity,
          order: name,
          count,
          ...(valueNumbering ? { valueNumbering } : {}),
          ...(published === undefined ? {} : { published }),
          ...(note === undefined ? {} : { note }),
          ...(options.steps ? { steps: steps() } : {}),
        },
        ids: orderIds(graph, order),
        seed: random ? seed : null,
        seconds: (performance.now() - start) / 1000,
      });
    }
    return counted;
  } finally {
    handle.dispose();
  }
}
