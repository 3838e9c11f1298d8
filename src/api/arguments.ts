/** What a derivative is called with: numbers, nested arrays and typed arrays, as flat arrays. */
import { elementCount, printShape } from '../program/shapes.ts';
import type { Shape } from '../program/types.ts';
import { UserError } from '../support/user-error.ts';

/** A typed array of numbers. */
export type NumberArray = Float64Array | Float32Array | Int32Array | Int16Array | Int8Array;

/** Arrays in arrays, as deep as the tensor has axes. */
export type NestedNumbers = readonly (number | NestedNumbers | NumberArray)[];

/**
 * A number for a scalar, nested arrays for a tensor, or a typed array: a vector, or the elements of
 * an input of known shape in row-major order.
 */
export type TensorArgument = number | NestedNumbers | NumberArray;

/** An argument taken apart. */
export interface FlatArgument {
  readonly shape: Shape;
  readonly data: ArrayLike<number>;
}

function typed(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function wrongType(value: unknown, at: string, wanted: string): UserError {
  const found = value === undefined ? 'nothing' : value === null ? 'null' : typeof value;
  return new UserError({ code: 'argument-type', message: `${wanted}, got ${found}`, at });
}

/** Lengths of the axes that the first elements show. */
function apparentShape(value: unknown): Shape {
  if (typed(value)) return [value.length];
  return Array.isArray(value) ? [value.length, ...apparentShape(value[0])] : [];
}

function flatten(value: unknown, shape: Shape, at: string): ArrayLike<number> {
  if (typed(value) && shape.length > 0 && value.length === elementCount(shape)) return value;
  const data: number[] = [];
  const read = (part: unknown, axis: number): void => {
    const length = shape[axis];
    if (length === undefined) {
      if (typeof part !== 'number') {
        throw wrongType(part, at, 'A derivative is evaluated at numbers and arrays of them');
      }
      data.push(part);
      return;
    }
    if ((!Array.isArray(part) && !typed(part)) || part.length !== length) {
      throw new UserError({
        code: 'argument-shape',
        message:
          `Expected the shape ${printShape(shape)}: ${length} elements along axis ${axis}, got ` +
          (typeof part === 'object' && part !== null && 'length' in part
            ? String(part.length)
            : typeof part),
        at,
      });
    }
    for (let index = 0; index < length; index += 1) read(part[index], axis + 1);
  };
  read(value, 0);
  return data;
}

/**
 * Takes an argument apart.
 * @param shape the shape it has to have; its own if left out
 * @throws UserError `argument-type`, `argument-shape`
 */
export function flatArgument(value: unknown, shape: Shape | undefined, at: string): FlatArgument {
  const known = shape ?? apparentShape(value);
  return { shape: known, data: flatten(value, known, at) };
}

/** The same input of many points. */
export interface FlatColumn extends FlatArgument {
  /** How many points. */
  readonly count: number;
}

/**
 * Takes one input of a batch apart: `[count, …shape]` as nested arrays, or as a flat array of a
 * known shape.
 * @param shape the shape of one point; that of the nested arrays if left out
 * @throws UserError `argument-type`, `argument-shape`, `batch-length`
 */
export function flatColumn(value: unknown, shape: Shape | undefined, at: string): FlatColumn {
  if (!Array.isArray(value) && !typed(value)) {
    throw wrongType(value, at, 'A batch takes an array for each input');
  }
  const [, ...own] = apparentShape(value);
  if (own.length > 0 && (shape === undefined || shape.length > 0)) {
    const whole = [value.length, ...(shape ?? own)];
    return { shape: shape ?? own, data: flatten(value, whole, at), count: value.length };
  }
  const known = shape ?? own;
  const length = elementCount(known);
  const count = length === 0 ? 0 : value.length / length;
  if (!Number.isInteger(count)) {
    throw new UserError({
      code: 'batch-length',
      message: `A flat array for the shape ${printShape(known)} holds ${length} numbers a point, got ${value.length}`,
      at,
    });
  }
  return { shape: known, data: typed(value) ? value : flatten(value, [value.length], at), count };
}

/** A key that is equal for equal lists of shapes. */
export function shapesKey(shapes: readonly Shape[]): string {
  return shapes.map((shape) => shape.join()).join(';');
}
