/** When results are stored: as soon as they are there, so that their values need no local for long. */
import type { LaneValue } from '../lanes/types.ts';
import { definedBy, type PointStatement } from './statements.ts';

/** A value and the number of the result that it is. */
export type Store = readonly [value: LaneValue, index: number];

/** Results that wait for the values that they are. */
export class StoresByValue {
  readonly #indices = new Map<LaneValue, number[]>();

  /** @param values by place the value of a result, whose number is at the same place of `indices` */
  constructor(values: readonly LaneValue[], indices: readonly number[]) {
    values.forEach((value, k) => {
      const index = indices[k];
      if (index === undefined) throw new Error(`result ${k} has no number`);
      const list = this.#indices.get(value) ?? [];
      list.push(index);
      this.#indices.set(value, list);
    });
  }

  /** Results that a statement makes, which are then no longer waiting. */
  madeBy(statement: PointStatement): Store[] {
    if (!definedBy(statement).some((value) => this.#indices.has(value))) return [];
    return definedBy(statement).flatMap((value) => {
      const waiting = this.#indices.get(value) ?? [];
      this.#indices.delete(value);
      return waiting.map((index): Store => [value, index]);
    });
  }

  /** Results that no statement makes: inputs. */
  rest(): Store[] {
    return [...this.#indices].flatMap(([value, indices]) =>
      indices.map((index): Store => [value, index]),
    );
  }
}
