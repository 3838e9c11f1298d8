/**
 * Edge algebras over structures of any kind: every structure that occurs is given a small integer,
 * in the order in which they are met, and each product and sum is worked out once.
 */
import type { EdgeAlgebra, EdgeState, Step, ZeroStep } from './types.ts';

/** Laws of an algebra over structures of type T. */
export interface StructureLaws<T> {
  /** Equal exactly for structures that are the same edge state. */
  key(structure: T): string;
  /** Product of v → w (`outgoing`) after u → v (`incoming`); `null` where it is structurally zero. */
  compose(outgoing: T, incoming: T): { readonly structure: T | null; readonly cost: number };
  /** Sum of an existing edge and a new product. */
  add(existing: T, added: T): { readonly structure: T; readonly cost: number };
}

/** Pairs of states are keyed as left · this + right; that many structures fill no memory. */
const pairBase = 2 ** 26;

/** An algebra that interns what it meets; never uniform. */
export class InternedAlgebra<T> implements EdgeAlgebra {
  readonly uniform = false;
  readonly #laws: StructureLaws<T>;
  readonly #numbers = new Map<string, EdgeState>();
  readonly #structures: T[] = [];
  readonly #products = new Map<number, Step | ZeroStep>();
  readonly #sums = new Map<number, Step>();

  constructor(laws: StructureLaws<T>) {
    this.#laws = laws;
  }

  size(): number {
    return this.#structures.length;
  }

  /** The state of a structure, a new one where it was never met. */
  intern(structure: T): EdgeState {
    const key = this.#laws.key(structure);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const state = this.#structures.length;
    this.#structures.push(structure);
    this.#numbers.set(key, state);
    return state;
  }

  /**
   * The structure of a state.
   * @throws Error for a state that was never given out
   */
  structureOf(state: EdgeState): T {
    const structure = this.#structures[state];
    if (structure === undefined) throw new Error(`no such edge state: ${state}`);
    return structure;
  }

  compose(outgoing: EdgeState, incoming: EdgeState): Step | ZeroStep {
    const pair = outgoing * pairBase + incoming;
    const known = this.#products.get(pair);
    if (known !== undefined) return known;
    const { structure, cost } = this.#laws.compose(
      this.structureOf(outgoing),
      this.structureOf(incoming),
    );
    const step = { state: structure === null ? null : this.intern(structure), cost };
    this.#products.set(pair, step);
    return step;
  }

  add(existing: EdgeState, added: EdgeState): Step {
    const pair = existing * pairBase + added;
    const known = this.#sums.get(pair);
    if (known !== undefined) return known;
    const { structure, cost } = this.#laws.add(this.structureOf(existing), this.structureOf(added));
    const step = { state: this.intern(structure), cost };
    this.#sums.set(pair, step);
    return step;
  }
}
