/**
 * The fastest Jacobian of a subject: optimised candidates, each with its statements in every order that
 * the target can be told, and the orders as they are, compiled, checked, and raced on this machine. The
 * fastest candidate wins only if it is faster than the fastest order in a race of these two: so the winner
 * is not slower than an order, as far as the clock can tell, at the number of points that was raced.
 */
import { type CompiledJacobian, compileFormed } from '../accumulate/compile-jacobian.ts';
import type { Schedule } from '../compile/schedules.ts';
import { targetNamed } from '../compile/targets.ts';
import type { CompiledProgram, Precision } from '../compile/types.ts';
import type { Candidate } from '../optimise/candidates.ts';
import { elementCount } from '../program/shapes.ts';
import { optimisedOrder } from '../results/timing-names.ts';
import { attempt } from '../support/attempt.ts';
import { buildJacobian, type BuiltJacobian } from './build.ts';
import { columnsFor, type Domain } from './domain.ts';
import { fastestOf, isFaster, type RaceConditions } from './fastest.ts';
import { loadedKernel } from './loaded-kernel.ts';
import type { ChosenProgram } from './types.ts';

/** Points a call in a race that nothing else is known of. */
const usualPoints = 1024;

/** Numbers of inputs and results that all racers together may hold: dozens take part. */
const mostNumbers = 2 ** 25;

/** A target and what it computes in. */
export interface Kind {
  readonly target: string;
  readonly precision: Precision;
  /** As in CompileOptions. */
  readonly fusedMultiplyAdd?: boolean;
}

/** A Jacobian that was built, or why it could not be. */
export interface Built {
  readonly order: string;
  readonly built: BuiltJacobian | string;
  readonly chosen?: ChosenProgram;
  /** Which candidate won. */
  readonly candidate?: ScheduledCandidate;
}

/** A candidate, and in which order its statements are compiled where the target can be told. */
export interface ScheduledCandidate extends Candidate {
  readonly schedule: Schedule;
}

/**
 * Builds the candidates and finds the fastest.
 * @param kind what they are compiled for
 * @param candidates of one form
 * @param orders of the same form, built for the same kind already; they are not disposed of
 * @param context what the race runs on
 * @param context.domain points
 * @param context.points how many of them a call, 1,024 if left out; no more than there are, fewer
 *   where they are large
 * @param context.clock of the race
 * @param context.seed of the order within rounds
 * @returns the winner, or why there is none
 */
export function fastestJacobian(
  kind: Kind,
  candidates: readonly Candidate[],
  orders: readonly Built[],
  context: RaceConditions & { readonly domain: Domain; readonly points?: number },
): Built {
  const { domain, clock, points = usualPoints } = context;
  const { schedules = ['as found'] } = targetNamed(kind.target);
  const scheduled = candidates.flatMap((candidate) =>
    schedules.map((schedule): ScheduledCandidate => ({ ...candidate, schedule })),
  );
  const racers = orders.length + scheduled.length;
  const racer = (built: BuiltJacobian, chosen: ChosenProgram): Racer => {
    const { compiled } = built.jacobian;
    const most = Math.max(1, Math.floor(mostNumbers / racers / numbersOf(compiled, domain)));
    const raced = Math.min(points, most, domain.points.length);
    const kernel = loadedKernel(compiled, columnsFor(domain, raced), raced);
    return {
      built,
      chosen,
      run: kernel.run,
      release: () => {
        kernel.dispose();
      },
    };
  };
  const reasons: string[] = [];
  const asTheyAre = orders.flatMap(({ order, built }): Racer[] =>
    typeof built === 'string' ? [] : [racer(built, { kind: 'order', order })],
  );
  const optimised = scheduled.flatMap((candidate): Racer[] => {
    const { jacobian, weight, schedule, optimised: resubstituted } = candidate;
    const options = { ...kind, schedule, simplify: false };
    const compile = () => compileFormed(jacobian, options);
    const built = attempt(() => buildJacobian(compile, domain, clock, 1));
    if (typeof built !== 'string') {
      const chosen = { kind: 'program', weight, schedule, resubstituted } as const;
      return [{ ...racer(built, chosen), candidate, compile }];
    }
    reasons.push(built);
    return [];
  });
  const winner = winnerOf(asTheyAre, optimised, context);
  if (winner === undefined) return { order: optimisedOrder, built: reasons[0] ?? 'no candidate' };
  for (const each of [...asTheyAre, ...optimised]) each.release();
  for (const each of optimised) if (each !== winner) each.built.jacobian.dispose();
  const { built, chosen, candidate, compile } = winner;
  if (candidate === undefined || compile === undefined) {
    return { order: optimisedOrder, built, chosen };
  }
  // Built for the race once; now as often as what is timed is built.
  built.jacobian.dispose();
  const rebuilt = buildJacobian(compile, domain, clock);
  return { order: optimisedOrder, built: rebuilt, chosen, candidate };
}

/** A Jacobian that takes part. */
interface Racer {
  readonly built: BuiltJacobian;
  readonly chosen: ChosenProgram;
  /** Of those that are no orders. */
  readonly candidate?: ScheduledCandidate;
  readonly compile?: () => CompiledJacobian;
  run(): void;
  /** Frees the buffers of the race, not the Jacobian. */
  release(): void;
}

/** Numbers of inputs and results of a point. */
function numbersOf({ outputShapes }: CompiledProgram, { points: [point = []] }: Domain): number {
  const inputs = point.reduce((sum, { data }) => sum + data.length, 0);
  return outputShapes.reduce((sum, shape) => sum + elementCount(shape), inputs);
}

/** Undefined where there are neither orders nor candidates. */
function winnerOf(
  orders: readonly Racer[],
  candidates: readonly Racer[],
  conditions: RaceConditions,
): Racer | undefined {
  const order = orders.length === 0 ? undefined : fastestOf(orders, conditions);
  const candidate = candidates.length === 0 ? undefined : fastestOf(candidates, conditions);
  if (order === undefined || candidate === undefined) return order ?? candidate;
  return isFaster(candidate, order, conditions) ? candidate : order;
}
