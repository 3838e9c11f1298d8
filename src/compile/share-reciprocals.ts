/**
 * Divisions by one value as one reciprocal and products: x/d and y/d become x·r and y·r with r = 1/d,
 * and x/c for a literal c becomes x·(1/c). A division takes the time of several products, and
 * accumulated Jacobians divide by the same values over and over.
 *
 * A product with a rounded reciprocal is rounded twice: off by up to 1.5 units in the last place
 * where a quotient is off by ½. NaN and infinities stay where they are, except that a denominator
 * below 1/(largest number), which is subnormal, has no finite reciprocal: then 0/d becomes NaN and a
 * finite quotient infinite. O(size of the Program).
 */
import { ProgramBuilder } from '../program/builder.ts';
import type { Equation, Operand, Program } from '../program/types.ts';
import { literal, literalNumber } from '../program/values.ts';

/** Divisions by the same value from which on a reciprocal pays. */
const fewestShared = 2;

/** How many equations divide by each value. */
function countDivisions({ equations }: Program): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { primitive, operands } of equations) {
    const [, denominator] = operands;
    if (primitive !== 'div' || denominator?.kind !== 'value') continue;
    counts.set(denominator.id, (counts.get(denominator.id) ?? 0) + 1);
  }
  return counts;
}

/** The literal 1/c where it is as good as c: neither 0 nor infinite nor subnormal. */
function invertedLiteral(operand: Operand, smallest: number): Operand | undefined {
  const number = literalNumber(operand);
  if (number === undefined) return undefined;
  const inverse = 1 / number;
  const isNormal = Math.abs(inverse) >= smallest && Math.abs(inverse) <= 1 / smallest;
  return isNormal ? literal(inverse) : undefined;
}

/**
 * The same function with shared reciprocals.
 * @param program of scalars
 * @param smallest smallest normal number of the precision that it is computed in
 */
export function shareReciprocals(program: Program, smallest: number): Program {
  const counts = countDivisions(program);
  const builder = new ProgramBuilder(program.name);
  const moved: Operand[] = program.inputs.map(({ name, type }) => builder.input(name, type));
  const move = (operand: Operand): Operand => {
    if (operand.kind === 'literal') return operand;
    const found = moved[operand.id];
    if (found === undefined) throw new Error(`value ${operand.id} is used before it exists`);
    return found;
  };
  const reciprocals = new Map<number, Operand>();
  const reciprocalOf = (denominator: Operand): Operand | undefined => {
    if (denominator.kind === 'literal') return invertedLiteral(denominator, smallest);
    if ((counts.get(denominator.id) ?? 0) < fewestShared) return undefined;
    const known = reciprocals.get(denominator.id);
    if (known !== undefined) return known;
    const made = builder.emit('div', [1, move(denominator)]);
    reciprocals.set(denominator.id, made);
    return made;
  };
  const rewrite = ({ primitive, operands, parameters }: Equation): Operand => {
    const [numerator, denominator] = operands;
    if (primitive === 'div' && numerator !== undefined && denominator !== undefined) {
      const reciprocal = reciprocalOf(denominator);
      if (reciprocal !== undefined) {
        return literalNumber(numerator) === 1
          ? reciprocal
          : builder.emit('mul', [move(numerator), reciprocal]);
      }
    }
    return builder.emit(primitive, operands.map(move), parameters);
  };
  for (const equation of program.equations) moved.push(rewrite(equation));
  for (const { name, operand } of program.outputs) builder.output(name, move(operand));
  return builder.build();
}
