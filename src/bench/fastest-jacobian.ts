/**
 * The fastest Jacobian of a subject: optimised candidates, each with its statements in every order that
 * the target can be told, and the orders as they are, compiled, checked, and raced on this machine. With the orders in the race the winner is not slower than any of
 * them, as far as the clock can tell.
 */
import { compileFormed } from '../accumulate/compile-jacobian.ts';
import type { Schedule } from '../compile/schedules.ts';
import { targetNamed } from '../compile/targets.ts';
import type { Precision } from '../compile/types.ts';
import type { Candidate } from '../optimise/candidates.ts';
import { optimisedOrder } from '../results/timing-names.ts';
import { attempt } from '../support/attempt.ts';
import { buildJacobian, type BuiltJacobian } from './build.ts';
import type { Clock } from './clock.ts';
import { columnsFor, type Domain } from './domain.ts';
import { fastestOf } from './fastest.ts';
import { loadedKernel } from './loaded-kernel.ts';
import type { ChosenProgram } from './types.ts';

/** Points a call in the race: what fits into the caches, so that computing decides. */
const racedPoints = 1024;

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
  readonly schedule: Schedule | undefined;
}

/**
 * Builds the candidates and finds the fastest.
 * @param kind what they are compiled for
 * @param candidates of one form
 * @param orders of the same form, built for the same kind already; they are not disposed of
 * @param context what the race runs on
 * @param context.domain points
 * @param context.clock of the race
 * @param context.seed of the order within rounds
 * @returns the winner, or why there is none
 */
export function fastestJacobian(
  kind: Kind,
  candidates: readonly Candidate[],
  orders: readonly Built[],
  context: { readonly domain: Domain; readonly clock: Clock; readonly seed: number },
): Built {
  const { domain, clock } = context;
  const reasons: string[] = [];
  const asTheyAre = orders.flatMap(({ order, built }): Racer[] =>
    typeof built === 'string' ? [] : [racer(built, domain, { kind: 'order', order })],
  );
  const { schedules = [undefined] } = targetNamed(kind.target);
  const scheduled = candidates.flatMap((candidate) =>
    schedules.map((schedule): ScheduledCandidate => ({ ...candidate, schedule })),
  );
  const optimised = scheduled.flatMap((candidate): Racer[] => {
    const { jacobian, weight, schedule, optimised: resubstituted } = candidate;
    const options = { ...kind, simplify: false, ...(schedule && { schedule }) };
    const compile = () => compileFormed(jacobian, options);
    const built = attempt(() => buildJacobian(compile, domain, clock));
    if (typeof built !== 'string') {
      const said = schedule ?? 'as found';
      const chosen = { kind: 'program', weight, schedule: said, resubstituted } as const;
      return [{ ...racer(built, domain, chosen), candidate }];
    }
    reasons.push(built);
    return [];
  });
  const racers = [...asTheyAre, ...optimised];
  if (racers.length === 0) return { order: optimisedOrder, built: reasons[0] ?? 'no candidate' };
  const winner = fastestOf(racers, context);
  for (const each of racers) each.release();
  for (const each of optimised) if (each !== winner) each.built.jacobian.dispose();
  const { built, chosen, candidate } = winner;
  return { order: optimisedOrder, built, chosen, ...(candidate && { candidate }) };
}

/** A Jacobian that takes part. */
interface Racer {
  readonly built: BuiltJacobian;
  readonly chosen: ChosenProgram;
  readonly candidate?: ScheduledCandidate;
  run(): void;
  /** Frees the buffers of the race, not the Jacobian. */
  release(): void;
}

function racer(built: BuiltJacobian, domain: Domain, chosen: ChosenProgram): Racer {
  const columns = columnsFor(domain, racedPoints);
  const kernel = loadedKernel(built.jacobian.compiled, columns, racedPoints);
  return {
    built,
    chosen,
    run: kernel.run,
    release: () => {
      kernel.dispose();
    },
  };
}
