/** What changed between two sets of results, as data. */
import type { MedianInterval } from '../../support/statistics.ts';

/** A ratio with its interval. */
export type Ratio = Pick<MedianInterval, 'median' | 'low' | 'high'>;

/** A finding that both sets have. */
export interface ResultChange {
  readonly subject: string;
  readonly cost: string;
  /** How it was found: a heuristic's or a strategy's name. */
  readonly found: string;
  readonly what: 'graph' | 'count' | 'order' | 'bound';
  readonly before: number;
  readonly now: number;
  /** Whether its budget was a time, so that it may differ from run to run. */
  readonly byChance: boolean;
  readonly files: { readonly before: string; readonly now: string };
}

/** A finding that one set lacks. */
export interface LoneResult {
  readonly subject: string;
  readonly cost: string;
  readonly found: string;
  readonly what: 'order' | 'bound';
  readonly file: string;
}

/** What a set knows of a task's least count. */
export interface KnownFigures {
  readonly best: number;
  readonly bound: number | null;
}

/** The least count of a task in both sets, where they know different things of it. */
export interface KnownChange {
  readonly subject: string;
  readonly cost: string;
  readonly before: KnownFigures;
  readonly now: KnownFigures;
}

/** All of it. */
export interface ResultComparison {
  /** Findings that both sets have. */
  readonly compared: number;
  readonly changes: readonly ResultChange[];
  readonly onlyBefore: readonly LoneResult[];
  readonly onlyNow: readonly LoneResult[];
  readonly known: readonly KnownChange[];
}

/** A cell that both sets timed on the same machine. */
export interface TimeChange {
  readonly subject: string;
  readonly order: string;
  /** Target, precision and adapter. */
  readonly kind: string;
  readonly batch: number;
  readonly before: Ratio;
  readonly now: Ratio;
  readonly verdict: 'faster' | 'slower' | 'same' | 'undecided';
  /** Whether the name stands for another order than before, as `best` may. */
  readonly otherOrder: boolean;
  readonly files: { readonly before: string; readonly now: string };
}

/** All of it. */
export interface TimeComparison {
  /** Every cell that both have, the undecided and the same ones too. */
  readonly cells: readonly TimeChange[];
  /** Cells of one set that the other lacks, or has of another machine. */
  readonly onlyBefore: number;
  readonly onlyNow: number;
  /** Medians of Markowitz's order now as multiples of those before: the least, the middle, the most. */
  readonly reference: {
    readonly min: number;
    readonly median: number;
    readonly max: number;
  } | null;
}

/** What changed, as data. */
export interface SetComparison {
  /** Whether anything that both sets have has changed beyond noise. */
  readonly changed: boolean;
  readonly results: ResultComparison;
  readonly times: TimeComparison;
}
