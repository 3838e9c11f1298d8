/** A Program as one of scalars, the way straight-line targets want it. */
import { scalarise } from '../program/scalarise.ts';
import { hasTensors } from '../program/shapes.ts';
import { simplify } from '../program/simplify.ts';
import type { Program } from '../program/types.ts';
import { formatOf } from './lanes/format.ts';
import { shareReciprocals } from './share-reciprocals.ts';
import type { Precision } from './types.ts';

/**
 * The Program as scalars: simplified if wanted, and, unless strict, with shared reciprocals.
 * @returns `undefined` where it has axes and more than `largest` operations on elements
 */
export function scalarsOf(
  program: Program,
  options: {
    readonly precision: Precision;
    readonly strict: boolean;
    readonly simplified: boolean;
    readonly largest: number;
  },
): Program | undefined {
  const { precision, strict, simplified, largest } = options;
  const tensors = hasTensors(program);
  const prepared = simplified ? simplify(program) : program;
  const scalars = tensors ? scalarise(prepared).program : prepared;
  if (tensors && scalars.equations.length > largest) return undefined;
  if (strict) return scalars;
  const shared = tensors && simplified ? simplify(scalars) : scalars;
  return shareReciprocals(shared, formatOf(precision).smallestNormal);
}
