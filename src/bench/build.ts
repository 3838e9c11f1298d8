/** A Jacobian compiled to be timed: what building takes, its first call, and the check. */
import type { CompiledJacobian } from '../accumulate/compile-jacobian.ts';
import { quantile } from '../support/statistics.ts';
import { errorFault, type ErrorSummary, errorsOf } from './check.ts';
import { type Clock, timeRuns } from './clock.ts';
import type { Domain } from './domain.ts';

/** A compiled Jacobian and what compiling it took; several batches share one. */
export interface BuiltJacobian {
  readonly jacobian: CompiledJacobian;
  readonly buildMs: number;
  readonly firstCallMs: number;
  readonly errors: ErrorSummary;
}

/**
 * Builds of which the median is the build time. The first ones run code of ours that the engine has
 * not compiled yet; large Programs are built less often.
 */
const builds = { least: 3, most: 9, milliseconds: 400 } as const;

/**
 * Compiles, times the build and the first call, and checks.
 * @param compile what is built: from an accumulated or optimised Program to code
 * @param domain where it is checked
 * @param clock of all times
 * @param mostBuilds of which the median is the build time
 * @returns why there is nothing to time where the Jacobian is wrong
 * @throws UserError what the target throws
 */
export function buildJacobian(
  compile: () => CompiledJacobian,
  domain: Domain,
  clock: Clock,
  mostBuilds: number = builds.most,
): BuiltJacobian | string {
  const { points, references } = domain;
  const times: number[] = [];
  const build = (): CompiledJacobian => {
    const before = clock();
    const jacobian = compile();
    times.push(clock() - before);
    return jacobian;
  };
  const began = clock();
  const isTimeLeft = (): boolean => clock() - began < 1e6 * builds.milliseconds;
  const least = Math.min(builds.least, mostBuilds);
  while (times.length + 1 < least || (times.length + 1 < mostBuilds && isTimeLeft())) {
    build().dispose();
  }
  const jacobian = build();
  const [point = []] = points;
  const numbers = point.flatMap(({ data }) => data);
  const firstCall = timeRuns(() => jacobian.compiled.point(numbers), 1, clock);
  const errors = errorsOf(jacobian, references);
  const fault = errorFault(errors, jacobian.compiled.precision);
  if (fault !== undefined) {
    jacobian.dispose();
    return fault;
  }
  return {
    jacobian,
    buildMs: quantile(times, 0.5) / 1e6,
    firstCallMs: firstCall / 1e6,
    errors,
  };
}
