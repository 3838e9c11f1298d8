/** ORDER on the command line: a heuristic's name, `published`, `best`, or a file of vertex ids. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { costModelNamed } from '../cost/models.ts';
import type { CostModel } from '../cost/types.ts';
import type { Graph, VertexId } from '../graph/types.ts';
import { orderIds, parseOrder } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { hasTensors } from '../program/shapes.ts';
import { heuristics } from '../search/heuristics/heuristics.ts';
import { parseJson } from '../support/json.ts';
import { readText } from '../subject/read-file.ts';
import { idsInGraph } from '../subject/granularity.ts';
import type { FunctionSubject, Subject } from '../subject/types.ts';
import { suggestion } from '../support/suggest.ts';
import { UserError } from '../support/user-error.ts';
import { packageRoot } from './provenance.ts';

/** An order with the name it was asked for by. */
export interface NamedOrder {
  /** A heuristic's name, `published`, `best`, or the file's path. */
  readonly name: string;
  /** Legal for the graph that is counted. */
  readonly order: EliminationOrder;
  /** Where a seed decided it. */
  readonly random: boolean;
}

/** What choosing an order depends on. */
export interface OrderOptions {
  readonly model: CostModel;
  /** Of heuristics that are random. */
  readonly seed: number;
  /** Folder of the stored results for `best`. */
  readonly results?: string;
}

/** Every word that names an order; files may be named beside them. */
export function orderNames(): readonly string[] {
  return [...heuristics.map(({ name }) => name), 'published', 'best'];
}

/** The orders that `count` shows where none is asked for: all heuristics, then the published one. */
export function defaultOrderNames(subject: Subject): readonly string[] {
  const names = heuristics.map(({ name }) => name);
  return publishedOrder(subject) === undefined ? names : [...names, 'published'];
}

/** Whether the paper publishes an order of the subject at its granularity. */
export function hasPublishedOrder(subject: Subject): boolean {
  return publishedOrder(subject) !== undefined;
}

/** The paper orders tensors; element by element that says something only where all are scalars. */
function publishedOrder(subject: Subject): readonly VertexId[] | undefined {
  if (subject.kind !== 'task') return undefined;
  const order = subject.task?.publishedOrder;
  if (order === undefined || subject.granularity === 'tensor') return order;
  if (hasTensors(subject.program())) return undefined;
  return idsInGraph(subject.linearisation().graph, order);
}

/**
 * Finds an order by name. Heuristics choose on the graph of the cost model `paper`, by the peer's
 * degree, whatever model counts the result; the order is then parsed by its ids against the graph
 * that is counted.
 * @throws UserError for an unknown name (with a suggestion), a subject without published order or
 * stored results, a file that is no legal order.
 */
export async function findOrder(
  subject: Subject,
  name: string,
  options: OrderOptions,
): Promise<NamedOrder> {
  const graph = subject.graph(options.model);
  const heuristic = heuristics.find((candidate) => candidate.name === name);
  if (heuristic !== undefined) {
    const peerGraph = subject.graph(costModelNamed('paper'));
    const chosen = heuristic.order(peerGraph, { seed: options.seed });
    return {
      name,
      random: heuristic.random,
      order: peerGraph === graph ? chosen : parseOrder(graph, orderIds(peerGraph, chosen)),
    };
  }
  if (name === 'published') {
    const ids = publishedOrder(subject);
    if (ids !== undefined) return { name, random: false, order: parseOrder(graph, ids) };
    throw new UserError({
      code: 'order-not-published',
      message: `${subject.name} has no published order${
        subject.granularity === 'scalar' ? ' of single elements' : ''
      }; choose another (${heuristics[0]?.name ?? 'forward'}, …)`,
    });
  }
  if (name === 'best') return { name, random: false, order: await bestOrder(subject, graph, options) };
  return { name, random: false, order: await orderFromFile(graph, name) };
}

/**
 * The same, as an order of the function's own graph, which a model need not be counting: the ids of
 * its vertices are the same.
 * @throws UserError as `findOrder`
 */
export async function findFunctionOrder(
  subject: FunctionSubject,
  name: string,
  options: OrderOptions,
): Promise<EliminationOrder> {
  const { order } = await findOrder(subject, name, options);
  return parseOrder(subject.linearisation().graph, orderIds(subject.graph(options.model), order));
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
