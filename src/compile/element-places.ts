/**
 * Where elements of tensors lie in flat row-major arrays: a constant and a stride for each index of a
 * loop nest. What every target that loops over axes counts places with.
 */
import { type Axis, sizeOf } from '../notation/block.ts';
import type { Shape } from '../program/types.ts';

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

/** Places that a loop nest writes. */
export interface Window {
  /** The indices that are looped over. */
  readonly out: readonly number[];
  readonly place: Place;
  /** Length of each index. */
  readonly sizes: readonly number[];
}

/** Whether two of the windows write the same place. O(places written). */
export function meet(writes: readonly Window[]): boolean {
  const seen = new Set<number>();
  for (const { out, place, sizes } of writes) {
    let places = [place.constant];
    for (const index of out) {
      const stride = place.strides.get(index) ?? 0;
      places = places.flatMap((at) =>
        Array.from({ length: sizes[index] ?? 1 }, (_, k) => at + k * stride),
      );
    }
    for (const at of places) {
      if (seen.has(at)) return true;
      seen.add(at);
    }
  }
  return false;
}
