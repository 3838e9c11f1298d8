/**
 * Nested rollout policy adaptation (Rosin, Nested rollout policy adaptation for Monte Carlo tree
 * search, IJCAI 2011) with a bias by price and damage (Cazenave, Generalized nested rollout policy
 * adaptation, 2020): rollouts by a number for every vertex, learnt from the best order of each of
 * some nested levels (assembly/nested.ts). Restarts begin with an even policy. No guarantee.
 */
import { eliminableVertices } from '../../order/orders.ts';
import { batches } from '../batches.ts';
import { completeParameters } from '../parameters.ts';
import { searchByRestarts } from '../restart-strategy.ts';
import type { SearchStrategy } from '../strategy.ts';

const parameters = [
  {
    name: 'levels',
    describe: 'nested levels above the rollouts',
    standard: 2,
    least: 1,
    most: 8,
    whole: true,
  },
  {
    name: 'iterations',
    describe: 'calls of each level to the one below: a restart has iterations ^ levels rollouts',
    standard: 60,
    least: 1,
    most: 10_000,
    whole: true,
  },
  {
    name: 'rate',
    describe: 'how far a policy moves towards the best order in one step',
    standard: 1,
    least: 0,
    most: 100,
    whole: false,
  },
  {
    name: 'bias',
    describe: 'preference for cheap vertices, in units of the scale of a step; 0 for none',
    standard: 4,
    least: 0,
    most: 1000,
    whole: false,
  },
  {
    name: 'damage',
    describe: 'weight of what remains in the bias: 0 is that of Markowitz, 0.6 minimal damage',
    standard: 0.6,
    least: 0,
    most: 1000,
    whole: false,
  },
] as const;

/** The strategy. */
export const nrpa: SearchStrategy = {
  name: 'nrpa',
  summary: 'nested rollout policy adaptation with a bias by price and damage (Rosin 2011)',
  evaluations: 'rollouts',
  parameters,
  run: (context) => {
    const values = completeParameters(parameters, context.parameters);
    const isSingle = eliminableVertices(context.graph).length < 2;
    return searchByRestarts(context, {
      runner: 'nrpa',
      parameters: values,
      ...batches(context.budget, values.iterations ** values.levels, isSingle),
    });
  },
};
