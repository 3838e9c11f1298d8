/**
 * Elemental partials: making them, and what the number beside the deltas becomes under products and
 * sums. Classes are ordered unit < constant < variable; signs of units are not tracked through sums
 * (1 + 1 and 1 − 1 are both constants), so no cancellation is ever assumed.
 */
import type { Shape } from '../program/types.ts';
import type { Block } from '../notation/block.ts';
import type { BlockValue } from './block-value.ts';
import type { AxisIndex, Coefficient, Edge, ElementalPartial, Graph } from './types.ts';

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

const noIndices: readonly never[] = [];

function newScalarPartial(coefficient: Coefficient): ElementalPartial {
  return {
    to: noIndices,
    from: noIndices,
    value: noIndices,
    sizes: noIndices,
    coefficient,
  };
}

const generalScalar = newScalarPartial(variable);
const plusOne = newScalarPartial(unit(1));
const minusOne = newScalarPartial(unit(-1));

/**
 * The partial of a scalar with respect to a scalar: no axes, one number. Those that say nothing but
 * their class are one object each: a large graph has millions of them.
 */
export function scalarPartial(coefficient: Coefficient): ElementalPartial {
  switch (coefficient.kind) {
    case 'variable':
      return generalScalar;
    case 'unit':
      return coefficient.value === 1 ? plusOne : minusOne;
    case 'constant':
      return newScalarPartial(coefficient);
  }
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
  if (to.length === 0 && from.length === 0) return scalarPartial(coefficient);
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

/** What an edge of this worth carries. */
export function partialOf(value: BlockValue): ElementalPartial {
  const { to, from, value: word, sizes } = value.block;
  return { to, from, value: word, sizes, coefficient: coefficientOfValue(value) };
}

function coefficientOfValue(value: BlockValue): Coefficient {
  switch (value.kind) {
    case 'unit':
      return unit(value.sign);
    case 'constant':
      return value.numbers.length === 1 ? constant(value.numbers[0]) : constant();
    case 'variable':
      return variable;
  }
}

/** The block of an edge: its partial with the shapes of the two vertices. */
export function blockOf(graph: Graph, edge: Edge): Block {
  const { to, from, value, sizes, coefficient } = edge.partial;
  const shape = (position: number): Shape => graph.vertices[position]?.shape ?? [];
  return {
    to,
    from,
    value,
    sizes,
    coefficient: coefficient.kind,
    toShape: shape(edge.to),
    fromShape: shape(edge.from),
  };
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
