/**
 * The order of statements, so that few values wait in memory for their next use, in one of two ways:
 *
 * - few live: list scheduling from the inputs on. While registers are free, next is, of the statements
 *   that take none if there are any, the one that the longest chain of latencies hangs on; when they are
 *   not, the one that ends the lives of most operands, then the one whose operand was made last (Goodman
 *   and Hsu, Code scheduling and register allocation in large basic blocks, ICS 1988: integrated prepass
 *   scheduling). O(statements · ready ones).
 * - by need: result by result what it needs, depth first, and of a statement's operands first the one
 *   that needs most registers (Sethi and Ullman, The generation of optimal code for arithmetic
 *   expressions, JACM 17, 1970; optimal on trees, a heuristic where values are shared). Linear time.
 *
 * Every statement stays behind those that it needs; literals, which wait for nothing, stand first.
 */
import type { Schedule } from '../schedules.ts';
import {
  definedBy,
  isLiteral,
  operandsOf,
  type OutlinedProgram,
  type PointStatement,
} from './statements.ts';

/** Longer code is ordered by need whatever was asked for: the other way would take seconds. */
const longestForFewLive = 4000;

/**
 * Live values from which on registers are full: of the sixteen of x86-64 the engine keeps one, and
 * constants and inputs pass through some. Eight to sixteen are about as fast.
 */
const mostLive = 12;

/** The program with its statements in another order. */
export function schedule<Statement extends PointStatement>(
  program: OutlinedProgram<Statement>,
  how: Schedule,
): OutlinedProgram<Statement> {
  if (how === 'as found') return program;
  const scheduled: Statement[] = [];
  const statements: Statement[] = [];
  for (const statement of program.statements) {
    (isLiteral(statement) ? scheduled : statements).push(statement);
  }
  const makers = makersOf(statements, program.types.length);
  const needs = needsOf(statements, makers);
  const order =
    how === 'few live' && statements.length <= longestForFewLive
      ? fewLive(needs, Int32Array.from(statements, latencyOf))
      : byNeed(
          needs,
          Int32Array.from(program.results, (value) => makers[value] ?? -1),
        );
  for (const index of order) {
    const statement = statements[index];
    if (statement !== undefined) scheduled.push(statement);
  }
  return { ...program, statements: scheduled };
}

/** By value: the number of the statement that makes it; −1 for literals and inputs. */
function makersOf(statements: readonly PointStatement[], valueCount: number): Int32Array {
  const makers = new Int32Array(valueCount).fill(-1);
  statements.forEach((statement, index) => {
    if (statement.kind === 'define') makers[statement.value] = index;
    else for (const value of definedBy(statement)) makers[value] = index;
  });
  return makers;
}

/** By statement: others by their numbers. */
type Neighbours = readonly (readonly number[])[];

/** By statement: the statements that make its operands, each once. */
function needsOf(statements: readonly PointStatement[], makers: Int32Array): number[][] {
  return statements.map((statement) => {
    const needs: number[] = [];
    for (const operand of operandsOf(statement)) {
      const maker = makers[operand] ?? -1;
      if (maker >= 0 && !needs.includes(maker)) needs.push(maker);
    }
    return needs;
  });
}

/** By statement: those that need it. */
function usersOf(needs: Neighbours): Neighbours {
  const users = needs.map((): number[] => []);
  needs.forEach((operands, index) => {
    for (const operand of operands) users[operand]?.push(index);
  });
  return users;
}

