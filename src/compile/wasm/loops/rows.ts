/**
 * Rows of memory for the values of a Program with axes: a row holds one element at all points of a
 * tile, rows of one value lie side by side, and a value's rows are used again after its last use
 * (first fit). O(values · free gaps).
 */

/** When a value is alive: from the step that makes it to the last step that uses it, both included. */
export interface Lifetime {
  readonly id: number;
  /** Rows that it takes. */
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** Where values lie. */
export interface RowPlan {
  /** First row of each value. */
  readonly first: ReadonlyMap<number, number>;
  /** Rows of all. */
  readonly total: number;
}

interface Gap {
  start: number;
  length: number;
}

/** Gives rows to values; `lifetimes` in the order of their beginnings. */
export function planRows(lifetimes: readonly Lifetime[]): RowPlan {
  const first = new Map<number, number>();
  const gaps: Gap[] = [];
  let alive: Lifetime[] = [];
  let total = 0;
  const free = (start: number, length: number): void => {
    const after = gaps.findIndex((gap) => gap.start > start);
    const at = after === -1 ? gaps.length : after;
    gaps.splice(at, 0, { start, length });
    // Joins what touches, behind and before.
    for (const left of [at, at - 1]) {
      const gap = gaps[left];
      if (gap === undefined || gap.start + gap.length !== gaps[left + 1]?.start) continue;
      gap.length += gaps[left + 1]?.length ?? 0;
      gaps.splice(left + 1, 1);
    }
  };
  const take = (length: number): number => {
    const at = gaps.findIndex((gap) => gap.length >= length);
    const gap = gaps[at];
    if (gap === undefined) {
      const last = gaps.at(-1);
      // A gap at the end is too short, but what it lacks can be added.
      const open =
        last !== undefined && last.start + last.length === total ? gaps.pop() : undefined;
      const start = open?.start ?? total;
      total = start + length;
      return start;
    }
    const { start } = gap;
    if (gap.length === length) gaps.splice(at, 1);
    else {
      gap.start += length;
      gap.length -= length;
    }
    return start;
  };
  for (const value of lifetimes) {
    const ended = alive.filter(({ to }) => to < value.from);
    if (ended.length > 0) alive = alive.filter(({ to }) => to >= value.from);
    for (const { id, length } of ended) free(first.get(id) ?? 0, length);
    first.set(value.id, take(value.length));
    alive.push(value);
  }
  return { first, total };
}
