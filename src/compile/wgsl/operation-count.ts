/** How much arithmetic straight-line code is. */
import type { OutlinedProgram } from '../outline/statements.ts';

/** Operations of straight-line code: literals and routines for rare arguments left out. */
export function operationCount({ statements, functions }: OutlinedProgram): number {
  const own = (list: OutlinedProgram['statements']): number =>
    list.filter((each) => each.kind === 'define' && each.operation.operands.length > 0).length;
  return statements.reduce(
    (sum, statement) =>
      statement.kind === 'call' ? sum + own(functions[statement.callee]?.statements ?? []) : sum,
    own(statements),
  );
}
