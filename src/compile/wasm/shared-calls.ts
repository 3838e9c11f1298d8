/**
 * Calls of one function that share a run of it: where all lanes of a vector are equal, as in the code
 * of one point, two calls (four in single precision) run as one, an argument a lane. A call depends
 * only on calls of lower levels, so those of one level are independent; statements are sorted by
 * level, otherwise in their order. A lane's result does not depend on its neighbours, so every bit
 * stays. Linear time but for the sorting by level.
 */
import type { LaneValue } from '../lanes/types.ts';
import {
  type CallStatement,
  definedBy,
  operandsOf,
  type OutlinedProgram,
  type PointStatement,
} from '../outline/statements.ts';

/** The program with calls that share. @param lanes of a vector: most calls that share one run */
export function shareCalls(
  program: OutlinedProgram,
  lanes: number,
): OutlinedProgram<PointStatement> {
  if (!program.statements.some(({ kind }) => kind === 'call')) return program;
  const levels = new Map<LaneValue, number>();
  /** By level: calls by callee, and what needs the results of them. */
  const calls: Map<number, CallStatement[]>[] = [];
  const others: PointStatement[][] = [];
  for (const statement of program.statements) {
    const deepest = operandsOf(statement).reduce(
      (level, operand) => Math.max(level, levels.get(operand) ?? 0),
      0,
    );
    const level = statement.kind === 'call' ? deepest + 1 : deepest;
    for (const value of definedBy(statement)) levels.set(value, level);
    if (statement.kind !== 'call') {
      (others[level] ??= []).push(statement);
      continue;
    }
    const own = (calls[level] ??= new Map<number, CallStatement[]>());
    const same = own.get(statement.callee) ?? [];
    same.push(statement);
    own.set(statement.callee, same);
  }
  const depth = Math.max(calls.length, others.length);
  const statements = Array.from({ length: depth }, (_, level): PointStatement[] => [
    ...[...(calls[level]?.values() ?? [])].flatMap((same) => sharing(same, lanes)),
    ...(others[level] ?? []),
  ]).flat();
  return { ...program, statements };
}

/** Calls of one function in groups of at most so many. */
function sharing(calls: readonly CallStatement[], lanes: number): PointStatement[] {
  return Array.from({ length: Math.ceil(calls.length / lanes) }, (_, group): PointStatement => {
    const members = calls.slice(group * lanes, (group + 1) * lanes);
    const [head, second] = members;
    if (head === undefined) throw new Error('a group has a call');
    return second === undefined
      ? head
      : { kind: 'sharedCall', callee: head.callee, calls: members };
  });
}
