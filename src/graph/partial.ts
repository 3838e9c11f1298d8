/**
 * Elemental partials: making them, and what the number beside the deltas becomes under products and
 * sums. Classes are ordered unit < constant < variable; signs of units are not tracked through sums
 * (1 + 1 and 1 − 1 are both constants), so no cancellation is ever assumed.
 */
import type { Shape } from '../program/types.ts';
import type { AxisIndex, Coefficient, ElementalPartial } from './types.ts';

/** The coefficient ±1. */
export function unit(value: 1 | -1 = 1): Coefficient {
  return { kind: 'unit', value };
}

/**
 * A coefficient that is known before run time; without a number, one that is constant but whose
 * value is not kept.
 */
export function constant(value?: number): Coefficient {
  return value === undefined ? { kind: 'constant' } : { kind: 'constant', value };
}

/** A coefficient that depends on the input. */
export const variable: Coefficient = { kind: 'variable' };

/** The coefficient of a known number: ±1 is a unit, every other number a constant. */
export function coefficientOf(value: number): Coefficient {
  return value === 1 || value === -1 ? unit(value) : constant(value);
}

/** 0 for a unit, 1 for a constant, 2 for a variable: the order that products and sums go by. */
export function coefficientRank(coefficient: Coefficient): 0 | 1 | 2 {
  switch (coefficient.kind) {
    case 'unit':
      return 0;
    case 'constant':
      return 1;
    case 'variable':
      return 2;
  }
}

/**
 * The coefficient of the sum of two parallel partials: the larger class, but unit + unit is a
 * constant, whatever the number is. Numbers are added where both are known.
 */
export function addCoefficients(a: Coefficient, b: Coefficient): Coefficient {
  if (a.kind === 'variable' || b.kind === 'variable') return variable;
  if (a.value === undefined || b.value === undefined) return constant();
  return constant(a.value + b.value);
}

/** The partial of a scalar with respect to a scalar: no axes, one number. */
export function scalarPartial(coefficient: Coefficient): ElementalPartial {
  return { to: [], from: [], value: [], sizes: [], coefficient };
}

/** True where every axis has length 1 (or there is none): such a tensor counts as a scalar. */
export function isScalarShape(shape: Shape): boolean {
  return shape.every((size) => size === 1);
}

/**
 * One number between two vertices that count as scalars (every axis of length 1): each axis has an
 * index of its own.
 */
export function numberPartial(to: Shape, from: Shape, coefficient: Coefficient): ElementalPartial {
  return {
    to: to.map((_, index) => axis(index)),
    from: from.map((_, index) => axis(to.length + index)),
    value: [],
    sizes: [...to, ...from],
    coefficient,
  };
}

/**
 * The coefficient of a product: the larger class; numbers are multiplied where both are known.
 */
export function multiplyCoefficients(a: Coefficient, b: Coefficient): Coefficient {
  if (a.kind === 'variable' || b.kind === 'variable') return variable;
  if (a.kind === 'unit' && b.kind === 'unit') return unit(a.value === b.value ? 1 : -1);
  return a.value === undefined || b.value === undefined ? constant() : constant(a.value * b.value);
}

/** One index along a whole axis. */
export function axis(index: number, offset = 0): readonly AxisIndex[] {
  return [{ index, offset }];
}

/**
 * The partial of an element-wise equation of shape `result` with respect to an operand of shape
 * `operand`, both broadcast as NumPy does (aligned at the last axis; an axis of length 1 repeats).
 * Axes of equal length are tied by a delta; an operand's axis of length 1 under a longer result axis
 * has an index of its own. `value` lists the shapes that the stored value is broadcast from: it
 * depends on the result's axis k exactly where one of them really has that axis (longer than 1, or
 * as long as the result's).
 */
export function elementwisePartial(
  result: Shape,
  operand: Shape,
  value: readonly Shape[],
  coefficient: Coefficient,
): ElementalPartial {
  const sizes: number[] = [...result];
  const to = result.map((_, position) => axis(position));
  const from = operand.map((size, position) => {
    const aligned = result.length - operand.length + position;
    if (size === result[aligned]) return axis(aligned);
    sizes.push(size);
    return axis(sizes.length - 1);
  });
  const carried = result.flatMap((size, position) => {
    const depends = value.some((shape) => {
      const own = shape[shape.length - result.length + position];
      return own !== undefined && own === size;
    });
    return depends ? [position] : [];
  });
  return { to, from, value: carried, sizes, coefficient };
}

/**
 * The same partial with its indices numbered by first appearance (axes of `to`, then of `from`), the
 * value's indices ascending and unused indices dropped. Two partials that differ in the names of
 * indices only become equal.
 */
export function canonicalPartial(partial: ElementalPartial): ElementalPartial {
  const numbers = new Map<number, number>();
  const rename = (index: number): number => {
    const known = numbers.get(index);
    if (known !== undefined) return known;
    numbers.set(index, numbers.size);
    return numbers.size - 1;
  };
  const renameAxis = (factors: readonly AxisIndex[]): readonly AxisIndex[] =>
    factors.map(({ index, offset }) => ({ index: rename(index), offset }));
  const to = partial.to.map(renameAxis);
  const from = partial.from.map(renameAxis);
  const value = partial.value.map(rename).sort((a, b) => a - b);
  const sizes = [...numbers.keys()].map((index) => partial.sizes[index] ?? 1);
  return { to, from, value, sizes, coefficient: partial.coefficient };
}
