/** From what a user writes as `order` to a parsed elimination order. */
import type { Graph } from '../graph/types.ts';
import { parseOrder } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { heuristicNamed } from '../search/heuristics/heuristics.ts';
import type { OrderChoice } from './types.ts';

/** Random heuristics always start here, so that a derivative is the same on every run. */
const SEED = 1;

/**
 * Makes the order for one graph.
 * @throws UserError `unknown-name` for an unknown heuristic; `order-…` where a list of vertex
 *   numbers is no complete, legal order of the graph
 */
export function chosenOrder(graph: Graph, choice: OrderChoice = 'markowitz'): EliminationOrder {
  if (typeof choice === 'function') return choice(graph);
  if (typeof choice === 'string') return heuristicNamed(choice).order(graph, { seed: SEED });
  return parseOrder(graph, choice);
}
