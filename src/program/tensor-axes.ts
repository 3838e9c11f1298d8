/** Axes as users name them: one or a list, negative from the end. */
import { shapeError } from './parameters.ts';
import type { Shape } from './types.ts';

/** One axis or several; −1 is the last. */
export type Axes = number | readonly number[];

/**
 * Axes as numbers from 0, in the order given.
 * @param shape whose axes they are
 * @throws UserError shape-mismatch for one that does not exist or is named twice
 */
export function resolveAxes(operation: string, shape: Shape, axes: Axes): number[] {
  const rank = shape.length;
  const resolved = (typeof axes === 'number' ? [axes] : axes).map((axis) => {
    if (Number.isInteger(axis) && axis >= -rank && axis < rank)
      return axis < 0 ? axis + rank : axis;
    const known = rank === 0 ? 'a scalar has none' : `axes are ${-rank} to ${rank - 1}`;
    throw shapeError(operation, [shape], `there is no axis ${axis}; ${known}`);
  });
  if (new Set(resolved).size === resolved.length) return resolved;
  throw shapeError(operation, [shape], `an axis is named twice in [${resolved.join(', ')}]`);
}

/** One axis as a number from 0. */
export function resolveAxis(operation: string, shape: Shape, axis: number): number {
  return resolveAxes(operation, shape, axis)[0] ?? 0;
}

/** 0, 1, …, count − 1. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k);
}

/** Length of an axis that exists. */
export function lengthOf(shape: Shape, axis: number): number {
  const length = shape[axis];
  if (length === undefined) throw new Error(`there is no axis ${axis}`);
  return length;
}
