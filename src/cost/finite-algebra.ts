/** Edge algebras with a handful of states that are all known beforehand, as tables. */
import type { EdgeAlgebra, EdgeState, Step } from './types.ts';

/** The laws of a finite algebra. */
export interface FiniteLaws {
  /** How many states there are: 0 … states − 1. */
  readonly states: number;
  /** Product of v → w (`outgoing`) after u → v (`incoming`). */
  compose(outgoing: EdgeState, incoming: EdgeState): Step;
  /** State of a sum. */
  add(existing: EdgeState, added: EdgeState): EdgeState;
  /** What a sum costs; nothing where it is left out. */
  addCost?(existing: EdgeState, added: EdgeState): number;
}

/**
 * Tabulates the laws. The algebra is uniform where there is one state and its product costs 1.
 */
export function finiteAlgebra(laws: FiniteLaws): EdgeAlgebra {
  const { states } = laws;
  const pairs = Array.from({ length: states * states }, (_, pair) => ({
    left: Math.floor(pair / states),
    right: pair % states,
  }));
  const products = pairs.map(({ left, right }) => laws.compose(left, right));
  const sums = pairs.map(({ left, right }): Step => ({
    state: laws.add(left, right),
    cost: laws.addCost?.(left, right) ?? 0,
  }));
  const look = (table: readonly Step[], left: EdgeState, right: EdgeState): Step => {
    const found = right < states ? table[left * states + right] : undefined;
    if (found === undefined) throw new Error(`no such edge states: ${left}, ${right}`);
    return found;
  };
  return {
    size: () => states,
    compose: (outgoing, incoming) => look(products, outgoing, incoming),
    add: (existing, added) => look(sums, existing, added),
    uniform: states === 1 && products[0]?.cost === 1 && sums[0]?.cost === 0,
  };
}
