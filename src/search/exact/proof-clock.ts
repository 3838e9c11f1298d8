/**
 * How long a proof may take. By time it is for people; by evaluations it ends at the same point on every
 * machine, whatever the load: then no clock is looked at, and what is counted are the states of the exact
 * search, and the prices and tables of the searches for groups, by what takes about as long.
 */

/** A budget as a proof and its thread go by it. */
export type ProofBudget =
  /** Milliseconds since 1970. */
  | { readonly kind: 'time'; readonly began: number; readonly deadline: number }
  | { readonly kind: 'evaluations'; readonly evaluations: number };

/** What a proof asks as it goes. */
export interface ProofClock {
  /**
   * Whether the proof has to end with what it has.
   * @param evaluations made since the last question; 1 where it is left out
   */
  readonly shouldStop: (evaluations?: number) => boolean;
  /** Share of the budget that is used up, in [0, 1]. */
  readonly timeUsed: () => number;
  /** What is left of the budget. */
  readonly left: () => ProofBudget;
}

/**
 * A clock that begins now.
 * @param isStopped asked beside the budget: an interruption
 */
export function proofClock(budget: ProofBudget, isStopped: () => boolean): ProofClock {
  if (budget.kind === 'time') {
    const { began, deadline } = budget;
    return {
      shouldStop: () => isStopped() || Date.now() >= deadline,
      timeUsed: () => (Date.now() - began) / (deadline - began),
      left: () => budget,
    };
  }
  const { evaluations } = budget;
  let made = 0;
  return {
    shouldStop: (since = 1) => {
      made += since;
      return isStopped() || made > evaluations;
    },
    timeUsed: () => Math.min(1, made / evaluations),
    left: () => ({ kind: 'evaluations', evaluations: Math.max(0, evaluations - made) }),
  };
}
