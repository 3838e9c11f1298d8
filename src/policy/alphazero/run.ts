/** A run of AlphaZero within a budget: episodes until it is used up or somebody says so. */
import { breathe } from '../../support/breathe.ts';
import type { AlphaZero, CurvePoint } from './alphazero.ts';

/** When to stop; the first that is reached. At least one episode is played. */
export interface RunLimits {
  /** Episodes of the whole run, those before a resumption among them. */
  readonly episodes?: number;
  /** Evaluations of the whole run; a game that might exceed them is not begun. */
  readonly evaluations?: number;
  /** Milliseconds since 1970. */
  readonly deadline?: number;
  /** A count of the first task that is good enough. */
  readonly target?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Whether another episode fits. */
function fits(curve: readonly CurvePoint[], limits: RunLimits): boolean {
  const made = curve.at(-1)?.evaluations ?? 0;
  const longest = curve.reduce(
    (most, { evaluations }, index) =>
      Math.max(most, evaluations - (curve[index - 1]?.evaluations ?? 0)),
    0,
  );
  const { episodes = Infinity, evaluations = Infinity, deadline = Infinity, target } = limits;
  // A game without evaluations was one without moves; there is nothing to learn and no end.
  return (
    longest > 0 &&
    curve.length < episodes &&
    made + longest <= evaluations &&
    Date.now() < deadline &&
    limits.signal?.aborted !== true &&
    !curve.some(({ task, best }) => task === 0 && best <= (target ?? -1))
  );
}

/** Plays and learns within the limits; `heard` is told of every episode. */
export async function runAlphaZero(
  run: AlphaZero,
  limits: RunLimits,
  heard: (point: CurvePoint) => Promise<void> | void,
): Promise<void> {
  const { deadline = Infinity, signal } = limits;
  const isOver = (): boolean =>
    signal?.aborted === true || (run.curve.length > 0 && Date.now() >= deadline);
  while (run.curve.length === 0 || fits(run.curve, limits)) {
    const point = await run.episode({ breathe, isOver });
    if (point === undefined) return;
    await heard(point);
    await breathe();
  }
}
