/** A Program as one of scalars, the way straight-line targets want it. */
import { scalarise } from '../program/scalarise.ts';
import { simplify } from '../program/simplify.ts';
import type { Program } from '../program/types.ts';
import { formatOf } from './lanes/format.ts';
import { shapeOf } from './shapes.ts';
import { shareReciprocals } from './share-reciprocals.ts';
import type { Precision } from './types.ts';

/** Whether any value has axes. */
export function hasAxes(program: Program): boolean {
  return (
    [...program.inputs, ...program.equations].some(({ type }) => type.shape.length > 0) ||
    program.outputs.some(({ operand }) => shapeOf(program, operand).length > 0)
  );
}

/**
 * The Program as scalars; unless strict, simplified and with shared reciprocals.
 * @returns `undefined` where it has axes and more than `largest` operations on elements
 */
export function scalarsOf(
  program: Program,
  options: {
    readonly precision: Precision;
    readonly strict: boolean;
    readonly largest: number;
  },
): Program | undefined {
  const { precision, strict, largest } = options;
  const tensors = hasAxes(program);
  const prepared = strict ? program : simplify(program);
  const scalars = tensors ? scalarise(prepared).program : prepared;
  if (tensors && scalars.equations.length > largest) return undefined;
  if (strict) return scalars;
  const shared = tensors ? simplify(scalars) : scalars;
  return shareReciprocals(shared, formatOf(precision).smallestNormal);
}
