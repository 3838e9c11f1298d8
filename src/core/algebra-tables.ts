/**
 * The host's side of an algebra's look-up tables in the core (assembly/tables.ts): created for the
 * first graph that uses the algebra, filled entry by entry as the core asks, freed with the last
 * graph. An entry holds the new state and the index of the cost among the distinct costs.
 */
import type { EdgeAlgebra, EdgeState, Step, ZeroStep } from '../cost/types.ts';
import { UserError } from '../support/user-error.ts';
import type { Core } from './instance.ts';

/** The tables would take 128 MiB there. */
const mostStates = 4096;

/** What the index of a cost has room for, less the one that marks missing entries. */
const mostCosts = 0xffff;

/** State of a product that is structurally zero, as in assembly/layout.ts. */
const stateNone = 0xffff;

/** Least shift with 2^shift ≥ states. */
function shiftFor(states: number): number {
  return states <= 2 ? 1 : 32 - Math.clz32(states - 1);
}

/** Tables of one algebra in one core. */
export class AlgebraTables {
  readonly pointer: number;
  readonly #core: Core;
  readonly #algebra: EdgeAlgebra;
  readonly #costIndices = new Map<number, number>();
  #shift: number;
  #users = 0;

  constructor(core: Core, algebra: EdgeAlgebra) {
    this.#core = core;
    this.#algebra = algebra;
    this.#shift = shiftFor(refuseTooMany(algebra.size()));
    this.pointer = core.createTables(this.#shift) >>> 0;
    if (this.pointer === 0) throw outOfMemory();
  }

  /** One graph more uses the tables; they have room for all states the algebra has by now. */
  acquire(): void {
    this.#makeRoom(this.#algebra.size());
    this.#users += 1;
  }

  /** One graph less; true where it was the last and the tables are freed. */
  release(): boolean {
    this.#users -= 1;
    if (this.#users > 0) return false;
    this.#core.disposeTables(this.pointer);
    return true;
  }

  /** Fills in compose(left, right). */
  fillCompose(left: EdgeState, right: EdgeState): void {
    this.#fill(0, left, right, this.#algebra.compose(left, right));
  }

  /** Fills in add(left, right). */
  fillAdd(left: EdgeState, right: EdgeState): void {
    this.#fill(1, left, right, this.#algebra.add(left, right));
  }

  #fill(isAdd: 0 | 1, left: EdgeState, right: EdgeState, { state, cost }: Step | ZeroStep): void {
    this.#makeRoom(Math.max((state ?? 0) + 1, this.#algebra.size()));
    let index = this.#costIndices.get(cost);
    if (index === undefined) {
      index = this.#costIndices.size;
      if (index >= mostCosts) {
        throw new UserError({
          code: 'core-costs',
          message: `the cost model has over ${mostCosts} distinct prices; use one with fewer`,
        });
      }
      if (this.#core.setCost(this.pointer, index, cost) === 0) throw outOfMemory();
      this.#costIndices.set(cost, index);
    }
    this.#core.setEntry(this.pointer, isAdd, left, right, state ?? stateNone, index);
  }

  #makeRoom(states: number): void {
    const shift = shiftFor(refuseTooMany(states));
    if (shift <= this.#shift) return;
    if (this.#core.growTables(this.pointer, shift) === 0) throw outOfMemory();
    this.#shift = shift;
  }
}

function refuseTooMany(states: number): number {
  if (states <= mostStates) return states;
  throw new UserError({
    code: 'core-states',
    message:
      `the graph's edges have over ${mostStates} patterns under this cost model; ` +
      'count a smaller graph or use --cost pairs',
  });
}

/** The core's memory is used up. */
export function outOfMemory(): UserError {
  return new UserError({
    code: 'core-memory',
    message:
      "the elimination core's memory of 2 GiB is used up; free handles or use a smaller graph",
  });
}
