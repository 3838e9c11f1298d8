/** What is timed together, and what timing gives. */
import type { AnyPrecision } from '../compile/types.ts';
import type { ComputeDevice } from '../execute/device.ts';
import type { Candidate } from '../optimise/candidates.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { FunctionSubject } from '../subject/types.ts';
import type { Clock } from './clock.ts';
import type { TimingRequest, TimingRow, TimingWarning } from './types.ts';

/** An order by the name it is shown under, legal for `subject.linearisation().graph`. */
export interface NamedTimedOrder {
  readonly name: string;
  readonly order: EliminationOrder;
}

/** Programs of which the fastest is timed beside the orders, or why there are none. */
export type OptimisedSubject =
  | { readonly state: 'found'; readonly candidates: readonly Candidate[] }
  | { readonly state: 'failed'; readonly reason: string };

/** A subject and its orders. */
export interface TimedSubject {
  readonly subject: FunctionSubject;
  readonly orders: readonly NamedTimedOrder[];
  /** In the form, and with or without the values, that the suite has. */
  readonly optimised?: OptimisedSubject;
}

/** All that is timed together. */
export interface TimingSuite extends TimingRequest {
  readonly subjects: readonly TimedSubject[];
  readonly targets: readonly string[];
  /** A target runs those of them that it has. */
  readonly precisions: readonly AnyPrecision[];
  readonly batches: readonly number[];
  /** Seconds after which no further round begins, but for the first few. */
  readonly seconds: number;
  /** Opens the device of targets that need one; closed when all is timed. */
  readonly device?: () => Promise<ComputeDevice>;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  onProgress?(progress: { readonly phase: 'build' | 'time'; readonly share: number }): void;
}

/** What timing gave. */
export interface TimingOutcome {
  readonly rows: readonly TimingRow[];
  readonly warnings: readonly TimingWarning[];
  /** Rounds that were made: fewer than asked for where time was up or it was interrupted. */
  readonly rounds: number;
  readonly interrupted: boolean;
}
