/** Constant tensors. They are written into the equations that use them and are no vertices. */
import { type NestedNumbers, readNested } from './nested-numbers.ts';
import { elementCount } from './shapes.ts';
import { Traced } from './traced.ts';
import type { Shape } from './types.ts';
import { literalTensor } from './values.ts';

export type { NestedNumbers } from './nested-numbers.ts';

/**
 * A constant tensor of nested arrays: `tensor([[1, 2], [3, 4]])`. Operations on constants alone are
 * computed at once, as those on numbers are.
 * @throws UserError tensor-data where arrays differ in length or something is no number
 */
export function tensor(numbers: NestedNumbers): Traced {
  return new Traced(undefined, readNested(numbers));
}

/** A constant tensor of one number. */
export function full(shape: Shape, number: number): Traced {
  const data = new Array<number>(elementCount(shape)).fill(number);
  return new Traced(undefined, literalTensor([...shape], data));
}

/** A constant tensor of zeros. */
export function zeros(shape: Shape): Traced {
  return full(shape, 0);
}

/** A constant tensor of ones. */
export function ones(shape: Shape): Traced {
  return full(shape, 1);
}

/** Ones on the diagonal of a matrix of zeros; square if only the rows are given. */
export function eye(rows: number, columns = rows): Traced {
  const data = Array.from({ length: rows * columns }, (_, place) =>
    Math.floor(place / columns) === place % columns ? 1 : 0,
  );
  return new Traced(undefined, literalTensor([rows, columns], data));
}
