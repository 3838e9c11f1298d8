/**
 * Statements in a new order: each before those that use what it makes, moved up where it stood later.
 * O(size): every statement is placed once.
 */
import type { LaneValue } from '../lanes/types.ts';
import { definedBy, operandsOf, type OutlinedStatement } from './statements.ts';

/** Statements that are being placed, one after the other. */
export class Placement {
  readonly #waiting = new Map<LaneValue, OutlinedStatement>();
  readonly #placed: OutlinedStatement[] = [];

  /** @param statements all of them; each makes something */
  constructor(statements: readonly OutlinedStatement[]) {
    for (const each of statements) {
      for (const value of definedBy(each)) this.#waiting.set(value, each);
    }
  }

  /** Those that are placed, in their order. */
  get placed(): readonly OutlinedStatement[] {
    return this.#placed;
  }

  /** Whether a statement is not placed yet. */
  isWaiting(statement: OutlinedStatement): boolean {
    return definedBy(statement).some((value) => this.#waiting.has(value));
  }

  /** Places a statement that waits for nothing. */
  take(statement: OutlinedStatement): void {
    for (const value of definedBy(statement)) this.#waiting.delete(value);
    this.#placed.push(statement);
  }

  /** Places what makes a value, where that waits, and before it what that needs. */
  require(value: LaneValue): void {
    const first = this.#waiting.get(value);
    // What waits for others stands below them; a stack of our own, as chains may be long.
    const stack = first === undefined ? [] : [first];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const missing = operandsOf(top).map((operand) => this.#waiting.get(operand));
      const next = missing.filter((each) => each !== undefined);
      if (next.length > 0) {
        stack.push(...next.toReversed());
        continue;
      }
      stack.pop();
      if (this.isWaiting(top)) this.take(top);
    }
  }
}
