/**
 * How often values move between memory and so many registers, where the one is given up that is needed
 * last (Belady, A study of replacement algorithms for a virtual-storage computer, IBM Systems Journal 5,
 * 1966). What an engine does is worse; orders of statements can be compared by it.
 */
import type { LaneValue } from '../../../src/compile/lanes/types.ts';
import {
  definedBy,
  isLiteral,
  operandsOf,
  type OutlinedProgram,
} from '../../../src/compile/outline/statements.ts';

/** Loads, and stores of what is going to be loaded again; inputs and literals are in memory anyway. */
export function registerMoves({ statements, ...program }: OutlinedProgram, registers = 14): number {
  const isInMemory = new Set<LaneValue>(program.arguments.map((_, k) => k as LaneValue));
  const code = statements.filter((statement) => {
    if (!isLiteral(statement)) return true;
    for (const value of definedBy(statement)) isInMemory.add(value);
    return false;
  });
  const uses = new Map<LaneValue, number[]>();
  code.forEach((statement, time) => {
    for (const operand of operandsOf(statement)) {
      uses.set(operand, [...(uses.get(operand) ?? []), time]);
    }
  });
  const held = new Set<LaneValue>();
  let moves = 0;
  code.forEach((statement, time) => {
    const operands = new Set(operandsOf(statement));
    const nextUse = (value: LaneValue): number =>
      uses.get(value)?.find((use) => use > time) ?? Infinity;
    const hold = (value: LaneValue): void => {
      if (held.size >= registers) {
        const [last] = [...held]
          .filter((other) => !operands.has(other))
          .sort((a, b) => nextUse(b) - nextUse(a));
        if (last === undefined) throw new Error('a statement needs more registers than there are');
        held.delete(last);
        if (!isInMemory.has(last)) moves += 1;
        isInMemory.add(last);
      }
      held.add(value);
    };
    for (const operand of operands) {
      if (held.has(operand)) continue;
      moves += 1;
      hold(operand);
    }
    for (const operand of operands) if (nextUse(operand) === Infinity) held.delete(operand);
    for (const value of definedBy(statement)) if (nextUse(value) < Infinity) hold(value);
  });
  return moves;
}
