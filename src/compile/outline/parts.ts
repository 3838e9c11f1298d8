/**
 * A lane program cut into parts of bounded length, because the time that an engine takes to optimise
 * a function grows faster than its length. A value that another part uses crosses in memory.
 */
import type { LaneValue } from '../lanes/types.ts';
import {
  definedBy,
  isLiteral,
  operandsOf,
  type OutlinedProgram,
  type PointStatement,
} from './statements.ts';

/** One part: consecutive statements. */
export interface ProgramPart<Statement extends PointStatement = PointStatement> {
  readonly statements: readonly Statement[];
  /** Numbers of the program's results that are stored in this part. */
  readonly results: readonly number[];
  /** Values made here that later parts use. */
  readonly leaving: readonly LaneValue[];
}

/** A program in parts, and where crossing values lie. */
export interface DividedProgram<Statement extends PointStatement = PointStatement> {
  readonly parts: readonly ProgramPart<Statement>[];
  /** Slot of each value that crosses, from 0; a slot is free again after the last part that reads it. */
  readonly slots: ReadonlyMap<LaneValue, number>;
  /** How many slots there have to be. */
  readonly slotCount: number;
}

/** Cuts a program. O(its length). */
export function divideProgram<Statement extends PointStatement>(
  program: OutlinedProgram<Statement>,
  longest: number,
): DividedProgram<Statement> {
  const pieces = cut(program.statements, longest);
  if (pieces.length === 1) return undivided(program);
  const partOf = new Map<LaneValue, number>();
  const literals = new Set<LaneValue>();
  pieces.forEach((statements, part) => {
    for (const statement of statements) {
      for (const value of definedBy(statement)) partOf.set(value, part);
      if (isLiteral(statement)) for (const value of definedBy(statement)) literals.add(value);
    }
  });

  const lastRead = new Map<LaneValue, number>();
  const leaving = pieces.map((): LaneValue[] => []);
  pieces.forEach((statements, part) => {
    for (const operand of statements.flatMap(operandsOf)) {
      const made = partOf.get(operand);
      // Inputs have no part and are loaded anew, literals are written anew.
      if (made === undefined || made === part || literals.has(operand)) continue;
      if (!lastRead.has(operand)) leaving[made]?.push(operand);
      lastRead.set(operand, part);
    }
  });
  const { slots, slotCount } = slotsOf(leaving, lastRead);
  const results = pieces.map((): number[] => []);
  program.results.forEach((value, index) => results[partOf.get(value) ?? 0]?.push(index));
  return {
    parts: pieces.map((statements, part) => ({
      statements: [...literalsFrom(pieces.slice(0, part), literals, statements), ...statements],
      results: results[part] ?? [],
      leaving: leaving[part] ?? [],
    })),
    slots,
    slotCount,
  };
}

/** The whole program as one part: nothing crosses. */
function undivided<Statement extends PointStatement>({
  statements,
  results,
}: OutlinedProgram<Statement>): DividedProgram<Statement> {
  const all = results.map((_, index) => index);
  return { parts: [{ statements, results: all, leaving: [] }], slots: new Map(), slotCount: 0 };
}

/** Slots for what leaves each part, taken again from what no later part reads. */
function slotsOf(
  leaving: readonly (readonly LaneValue[])[],
  lastRead: ReadonlyMap<LaneValue, number>,
): Pick<DividedProgram, 'slots' | 'slotCount'> {
  const slots = new Map<LaneValue, number>();
  const free: number[] = [];
  const dying = leaving.map((): number[] => []);
  let slotCount = 0;
  leaving.forEach((values, part) => {
    for (const value of values) {
      const slot = free.pop() ?? slotCount++;
      slots.set(value, slot);
      dying[lastRead.get(value) ?? part]?.push(slot);
    }
    // Not before: a part may store before it has loaded everything.
    free.push(...(dying[part] ?? []));
  });
  return { slots, slotCount };
}

/** Pieces of about the same length, none above `longest`; one empty piece of nothing. */
function cut<Statement>(
  statements: readonly Statement[],
  longest: number,
): (readonly Statement[])[] {
  const count = Math.max(1, Math.ceil(statements.length / longest));
  const length = Math.ceil(statements.length / count);
  return Array.from({ length: count }, (_, piece) =>
    statements.slice(piece * length, (piece + 1) * length),
  );
}

/** Definitions of literals that stand in earlier pieces and are used here. */
function literalsFrom<Statement extends PointStatement>(
  earlier: readonly (readonly Statement[])[],
  literals: ReadonlySet<LaneValue>,
  statements: readonly Statement[],
): Statement[] {
  if (earlier.length === 0) return [];
  const used = new Set(statements.flatMap(operandsOf).filter((value) => literals.has(value)));
  return earlier
    .flat()
    .filter((statement) => statement.kind === 'define' && used.has(statement.value));
}
