/** Orders of a subject that a search or the optimiser may start from, found without searching. */
import { compiled } from '../cost/compiled.ts';
import { costModels } from '../cost/models.ts';
import { graphHash } from '../graph/canonical.ts';
import { orderIds, parseOrder } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { heuristics } from '../search/heuristics/heuristics.ts';
import type { FunctionSubject } from '../subject/types.ts';
import { hasPublishedOrder } from './named-orders.ts';
import { defaultResultsFolder, findOrder } from './orders.ts';
import { bestResult } from './store.ts';

/**
 * The orders of all heuristics, the published one, and the stored best under every cost model, on the
 * graph that `compiled` counts.
 * @param subject of scalars
 * @param options what orders depend on
 * @param options.seed of heuristics that are random
 * @param options.results folder of the stored results
 */
export async function startOrders(
  subject: FunctionSubject,
  options: { readonly seed: number; readonly results?: string },
): Promise<readonly EliminationOrder[]> {
  const graph = subject.graph(compiled);
  const names = [
    ...heuristics.map(({ name }) => name),
    ...(hasPublishedOrder(subject) ? ['published'] : []),
  ];
  const orders: EliminationOrder[] = [];
  for (const name of names) {
    orders.push((await findOrder(subject, name, { model: compiled, ...options })).order);
  }
  for (const model of [...costModels, compiled]) {
    const counted = subject.graph(model);
    const best = await bestResult(options.results ?? defaultResultsFolder(), {
      subject: subject.name,
      cost: model.name,
      granularity: subject.granularity,
      graphHash: graphHash(counted),
    });
    if (best === undefined) continue;
    orders.push(parseOrder(graph, orderIds(counted, parseOrder(counted, best.order))));
  }
  return orders;
}
