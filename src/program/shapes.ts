/**
 * Shapes and broadcasting, as NumPy has it (numpy.org, "Broadcasting"): axes are aligned at the
 * last one, and an axis of length 1, or one that is missing, is repeated.
 */
import { UserError } from '../support/user-error.ts';
import type { Program, Shape, Tensor } from './types.ts';

/** How many elements a tensor of this shape has; 1 for a scalar. */
export function elementCount(shape: Shape): number {
  return shape.reduce((count, length) => count * length, 1);
}

/** Whether anything in a Program has axes: an input, a value, or a number that is an output. */
export function hasTensors({ inputs, equations, outputs }: Program): boolean {
  return (
    [...inputs, ...equations].some(({ type }) => type.shape.length > 0) ||
    outputs.some(({ operand }) => operand.kind === 'literal' && operand.shape.length > 0)
  );
}

/** Whether two shapes have the same axes. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** `[2, 3]`, for messages. */
export function printShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

function commonLength(a: number, b: number): number | undefined {
  if (a === b || b === 1) return a;
  return a === 1 ? b : undefined;
}

/**
 * The shape that all shapes broadcast to.
 * @param operation name of the operation, for the message
 * @throws UserError shape-mismatch, naming the operation and the shapes
 */
export function broadcastShapes(operation: string, shapes: readonly Shape[]): Shape {
  let result: Shape = [];
  for (const shape of shapes) {
    const rank = Math.max(result.length, shape.length);
    const lengths: number[] = [];
    for (let axis = 0; axis < rank; axis += 1) {
      const a = result[axis - rank + result.length] ?? 1;
      const b = shape[axis - rank + shape.length] ?? 1;
      const length = commonLength(a, b);
      if (length === undefined) {
        throw new UserError({
          code: 'shape-mismatch',
          message:
            `${operation} can't combine the shapes ${shapes.map(printShape).join(' and ')}: ` +
            `aligned at the last axis, lengths have to be equal or 1, but ${a} meets ${b}`,
        });
      }
      lengths.push(length);
    }
    result = lengths;
  }
  return result;
}

/**
 * For every element of the result, in row-major order, the position of the element of a tensor of
 * shape `from` that is repeated there.
 * @param from a shape that broadcasts to `to`
 */
export function broadcastPositions(from: Shape, to: Shape): number[] {
  const missing = to.length - from.length;
  let positions = [0];
  for (const [axis, length] of to.entries()) {
    const own = axis < missing ? 1 : (from[axis - missing] ?? 1);
    positions = positions.flatMap((position) =>
      Array.from({ length }, (_, index) => position * own + (own === 1 ? 0 : index)),
    );
  }
  return positions;
}

/** The tensor with its elements repeated to fill `shape`. */
export function broadcastTensor<T>(tensor: Tensor<T>, shape: Shape): Tensor<T> {
  if (sameShape(tensor.shape, shape)) return tensor;
  const data = broadcastPositions(tensor.shape, shape).map((position) =>
    elementAt(tensor, position),
  );
  return { shape, data };
}

/**
 * The element at a row-major position.
 * @throws Error where the tensor has no such element
 */
export function elementAt<T>({ shape, data }: Tensor<T>, position: number): T {
  // Not compared with undefined: T is any number type.
  if (position >= data.length) {
    throw new Error(`a tensor of shape ${printShape(shape)} has ${data.length} elements`);
  }
  return data[position] as T;
}
