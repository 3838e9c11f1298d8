/** Budgets cut into equal restarts, and a last one with what is left. */
import type { RestartPlan } from './restarts.ts';
import type { SearchBudget } from './strategy.ts';

/**
 * Restarts of `size` evaluations each.
 * @param isSingle whether one restart of one evaluation is all there is to do
 */
export function batches(
  budget: SearchBudget,
  size: number,
  isSingle: boolean,
): { readonly restarts: number; plan(index: number): RestartPlan } {
  if (isSingle) {
    return { restarts: 1, plan: (index) => ({ index, evaluations: 1, effort: 1 }) };
  }
  if (budget.kind === 'time') {
    return { restarts: Infinity, plan: (index) => ({ index, evaluations: size, effort: size }) };
  }
  const { evaluations } = budget;
  return {
    restarts: Math.ceil(evaluations / size),
    plan: (index) => {
      const own = Math.min(size, evaluations - index * size);
      return { index, evaluations: own, effort: own };
    },
  };
}
