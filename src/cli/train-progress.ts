/** What a training shows on stderr: a line a game, or on a terminal its learning curve as it grows. */
import type { CurvePoint } from '../policy/learning/types.ts';
import type { CommandLineIo } from './io.ts';
import { drawCurve } from './learning-curve.ts';
import { withCommas } from './numbers.ts';

/** Rows of a drawn curve. */
const curveRows = 8;

/** Columns that a curve's labels may take. */
const labelColumns = 12;

/** Milliseconds between two drawings. */
const drawEvery = 100;

/** Listens to a training. */
export interface TrainingListener {
  /** A game was played and learned from. */
  onPoint(point: CurvePoint): void;
  /** The training has ended. */
  end(): void;
}

/**
 * The learning curve as lines: what games cost, or where there are several subjects, how many percent
 * of the best order of their own.
 */
export function curveLines(curve: readonly CurvePoint[], columns: number): readonly string[] {
  const least = new Map<number, number>();
  for (const { task, best } of curve) least.set(task, best);
  const values =
    least.size < 2
      ? curve.map(({ count }) => count)
      : curve.map(({ task, count }) => (100 * count) / Math.max(1, least.get(task) ?? 1));
  return drawCurve(values, { columns: Math.max(10, columns - labelColumns), rows: curveRows });
}

/** A count as it is; the multiple of a run time with as many digits as mean something. */
const costText = (cost: number): string =>
  Number.isInteger(cost) ? cost.toString() : cost.toFixed(3);

function pointLine(point: CurvePoint, names: readonly string[], seconds: number): string {
  const { episode, task, count, best, evaluations, loss = {} } = point;
  const name = names.length === 1 ? '' : `  ${names[task] ?? ''}`;
  const losses = Object.entries(loss).map(([part, value]) => `  ${part} ${value.toFixed(2)}`);
  return (
    `${seconds.toFixed(1).padStart(7)} s  game ${episode}${name}  ${costText(count)}  best ${costText(best)}  ` +
    `${withCommas(evaluations)} evaluations${losses.join('')}`
  );
}

/**
 * Shows a training as the output allows.
 * @param names of the subjects
 * @param before the curve so far, where a training goes on
 */
export function trainingListener(
  io: CommandLineIo,
  names: readonly string[],
  before: readonly CurvePoint[],
): TrainingListener {
  const began = Date.now();
  const lineOf = (point: CurvePoint): string =>
    pointLine(point, names, (Date.now() - began) / 1000);
  if (io.progress !== true) {
    return {
      onPoint: (point) => {
        io.stderr(`${lineOf(point)}\n`);
      },
      end: () => undefined,
    };
  }
  let curve = before;
  let shown = 0;
  let drawn = 0;
  const draw = (): void => {
    const last = curve.at(-1);
    if (last === undefined) return;
    const lines = [...curveLines(curve, io.columns), lineOf(last)];
    // Up to where the last drawing began; each line replaces what stood there.
    const up = shown === 0 ? '' : `\u001b[${shown}A`;
    io.stderr(up + lines.map((line) => `\u001b[K${line.slice(0, io.columns - 1)}\n`).join(''));
    shown = lines.length;
    drawn = Date.now();
  };
  return {
    onPoint: (point) => {
      curve = [...curve, point];
      if (Date.now() - drawn >= drawEvery) draw();
    },
    end: draw,
  };
}
