/** Lane code with calls: what straight-line targets are generated from. */
import type { LaneProgram, LaneStatement, LaneValue } from '../lanes/types.ts';

/** Calls a function of the module. */
export interface CallStatement {
  readonly kind: 'call';
  /** Place in the list of functions. */
  readonly callee: number;
  readonly arguments: readonly LaneValue[];
  readonly results: readonly LaneValue[];
}

/** Calls of one function of which each has a lane; of values whose lanes are equal (shared-calls.ts). */
export interface SharedCallStatement {
  readonly kind: 'sharedCall';
  readonly callee: number;
  /** Two or more, as many as there are lanes at most. */
  readonly calls: readonly CallStatement[];
}

/** What lane code with calls consists of. */
export type OutlinedStatement = LaneStatement | CallStatement;

/** What the code of one point consists of. */
export type PointStatement = OutlinedStatement | SharedCallStatement;

/** A lane program that calls functions. */
export interface OutlinedProgram<Statement extends PointStatement = OutlinedStatement> extends Omit<
  LaneProgram,
  'statements'
> {
  readonly statements: readonly Statement[];
  /** Each with as many inputs and outputs as its calls have arguments and results. */
  readonly functions: readonly LaneProgram[];
}

/** The values that a statement uses. */
export function operandsOf(statement: PointStatement): readonly LaneValue[] {
  switch (statement.kind) {
    case 'define':
      return statement.operation.operands;
    case 'call':
      return statement.arguments;
    case 'sharedCall':
      return statement.calls.flatMap((call) => call.arguments);
    case 'guarded': {
      const otherwise = statement.results.map((result) => result.otherwise);
      return [statement.condition, ...statement.arguments, ...otherwise];
    }
  }
}

/** The values that a statement makes. */
export function definedBy(statement: PointStatement): readonly LaneValue[] {
  switch (statement.kind) {
    case 'define':
      return [statement.value];
    case 'call':
      return statement.results;
    case 'sharedCall':
      return statement.calls.flatMap((call) => call.results);
    case 'guarded':
      return statement.results.map(({ value }) => value);
  }
}

/** Whether a statement is a number that is known. */
export function isLiteral(statement: PointStatement): boolean {
  return statement.kind === 'define' && statement.operation.operands.length === 0;
}
