/**
 * Greedy elimination from many starts: always the vertex with the least outlook, price and damage
 * (assembly/outlook.ts), equals by chance, the weight of the damage drawn anew for every order, and
 * where it is asked for with look-ahead (assembly/greedy.ts). Minimal damage and the Markowitz rule
 * (heuristics/) are what it starts from. No guarantee.
 */
import { eliminableVertices } from '../../order/orders.ts';
import { batches } from '../batches.ts';
import { completeParameters } from '../parameters.ts';
import { searchByRestarts } from '../restart-strategy.ts';
import type { SearchStrategy } from '../strategy.ts';

/** Orders in a restart. */
const ordersARestart = 32;

const parameters = [
  {
    name: 'damage',
    describe: 'weight of what remains: 0 is the Markowitz rule, 0.6 minimal damage',
    standard: 0.6,
    least: 0,
    most: 1000,
    whole: false,
  },
  {
    name: 'spread',
    describe: 'how far that weight is varied from order to order, as a share of it',
    standard: 0.5,
    least: 0,
    most: 1,
    whole: false,
  },
  {
    name: 'depth',
    describe: 'moves to look ahead beyond the next one; 0 for none',
    standard: 0,
    least: 0,
    most: 16,
    whole: true,
  },
  {
    name: 'breadth',
    describe: 'moves of a position that are tried when it looks ahead',
    standard: 4,
    least: 1,
    most: 4096,
    whole: true,
  },
] as const;

/** The strategy. */
export const greedy: SearchStrategy = {
  name: 'greedy',
  summary: 'greedy orders from many starts: price and damage, random ties, look-ahead',
  evaluations: 'orders',
  parameters,
  run: (context) => {
    const values = completeParameters(parameters, context.parameters);
    const isSingle = eliminableVertices(context.graph).length < 2;
    return searchByRestarts(context, {
      runner: 'greedy',
      parameters: values,
      ...batches(context.budget, ordersARestart, isSingle),
    });
  },
};
