/**
 * Several orders of one function as starts: each is accumulated under interned values, the lightest
 * Programs are optimised, and what comes of it is ranked by weight. The final judge is the clock:
 * whoever compiles them times them and keeps the fastest.
 */
import {
  type FormedJacobian,
  formJacobian,
  type JacobianForm,
} from '../accumulate/compile-jacobian.ts';
import { readJacobian } from '../accumulate/read-jacobian.ts';
import { eliminateInterned } from '../compiled/eliminate.ts';
import { emitJacobian } from '../compiled/emit.ts';
import type { InternedLinearisation } from '../compiled/intern-linearisation.ts';
import type { EliminationOrder } from '../order/types.ts';
import { simplify } from '../program/simplify.ts';
import type { Program } from '../program/types.ts';
import { type OptimiseBudget, type OptimiseOptions, optimiseProgram } from './optimise.ts';
import { programWeight } from './weights.ts';

/** Programs of a start beside the lightest: of about the same weight, and of times that differ by a few percent. */
const alternativesAStart = 3;

/** How candidates are made. */
export interface CandidateOptions extends Omit<OptimiseOptions, 'budget'> {
  readonly orders: readonly EliminationOrder[];
  /** Of all starts together. */
  readonly budget: OptimiseBudget;
  /** How many starts share the budget; 3 if left out. */
  readonly starts?: number;
  /** What is computed: values too, or the Jacobian alone, and in which form. */
  readonly wanted: { readonly outputs: JacobianForm; readonly values: boolean };
}

/** One Program of what is wanted that may be the fastest. */
export interface Candidate {
  /** Compile it as it stands: simplification would rewrite it. */
  readonly jacobian: FormedJacobian;
  readonly weight: number;
  /** Of the order it began with, in the list that was given. */
  readonly order: number;
  readonly optimised: boolean;
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
  const { orders, starts = 3, budget, wanted } = options;
  const { outputs } = interned.linearisation.program;
  const accumulated = orders
    .map((order, index) => {
      const dense = emitJacobian(interned, eliminateInterned(interned, order));
      const formed = formJacobian(readJacobian(dense, outputs.length), {
        ...wanted,
        simplify: false,
      });
      // Drops what only the unwanted outputs needed.
      const program = simplify(formed.program);
      return { formed, program, weight: programWeight(program), order: index };
    })
    .sort((x, y) => x.weight - y.weight);
  const chosen = distinct(accumulated).slice(0, starts);
  const found: Found[] = chosen
    .slice(0, 1)
    .map((start) => ({ ...start, optimised: false, error: 0 }));
  for (const [index, start] of chosen.entries()) {
    const { program, weightAfter, error, alternatives } = await optimiseProgram(start.program, {
      ...options,
      alternatives: alternativesAStart,
      seed: options.seed + index,
      budget: shareOf(budget, chosen.length),
    });
    if (program === start.program) continue;
    for (const each of [{ program, weight: weightAfter, error }, ...alternatives]) {
      found.push({ ...start, ...each, optimised: true });
    }
  }
  return found
    .sort((x, y) => x.weight - y.weight)
    .map(({ formed, program, ...rest }) => ({ ...rest, jacobian: { ...formed, program } }));
}

/** A candidate before its Program has its form. */
interface Found extends Omit<Candidate, 'jacobian'> {
  readonly formed: FormedJacobian;
  readonly program: Program;
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
