/**
 * Whether an order is the one that its name gives: reports choose their columns by names, so a name is
 * checked as a count is. Heuristics order again, by the seed where they are random; the published order is
 * looked up. `best` is not checked: what was best once may have been bettered since.
 */
import type { CostModel } from '../cost/types.ts';
import type { VertexId } from '../graph/types.ts';
import { orderIds } from '../order/orders.ts';
import { heuristics } from '../search/heuristics/heuristics.ts';
import type { Subject } from '../subject/types.ts';
import { attempt } from '../support/attempt.ts';
import { namedOrder } from './named-orders.ts';

/** What is checked: the name an order goes by, and the seed that stands beside it. */
export interface OrderClaim {
  readonly name: string;
  readonly seed: number | null;
  readonly order: readonly VertexId[];
}

/**
 * Orders that were made before, by name and seed. A heuristic chooses on one graph of a subject whatever
 * model counts it (named-orders.ts), so the ids are those of every model.
 */
const ordersMade = new WeakMap<Subject, Map<string, string>>();

/**
 * Checks the name of an order; names that are no heuristic's and not `published` have nothing to check.
 * As slow as the heuristic is, once for each subject, name and seed.
 * @param subject the same object for results that share what was made
 * @returns what is wrong
 */
export function orderNameProblems(
  subject: Subject,
  model: CostModel,
  { name, seed, order }: OrderClaim,
): readonly string[] {
  const heuristic = heuristics.find((candidate) => candidate.name === name);
  if (heuristic === undefined && name !== 'published') return [];
  if (heuristic?.random === true && seed === null) {
    return [`the order is called ${name}, which needs a seed, and the file has none`];
  }
  const made = ordersMade.get(subject) ?? new Map<string, string>();
  ordersMade.set(subject, made);
  const key = heuristic?.random === true ? `${name} ${seed}` : name;
  let ids = made.get(key);
  if (ids === undefined) {
    const found = attempt(() => namedOrder(subject, name, { model, seed: seed ?? 0 }));
    if (typeof found === 'string') return [`the order is called ${name}: ${found}`];
    ids = JSON.stringify(found && orderIds(subject.graph(model), found.order));
    made.set(key, ids);
  }
  const given = heuristic?.random === true ? `${name} with seed ${seed}` : name;
  return ids === JSON.stringify(order)
    ? []
    : [`the order is not the one that ${given} gives: its name is wrong`];
}
