/**
 * The primitives on whole tensors, one function each and one equation a call: what a task writes
 * whose equations have to be those of a given program. Shapes are those of the operands; errors name
 * the operation and the shapes.
 */
import { applyPrimitive, Traced } from './traced.ts';
import type { LinearName, StructuralName } from './primitive.ts';
import type { Parameters, Shape } from './types.ts';
import { literal } from './values.ts';

function structural(
  name: StructuralName | LinearName,
  operands: readonly Traced[],
  parameters: Parameters,
): Traced {
  const result = applyPrimitive(name, operands, parameters);
  if (result instanceof Traced) return result;
  throw new Error(`${name} of traced values is traced`);
}

/** Sum over `axes`, which are dropped. */
export function reduceSum(x: Traced, axes: readonly number[]): Traced {
  return structural('sum', [x], { axes });
}

/** Largest element along `axes`, which are dropped; equal ones share the derivative. */
export function reduceMax(x: Traced, axes: readonly number[]): Traced {
  return structural('reduceMax', [x], { axes });
}

/** Smallest element along `axes`, which are dropped; equal ones share the derivative. */
export function reduceMin(x: Traced, axes: readonly number[]): Traced {
  return structural('reduceMin', [x], { axes });
}

/** x repeated to `shape`; its axis k becomes axis `axes[k]` of the result. */
export function broadcastInDim(x: Traced, shape: Shape, axes: readonly number[]): Traced {
  return structural('broadcast', [x], { shape, axes });
}

/** Axis k of the result is axis `permutation[k]` of x. */
export function transpose(x: Traced, permutation: readonly number[]): Traced {
  return structural('transpose', [x], { permutation });
}

/** The same elements, row-major, as `shape`. */
export function reshape(x: Traced, shape: Shape): Traced {
  return structural('reshape', [x], { shape });
}

/** Positions `start` to `limit` − 1 of each axis. */
export function slice(x: Traced, start: readonly number[], limit: readonly number[]): Traced {
  return structural('slice', [x], { start, limit });
}

/** Tensors one after the other along `axis`. */
export function concatenate(operands: readonly Traced[], axis: number): Traced {
  return structural('concatenate', operands, { axis });
}

/** Axes that dotGeneral pairs: the k-th of the left with the k-th of the right. */
export interface DimensionNumbers {
  /** Axes that are multiplied and summed over. */
  readonly contract: readonly [left: readonly number[], right: readonly number[]];
  /** Axes that stay, once, in front. */
  readonly batch?: readonly [left: readonly number[], right: readonly number[]];
}

/** Sum of products; axes of the result: batch, the rest of the left, the rest of the right. */
export function dotGeneral(
  left: Traced,
  right: Traced,
  { contract, batch = [[], []] }: DimensionNumbers,
): Traced {
  return structural('dot', [left, right], {
    leftContract: contract[0],
    rightContract: contract[1],
    leftBatch: batch[0],
    rightBatch: batch[1],
  });
}

/**
 * A tensor that is `value` everywhere, as an equation (a broadcast of a literal) in the trace of
 * `beside`. Literals need no equation; this is for programs that have one.
 */
export function filledBeside(beside: Traced, value: number, shape: Shape): Traced {
  const { trace } = Traced.place(beside);
  return new Traced(trace, trace.builder.emit('broadcast', [literal(value)], { shape, axes: [] }));
}
