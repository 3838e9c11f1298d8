/** A run of learning within a budget: games until it is used up or somebody says so. */
import { type ClockName, clockTime } from '../../search/clock.ts';
import { breathe } from '../../support/breathe.ts';
import type { CurvePoint, LearningRun } from './types.ts';

/** When to stop; the first that is reached. A run advances at least once. */
export interface RunLimits {
  /** Games of the whole run, those before a resumption among them. */
  readonly episodes?: number;
  /** Evaluations of the whole run; games that might exceed them are not begun. */
  readonly evaluations?: number;
  /** What a deadline is measured by; the wall's clock if left out. */
  readonly clock?: ClockName;
  /** By that clock. */
  readonly deadline?: number;
  /** A count of the first task that is good enough. */
  readonly target?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Whether the run may advance once more. */
function fits({ curve, games }: LearningRun, limits: RunLimits): boolean {
  const made = curve.at(-1)?.evaluations ?? 0;
  const longest = curve.reduce(
    (most, { evaluations }, index) =>
      Math.max(most, evaluations - (curve[index - 1]?.evaluations ?? 0)),
    0,
  );
  const {
    episodes = Infinity,
    evaluations = Infinity,
    clock = 'wall',
    deadline = Infinity,
    target,
  } = limits;
  // A game without evaluations was one without moves; there is nothing to learn and no end.
  return (
    longest > 0 &&
    curve.length < episodes &&
    made + games * longest <= evaluations &&
    clockTime(clock) < deadline &&
    limits.signal?.aborted !== true &&
    !curve.some(({ task, best }) => task === 0 && best <= (target ?? -1))
  );
}

/** Plays and learns within the limits; `heard` is told of every game after what was learned of it. */
export async function runLearning(
  run: LearningRun,
  limits: RunLimits,
  heard: (point: CurvePoint) => Promise<void> | void,
): Promise<void> {
  const { clock = 'wall', deadline = Infinity, signal } = limits;
  const isOver = (): boolean =>
    signal?.aborted === true || (run.curve.length > 0 && clockTime(clock) >= deadline);
  while (run.curve.length === 0 || fits(run, limits)) {
    const points = await run.advance(breathe, isOver);
    if (points.length === 0) return;
    for (const point of points) await heard(point);
    await breathe();
  }
}
