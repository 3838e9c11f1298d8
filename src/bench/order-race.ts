/**
 * Run times of elimination orders as multiples of a reference order's: the Jacobians of all are run in
 * rounds, in one process, interleaved at random with the reference's, and each has the least of its
 * samples, as other programs make a sample longer and never shorter. A figure is a measurement: the
 * next one differs, and the least of many figures flatters.
 */
import { accumulate } from '../accumulate/accumulate.ts';
import { compileJacobian } from '../accumulate/compile-jacobian.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { FunctionSubject } from '../subject/types.ts';
import { calibrate, clockStep, type Clock, sampleLength, timeRuns } from './clock.ts';
import { columnsFor, domainOf } from './domain.ts';
import { type DisposableRunner, loadedKernel } from './loaded-kernel.ts';
import { visits } from './plan.ts';

/** Nanoseconds of warm-up of each Jacobian. */
const warmUp = 2e7;

/** How a Jacobian is run to be timed. */
export interface RunKind {
  /** A target that computes where it is called. */
  readonly target: string;
  /** Points a call. */
  readonly batch: number;
}

/** How it is timed. */
export interface RaceOptions {
  readonly clock: Clock;
  /** Samples of each order. */
  readonly rounds: number;
  /** Of the order within rounds. */
  readonly seed: number;
}

/**
 * Jacobians of a subject, in double precision and compact, in buffers of the target's own layout.
 * @returns what compiles one, in an order of the graph of the function
 * @throws UserError where the subject has no points to be timed at
 */
export function jacobianRunners(
  subject: FunctionSubject,
  { target, batch }: RunKind,
  seed: number,
): (order: EliminationOrder) => DisposableRunner {
  const columns = columnsFor(domainOf(subject, { seed, checked: 0 }), batch);
  return (order) => {
    const jacobian = compileJacobian(accumulate(subject.linearisation(), order), {
      ...{ target, precision: 'f64', outputs: 'compact' },
    });
    const kernel = loadedKernel(jacobian.compiled, columns, batch);
    return {
      run: kernel.run,
      dispose: () => {
        kernel.dispose();
        jacobian.dispose();
      },
    };
  };
}

/**
 * Times orders beside a reference.
 * @returns for each order its run time as a multiple of the reference's, > 0
 */
export function raceOrders(
  orders: readonly EliminationOrder[],
  reference: EliminationOrder,
  make: (order: EliminationOrder) => DisposableRunner,
  { clock, rounds, seed }: RaceOptions,
): readonly number[] {
  const length = sampleLength(clockStep(clock));
  const entries = [reference, ...orders].map((order) => {
    const runner = make(order);
    const { run } = runner;
    return { runner, run, repeats: calibrate(run, length, warmUp, clock), least: Infinity };
  });
  for (const { cell } of visits(entries, rounds, seed)) {
    cell.least = Math.min(cell.least, timeRuns(cell.run, cell.repeats, clock));
  }
  for (const { runner } of entries) runner.dispose();
  const [first, ...others] = entries;
  return others.map(({ least }) => least / (first?.least ?? NaN));
}
