/**
 * Tensors taken apart, joined and brought into other shapes. Where nothing is to be done no
 * equation is written, as in JAX; broadcastInDim and slice always write theirs.
 */
import { shapeError } from './parameters.ts';
import { operandError, record, Recorded } from './recording.ts';
import { broadcastShapes, elementCount, printShape, sameShape } from './shapes.ts';
import { reshapeBlock } from './structure.ts';
import { type Axes, lengthOf, resolveAxes, resolveAxis, upTo } from './tensor-axes.ts';
import type { Shape } from './types.ts';
import { literal } from './values.ts';

/**
 * Axes in another order: axis k of the result is axis permutation[k] of x.
 * @param permutation all axes reversed if left out
 * @throws UserError shape-mismatch
 */
export function transpose<T extends Recorded>(x: T, permutation?: readonly number[]): T {
  const given = permutation ?? upTo(x.shape.length).reverse();
  const axes = resolveAxes('transpose', x.shape, given);
  if (axes.length !== x.shape.length) {
    throw shapeError('transpose', [x.shape], `[${given.join(', ')}] does not name every axis`);
  }
  if (axes.every((axis, k) => axis === k)) return x;
  return record(x, 'transpose', [x], { permutation: axes });
}

/**
 * The same elements, row-major, in another shape.
 * @param shape one length may be −1: what is left
 * @throws UserError shape-mismatch
 */
export function reshape<T extends Recorded>(x: T, shape: Shape): T {
  const wanted = completeShape(x.shape, shape);
  if (sameShape(x.shape, wanted)) return x;
  if (reshapeBlock(x.shape, wanted) !== undefined) {
    return record(x, 'reshape', [x], { shape: wanted });
  }
  const flat = record(x, 'reshape', [x], { shape: [elementCount(x.shape)] });
  return record(flat, 'reshape', [flat], { shape: wanted });
}

function completeShape(from: Shape, shape: Shape): Shape {
  const count = elementCount(from);
  const known = shape.filter((length) => length !== -1);
  const rest = elementCount(known);
  const open = shape.length - known.length;
  const inferred = open === 1 && rest > 0 ? count / rest : 0;
  const wanted = shape.map((length) => (length === -1 ? inferred : length));
  const sound = wanted.every((length) => Number.isSafeInteger(length) && length >= 0);
  if (open <= 1 && sound && elementCount(wanted) === count) return wanted;
  throw shapeError('reshape', [from], `its ${count} elements do not fill ${printShape(shape)}`);
}

/**
 * Without axes of length 1.
 * @param axes all axes of length 1 if left out
 * @throws UserError shape-mismatch
 */
export function squeeze<T extends Recorded>(x: T, axes?: Axes): T {
  const { shape } = x;
  const dropped =
    axes === undefined
      ? upTo(shape.length).filter((axis) => shape[axis] === 1)
      : resolveAxes('squeeze', shape, axes);
  return dropped.length === 0 ? x : record(x, 'squeeze', [x], { axes: dropped });
}

/**
 * With new axes of length 1, which are the axes `axes` of the result.
 * @throws UserError shape-mismatch
 */
export function expandDims<T extends Recorded>(x: T, axes: Axes): T {
  const count = typeof axes === 'number' ? 1 : axes.length;
  const kept = [...x.shape];
  const blank = Array.from({ length: x.shape.length + count }, () => 1);
  const added = resolveAxes('expandDims', blank, axes);
  if (added.length === 0) return x;
  const old = upTo(blank.length).filter((axis) => !added.includes(axis));
  old.forEach((axis, k) => (blank[axis] = kept[k] ?? 1));
  return broadcastInDim(x, blank, old);
}

/**
 * x repeated to fill a shape, axes aligned at the last one as in NumPy.
 * @throws UserError shape-mismatch
 */
export function broadcastTo<T extends Recorded>(x: T, shape: Shape): T {
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes('broadcastTo', [x.shape, shape]), shape)) {
    throw shapeError('broadcastTo', [x.shape], `it does not broadcast to ${printShape(shape)}`);
  }
  const missing = shape.length - x.shape.length;
  return broadcastInDim(
    x,
    shape,
    x.shape.map((_, axis) => missing + axis),
  );
}

/**
 * x repeated to fill a shape: its axis k becomes axis dimensions[k] of the result.
 * @throws UserError shape-mismatch
 */
export function broadcastInDim<T extends Recorded>(
  x: T,
  shape: Shape,
  dimensions: readonly number[],
): T {
  return record(x, 'broadcast', [x], { shape: [...shape], axes: [...dimensions] });
}

/** The values of a list; numbers become scalar constants. */
function listed<T extends Recorded>(operation: string, values: readonly (T | number)[]): T[] {
  const like = values.find((value) => value instanceof Recorded);
  if (like === undefined) throw operandError(`${operation} of a list`, values[0]);
  return values.map((value) =>
    typeof value === 'number' ? like.another(undefined, literal(value)) : value,
  );
}

