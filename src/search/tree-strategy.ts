/** What the strategies of tree search have in common: parameters, and restarts that are whole games. */
import { eliminableVertices } from '../order/orders.ts';
import { policyWords } from './policy-words.ts';
import { searchByRestarts } from './restart-strategy.ts';
import type { RestartPlan } from './restarts.ts';
import type { ParameterValue, SearchBudget, SearchContext, SearchOutcome } from './strategy.ts';

/** Parameters of priors, rollouts and memory; `simulations` has a standard of each strategy's own. */
export const treeParameters = [
  {
    name: 'prior',
    describe: 'what makes a move likely before it was tried',
    standard: 'damage',
    choices: policyWords,
  },
  {
    name: 'prior-temperature',
    describe: 'of the prior: more makes moves more alike',
    standard: 1,
    least: 0.01,
    most: 1e6,
    whole: false,
  },
  {
    name: 'rollout',
    describe: 'what rollouts go by',
    standard: 'damage',
    choices: policyWords,
  },
  {
    name: 'rollout-temperature',
    describe: 'of rollouts: 0 takes the best, equals by chance',
    standard: 0,
    least: 0,
    most: 1e6,
    whole: false,
  },
  {
    name: 'memory',
    describe: 'MiB for a tree; where they are used up it grows no more',
    standard: 64,
    least: 1,
    most: 1024,
    whole: true,
  },
] as const;

/**
 * Games of a full number of simulations a move, and a last one with what is left of the budget.
 * @param length of an order
 */
function planner(
  budget: SearchBudget,
  length: number,
  simulations: number,
): { readonly restarts: number; plan(index: number): RestartPlan } {
  // There is nothing to choose in an order of fewer than two; one rollout counts it.
  if (length < 2) {
    return { restarts: 1, plan: (index) => ({ index, evaluations: 1, effort: 0 }) };
  }
  if (budget.kind === 'time') {
    return {
      restarts: Infinity,
      plan: (index) => ({ index, evaluations: Infinity, effort: simulations }),
    };
  }
  // The first position takes one simulation to have statistics at all.
  const full = 1 + simulations * (length - 1);
  const whole = Math.floor(budget.evaluations / full);
  const rest = budget.evaluations - whole * full;
  const restEffort = Math.max(1, Math.floor((rest - 1) / (length - 1)));
  return {
    restarts: whole + (rest > 0 ? 1 : 0),
    plan: (index) =>
      index < whole
        ? { index, evaluations: full, effort: simulations }
        : { index, evaluations: rest, effort: restEffort },
  };
}

/** Runs a tree search by games. */
export function searchByGames(
  context: SearchContext,
  runner: 'uct' | 'gumbel',
  parameters: Readonly<Record<string, ParameterValue>> & { readonly simulations: number },
): Promise<SearchOutcome> {
  const length = eliminableVertices(context.graph).length;
  return searchByRestarts(context, {
    runner,
    parameters,
    ...planner(context.budget, length, parameters.simulations),
  });
}
