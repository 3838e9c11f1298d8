/**
 * Optimises a Program of scalars: interned by meaning (read-program.ts), rewritten by resubstitution
 * (resubstitute.ts) annealed from hot to cold, written with few negations (write-program.ts), and
 * checked in doubles against the original before it is given out. A budget that allows for it is spent
 * on several rounds, each from the original. No guarantee of a minimum; never
 * heavier than what was given.
 *
 * Results differ from the original's in rounding. Where the original is finite within its domain the
 * result is too; where it is NaN or infinite, or overflows on the way, the result may be anything:
 * 0·x and x − x are 0. `stopGradient` and copies are gone, so it is for running, not for differentiating.
 */
import type { Program } from '../program/types.ts';
import { largestError, type Point } from './points.ts';
import { readProgram } from './read-program.ts';
import { breathe } from '../support/breathe.ts';
import { Resubstitution } from './resubstitute.ts';
import { programWeight } from './weights.ts';
import { type GraphSnapshot, takeSnapshot, writeProgram } from './write-program.ts';

/** How long to look. Moves make it reproducible; seconds are for people. */
export type OptimiseBudget =
  | { readonly kind: 'moves'; readonly moves: number }
  | { readonly kind: 'time'; readonly seconds: number };

/** How a Program is optimised. */
export interface OptimiseOptions {
  readonly seed: number;
  readonly budget: OptimiseBudget;
  /** Points of the domain that the search watches, [point][input], 4 at least; two dozen are good. */
  readonly points: readonly Point[];
  /** Points that the result is checked at, 16 at least; thousands are good. */
  readonly checkPoints: readonly Point[];
  /** Largest relative error at those that is let pass; 10^−10 if left out. */
  readonly tolerance?: number;
  /** How many more Programs that pass the check are given; 0 if left out. */
  readonly alternatives?: number;
  /** Ends early with what there is. */
  readonly signal?: AbortSignal;
  onProgress?(progress: { readonly share: number; readonly weight: number }): void;
}

/** A Program that is lighter than the original, and right. */
export interface LighterProgram {
  readonly program: Program;
  /** Weighted operations, negations and elementary functions included (weights.ts). */
  readonly weight: number;
  /** Largest relative error at the points of the check. */
  readonly error: number;
}

/** What came of it. */
export interface Optimised {
  /** The original itself where nothing lighter was right. */
  readonly program: Program;
  /** Weighted operations, negations and elementary functions included (weights.ts). */
  readonly weightBefore: number;
  readonly weightAfter: number;
  /** Largest relative error at the points of the check. */
  readonly error: number;
  /** The next ones, as many as were asked for at most; which is fastest only a clock can tell. */
  readonly alternatives: readonly LighterProgram[];
  /** Nodes that were looked at. */
  readonly moves: number;
  /** Candidate definitions of them that were weighed. */
  readonly proposals: number;
  /** Lighter Programs that were not used because they failed the check. */
  readonly refused: number;
}

/** Weighted operations that a change may cost more, at first and at last. */
const temperatures = { hot: 0.6, cold: 0.1 };
/** Programs that are kept, should the lightest fail the check, and how many of one weight. */
const kept = { all: 16, ofAWeight: 2 };
/** Looks at each node that a round of annealing is made of; what is left of the budget is for more. */
const looksANode = 500;
const mostRounds = 16;
/** Milliseconds after which the pace is known well enough to say how many rounds there is time for. */
const paceAfter = 40;
/** Points that a result has to be checked at, and watched at, at least. */
export const leastPoints = { checked: 16, watched: 4 } as const;

/** Milliseconds between two pauses in which signals are heard. */
const patience = 20;

/**
 * Optimises.
 * @throws Error where the Program has tensors (unroll it before: src/program/scalarise.ts), or there
 * are too few points to say that a result is right
 */
export async function optimiseProgram(
  program: Program,
  options: OptimiseOptions,
): Promise<Optimised> {
  const { budget, signal, tolerance = 1e-10 } = options;
  const weightBefore = programWeight(program);
  if (options.checkPoints.length < leastPoints.checked) {
    throw new Error(`${leastPoints.checked} points are the least that says a result is right`);
  }
  if (options.points.length < leastPoints.watched) {
    throw new Error(`the search has to watch ${leastPoints.watched} points at least`);
  }
  const fresh = (round: number): Resubstitution =>
    new Resubstitution(readProgram(program, options.points), options.seed + 7919 * round);
  let search = fresh(0);
  const finalists = new Finalists(program);
  finalists.hear(takeSnapshot(search.graph));

  const began = performance.now();
  let paused = began;
  let moves = 0;
  let proposals = 0;
  let round = 0;
  let lowest = search.graph.weight;
  let sinceHeard = 0;
  const look = looksANode * search.order.length;
  const roundsIn = (all: number): number =>
    Math.min(mostRounds, Math.max(1, Math.floor(all / look)));
  let rounds = budget.kind === 'moves' ? roundsIn(budget.moves) : undefined;
  let share = 0;
  while (search.canMove && share < 1 && signal?.aborted !== true) {
    const inRound = share * (rounds ?? 1) - round;
    if (inRound >= 1) {
      round += 1;
      proposals += search.counts.proposals;
      search = fresh(round);
      continue;
    }
    const temperature = temperatures.hot * (temperatures.cold / temperatures.hot) ** inRound;
    for (let step = 0; step < 64 && (budget.kind === 'time' || moves < budget.moves); step += 1) {
      moves += 1;
      if (!search.propose(temperature)) continue;
      sinceHeard += 1;
      const { weight } = search.graph;
      if (weight > lowest || (weight === lowest && sinceHeard < 16)) continue;
      lowest = weight;
      sinceHeard = 0;
      finalists.hear(takeSnapshot(search.graph));
    }
    const now = performance.now();
    share =
      budget.kind === 'moves' ? moves / budget.moves : (now - began) / (1000 * budget.seconds);
    if (budget.kind === 'time' && now - began > paceAfter) rounds ??= roundsIn(moves / share);
    if (now - paused < patience) continue;
    options.onProgress?.({ share: Math.min(1, share), weight: lowest });
    await breathe();
    paused = performance.now();
  }
  proposals += search.counts.proposals;

  let refused = 0;
  const right: LighterProgram[] = [];
  for (const { program: candidate, weight } of finalists.lightestFirst) {
    if (weight >= weightBefore || right.length > (options.alternatives ?? 0)) break;
    const error = largestError(program, candidate, options.checkPoints);
    if (error <= tolerance) right.push({ program: candidate, weight, error });
    else refused += 1;
  }
  const [best = { program, weight: weightBefore, error: 0 }, ...alternatives] = right;
  return {
    program: best.program,
    weightBefore,
    weightAfter: best.weight,
    error: best.error,
    alternatives,
    moves,
    proposals,
    refused,
  };
}

interface Written {
  readonly program: Program;
  readonly weight: number;
}

/** The lightest Programs so far, lightest first; they are weighed as they are written. */
class Finalists {
  readonly #original: Program;
  readonly #best: Written[] = [];

  constructor(original: Program) {
    this.#original = original;
  }

  get lightestFirst(): readonly Written[] {
    return this.#best;
  }

  hear(snapshot: GraphSnapshot): void {
    const program = writeProgram(this.#original, snapshot);
    const weight = programWeight(program);
    if (this.#best.filter((other) => other.weight === weight).length === kept.ofAWeight) return;
    this.#best.push({ program, weight });
    this.#best.sort((x, y) => x.weight - y.weight);
    this.#best.splice(kept.all);
  }
}
