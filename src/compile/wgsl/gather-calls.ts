/**
 * Calls of one function side by side, as many as the order of evaluation allows. A shader compiler
 * puts functions in place wherever they are called, routines for rare arguments included; hundreds of
 * sines are then a hundred thousand operations, which take minutes to compile and do not fit the
 * instruction cache. What stands side by side is written as one loop (body.ts), so the function is in
 * the kernel once.
 *
 * Greedy: where a call is due, every later call of the same function that depends on no call which
 * is still to come is made with it; what its arguments need comes before. O(size · distinct functions)
 * in practice: each search for later calls is linear.
 */
import type { LaneValue } from '../lanes/types.ts';
import { Placement } from '../outline/placement.ts';
import {
  type CallStatement,
  definedBy,
  operandsOf,
  type OutlinedProgram,
  type OutlinedStatement,
} from '../outline/statements.ts';

/** Most calls of one loop: their arguments and results lie in arrays of the invocation. */
export const longestLoop = 64;

/** The program with its statements in such an order. */
export function gatherCalls(program: OutlinedProgram): OutlinedProgram {
  const { statements } = program;
  const makerOf = new Map<LaneValue, OutlinedStatement>();
  for (const statement of statements) {
    for (const value of definedBy(statement)) makerOf.set(value, statement);
  }
  const placement = new Placement(statements);
  const waitingCalls = (from: number, callee: number): CallStatement[] => {
    const late = new Set<OutlinedStatement>();
    const found: CallStatement[] = [];
    for (const statement of statements.slice(from)) {
      if (!placement.isWaiting(statement)) continue;
      const depends = operandsOf(statement).some((operand) => {
        const maker = makerOf.get(operand);
        return maker !== undefined && late.has(maker);
      });
      if (statement.kind === 'call' || depends) late.add(statement);
      if (statement.kind !== 'call' || depends || statement.callee !== callee) continue;
      found.push(statement);
      if (found.length === longestLoop) break;
    }
    return found;
  };
  statements.forEach((statement, index) => {
    if (!placement.isWaiting(statement)) return;
    if (statement.kind !== 'call') {
      placement.take(statement);
      return;
    }
    const together = waitingCalls(index, statement.callee);
    // None of them depends on a call that waits, so what they need has no calls in it.
    for (const operand of together.flatMap(operandsOf)) placement.require(operand);
    for (const call of together) placement.take(call);
  });
  return { ...program, statements: placement.placed };
}
