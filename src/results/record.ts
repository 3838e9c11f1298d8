/** Result files made from what a command found. */
import { graphHash } from '../graph/canonical.ts';
import { writeGraph } from '../graph/file.ts';
import type { CostModel } from '../cost/types.ts';
import { orderIds } from '../order/orders.ts';
import type { SearchOutcome, SearchStrategy } from '../search/strategy.ts';
import type { Subject } from '../subject/types.ts';
import type { CountedOrder } from './count.ts';
import type { Origin, ResultFile } from './types.ts';

/** What differs from one finding to the next. */
export type Finding = Pick<
  ResultFile,
  'order' | 'count' | 'strategy' | 'seed' | 'seconds' | 'evaluations' | 'curve' | 'bound'
>;

/** The result file of a finding: what was counted, what was found, where and when. */
export function resultOf(
  subject: Subject,
  model: CostModel,
  finding: Finding,
  origin: Origin,
): ResultFile {
  const graph = subject.graph(model);
  const embedded: unknown =
    subject.kind === 'task' ? undefined : (JSON.parse(writeGraph(graph)) as unknown);
  const { order, count, strategy, seed, seconds, evaluations, curve, bound } = finding;
  return {
    format: 'crosscountry/result',
    version: 1,
    subject: subject.name,
    graphHash: graphHash(graph),
    cost: model.name,
    granularity: subject.granularity,
    order,
    count,
    strategy,
    seed,
    seconds,
    evaluations,
    ...(curve === undefined ? {} : { curve }),
    ...(bound === undefined ? {} : { bound }),
    ...origin,
    ...(embedded === undefined ? {} : { graph: embedded }),
  };
}

/**
 * The result file of one counted order.
 * @param origin where and when it was found
 */
export function resultOfCount(
  subject: Subject,
  model: CostModel,
  { row, ids, seed, seconds }: CountedOrder,
  origin: Origin,
): ResultFile {
  const strategy = { name: row.order, parameters: {} };
  const { count } = row;
  return resultOf(
    subject,
    model,
    { order: ids, count, strategy, seed, seconds, evaluations: 1 },
    origin,
  );
}

/**
 * The result file of a search.
 * @param origin where and when it ended
 */
export function resultOfSearch(
  subject: Subject,
  model: CostModel,
  { strategy, seed, outcome }: { strategy: SearchStrategy; seed: number; outcome: SearchOutcome },
  origin: Origin,
): ResultFile {
  const { order, count, seconds, evaluations, parameters, curve, interrupted } = outcome;
  return resultOf(
    subject,
    model,
    {
      order: orderIds(subject.graph(model), order),
      count,
      strategy: {
        name: strategy.name,
        parameters: interrupted ? { ...parameters, interrupted } : parameters,
      },
      seed,
      seconds,
      evaluations,
      ...(curve === undefined ? {} : { curve }),
    },
    origin,
  );
}