/**
 * Tensors one after the other along an axis.
 * @param values at least one tensor, of the same shape but for the axis
 * @throws UserError shape-mismatch, trace-operand
 */
export function concatenate<T extends Recorded>(values: readonly (T | number)[], axis = 0): T {
  const parts = listed('concatenate', values);
  const [first] = parts;
  if (first === undefined) throw operandError('concatenate', undefined);
  const along = resolveAxis('concatenate', first.shape, axis);
  return parts.length === 1 ? first : record(first, 'concatenate', parts, { axis: along });
}

/**
 * Tensors of one shape side by side along a new axis, which is axis `axis` of the result.
 * @throws UserError shape-mismatch, trace-operand
 */
export function stack<T extends Recorded>(values: readonly (T | number)[], axis = 0): T {
  const parts = listed('stack', values);
  const [first] = parts;
  const odd = parts.find((part) => !sameShape(part.shape, first?.shape ?? []));
  if (first !== undefined && odd !== undefined) {
    throw shapeError('stack', [first.shape, odd.shape], 'all have to have the same shape');
  }
  return concatenate(
    parts.map((part) => expandDims(part, axis)),
    axis,
  );
}

/**
 * Positions start[k] to limit[k] − 1 of each axis k.
 * @throws UserError shape-mismatch
 */
export function slice<T extends Recorded>(
  x: T,
  start: readonly number[],
  limit: readonly number[],
): T {
  return record(x, 'slice', [x], { start: [...start], limit: [...limit] });
}

/** Positions start to limit − 1 of one axis. */
export function sliceAxis<T extends Recorded>(x: T, axis: number, start: number, limit: number): T {
  const { shape } = x;
  return slice(
    x,
    shape.map((_, k) => (k === axis ? start : 0)),
    shape.map((length, k) => (k === axis ? limit : length)),
  );
}

/**
 * Parts along an axis.
 * @param parts how many parts of equal length, or the positions at which parts 2, 3, … begin
 * @throws UserError shape-mismatch
 */
export function split<T extends Recorded>(x: T, parts: number | readonly number[], axis = 0): T[] {
  const along = resolveAxis('split', x.shape, axis);
  const length = lengthOf(x.shape, along);
  if (typeof parts === 'number' && !(Number.isInteger(length / parts) && parts > 0)) {
    throw shapeError('split', [x.shape], `axis ${along} has no ${parts} parts of equal length`);
  }
  const starts =
    typeof parts === 'number'
      ? upTo(parts).map((k) => (k * length) / parts)
      : [0, ...parts.map((start) => (start < 0 ? start + length : start))];
  return starts.map((start, k) => sliceAxis(x, along, start, starts[k + 1] ?? length));
}

/** A position, which drops the axis; `[start, limit]`, to the end without limit; null for all. */
export type Index = number | readonly [start: number, limit?: number] | null;

/**
 * Part of a tensor: `at(x, 0)` is x[0], `at(x, [0, 2])` is x[0, 2], `at(x, [null, [1, 3]])` is
 * x[:, 1:3]. Negative positions count from the end; axes that are not named are kept.
 * @throws UserError shape-mismatch where a position does not exist
 */
export function at<T extends Recorded>(x: T, index: number | readonly Index[]): T {
  const { shape } = x;
  const indices = typeof index === 'number' ? [index] : index;
  if (indices.length > shape.length) {
    throw shapeError('at', [shape], `${indices.length} positions for ${shape.length} axes`);
  }
  const ranges = shape.map((length, axis): readonly [number, number] => {
    const entry = indices[axis] ?? null;
    if (entry === null) return [0, length];
    const fromEnd = (position: number): number => (position < 0 ? position + length : position);
    const start = fromEnd(typeof entry === 'number' ? entry : entry[0]);
    const limit = typeof entry === 'number' ? start + 1 : fromEnd(entry[1] ?? length);
    if (Number.isInteger(start) && Number.isInteger(limit) && start >= 0 && start < limit) {
      if (limit <= length) return [start, limit];
    }
    const what = typeof entry === 'number' ? `position ${entry}` : `range [${entry.join(', ')}]`;
    throw shapeError('at', [shape], `axis ${axis} has no ${what}`);
  });
  const whole = ranges.every(([start, limit], axis) => start === 0 && limit === shape[axis]);
  const part = whole
    ? x
    : slice(
        x,
        ranges.map(([start]) => start),
        ranges.map(([, limit]) => limit),
      );
  const dropped = indices.flatMap((entry, axis) => (typeof entry === 'number' ? [axis] : []));
  return dropped.length === 0 ? part : squeeze(part, dropped);
}
