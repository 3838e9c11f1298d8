/**
 * What is timed, wherever it is computed. A thing that computes where it is called gives its time as a
 * number, so that nothing is awaited between its runs; a thing on a device gives a promise.
 */
import type { ErrorSummary } from './check.ts';
import { type Clock, timeRuns } from './clock.ts';
import type { ReadyCell } from './cell.ts';
import type { CellName, ChosenProgram, DeviceTiming, Layout } from './types.ts';

/** Times so many runs: nanoseconds a run. */
export type Timed = (repeats: number, clock: Clock) => number | Promise<number>;

/** What is timed of a cell. */
export const timedThings = ['kernel', 'call', 'copy'] as const;

/** See `timedThings`. */
export type TimedThing = (typeof timedThings)[number];

/** A cell of a timing table, ready to be timed. */
export interface TimedCell {
  readonly name: CellName;
  readonly timed: Readonly<Record<Layout | 'copy', Timed>>;
  readonly facts: {
    readonly buildMs: number;
    readonly firstCallMs: number;
    readonly errors: ErrorSummary;
    readonly fusedMultiplyAdd: boolean;
  };
  readonly hasDenormals: boolean;
  readonly chosen?: ChosenProgram;
  /**
   * What else is known of a cell on a device.
   * @param kernel nanoseconds a point of its samples, one a round
   * @param copy the same of the copy
   */
  readonly onDevice?: (kernel: readonly number[], copy: readonly number[]) => DeviceTiming;
  /** Frees buffers, and what is compiled with the last cell that uses it. */
  dispose(): void;
}

/** A cell that computes where it is called. */
export function immediateCell(cell: ReadyCell): TimedCell {
  const { name, built, runs, hasDenormals, chosen } = cell;
  const { jacobian, buildMs, firstCallMs, errors } = built;
  const timed =
    (thing: TimedThing): Timed =>
    (repeats, clock) =>
      timeRuns(runs[thing], repeats, clock);
  return {
    name,
    timed: { kernel: timed('kernel'), call: timed('call'), copy: timed('copy') },
    facts: {
      ...{ buildMs, firstCallMs, errors },
      fusedMultiplyAdd: jacobian.compiled.fusedMultiplyAdd,
    },
    hasDenormals,
    ...(chosen && { chosen }),
    dispose: () => {
      cell.dispose();
      jacobian.dispose();
    },
  };
}
