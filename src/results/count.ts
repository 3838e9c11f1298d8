/** Counting named orders of a subject: one load into the core, one row an order. */
import { wasmEngine } from '../core/wasm.ts';
import type { VertexId } from '../graph/types.ts';
import { orderIds } from '../order/orders.ts';
import type { FunctionSubject, Granularity, Subject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';
import { namingFile } from './naming-file.ts';
import { findOrder, type OrderOptions } from './orders.ts';

/** One counted order. */
export interface CountRow {
  readonly subject: string;
  readonly cost: string;
  readonly granularity: Granularity;
  /** The name asked for. */
  readonly order: string;
  readonly count: number;
  /** The figure that the paper prints. */
  readonly published?: number;
  /** Cost of each elimination, where asked for. */
  readonly steps?: readonly number[];
}

/** A row with what a result file needs beside it. */
export interface CountedOrder {
  readonly row: CountRow;
  readonly ids: readonly VertexId[];
  readonly seed: number | null;
  readonly seconds: number;
}

/** The figure that the paper prints for an order, of tensors and under its own cost model. */
export function publishedFigure(subject: Subject, cost: string, order: string): number | undefined {
  if (subject.kind !== 'task' || cost !== 'paper') return undefined;
  if (subject.granularity === 'scalar') return undefined;
  const figures = new Map<string, unknown>(Object.entries(subject.task?.publishedFigures ?? {}));
  const figure = figures.get(order);
  return typeof figure === 'number' ? figure : undefined;
}

/**
 * Counts orders of one subject.
 * @param names heuristics, `published`, `best`, files
 * @returns one entry a name, in their order
 * @throws UserError for names and files that give no legal order, and for a graph that the model or
 * the core refuses.
 */
export async function countOrders(
  subject: Subject,
  names: readonly string[],
  options: OrderOptions & { readonly steps: boolean },
): Promise<CountedOrder[]> {
  const { model, seed } = options;
  const graph = subject.graph(model);
  const handle = namingFile(subject, () => wasmEngine.load(model.prepare(graph)));
  try {
    const counted: CountedOrder[] = [];
    for (const name of names) {
      const start = performance.now();
      const { order, random } = await findOrder(subject, name, options);
      const count = handle.count([order])[0];
      if (count === undefined) throw new Error('the core counted nothing');
      const published = publishedFigure(subject, model.name, name);
      counted.push({
        row: {
          subject: subject.name,
          cost: model.name,
          granularity: subject.granularity,
          order: name,
          count,
          ...(published === undefined ? {} : { published }),
          ...(options.steps ? { steps: [...handle.steps(order)] } : {}),
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

/**
 * A subject that has a function.
 * @throws UserError `subject-no-function` for a graph file.
 */
export function requireFunction(subject: Subject): FunctionSubject {
  if (subject.kind !== 'graph') return subject;
  throw new UserError({
    code: 'subject-no-function',
    message: 'a graph file has no function to evaluate; name a task or a module',
    file: subject.file,
  });
}
