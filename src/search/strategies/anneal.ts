/**
 * Simulated annealing over elimination orders (Kirkpatrick, Gelatt and Vecchi, Optimization by
 * simulated annealing, Science 220, 1983; for elimination orders: Naumann and Gottschling, Simulated
 * annealing for optimal pivot selection in Jacobian accumulation, SAGA 2003).
 *
 * A sweep walks over the places of the order and at each proposes to rearrange a window that begins
 * there; only the window is evaluated, and given up as soon as it costs too much
 * (assembly/anneal.ts). A restart is some hundred sweeps at falling temperature; restarts are
 * independent and begin at different orders. No guarantee; never worse than its starts.
 */
import { eliminableVertices } from '../../order/orders.ts';
import { completeParameters } from '../parameters.ts';
import { searchByRestarts } from '../restart-strategy.ts';
import type { RestartPlan } from '../restarts.ts';
import type { SearchBudget, SearchStrategy } from '../strategy.ts';

const parameters = [
  {
    name: 'sweeps',
    describe: 'sweeps of a restart: more find better orders less often',
    standard: 400,
    least: 1,
    most: 1e9,
    whole: true,
  },
  {
    name: 'tries',
    describe: 'proposals at each place of the order in a sweep',
    standard: 8,
    least: 1,
    most: 65536,
    whole: true,
  },
  {
    name: 'farthest',
    describe: 'most places that a vertex moves at once; 0 for the whole order, but at most 1,024',
    standard: 0,
    least: 0,
    most: 1e9,
    whole: true,
  },
  {
    name: 'window',
    describe: 'vertices annealed together where the graph has more than 4,096',
    standard: 96,
    least: 2,
    most: 2048,
    whole: true,
  },
  {
    name: 'hot',
    describe: 'temperature of the first sweep, in units of the scale of a step',
    standard: 3,
    least: 1e-6,
    most: 1e6,
    whole: false,
  },
  {
    name: 'cold',
    describe: 'temperature of the last sweep',
    standard: 0.15,
    least: 1e-6,
    most: 1e6,
    whole: false,
  },
] as const;

/**
 * Restarts of a full number of sweeps, and a last one with as many sweeps as are left of the budget.
 * @param length of an order
 */
function planner(
  budget: SearchBudget,
  length: number,
  { sweeps, tries }: { readonly sweeps: number; readonly tries: number },
): { readonly restarts: number; plan(index: number): RestartPlan } {
  const sweep = Math.max(0, length - 1) * tries;
  // There is nothing to propose in an order of fewer than two.
  if (sweep === 0) {
    return { restarts: 1, plan: (index) => ({ index, evaluations: 0, effort: 0 }) };
  }
  if (budget.kind === 'time') {
    return {
      restarts: Infinity,
      plan: (index) => ({ index, evaluations: Infinity, effort: sweeps }),
    };
  }
  const full = sweeps * sweep;
  const whole = Math.floor(budget.evaluations / full);
  const rest = Math.floor((budget.evaluations - whole * full) / sweep);
  // A budget below one sweep is used up in the middle of it.
  if (whole + rest === 0) {
    return {
      restarts: 1,
      plan: (index) => ({ index, evaluations: budget.evaluations, effort: 1 }),
    };
  }
  return {
    restarts: whole + (rest > 0 ? 1 : 0),
    plan: (index) => ({
      index,
      evaluations: index < whole ? full : rest * sweep,
      effort: index < whole ? sweeps : rest,
    }),
  };
}

/** The strategy. */
export const anneal: SearchStrategy = {
  name: 'anneal',
  summary: 'simulated annealing with restarts (after Naumann and Gottschling 2003)',
  evaluations: 'proposals',
  parameters,
  run: (context) => {
    const values = completeParameters(parameters, context.parameters);
    const length = eliminableVertices(context.graph).length;
    return searchByRestarts(context, {
      runner: 'anneal',
      parameters: values,
      ...planner(context.budget, length, values),
    });
  },
};
