/** The count under `compiled` as the terminal cost of a game: what is left of values and Jacobian. */
import { compiled } from '../../cost/compiled.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { counterOf } from '../../results/count.ts';
import type { Subject } from '../../subject/types.ts';

/** A terminal cost, and what frees it. */
export interface TerminalCost {
  readonly cost: (order: EliminationOrder) => number;
  dispose(): void;
}

/**
 * Counts orders of a subject under `compiled`.
 * @throws UserError where the subject is no function of scalars
 */
export function compiledCost(subject: Subject): TerminalCost {
  const counter = counterOf(subject, compiled);
  return {
    cost: (order) => counter.count(order).count,
    dispose: () => {
      counter.dispose();
    },
  };
}
