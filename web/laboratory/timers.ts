/**
 * What Jacobians can be timed on. A new one is an entry here; buttons, tables and files are made from
 * the list.
 */
import { runTimings } from '../../src/bench/run.ts';
import type { TimedSubject, TimingOutcome } from '../../src/bench/suite.ts';
import type { TimingNews } from '../protocol.ts';

/** What is timed, and what is told meanwhile. */
export interface TimerRequest {
  readonly subject: TimedSubject;
  readonly form: 'compact';
  readonly values: boolean;
  readonly seed: number;
  readonly signal: AbortSignal;
  onProgress(news: TimingNews): void;
}

/** A thing to time on. */
export interface Timer {
  readonly key: string;
  /** Behind "time on". */
  readonly label: string;
  /** Why it is not there, with what to do; nothing where it is. */
  missing(): Promise<string | undefined>;
  /** The name of the graphics adapter, where one takes part. */
  adapter?(): Promise<string>;
  /** @throws UserError where it can't time */
  time(request: TimerRequest): Promise<TimingOutcome>;
}

/** Rounds, and points a call: enough of both for intervals, in some seconds. */
const [rounds, batch, seconds] = [15, 4096, 20];

const machine: Timer = {
  key: 'machine',
  label: 'this machine',
  missing: () => Promise.resolve(undefined),
  time: ({ subject, ...request }) =>
    runTimings({
      ...request,
      subjects: [subject],
      targets: ['wasm'],
      precisions: ['f64'],
      batches: [batch],
      rounds,
      seconds,
    }),
};

/** Every timer, in the order of buttons. */
export const timers: readonly Timer[] = [machine];
