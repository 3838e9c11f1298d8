/** Kinds of numbers that Programs are evaluated over. */
import { primitiveNamed } from './primitives.ts';
import type { Parameters } from './types.ts';

/** A kind of number: how literals and primitives act on single elements. */
export interface Arithmetic<T> {
  /** The number that a literal stands for. */
  literal(x: number): T;
  /** Applies the element-wise or variadic primitive of this name to one element of each operand. */
  apply(primitive: string, operands: readonly T[], parameters: Parameters): T;
  /** Sum of two or more terms; `add` from the left if left out. */
  sum?(terms: readonly [T, T, ...T[]]): T;
  /** Sum of one or more products; `mul` and `add` from the left if left out. */
  dot?(pairs: readonly [readonly [T, T], ...(readonly [T, T])[]]): T;
  /** The largest or smallest of two or more terms; `max` or `min` from the left if left out. */
  extreme?(choose: 'max' | 'min', terms: readonly [T, T, ...T[]]): T;
}

/** Doubles, as the primitive table evaluates them. */
export const doubles: Arithmetic<number> = {
  literal: (x) => x,
  apply: (name, operands, parameters) => {
    const primitive = primitiveNamed(name);
    if (primitive.class === 'structural') throw new Error(`${name} does not act on single numbers`);
    return primitive.evaluate(operands, parameters);
  },
};

/** Sum of any number of terms; none is 0, one is itself. */
export function sumTerms<T>(arithmetic: Arithmetic<T>, terms: readonly T[]): T {
  const [first, second, ...rest] = terms;
  if (terms.length === 0) return arithmetic.literal(0);
  // Lengths were looked at, since T may be anything, undefined too.
  if (terms.length === 1) return first as T;
  if (arithmetic.sum !== undefined) return arithmetic.sum([first as T, second as T, ...rest]);
  return terms.reduce((sum, term) => arithmetic.apply('add', [sum, term], {}));
}

/** Sum of any number of products; none is 0. */
export function sumProducts<T>(arithmetic: Arithmetic<T>, pairs: readonly (readonly [T, T])[]): T {
  const [first, ...rest] = pairs;
  if (first === undefined) return arithmetic.literal(0);
  if (arithmetic.dot !== undefined) return arithmetic.dot([first, ...rest]);
  return sumTerms(
    arithmetic,
    pairs.map(([x, y]) => arithmetic.apply('mul', [x, y], {})),
  );
}

/** The largest or smallest of one or more terms. */
export function extremeTerm<T>(
  arithmetic: Arithmetic<T>,
  choose: 'max' | 'min',
  terms: readonly T[],
): T {
  const [first, second, ...rest] = terms;
  if (terms.length === 0) throw new Error(`${choose} of no elements`);
  // Lengths were looked at, since T may be anything, undefined too.
  if (terms.length === 1) return first as T;
  if (arithmetic.extreme !== undefined) {
    return arithmetic.extreme(choose, [first as T, second as T, ...rest]);
  }
  return terms.reduce((best, term) => arithmetic.apply(choose, [best, term], {}));
}
