/**
 * Search strategies: whatever looks for a better elimination order. One file each in strategies/,
 * listed in strategies/strategies.ts; command-line choices, help texts and conformance tests are
 * made from the list.
 */
import type { NetworkWeights } from '../core/network-types.ts';
import type { CostModel } from '../cost/types.ts';
import type { Graph } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { SearchPoint } from './search-curve.ts';

/**
 * How long a search may take. Evaluations make a run reproducible; seconds are for people. What an
 * evaluation is, the strategy says.
 */
export type SearchBudget =
  | { readonly kind: 'evaluations'; readonly evaluations: number }
  | { readonly kind: 'time'; readonly seconds: number };

/** A number that changes how a strategy searches. */
export interface NumberParameter {
  readonly name: string;
  /** One line for help texts: what it does to the result. */
  readonly describe: string;
  /** Where it is not given. */
  readonly standard: number;
  readonly least: number;
  readonly most: number;
  /** Whether it has to be a whole number. */
  readonly whole: boolean;
}

/** A choice among words that changes how a strategy searches. */
export interface WordParameter {
  readonly name: string;
  /** One line for help texts; the words are added. */
  readonly describe: string;
  /** Where it is not given: one of the choices. */
  readonly standard: string;
  readonly choices: readonly string[];
}

/** What changes how a strategy searches. */
export type StrategyParameter = NumberParameter | WordParameter;

/** Value of a parameter. */
export type ParameterValue = number | string;

/** A better order than any before. */
export interface Improvement {
  readonly order: EliminationOrder;
  readonly count: number;
  /** Since the search began. */
  readonly seconds: number;
}

/** How far a search has come. */
export interface SearchProgress {
  /** Share of the budget that is used up, 0 … 1. */
  readonly share: number;
  readonly evaluations: number;
  /** The least count so far; infinite before the first. */
  readonly count: number;
}

/** What a strategy is given. */
export interface SearchContext {
  /** The graph that is counted. */
  readonly graph: Graph;
  readonly model: CostModel;
  readonly budget: SearchBudget;
  /** Any integer; its low 32 bits matter. */
  readonly seed: number;
  /** Threads to use beside the caller's, or 1 for none. */
  readonly threads: number;
  /** A count that is good enough: the search ends where it is reached. */
  readonly target?: number;
  /** Values of parameters by name; the others have their standard. */
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  /** A trained policy, for the strategies that go by one or begin with one. */
  readonly network?: NetworkWeights;
  /** An order to begin with, for the strategies that improve one. */
  readonly start?: EliminationOrder;
  /** Ends the search early with what it has. */
  readonly signal?: AbortSignal;
  onImprovement?(improvement: Improvement): void;
  onProgress?(progress: SearchProgress): void;
}

/** What a search found. */
export interface SearchOutcome {
  readonly order: EliminationOrder;
  readonly count: number;
  readonly evaluations: number;
  readonly seconds: number;
  /** Every parameter that had an influence, the budget among them, as plain JSON. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** How the count fell, where the strategy tells; the last point has the outcome's count. */
  readonly curve?: readonly SearchPoint[];
  /** Whether it was cut short by the signal. */
  readonly interrupted: boolean;
}

/** A way of searching. */
export interface SearchStrategy {
  /** Name on the command line. */
  readonly name: string;
  /** One line with the source. */
  readonly summary: string;
  /** What is counted as an evaluation, in the plural. */
  readonly evaluations: string;
  readonly parameters: readonly StrategyParameter[];
  /**
   * Searches. The same context gives the same outcome (but for `seconds`) where the budget is one of
   * evaluations and nobody aborts, whatever the number of threads.
   * @throws UserError where the graph is beyond what the strategy can do.
   */
  run(context: SearchContext): Promise<SearchOutcome>;
}
