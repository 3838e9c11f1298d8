/**
 * Monte-Carlo tree search without a network, by Gumbel noise, sequential halving and completed values
 * (Danihelka, Guez, Schrittwieser and Silver, Policy improvement by planning with Gumbel, ICLR 2022);
 * a rule takes the place of the network: Markowitz degrees or damage give logits and play the
 * rollouts. Made for few simulations a move.
 *
 * A restart is a whole game in the core (assembly/tree.ts). No guarantee; the best order of all
 * rollouts is what is found.
 */
import { completeParameters } from '../parameters.ts';
import type { SearchStrategy } from '../strategy.ts';
import { searchByGames, treeParameters } from '../tree-strategy.ts';

const parameters = [
  {
    name: 'simulations',
    describe: 'simulations before each move: more make fewer and better games',
    standard: 200,
    least: 1,
    most: 1e9,
    whole: true,
  },
  {
    name: 'considered',
    describe: 'most moves that are considered at a position to move from',
    standard: 16,
    least: 1,
    most: 65536,
    whole: true,
  },
  {
    name: 'scale',
    describe: 'weight of values beside priors: more trusts the rollouts earlier',
    standard: 0.1,
    least: 0,
    most: 1e6,
    whole: false,
  },
  ...treeParameters,
] as const;

/** The strategy. */
export const gumbel: SearchStrategy = {
  name: 'gumbel',
  summary: 'tree search by Gumbel noise and sequential halving (Danihelka et al. 2022)',
  evaluations: 'simulations',
  parameters,
  run: (context) =>
    searchByGames(context, 'gumbel', completeParameters(parameters, context.parameters)),
};
