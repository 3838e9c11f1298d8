/** Loops that become one visit the same places in the same order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coalesce, type Nest } from '../../../../src/compile/wasm/loops/nest.ts';

/** Places of all arrays at every turn of the innermost loop, as the definition of a nest has them. */
function placesOf({ turns, arrays }: Nest): number[][] {
  let visited = [arrays.map(({ offset }) => offset)];
  turns.forEach((count, loop) => {
    visited = visited.flatMap((places) =>
      Array.from({ length: count }, (_, turn) =>
        places.map((place, array) => place + turn * (arrays[array]?.strides[loop] ?? 0)),
      ),
    );
  });
  return visited;
}

const nests: fc.Arbitrary<Nest> = fc.nat({ max: 4 }).chain((depth) =>
  fc.record({
    turns: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: depth, maxLength: depth }),
    arrays: fc.array(
      fc.record({
        base: fc.constant(undefined),
        offset: fc.nat({ max: 9 }),
        strides: fc.array(fc.constantFrom(0, 1, 2, 3, 4, 6, 9), {
          minLength: depth,
          maxLength: depth,
        }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  }),
);

describe('coalescing loops', () => {
  it('keeps every place and the order of the places', () => {
    fc.assert(
      fc.property(nests, (nest) => {
        expect(placesOf(coalesce(nest).nest)).toEqual(placesOf(nest));
      }),
      { numRuns: 1000 },
    );
  });

  it('makes one loop of the axes of a tensor in a row, and leaves a transposed one alone', () => {
    const row = { base: undefined, offset: 0, strides: [12, 4, 1] };
    expect(coalesce({ turns: [2, 3, 4], arrays: [row, row] }).nest.turns).toEqual([24]);
    const turned = { base: undefined, offset: 0, strides: [1, 2, 6] };
    expect(coalesce({ turns: [2, 3, 4], arrays: [row, turned] }).nest.turns).toEqual([2, 3, 4]);
  });

  it('never makes one loop of an outer and an inner one', () => {
    const row = { base: undefined, offset: 0, strides: [3, 1] };
    const { nest, split } = coalesce({ turns: [2, 3], arrays: [row] }, 1);
    expect(nest.turns).toEqual([2, 3]);
    expect(split).toBe(1);
  });
});
