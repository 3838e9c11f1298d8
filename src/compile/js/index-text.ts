/**
 * Places in flat arrays as text: sums of loop variables times strides. Loops over indices of length
 * 1 are not written, so their variables are 0 and stand nowhere.
 */
import { type Axis, sizeOf } from '../../notation/block.ts';
import type { Shape } from '../../program/types.ts';

/** constant + Σ stride · index. */
export interface Place {
  readonly constant: number;
  /** Index → stride. */
  readonly strides: ReadonlyMap<number, number>;
}

/** The row-major place that the axes of a block point at in a tensor of this shape. */
export function placeOfAxes(axes: readonly Axis[], shape: Shape, sizes: readonly number[]): Place {
  const strides = new Map<number, number>();
  let constant = 0;
  let stride = 1;
  for (const [k, axis] of [...axes.entries()].toReversed()) {
    let factor = stride;
    for (const { index, offset } of axis.toReversed()) {
      strides.set(index, (strides.get(index) ?? 0) + factor);
      constant += offset * factor;
      factor *= sizeOf(sizes, index);
    }
    stride *= shape[k] ?? 1;
  }
  return { constant, strides };
}

/** The element of a tensor of shape `own` that broadcasting puts at indices 0, 1, … of `result`. */
export function placeOfBroadcast(own: Shape, result: Shape): Place {
  const strides = new Map<number, number>();
  let stride = 1;
  for (const [axis, length] of [...own.entries()].toReversed()) {
    const index = result.length - own.length + axis;
    if (length !== 1) strides.set(index, stride);
    stride *= length;
  }
  return { constant: 0, strides };
}

/** Name of the loop variable of an index. */
export const loopVariable = (index: number): string => `k${index}`;

/** The place as an expression, counted from the variable `start` if there is one. */
export function placeText(place: Place, sizes: readonly number[], start?: string): string {
  const { constant, strides } = place;
  const terms = [...strides]
    .filter(([index]) => sizes[index] !== 1)
    .sort(([a], [b]) => a - b)
    .map(([index, stride]) =>
      stride === 1 ? loopVariable(index) : `${stride} * ${loopVariable(index)}`,
    );
  const all = [...(start === undefined ? [] : [start]), ...terms];
  if (constant !== 0 || all.length === 0) all.push(String(constant));
  return all.join(' + ');
}

/** The lines inside loops over these indices, outermost first. */
export function nested(
  indices: readonly number[],
  sizes: readonly number[],
  body: readonly string[],
): string[] {
  return indices
    .filter((index) => sizes[index] !== 1)
    .reduceRight<string[]>(
      (lines, index) => {
        const name = loopVariable(index);
        return [
          `for (let ${name} = 0; ${name} < ${sizeOf(sizes, index)}; ${name} += 1) {`,
          ...lines.map((line) => `  ${line}`),
          '}',
        ];
      },
      [...body],
    );
}
