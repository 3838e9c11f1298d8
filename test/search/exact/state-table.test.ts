import { describe, expect, it } from 'vitest';

import { StateTable, unknownUpper } from '../../../src/search/exact/state-table.ts';
import { createRandom } from '../../../src/support/random.ts';

type Key = readonly [number, number, number, number];

function keys(count: number): Key[] {
  const random = createRandom(5);
  const word = (): number => random.integer(2 ** 32) | 0;
  return Array.from({ length: count }, (): Key => [word(), word(), word(), word()]);
}

describe('the table of states', () => {
  it('knows nearly everything that was put in while it may grow', () => {
    const table = new StateTable(1e8);
    const all = keys(100_000);
    all.forEach((key, index) => {
      table.set(...key, index, unknownUpper);
    });
    expect(table.used).toBeGreaterThan(0.97 * all.length);
    const cells = all.map((key) => table.find(...key));
    expect(cells.filter((cell) => cell >= 0).length).toBe(table.used);
    expect(
      all.every((_, index) => {
        const cell = cells[index] ?? -1;
        return cell < 0 || table.lower(cell) === index;
      }),
    ).toBe(true);
  });

  it('keeps its limit, forgets states and never mixes them up', () => {
    const limit = 2 ** 20;
    const table = new StateTable(limit);
    const all = keys(100_000);
    all.forEach((key, index) => {
      table.set(...key, index, index + 1);
    });
    expect(table.bytes * 1.5).toBeLessThanOrEqual(limit);
    const known = all
      .map((key, index) => ({ index, cell: table.find(...key) }))
      .filter(({ cell }) => cell >= 0);
    expect(known.length).toBe(table.used);
    expect(known.length).toBeGreaterThan(10_000);
    const wrong = known.filter(
      ({ index, cell }) => table.lower(cell) !== index || table.upper(cell) !== index + 1,
    );
    expect(wrong).toEqual([]);
  });

  it('replaces what it knew of a state', () => {
    const table = new StateTable(1e6);
    table.set(1, 2, 3, 4, 5, unknownUpper);
    table.set(1, 2, 3, 4, 7, 9);
    const cell = table.find(1, 2, 3, 4);
    expect([table.used, table.lower(cell), table.upper(cell)]).toEqual([1, 7, 9]);
  });
});
