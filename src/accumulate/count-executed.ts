/**
 * Runs an accumulation Program equation by equation and counts the multiplications that the
 * accumulation stage really executes: the check of `Accumulation.multiplications`, and what `eval`
 * reports.
 */
import { primitiveNamed } from '../program/primitives.ts';
import type { Operand } from '../program/types.ts';
import type { Accumulation } from './types.ts';

/** What one run gave. */
export interface CountedRun {
  /** The function's values. */
  readonly values: readonly number[];
  /** Dense: `jacobian[output][input]`. */
  readonly jacobian: readonly (readonly number[])[];
  /** Multiplications executed in the accumulation stage. */
  readonly multiplications: number;
}

/**
 * Evaluates values and Jacobian at one point.
 * @param accumulation of a scalar function
 * @param point one number an input
 */
export function countExecuted(accumulation: Accumulation, point: readonly number[]): CountedRun {
  const { program, primalEquations, partialEquations, blocks } = accumulation;
  if (point.length !== program.inputs.length) {
    throw new Error(`${program.name} has ${program.inputs.length} inputs, got ${point.length}`);
  }
  const results: number[] = [...point];
  const valueOf = (operand: Operand): number => {
    const value = operand.kind === 'literal' ? operand.data[0] : results[operand.id];
    if (value === undefined) throw new Error('an operand stands before its equation');
    return value;
  };
  let multiplications = 0;
  program.equations.forEach(({ primitive, operands, parameters }, index) => {
    const inAccumulation = index >= primalEquations + partialEquations;
    if (inAccumulation && primitive === 'mul') multiplications += 1;
    results.push(primitiveNamed(primitive).evaluate(operands.map(valueOf), parameters));
  });
  const jacobian = accumulation.values.map(() => program.inputs.map(() => 0));
  for (const { output, input, value } of blocks) {
    const row = jacobian[output];
    if (row === undefined) throw new Error(`there is no output ${output}`);
    row[input] = valueOf(value);
  }
  return {
    values: accumulation.values.map(({ operand }) => valueOf(operand)),
    jacobian,
    multiplications,
  };
}
