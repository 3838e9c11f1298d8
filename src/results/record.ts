/** Result files made from what a command found. */
import { graphHash } from '../graph/canonical.ts';
import { writeGraph } from '../graph/file.ts';
import type { CostModel } from '../cost/types.ts';
import { orderIds } from '../order/orders.ts';
import type { SearchOutcome, SearchStrategy } from '../search/strategy.ts';
import type { BoundResult } from '../search/exact/bound.ts';
import type { Subject } from '../subject/types.ts';
import { boundRecord } from './bound-record.ts';
import type { CountedOrder } from './count.ts';
import { machineRecord, packageRecord } from './provenance.ts';
import type { ResultFile } from './types.ts';

/** What differs from one finding to the next. */
type Finding = Pick<
  ResultFile,
  'order' | 'count' | 'strategy' | 'seed' | 'seconds' | 'evaluations' | 'bound'
>;

function resultOf(subject: Subject, model: CostModel, finding: Finding, date: Date): ResultFile {
  const graph = subject.graph(model);
  const embedded: unknown =
    subject.kind === 'task' ? undefined : (JSON.parse(writeGraph(graph)) as unknown);
  const { order, count, strategy, seed, seconds, evaluations, bound } = finding;
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
    ...(bound === undefined ? {} : { bound }),
    package: packageRecord(),
    machine: machineRecord(),
    date: date.toISOString(),
    ...(embedded === undefined ? {} : { graph: embedded }),
  };
}

/**
 * The result file of one counted order.
 * @param date when it was found
 */
export function resultOfCount(
  subject: Subject,
  model: CostModel,
  { row, ids, seed, seconds }: CountedOrder,
  date: Date,
): ResultFile {
  const strategy = { name: row.order, parameters: {} };
  const { count } = row;
  return resultOf(
    subject,
    model,
    { order: ids, count, strategy, seed, seconds, evaluations: 1 },
    date,
  );
}

/**
 * The result file of a search.
 * @param date when it ended
 */
export function resultOfSearch(
  subject: Subject,
  model: CostModel,
  { strategy, seed, outcome }: { strategy: SearchStrategy; seed: number; outcome: SearchOutcome },
  date: Date,
): ResultFile {
  const { order, count, seconds, evaluations, parameters, interrupted } = outcome;
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
    },
    date,
  );
}

/**
 * The result file of a bound, with its order and what is needed to run the proof again. Where the
 * proof began at the order of an earlier result and found none that is better, the file says how that
 * order was found; else the proof found it. `time` is what was given for the proof, in seconds.
 * @param date when the proof ended
 */
export function resultOfBound(
  subject: Subject,
  model: CostModel,
  { result, time, from }: { result: BoundResult; time: number; from?: ResultFile | undefined },
  date: Date,
): ResultFile {
  const graph = subject.graph(model);
  const { order, seconds, seed, record, interrupted } = result;
  const count = result.state === 'proved' ? result.value : result.upper;
  const bound = boundRecord(graph, model, result, time);
  if (from !== undefined && from.count <= count) {
    return resultOf(subject, model, { ...from, bound }, date);
  }
  return resultOf(
    subject,
    model,
    {
      order: orderIds(graph, order),
      count,
      strategy: { name: 'exact', parameters: { time, ...(interrupted ? { interrupted } : {}) } },
      seed,
      seconds,
      evaluations: record.parts.reduce((sum, { states }) => sum + states, 0),
      bound,
    },
    date,
  );
}
