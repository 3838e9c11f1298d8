/**
 * Beam search over elimination orders: positions with equally many vertices eliminated, the most
 * promising by cost so far and what remains, extended level by level (assembly/beam.ts). The first
 * pass has the width that is asked for and breaks ties in a fixed way; then each width is passed twice,
 * ties by chance, and doubled. A pass that left no position out has found the least count there is,
 * and the search ends. No guarantee otherwise.
 */
import { eliminableVertices } from '../../order/orders.ts';
import { completeParameters } from '../parameters.ts';
import { searchByRestarts } from '../restart-strategy.ts';
import type { RestartPlan } from '../restarts.ts';
import type { SearchBudget, SearchStrategy } from '../strategy.ts';

/** Doubling ends here, or where the core's memory does. */
const mostWidth = 2 ** 20;

const parameters = [
  {
    name: 'width',
    describe:
      'positions of a level in the first pass: more find better orders, in proportion slower',
    standard: 100,
    least: 1,
    most: mostWidth,
    whole: true,
  },
  {
    name: 'damage',
    describe: 'weight of what remains: 0 goes by price alone, 0.6 by minimal damage',
    standard: 0.6,
    least: 0,
    most: 1000,
    whole: false,
  },
] as const;

/** Width of pass `index`: w, w, 2w, 2w, 4w … */
function widthOf(width: number, index: number): number {
  return Math.min(mostWidth, width * 2 ** Math.min(20, Math.floor(index / 2)));
}

function planner(
  budget: SearchBudget,
  length: number,
  width: number,
): { readonly restarts: number; plan(index: number): RestartPlan } {
  // There is one order only.
  const single = length < 2;
  if (budget.kind === 'time') {
    return {
      restarts: single ? 1 : Infinity,
      plan: (index) => ({ index, evaluations: Infinity, effort: widthOf(width, index) }),
    };
  }
  const widths: number[] = [];
  let left = budget.evaluations;
  while (left > 0 && (widths.length === 0 || !single)) {
    const next = Math.min(left, widthOf(width, widths.length));
    widths.push(next);
    left -= next;
  }
  return {
    restarts: widths.length,
    plan: (index) => {
      const effort = widths[index] ?? 1;
      return { index, evaluations: effort, effort };
    },
  };
}

/** The strategy. */
export const beam: SearchStrategy = {
  name: 'beam',
  summary:
    'beam search by cost so far and damage, each width twice and doubled (after Lowerre 1976)',
  evaluations: 'positions a level',
  parameters,
  run: (context) => {
    const values = completeParameters(parameters, context.parameters);
    const length = eliminableVertices(context.graph).length;
    return searchByRestarts(context, {
      runner: 'beam',
      parameters: values,
      ...planner(context.budget, length, values.width),
    });
  },
};
