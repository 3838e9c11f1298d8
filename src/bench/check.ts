/** The check that a compiled Jacobian passes before it is timed: against dual numbers. */
import { type CompiledJacobian, denseNumbers } from '../accumulate/compile-jacobian.ts';
import type { Numbers } from '../compile/types.ts';
import { elementCount, hasTensors } from '../program/shapes.ts';
import type { Program } from '../program/types.ts';
import { batchOf } from '../subject/points.ts';
import type { ReferencePoint } from './domain.ts';
import { quantile } from '../support/statistics.ts';

/** How far a Jacobian is from the independent one: percentiles of the largest error of each point. */
export interface ErrorSummary {
  /** Points at which it was checked. */
  readonly points: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * At how many points a Jacobian is checked: enough for a 99th percentile. An independent Jacobian of a
 * Program of tensors takes up to ten times as long as one of scalars, so it gets fewer.
 */
export function checkedPoints(program: Program): number {
  return hasTensors(program) ? 128 : 256;
}

/**
 * In double precision no point may be worse; in single precision cancellation can make a single point
 * arbitrarily bad without a fault, a wrong Jacobian is bad at half of them. Half precision has three digits,
 * of which RobotArm_6DOF leaves one (docs/webgpu.md).
 */
export const largestError = { f64: 1e-10, f32: 1e-2, f16: 0.25 } as const;

/**
 * The errors of a compiled Jacobian at the reference points, relative to the largest entry of the
 * entry's row (one element of an output, by all inputs). NaN and infinity where a number is expected
 * are an infinite error.
 */
export function errorsOf(
  jacobian: CompiledJacobian,
  references: readonly ReferencePoint[],
): ErrorSummary {
  const count = references.length;
  const results = jacobian.batch(batchOf(references.map(({ point }) => point)), count).jacobian;
  return errorsOfResults(jacobian, results, references);
}

/** The same of results that are there: `jacobian` of a batch of all reference points. */
export function errorsOfResults(
  { layout, form }: Pick<CompiledJacobian, 'layout' | 'form'>,
  results: readonly Numbers[],
  references: readonly ReferencePoint[],
): ErrorSummary {
  if (form === 'sparse') throw new Error('the sparse form has the compact kernel; check that');
  const count = references.length;
  const blocks = form === 'dense' ? results : denseNumbers(layout, results, count);
  const errors = references.map(({ jacobian: exact }, point) => {
    let worst = 0;
    layout.outputShapes.forEach((shape, output) => {
      const rows = elementCount(shape);
      for (let row = 0; row < rows; row += 1) {
        worst = Math.max(worst, rowError(row, { blocks, exact, point, output, rows, layout }));
      }
    });
    return worst;
  });
  return {
    points: count,
    p50: quantile(errors, 0.5),
    p90: quantile(errors, 0.9),
    p99: quantile(errors, 0.99),
    max: quantile(errors, 1),
  };
}

function rowError(
  row: number,
  {
    blocks,
    exact,
    point,
    output,
    rows,
    layout,
  }: {
    readonly blocks: readonly Numbers[];
    readonly exact: readonly (readonly number[])[];
    readonly point: number;
    readonly output: number;
    readonly rows: number;
    readonly layout: CompiledJacobian['layout'];
  },
): number {
  let largest = 0;
  let difference = 0;
  layout.inputShapes.forEach((shape, input) => {
    const width = elementCount(shape);
    const place = output * layout.inputShapes.length + input;
    for (let column = 0; column < width; column += 1) {
      const entry = row * width + column;
      const found = blocks[place]?.[point * rows * width + entry] ?? NaN;
      const wanted = exact[place]?.[entry] ?? NaN;
      largest = Math.max(largest, Math.abs(wanted));
      const off = Math.abs(found - wanted);
      // A NaN is no number that a maximum would keep.
      difference = Math.max(difference, Number.isNaN(off) ? Infinity : off);
    }
  });
  return difference === 0 || difference === Infinity ? difference : difference / largest;
}

/**
 * The largest error of dense Jacobians that somebody else computed at the reference points.
 * @param dense by point, row-major over all elements of outputs and inputs
 */
export function worstRowError(
  dense: readonly (readonly number[])[],
  layout: CompiledJacobian['layout'],
  references: readonly ReferencePoint[],
): number {
  const { columns, outputShapes, inputShapes } = layout;
  let top = 0;
  let worst = 0;
  outputShapes.forEach((shape, output) => {
    const rows = elementCount(shape);
    let left = 0;
    // The blocks of one output, cut out of the rows of all points.
    const blocks = inputShapes.map((inputShape) => {
      const width = elementCount(inputShape);
      const block = dense.flatMap((numbers) =>
        Array.from({ length: rows }, (_, row) =>
          numbers.slice((top + row) * columns + left, (top + row) * columns + left + width),
        ).flat(),
      );
      left += width;
      return Float64Array.from(block);
    });
    references.forEach(({ jacobian }, point) => {
      const exact = jacobian.slice(output * inputShapes.length, (output + 1) * inputShapes.length);
      for (let row = 0; row < rows; row += 1) {
        worst = Math.max(worst, rowError(row, { blocks, exact, point, output: 0, rows, layout }));
      }
    });
    top += rows;
  });
  return worst;
}

/** What is wrong with the errors; nothing where the Jacobian may be timed. */
export function errorFault(
  { p50, max }: Pick<ErrorSummary, 'p50' | 'max'>,
  precision: keyof typeof largestError,
): string | undefined {
  const [error, of] = precision === 'f64' ? [max, 'at one point'] : [p50, 'at half of the points'];
  const limit = largestError[precision];
  if (error <= limit) return undefined;
  return `the Jacobian is off by ${error.toExponential(1)} of its row ${of} (allowed: ${limit})`;
}
