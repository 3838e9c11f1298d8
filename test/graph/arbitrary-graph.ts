/** Random scalar graphs with every oddity, for fast-check. */
import fc from 'fast-check';

import { randomGraph } from '../../src/graph/generators.ts';
import type { Graph } from '../../src/graph/types.ts';

/** Graphs with at most `size` intermediates and as many outputs. */
export function arbitraryGraph(size: number): fc.Arbitrary<Graph> {
  return fc
    .record({
      seed: fc.nat(),
      inputs: fc.integer({ min: 1, max: 3 }),
      intermediates: fc.integer({ min: 0, max: size }),
      outputs: fc.integer({ min: 1, max: 3 }),
      density: fc.constantFrom(0.2, 0.4, 0.7),
      units: fc.constantFrom(0, 0.3),
      constants: fc.constantFrom(0, 0.3),
      copies: fc.constantFrom(0, 0.8),
      outputsFeedOthers: fc.boolean(),
      loose: fc.boolean(),
      inputIsOutput: fc.boolean(),
      doubleOutput: fc.boolean(),
      mixedIds: fc.boolean(),
    })
    .map(randomGraph);
}
