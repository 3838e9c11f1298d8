/** What a budget says of a running search, and how it stands in a result. */
import type { SearchBudget } from './strategy.ts';

/** Share of a budget that is used up, 0 … 1. */
export function budgetShare(
  budget: SearchBudget,
  used: { readonly seconds: number; readonly evaluations: number },
): number {
  const share =
    budget.kind === 'time' ? used.seconds / budget.seconds : used.evaluations / budget.evaluations;
  return Math.min(1, share);
}

/** A budget among the parameters of a result. */
export function budgetParameters(
  budget: SearchBudget,
): { readonly time: number } | { readonly evaluations: number } {
  return budget.kind === 'time' ? { time: budget.seconds } : { evaluations: budget.evaluations };
}
