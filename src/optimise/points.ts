/** Points at which a Program is followed and checked. */
import { compileJavaScript } from '../compile/js/compile.ts';
import type { Program } from '../program/types.ts';
import { createRandom } from '../support/random.ts';

/** [input] */
export type Point = readonly number[];

/** Boxes tried, each half as wide as the one before, and the points tried in each for one wanted. */
const boxes = 8;
const triesAPoint = 2;

/**
 * Random points of the box that reaches half of each coordinate's size (of 1 where it is 0) around a
 * sample, without those where an output of the Program is not finite: they lie outside its domain.
 * Where the domain is narrow, the rest come from smaller boxes.
 * @returns at most `count` points; fewer where most of the smallest box lies outside
 */
export function pointsOfDomain(
  program: Program,
  sample: Point,
  count: number,
  seed: number,
): readonly Point[] {
  const random = createRandom(seed);
  const compiled = compileJavaScript(program, { strict: true });
  const points: Point[] = [];
  for (let box = 0; box < boxes; box += 1) {
    const width = 2 ** -box;
    for (let tried = 0; tried < triesAPoint * count && points.length < count; tried += 1) {
      const point = sample.map((x) => x + width * (Math.abs(x) || 1) * (random.next() - 0.5));
      if (compiled.point(point).every(Number.isFinite)) points.push(point);
    }
  }
  return points;
}

/**
 * Largest difference of outputs over some points. An output is compared relative to its own size, but
 * to no less than 10^−4 of the largest output at the point, because entries that are what cancellation
 * left of larger ones have no better precision in either Program.
 * @returns NaN where one is finite and the other is not
 */
export function largestError(
  original: Program,
  changed: Program,
  points: readonly Point[],
): number {
  const before = compileJavaScript(original, { strict: true });
  const after = compileJavaScript(changed, { strict: true });
  let worst = 0;
  for (const point of points) {
    const expected = before.point(point);
    const found = after.point(point);
    const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    expected.forEach((exact, index) => {
      const value = found[index] ?? NaN;
      if (value === exact || (Number.isNaN(value) && Number.isNaN(exact))) return;
      const size = Math.max(Math.abs(exact), Math.abs(value), 1e-4 * largest);
      const error = Math.abs(value - exact) / size;
      if (!(error <= worst)) worst = error;
    });
    if (Number.isNaN(worst)) return NaN;
  }
  return worst;
}
