/** Numbers in nested arrays, as people write tensors. */
import { UserError } from '../support/user-error.ts';
import type { Literal } from './types.ts';
import { literalTensor } from './values.ts';

/** A number, or arrays of equal lengths in arrays. */
export type NestedNumbers = number | readonly NestedNumbers[];

/**
 * The literal that nested arrays stand for.
 * @throws UserError tensor-data where arrays differ in length or something is no number
 */
export function readNested(numbers: NestedNumbers): Literal {
  const shape: number[] = [];
  for (let level: unknown = numbers; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
  }
  const data: number[] = [];
  const visit = (level: unknown, place: readonly number[]): void => {
    const length = shape[place.length];
    if (length === undefined && typeof level === 'number') {
      data.push(level);
      return;
    }
    if (Array.isArray(level) && level.length === length) {
      level.forEach((part, k) => {
        visit(part, [...place, k]);
      });
      return;
    }
    const where = place.map((k) => `[${k}]`).join('');
    const wanted = length === undefined ? 'a number' : `an array of ${length}`;
    throw new UserError({
      code: 'tensor-data',
      message: `tensor: ${where === '' ? 'the data' : `data${where}`} has to be ${wanted}, as its neighbours are`,
    });
  };
  visit(numbers, []);
  return literalTensor(shape, data);
}
