/** Searching for an order of a subject: by a strategy, or under `compiled` by annealing of its own. */
import { compiled } from '../cost/compiled.ts';
import type { CostModel } from '../cost/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import { annealCompiled } from '../search/compiled/anneal.ts';
import type { SearchContext, SearchOutcome, SearchStrategy } from '../search/strategy.ts';
import { internedSubject } from '../subject/interned.ts';
import type { Subject } from '../subject/types.ts';
import { UserError } from '../support/user-error.ts';
import { counterOf } from './count.ts';
import { hasPublishedOrder, namedOrder } from './named-orders.ts';

/**
 * Searches, and counts what was found once more.
 * @param options what the search is given beside the graph
 * @throws UserError where the strategy, the model or the core refuses the subject
 */
export async function searchSubject(
  subject: Subject,
  model: CostModel,
  strategy: SearchStrategy,
  options: Omit<SearchContext, 'graph' | 'model'>,
): Promise<SearchOutcome> {
  const counter = counterOf(subject, model);
  try {
    const context = { ...options, graph: subject.graph(model), model };
    const outcome = await runStrategy(subject, strategy, context);
    const { count: recount } = counter.count(outcome.order);
    if (recount !== outcome.count) {
      throw new Error(`${strategy.name} says ${outcome.count}, and its order counts ${recount}`);
    }
    return outcome;
  } finally {
    counter.dispose();
  }
}

async function runStrategy(
  subject: Subject,
  strategy: SearchStrategy,
  context: SearchContext,
): Promise<SearchOutcome> {
  if (context.model !== compiled) return strategy.run(context);
  if (strategy.name === 'anneal' && context.parameters.size === 0) {
    return annealCompiled(context, {
      ...internedSubject(subject),
      starts: publishedStart(subject, context.model),
    });
  }
  throw new UserError({
    code: 'usage',
    message:
      'under the cost model compiled the strategy is anneal, without parameters; leave --strategy and --parameter out',
  });
}

/** The published order where there is one: a start for searches under `compiled`. */
function publishedStart(subject: Subject, model: CostModel): readonly EliminationOrder[] {
  if (!hasPublishedOrder(subject)) return [];
  const published = namedOrder(subject, 'published', { model, seed: 0 });
  return published === undefined ? [] : [published.order];
}
