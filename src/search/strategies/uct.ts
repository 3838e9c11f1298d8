/**
 * Monte-Carlo tree search without a network, by upper confidence bounds with priors: UCT (Kocsis and
 * Szepesvári, Bandit based Monte-Carlo planning, ECML 2006) in the form of PUCT (Silver et al.,
 * Mastering the game of Go without human knowledge, Nature 550, 2017), where a rule takes the place
 * of the network: Markowitz degrees or damage give priors and play the rollouts.
 *
 * A restart is a whole game in the core (assembly/tree.ts). No guarantee; the best order of all
 * rollouts is what is found. Values are means of rollouts: to mix in the least of them made every
 * result worse (RoeFlux_1d, random rollouts: 434 with half of it against 398 in equal time).
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
    name: 'exploration',
    describe: 'weight of priors beside values: more tries more moves',
    standard: 1,
    least: 0,
    most: 1e6,
    whole: false,
  },
  ...treeParameters,
] as const;

/** The strategy. */
export const uct: SearchStrategy = {
  name: 'uct',
  summary: 'tree search by upper confidence bounds with priors (after Kocsis and Szepesvári 2006)',
  evaluations: 'simulations',
  parameters,
  run: (context) =>
    searchByGames(context, 'uct', completeParameters(parameters, context.parameters)),
};
