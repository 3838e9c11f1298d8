/** What a run keeps of its games, whatever the algorithm: the learning curve and the best orders. */
import type { BestOrder, CurvePoint, LearningState } from './types.ts';

/** A game as the record wants to know of it. */
export interface RecordedGame {
  /** Where a run has no tasks, every game is of a graph of its own, seen once. */
  readonly task: number;
  /** What the order that was played costs. */
  readonly count: number;
  /** The best order that was met on the way. */
  readonly best: BestOrder;
  /** Evaluations of the network in this game. */
  readonly evaluations: number;
}

/** Curve and best orders of a run. */
export class RunRecord {
  readonly #best: (BestOrder | undefined)[];
  #curve: readonly CurvePoint[];

  constructor({ best, curve }: Pick<LearningState, 'best' | 'curve'>) {
    this.#best = [...best];
    this.#curve = curve;
  }

  get curve(): readonly CurvePoint[] {
    return this.#curve;
  }

  /** The best order of a task so far. */
  best(task: number): BestOrder | undefined {
    return this.#best[task];
  }

  /** Its part of a run's state. */
  state(): Pick<LearningState, 'best' | 'curve'> {
    return { best: [...this.#best], curve: this.#curve };
  }

  /**
   * Adds games that were played side by side, and what was learned after them.
   * @returns a point for each game; the loss stands at the last one
   */
  add(
    games: readonly RecordedGame[],
    loss: Readonly<Record<string, number>> | undefined,
  ): readonly CurvePoint[] {
    let evaluations = this.#curve.at(-1)?.evaluations ?? 0;
    const points = games.map(({ task, count, best, ...own }, index): CurvePoint => {
      evaluations += own.evaluations;
      const before = this.#best[task];
      const least = before === undefined || best.count < before.count ? best : before;
      if (task < this.#best.length) this.#best[task] = least;
      const isLast = index === games.length - 1;
      return {
        episode: this.#curve.length + index + 1,
        task,
        count,
        best: least.count,
        evaluations,
        ...(isLast && loss !== undefined ? { loss } : {}),
      };
    });
    this.#curve = [...this.#curve, ...points];
    return points;
  }
}
