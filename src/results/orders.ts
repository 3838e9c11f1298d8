/** ORDER on the command line: a heuristic's name, `published`, `best`, or a file of vertex ids. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { costModelNamed } from '../cost/models.ts';
import type { Graph, VertexId } from '../graph/types.ts';
import { orderIds, parseOrder } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { heuristics } from '../search/heuristics/heuristics.ts';
import { parseJson } from '../support/json.ts';
import { readText } from '../subject/read-file.ts';
import type { FunctionSubject, Subject } from '../subject/types.ts';
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import { namedOrder, type NamedOrder, type NamedOrderOptions } from './named-orders.ts';
import { packageRoot } from './provenance.ts';

/** What choosing an order depends on. */
export interface OrderOptions extends NamedOrderOptions {
  /** Folder of the stored results for `best`. */
  readonly results?: string;
}

/** Every word that names an order; files may be named beside them. */
export function orderNames(): readonly string[] {
  return [...heuristics.map(({ name }) => name), 'published', 'best'];
}

/**
 * Finds an order by name, in the store or in a file.
 * @throws UserError for an unknown name (with a suggestion), a subject without published order or
 * stored results, a file that is no legal order.
 */
export async function findOrder(
  subject: Subject,
  name: string,
  options: OrderOptions,
): Promise<NamedOrder> {
  const known = namedOrder(subject, name, options);
  if (known !== undefined) return known;
  const graph = subject.graph(options.model);
  if (name === 'best') return { name, random: false, order: await bestOrder(subject, graph, options) };
  return { name, random: false, order: await orderFromFile(graph, name) };
}

/**
 * The same, as an order of the function's own graph, which a model need not be counting: the ids of
 * its vertices are the same. `best@MODEL` is the stored best under another model.
 * @throws UserError as `findOrder`, and for an unknown model
 */
export async function findFunctionOrder(
  subject: FunctionSubject,
  name: string,
  options: OrderOptions,
): Promise<EliminationOrder> {
  const [, under] = /^best@(.+)$/.exec(name) ?? [];
  const model = under === undefined ? options.model : costModelNamed(under);
  const plain = under === undefined ? name : 'best';
  const { order } = await findOrder(subject, plain, { ...options, model });
  return parseOrder(subject.linearisation().graph, orderIds(subject.graph(model), order));
}

async function bestOrder(
  subject: Subject,
  graph: Graph,
  { model, results }: OrderOptions,
): Promise<EliminationOrder> {
  // Loaded only here: the store checks files with zod, which costs start-up time.
  const [{ bestResult }, { graphHash }] = await Promise.all([
    import('./store.ts'),
    import('../graph/canonical.ts'),
  ]);
  const folder = results ?? defaultResultsFolder();
  const best = await bestResult(folder, {
    subject: subject.name,
    cost: model.name,
    granularity: subject.granularity,
    graphHash: graphHash(graph),
  });
  if (best === undefined) {
    throw new UserError({
      code: 'order-no-best',
      message: `no result for ${subject.name} (${subject.granularity}) under ${model.name} is stored there; name another order, another --granularity, or another folder with --results`,
      file: folder,
    });
  }
  return parseOrder(graph, best.order);
}

/** `results/` where the command runs, else the one that the package brings. */
export function defaultResultsFolder(): string {
  return existsSync('results') ? 'results' : join(packageRoot(), 'results');
}

async function orderFromFile(graph: Graph, file: string): Promise<EliminationOrder> {
  if (!/[./\\]/.test(file) && !existsSync(file)) {
    const names = orderNames();
    throw new UserError({
      code: 'unknown-name',
      message: `there is no order ${JSON.stringify(file)}.${suggestion(file, names)} (${names.join(', ')}, or a file: a JSON array of vertex ids)`,
    });
  }
  const value = parseJson(await readText(file), file);
  if (!Array.isArray(value)) {
    throw new UserError({
      code: 'order-shape',
      message: 'an order file has to be a JSON array of vertex ids, such as [3, 1, 2]',
      file,
    });
  }
  const ids = value.map((id: unknown, index): VertexId => {
    if (typeof id === 'string' || (typeof id === 'number' && Number.isSafeInteger(id))) return id;
    throw new UserError({
      code: 'order-shape',
      message: 'a vertex id has to be a text or a whole number',
      file,
      at: `[${index}]`,
    });
  });
  try {
    return parseOrder(graph, ids);
  } catch (error) {
    throw error instanceof UserError ? error.inFile(file) : error;
  }
}
