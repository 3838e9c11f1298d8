/**
 * Whether a Program of tensors is unrolled to scalars or loops: straight code needs no addresses and
 * sees every zero, but writing it and optimising it takes time for each operation.
 */
import { hasTensors } from '../../program/shapes.ts';
import type { Program } from '../../program/types.ts';
import { UserError } from '../../support/user-error.ts';
import { elementOperations } from '../element-operations.ts';
import { scalarsOf } from '../scalars.ts';
import type { Precision, TensorCode } from '../types.ts';

/** Most operations on elements of a Program of tensors that is unrolled where that is asked for. */
export const largestUnrolled = 100_000;

/**
 * Most operations on elements up to which a Program of tensors is unrolled unasked: tasks of up to
 * 8,200 run 10 to 25 % faster unrolled, layers of 18,000 take 2.6 times as long (docs/targets.md).
 */
export const quickestUnrolled = 10_000;

/** The way to code that is quicker. O(equations). */
export function quickerCode(program: Program): TensorCode {
  const isShort = !hasTensors(program) || elementOperations(program) <= quickestUnrolled;
  return isShort ? 'unrolled' : 'loops';
}

/**
 * The Program as scalars: simplified if wanted, and, unless strict, with shared reciprocals.
 * @throws UserError `target-size` where it has axes and too many operations
 */
export function scalarProgram(
  program: Program,
  precision: Precision,
  options: { readonly strict: boolean; readonly simplified: boolean },
): Program {
  const scalars = scalarsOf(program, { precision, ...options, largest: largestUnrolled });
  if (scalars !== undefined) return scalars;
  throw new UserError({
    code: 'target-size',
    message: `${program.name} has ${elementOperations(program)} operations on elements, more than are unrolled to scalars; use the target wasm or js, which loop`,
  });
}
