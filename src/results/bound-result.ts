/** Result files of bounds: an order, and what is needed to run the proof of its bound again. */
import type { CostModel } from '../cost/types.ts';
import { orderIds } from '../order/orders.ts';
import { budgetParameters } from '../search/budget.ts';
import type { BoundResult } from '../search/exact/bound.ts';
import type { SearchBudget } from '../search/strategy.ts';
import type { Subject } from '../subject/types.ts';
import { boundRecord } from './bound-record.ts';
import { resultOf } from './record.ts';
import type { Origin, ResultFile } from './types.ts';

/**
 * The result file of a bound, with its order and what is needed to run the proof again. Where the
 * proof began at the order of an earlier result and found none that is better, the file says how that
 * order was found; else the proof found it. `budget` is what was given for the proof.
 * @param origin where and when the proof ended
 */
export function resultOfBound(
  subject: Subject,
  model: CostModel,
  { result, budget, from }: { result: BoundResult; budget: SearchBudget; from?: ResultFile | undefined },
  origin: Origin,
): ResultFile {
  const graph = subject.graph(model);
  const { order, seconds, seed, record, interrupted } = result;
  const count = result.state === 'proved' ? result.value : result.upper;
  const bound = boundRecord(graph, model, result, budget);
  if (from !== undefined && from.count <= count) {
    return resultOf(subject, model, { ...from, bound }, origin);
  }
  return resultOf(
    subject,
    model,
    {
      order: orderIds(graph, order),
      count,
      strategy: { name: 'exact', parameters: { ...budgetParameters(budget), ...(interrupted ? { interrupted } : {}) } },
      seed,
      seconds,
      evaluations: record.parts.reduce((sum, { states }) => sum + states, 0),
      bound,
    },
    origin,
  );
}