/** What was made by one statement counts as one value: most make one. */
function fewLive(needs: Neighbours, latencies: Int32Array): number[] {
  const count = needs.length;
  const users = usersOf(needs);
  const heights = heightsOf(users, latencies);
  /** Statements that have not been placed and need this one. */
  const usersLeft = Int32Array.from(users, ({ length }) => length);
  /** Statements that this one needs and that have not been placed. */
  const waiting = Int32Array.from(needs, ({ length }) => length);
  const placedAt = new Int32Array(count);
  const ready: number[] = [];
  for (let index = 0; index < count; index += 1) if (waiting[index] === 0) ready.push(index);
  const order: number[] = [];
  let live = 0;
  while (ready.length > 0) {
    const isCrowded = live >= mostLive;
    let best = 0;
    let bestFreed = -Infinity;
    let bestRank = -Infinity;
    let bestIndex = -1;
    for (let place = 0; place < ready.length; place += 1) {
      const index = ready[place] ?? 0;
      // A result is stored at once: it needs no place of its own.
      let freed = (usersLeft[index] ?? 0) > 0 ? -1 : 0;
      let latest = 0;
      for (const operand of needs[index] ?? []) {
        if (usersLeft[operand] === 1) freed += 1;
        latest = Math.max(latest, placedAt[operand] ?? 0);
      }
      // With registers to spare it does not matter how many become free, only that none is taken.
      if (!isCrowded) freed = Math.min(freed, 0);
      const rank = isCrowded ? latest : (heights[index] ?? 0);
      // Of equals the one that was written first.
      const isBetter =
        freed > bestFreed ||
        (freed === bestFreed && (rank > bestRank || (rank === bestRank && index < bestIndex)));
      if (!isBetter) continue;
      best = place;
      bestFreed = freed;
      bestRank = rank;
      bestIndex = index;
    }
    const index = bestIndex;
    ready[best] = ready.at(-1) ?? 0;
    ready.pop();
    order.push(index);
    placedAt[index] = order.length;
    if ((usersLeft[index] ?? 0) > 0) live += 1;
    for (const operand of needs[index] ?? []) {
      const left = (usersLeft[operand] ?? 0) - 1;
      usersLeft[operand] = left;
      if (left === 0) live -= 1;
    }
    for (const user of users[index] ?? []) {
      const left = (waiting[user] ?? 0) - 1;
      waiting[user] = left;
      if (left === 0) ready.push(user);
    }
  }
  return order;
}

/** By statement: latencies of the longest chain that begins with it, its own included. */
function heightsOf(users: Neighbours, latencies: Int32Array): Int32Array {
  const heights = new Int32Array(users.length);
  // Statements stand before those that need them.
  for (let index = users.length - 1; index >= 0; index -= 1) {
    let above = 0;
    for (const user of users[index] ?? []) above = Math.max(above, heights[user] ?? 0);
    heights[index] = above + (latencies[index] ?? 0);
  }
  return heights;
}

/** About how many cycles a result takes to be there, on processors of the last ten years. */
function latencyOf(statement: PointStatement): number {
  if (statement.kind !== 'define') return 20;
  switch (statement.operation.op) {
    case 'div':
    case 'sqrt':
      return 13;
    case 'add':
    case 'sub':
    case 'mul':
    case 'fma':
    case 'fnma':
      return 4;
    default:
      return 1;
  }
}

/** @param roots statements that make results; others may be −1 */
function byNeed(unsorted: number[][], roots: Int32Array): number[] {
  const needs = mostFirst(unsorted);
  const placed = new Uint8Array(needs.length);
  const order: number[] = [];
  // What waits for others stands below them; a stack of our own, as chains may be long.
  const stack: number[] = [];
  const place = (root: number): void => {
    if (root >= 0) stack.push(root);
    while (stack.length > 0) {
      const top = stack.at(-1) ?? 0;
      const before = stack.length;
      const wanted = needs[top] ?? [];
      for (let k = wanted.length - 1; k >= 0; k -= 1) {
        const operand = wanted[k] ?? 0;
        if (placed[operand] === 0) stack.push(operand);
      }
      if (stack.length > before) continue;
      stack.pop();
      if (placed[top] === 1) continue;
      placed[top] = 1;
      order.push(top);
    }
  };
  roots.forEach(place);
  // What no result needs: arguments of calls whose results nothing uses.
  for (let index = needs.length - 1; index >= 0; index -= 1) if (placed[index] === 0) place(index);
  return order;
}

/** Sorts what each statement needs: first what needs most registers, by the labels of Sethi and Ullman. */
function mostFirst(needs: number[][]): Neighbours {
  const registers = new Int32Array(needs.length);
  // Statements stand behind those that they need.
  needs.forEach((operands, index) => {
    if (operands.length > 1) operands.sort((a, b) => (registers[b] ?? 0) - (registers[a] ?? 0));
    let most = 1;
    // Operand k is computed while k others wait in registers.
    operands.forEach((operand, k) => {
      most = Math.max(most, (registers[operand] ?? 0) + k);
    });
    registers[index] = most;
  });
  return needs;
}
