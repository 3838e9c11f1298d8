/** Orders that a name and the subject give by themselves: of heuristics, and the published ones. */
import { costModelNamed } from '../cost/models.ts';
import type { CostModel } from '../cost/types.ts';
import type { VertexId } from '../graph/types.ts';
import { orderIds, parseOrder } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { hasTensors } from '../program/shapes.ts';
import { heuristics } from '../search/heuristics/heuristics.ts';
import { idsInGraph } from '../subject/granularity.ts';
import type { Subject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';

/** An order with the name it was asked for by. */
export interface NamedOrder {
  /** A heuristic's name, `published`, `best`, or the file's path. */
  readonly name: string;
  /** Legal for the graph that is counted. */
  readonly order: EliminationOrder;
  /** Where a seed decided it. */
  readonly random: boolean;
}

/** What such an order depends on. */
export interface NamedOrderOptions {
  readonly model: CostModel;
  /** Of heuristics that are random. */
  readonly seed: number;
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
 * The order of a heuristic's name, or the published one. Heuristics choose on the graph of the cost
 * model `paper`, by the peer's degree, whatever model counts the result; the order is then parsed by
 * its ids against the graph that is counted.
 * @returns `undefined` for any other name
 * @throws UserError `order-not-published`
 */
export function namedOrder(
  subject: Subject,
  name: string,
  { model, seed }: NamedOrderOptions,
): NamedOrder | undefined {
  const graph = subject.graph(model);
  const heuristic = heuristics.find((candidate) => candidate.name === name);
  if (heuristic !== undefined) {
    const peerGraph = subject.graph(costModelNamed('paper'));
    const chosen = heuristic.order(peerGraph, { seed });
    return {
      name,
      random: heuristic.random,
      order: peerGraph === graph ? chosen : parseOrder(graph, orderIds(peerGraph, chosen)),
    };
  }
  if (name !== 'published') return undefined;
  const ids = publishedOrder(subject);
  if (ids !== undefined) return { name, random: false, order: parseOrder(graph, ids) };
  throw new UserError({
    code: 'order-not-published',
    message: `${subject.name} has no published order${
      subject.granularity === 'scalar' ? ' of single elements' : ''
    }; choose another (${heuristics[0]?.name ?? 'forward'}, …)`,
  });
}
