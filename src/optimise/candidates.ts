/**
 * Several orders of one function as starts: each is accumulated under interned values, the lightest
 * Programs are optimised, and what comes of it is ranked by weight, beside the orders of statements
 * that they can be run in. The final judge is the clock: whoever compiles them times them and keeps
 * the fastest.
 */
import { eliminateInterned } from '../compiled/eliminate.ts';
import { emitJacobian } from '../compiled/emit.ts';
import type { InternedLinearisation } from '../compiled/intern-linearisation.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { Program } from '../program/types.ts';
import { type OptimiseBudget, type OptimiseOptions, optimiseProgram } from './optimise.ts';
import { scheduleForFewLive } from './schedule.ts';
import { programWeight } from './weights.ts';

/** How candidates are made. */
export interface CandidateOptions extends Omit<OptimiseOptions, 'budget'> {
  readonly orders: readonly EliminationOrder[];
  /** Of all starts together. */
  readonly budget: OptimiseBudget;
  /** How many starts share the budget; 3 if left out. */
  readonly starts?: number;
}

/** One Program of values and Jacobian that may be the fastest. */
export interface Candidate {
  readonly program: Program;
  readonly weight: number;
  /** Of the order it began with, in the list that was given. */
  readonly order: number;
  readonly optimised: boolean;
  /** Statements as they came, or moved so that few values are live at a time. */
  readonly schedule: 'as found' | 'few live';
  /** Largest relative error at the points of the check; 0 for what was not changed. */
  readonly error: number;
}

/**
 * Makes candidates, the lightest first. The unchanged Program of the lightest order is always one of
 * them, so that the fastest is never slower than it.
 */
export async function optimisedCandidates(
  interned: InternedLinearisation,
  options: CandidateOptions,
): Promise<readonly Candidate[]> {
  const { orders, starts = 3, budget } = options;
  const accumulated = orders
    .map((order, index) => {
      const program = emitJacobian(interned, eliminateInterned(interned, order));
      return { program, weight: programWeight(program), order: index };
    })
    .sort((x, y) => x.weight - y.weight);
  const chosen = distinct(accumulated).slice(0, starts);
  const found: Omit<Candidate, 'schedule'>[] = chosen
    .slice(0, 1)
    .map((start) => ({ ...start, optimised: false, error: 0 }));
  for (const [index, { program, order }] of chosen.entries()) {
    const outcome = await optimiseProgram(program, {
      ...options,
      seed: options.seed + index,
      budget: shareOf(budget, chosen.length),
    });
    const { program: result, weightAfter: weight, error } = outcome;
    if (result !== program) found.push({ program: result, weight, order, optimised: true, error });
  }
  return found
    .sort((x, y) => x.weight - y.weight)
    .flatMap((each): Candidate[] => [
      { ...each, schedule: 'as found' },
      { ...each, program: scheduleForFewLive(each.program), schedule: 'few live' },
    ]);
}

/** One of those of equal weight that began with the same count is enough. */
function distinct<T extends { readonly weight: number }>(items: readonly T[]): readonly T[] {
  return items.filter(({ weight }, index) => items[index - 1]?.weight !== weight);
}

function shareOf(budget: OptimiseBudget, parts: number): OptimiseBudget {
  return budget.kind === 'time'
    ? { kind: 'time', seconds: budget.seconds / parts }
    : { kind: 'moves', moves: Math.floor(budget.moves / parts) };
}
