/**
 * ∂(x^y)/∂y is x^y·log(x = 0 ? 1 : x) (src/program/primitives/powers.ts), so that it is 0 at x = 0 and
 * can be differentiated there. In code that is only run, x = 0 ? 0 : log x is the same number, and its
 * logarithm is that of the base itself, which the power and its derivative share. O(size of the Program).
 */
import { ProgramBuilder } from '../program/builder.ts';
import type { Equation, Operand, Program } from '../program/types.ts';
import { literalNumber } from '../program/values.ts';

const numberOf = (operand: Operand | undefined): number | undefined =>
  operand && literalNumber(operand);

/** The same numbers from logarithms of the bases. */
export function exposeLogarithms(program: Program): Program {
  const { inputs, equations } = program;
  const madeBy = (operand: Operand | undefined, primitive: string): Equation | undefined => {
    const found = operand?.kind === 'value' ? equations[operand.id - inputs.length] : undefined;
    return found?.primitive === primitive ? found : undefined;
  };
  /** The condition x = 0 and x of a choice between 1 and x. */
  const baseOf = (
    operand: Operand | undefined,
  ): { readonly condition: Operand; readonly base: Operand } | undefined => {
    const [condition, one, base] = madeBy(operand, 'where')?.operands ?? [];
    const [left, right] = madeBy(condition, 'eq')?.operands ?? [];
    const isBase =
      base?.kind === 'value' &&
      left?.kind === 'value' &&
      left.id === base.id &&
      numberOf(right) === 0 &&
      numberOf(one) === 1;
    return isBase && condition !== undefined ? { condition, base } : undefined;
  };
  const hasChoice = equations.some(
    ({ primitive, operands }) => primitive === 'log' && baseOf(operands[0]) !== undefined,
  );
  if (!hasChoice) return program;
  const builder = new ProgramBuilder(program.name);
  const moved: Operand[] = inputs.map(({ name, type }) => builder.input(name, type));
  const move = (operand: Operand): Operand => {
    if (operand.kind === 'literal') return operand;
    const found = moved[operand.id];
    if (found === undefined) throw new Error(`value ${operand.id} is used before it exists`);
    return found;
  };
  for (const { primitive, operands, parameters } of equations) {
    const choice = primitive === 'log' ? baseOf(operands[0]) : undefined;
    if (choice === undefined) {
      moved.push(builder.emit(primitive, operands.map(move), parameters));
      continue;
    }
    const logarithm = builder.emit('log', [move(choice.base)]);
    moved.push(builder.emit('where', [move(choice.condition), 0, logarithm]));
  }
  for (const { name, operand } of program.outputs) builder.output(name, move(operand));
  return builder.build();
}
