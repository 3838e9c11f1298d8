/** Nested arrays, as people and JSON write tensors, and Tensors (row-major) from and to them. */
import type { Shape, Tensor } from '../program/types.ts';
import { UserError } from '../support/user-error.ts';

/** A number, or arrays of them as deep as the shape is long. */
export type NestedArray = number | readonly NestedArray[];

/** `a number`, `3 numbers`, `a 2 × 3 array of numbers`. */
export function describeShape(shape: Shape): string {
  if (shape.length === 0) return 'a number';
  if (shape.length === 1) return `an array of ${shape.join('')} number${shape[0] === 1 ? '' : 's'}`;
  return `a ${shape.join(' × ')} nested array of numbers`;
}

/**
 * Reads a tensor of a known shape; every element must be a finite number.
 * @param value nested arrays (typed arrays too)
 * @param shape the shape it has to have
 * @param at what it is called in errors, such as `sample.x`
 * @throws UserError `value-shape` or `value-number`, with the place of the first fault.
 */
export function tensorFromNested(value: unknown, shape: Shape, at: string): Tensor {
  const data: number[] = [];
  const read = (part: unknown, axis: number, place: string): void => {
    const size = shape[axis];
    if (size === undefined) {
      if (typeof part !== 'number') {
        throw wrongShape(`${describe(part)} where a number belongs`, place, shape);
      }
      if (!Number.isFinite(part)) {
        throw new UserError({
          code: 'value-number',
          message: `${String(part)} is no finite number; give a point in the function's domain`,
          at: place,
        });
      }
      data.push(part);
      return;
    }
    if (!Array.isArray(part) && !isNumberArray(part)) {
      throw wrongShape(`${describe(part)} where ${size} elements belong`, place, shape);
    }
    if (part.length !== size) {
      throw wrongShape(`${part.length} elements where ${size} belong`, place, shape);
    }
    for (let index = 0; index < size; index += 1) {
      read(part[index], axis + 1, `${place}[${index}]`);
    }
  };
  read(value, 0, at);
  return { shape, data };
}

function isNumberArray(value: unknown): value is Float64Array | Float32Array | Int32Array {
  return (
    value instanceof Float64Array || value instanceof Float32Array || value instanceof Int32Array
  );
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function wrongShape(found: string, at: string, shape: Shape): UserError {
  return new UserError({
    code: 'value-shape',
    message: `${found}; give ${describeShape(shape)}`,
    at,
  });
}

/** A tensor as nested arrays; a scalar is a plain number. */
export function nestedFromTensor(tensor: Tensor): NestedArray {
  let offset = 0;
  const build = (axis: number): NestedArray => {
    const size = tensor.shape[axis];
    if (size === undefined) {
      const element = tensor.data[offset];
      if (element === undefined) throw new Error('a tensor has fewer elements than its shape');
      offset += 1;
      return element;
    }
    return Array.from({ length: size }, () => build(axis + 1));
  };
  return build(0);
}
