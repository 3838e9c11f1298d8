/** A Program as one of scalars, the way straight-line targets want it. */
import { scalarise } from '../program/scalarise.ts';
import { simplify } from '../program/simplify.ts';
import type { Program } from '../program/types.ts';
import { elementOperations } from './element-operations.ts';
import { exposeLogarithms } from './expose-logarithms.ts';
import { smallestNormalHalf } from '../support/half.ts';
import { formatOf } from './lanes/format.ts';
import { shareReciprocals } from './share-reciprocals.ts';
import { takesTensors } from './shapes.ts';
import type { AnyPrecision } from './types.ts';

/**
 * Operations on elements of a Program that may have so many equations once it is unrolled. A hundred
 * thousand take minutes, so beyond that no more operations than equations are tried.
 */
const mostOperations = (largest: number): number => Math.max(largest, Math.min(10 * largest, 1e5));

/**
 * The Program as scalars: simplified if wanted, and, unless strict, with shared reciprocals.
 * @returns `undefined` where it has axes and more than `largest` equations on elements, or so many
 *   operations that counting equations would take long: a sum of many terms is one equation
 */
export function scalarsOf(
  program: Program,
  options: {
    readonly precision: AnyPrecision;
    readonly strict: boolean;
    readonly simplified: boolean;
    readonly largest: number;
  },
): Program | undefined {
  const { precision, strict, simplified, largest } = options;
  const tensors = takesTensors(program);
  const exposed = strict ? program : exposeLogarithms(program);
  const prepared = simplified ? simplify(exposed) : exposed;
  if (tensors && elementOperations(prepared) > mostOperations(largest)) return undefined;
  const scalars = tensors ? scalarise(prepared).program : prepared;
  if (tensors && scalars.equations.length > largest) return undefined;
  if (strict) return scalars;
  const smallestNormal =
    precision === 'f16' ? smallestNormalHalf : formatOf(precision).smallestNormal;
  const shared = tensors && simplified ? simplify(scalars) : scalars;
  return shareReciprocals(shared, smallestNormal);
}
