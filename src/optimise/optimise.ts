/**
 * Optimises a Program of scalars: interned by meaning (read-program.ts), rewritten by resubstitution
 * (resubstitute.ts) annealed from hot to cold, written with few negations (write-program.ts), and
 * checked in doubles against the original before it is given out. No guarantee of a minimum; never
 * heavier than what was given.
 *
 * Results differ from the original's in rounding. Where the original is finite within its domain the
 * result is too; where it is NaN or infinite, or overflows on the way, the result may be anything:
 * 0·x and x − x are 0. `stopGradient` and copies are gone, so it is for running, not for differentiating.
 */
import type { Program } from '../program/types.ts';
import { largestError, type Point } from './points.ts';
import { readProgram } from './read-program.ts';
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
  /** Points of the domain that the search watches, [point][input]; two dozen or more are good. */
  readonly points: readonly Point[];
  /** Points that the result is checked at; thousands are good. */
  readonly checkPoints: readonly Point[];
  /** Largest relative error at those that is let pass; 10^−10 if left out. */
  readonly tolerance?: number;
  /** Ends early with what there is. */
  readonly signal?: AbortSignal;
  onProgress?(progress: { readonly share: number; readonly weight: number }): void;
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
  /** Nodes that were looked at. */
  readonly moves: number;
  /** Candidate definitions of them that were weighed. */
  readonly proposals: number;
  /** Lighter Programs that were not used because they failed the check. */
  readonly refused: number;
}

/** Weighted operations that a change may cost more, at first and at last. */
const temperatures = { hot: 0.6, cold: 0.08 };
/** Best graphs that are kept, should the best fail the check. */
const kept = 8;
/** Milliseconds between two pauses in which signals are heard. */
const patience = 20;

/**
 * Optimises.
 * @throws Error where the Program has tensors: unroll it before (src/program/scalarise.ts)
 */
export async function optimiseProgram(
  program: Program,
  options: OptimiseOptions,
): Promise<Optimised> {
  const { budget, signal, tolerance = 1e-10 } = options;
  const weightBefore = programWeight(program);
  const search = new Resubstitution(readProgram(program, options.points), options.seed);
  const best: Written[] = [];
  const finalists = new Finalists(program, best);
  finalists.hear(takeSnapshot(search.graph));

  const began = performance.now();
  let paused = began;
  let moves = 0;
  let lowest = search.graph.weight;
  let sinceHeard = 0;
  const shareNow = (): number =>
    budget.kind === 'moves'
      ? moves / budget.moves
      : (performance.now() - began) / (1000 * budget.seconds);
  let share = 0;
  while (search.canMove && share < 1 && signal?.aborted !== true) {
    const temperature = temperatures.hot * (temperatures.cold / temperatures.hot) ** share;
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
    share = shareNow();
    if (performance.now() - paused < patience) continue;
    options.onProgress?.({ share: Math.min(1, share), weight: lowest });
    await new Promise((resolve) => setImmediate(resolve));
    paused = performance.now();
  }

  const { proposals } = search.counts;
  let refused = 0;
  for (const { program: candidate, weight } of best) {
    if (weight >= weightBefore) break;
    const error = largestError(program, candidate, options.checkPoints);
    if (error <= tolerance) {
      return { program: candidate, weightBefore, weightAfter: weight, error, moves, proposals, refused };
    }
    refused += 1;
  }
  return { program, weightBefore, weightAfter: weightBefore, error: 0, moves, proposals, refused };
}

interface Written {
  readonly program: Program;
  readonly weight: number;
}

/** The lightest Programs so far, lightest first; they are weighed as they are written. */
class Finalists {
  readonly #original: Program;
  readonly #best: Written[];

  constructor(original: Program, best: Written[]) {
    this.#original = original;
    this.#best = best;
  }

  hear(snapshot: GraphSnapshot): void {
    const program = writeProgram(this.#original, snapshot);
    const weight = programWeight(program);
    const last = this.#best[kept - 1];
    if (last !== undefined && weight >= last.weight) return;
    this.#best.push({ program, weight });
    this.#best.sort((x, y) => x.weight - y.weight);
    this.#best.splice(kept);
  }
}
