/**
 * Where restarts of annealing begin: the first at the best order of all heuristics, so that nothing
 * worse comes out; then random, randomised Markowitz and reverse orders and those of the heuristics
 * take turns. Restart k has the same start whatever ran before it. O(V²) a start.
 */
import type { Graph } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import { createRandom } from '../support/random.ts';
import { derivedSeed } from './derived-seed.ts';
import { greedyHeuristics } from './heuristics/greedy.ts';
import { heuristics } from './heuristics/heuristics.ts';
import { markowitzDegree } from './heuristics/markowitz-degree.ts';
import { random } from './heuristics/random.ts';
import { reverse } from './heuristics/reverse.ts';

/** How far a degree may be blown up: up to twice what it is. */
const spread = 1;

/** Markowitz, each degree times a random factor of 1 … 2: ties and near ties fall either way. */
function randomisedMarkowitz(graph: Graph, seed: number): EliminationOrder {
  const stream = createRandom(seed);
  const [rule] = greedyHeuristics({
    name: 'randomised-markowitz',
    summary: 'Markowitz with noise',
    reach: 'neighbours',
    costed: (own) => markowitzDegree(own).costed,
    scorer: (own) => {
      const { degree } = markowitzDegree(own);
      return (state, vertex) => degree(state, vertex) * (1 + spread * stream.next());
    },
  });
  return rule.order(graph, { seed });
}

/** The order of all heuristics that costs least, the first of equals; O(heuristics · V²). */
function bestHeuristicOrder(
  graph: Graph,
  count: (orders: readonly EliminationOrder[]) => Float64Array,
): EliminationOrder {
  const orders = heuristics
    .filter((rule) => !rule.random)
    .map((rule) => rule.order(graph, { seed: 0 }));
  const counts = count(orders);
  const best = orders[counts.indexOf(Math.min(...counts))];
  if (best === undefined) throw new Error('there are no heuristics');
  return best;
}

/** The start of restart `index`; `count` counts orders of the graph. */
export function startOf(
  graph: Graph,
  seed: number,
  index: number,
  count: (orders: readonly EliminationOrder[]) => Float64Array,
): EliminationOrder {
  if (index === 0) return bestHeuristicOrder(graph, count);
  const own = derivedSeed(seed, index);
  const round = Math.floor((index - 1) / 4);
  switch (index % 4) {
    case 1:
      return random.order(graph, { seed: own });
    case 2:
      return randomisedMarkowitz(graph, own);
    case 3:
      return reverse.order(graph, { seed: own });
    default: {
      const rules = heuristics.filter((rule) => !rule.random && rule !== reverse);
      const rule = rules[round % rules.length];
      if (rule === undefined) throw new Error('there are no heuristics');
      return rule.order(graph, { seed: own });
    }
  }
}
