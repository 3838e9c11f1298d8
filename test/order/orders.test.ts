import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { buildGraph } from '../../src/graph/build.ts';
import {
  eliminableVertices,
  orderFromPositions,
  orderIds,
  parseOrder,
} from '../../src/order/orders.ts';
import { createRandom } from '../../src/support/random.ts';
import { UserError } from '../../src/support/user-error.ts';
import { arbitraryGraph } from '../graph/arbitrary-graph.ts';
import type { VertexId } from '../../src/graph/types.ts';

/** x → mid → 1 → 2, with 1 an output that feeds 2, and a dead vertex. */
const graph = buildGraph({
  name: 'fed',
  vertices: [
    { id: 'x', kind: 'input' },
    { id: 'middle', kind: 'intermediate' },
    { id: 1, kind: 'output' },
    { id: 2, kind: 'output' },
    { id: 'dead', kind: 'intermediate' },
  ],
  edges: [
    { from: 'x', to: 'middle' },
    { from: 'middle', to: 1 },
    { from: 1, to: 2 },
    { from: 'x', to: 'dead' },
  ],
  outputs: [1, 2, 'x'],
});

function failure(ids: readonly VertexId[]): UserError {
  try {
    parseOrder(graph, ids);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the order was taken');
}

describe('elimination orders', () => {
  it('hold the intermediates, dead ones too, and the outputs that others use', () => {
    expect(eliminableVertices(graph).map((place) => graph.vertices[place]?.id)).toEqual([
      'middle',
      1,
      'dead',
    ]);
  });

  it('come back as the ids they were given by', () => {
    expect(orderIds(graph, parseOrder(graph, [1, 'dead', 'middle']))).toEqual([
      1,
      'dead',
      'middle',
    ]);
  });

  it.each([
    ['order-missing-vertex', undefined, [1, 'dead']],
    ['order-missing-vertex', undefined, []],
    ['order-double-vertex', '[2]', [1, 'dead', 1, 'middle']],
    ['order-unknown-vertex', '[1]', [1, 'midle', 'dead']],
    ['order-unknown-vertex', '[0]', ['1', 'middle', 'dead']],
    ['order-unknown-vertex', '[0]', ['__proto__', 1, 'middle', 'dead']],
    ['order-forbidden-vertex', '[3]', [1, 'middle', 'dead', 2]],
    ['order-forbidden-vertex', '[0]', ['x', 1, 'middle', 'dead']],
  ] as const)('are refused with %s at %s: %j', (code, at, ids) => {
    const error = failure(ids);
    expect([error.code, error.at]).toEqual([code, at]);
  });

  it('say which vertex is meant and which are missing', () => {
    expect(failure([1, 'midle', 'dead']).message).toContain('Did you mean "middle"?');
    expect(failure(['1', 'middle', 'dead']).message).toContain('Did you mean 1?');
    expect(failure([1]).message).toContain('"middle", "dead"');
  });

  it('are refused where a position is no vertex', () => {
    for (const wrong of [-1, 0.5, NaN, 99]) {
      expect(() => orderFromPositions(graph, [1, 2, 4, wrong])).toThrow(UserError);
    }
  });

  it('are taken in every arrangement of the eliminable vertices, and of nothing else', () => {
    fc.assert(
      fc.property(arbitraryGraph(8), fc.nat(), (subject, seed) => {
        const random = createRandom(seed);
        const places = random.shuffle(eliminableVertices(subject));
        expect(orderFromPositions(subject, places)).toEqual(places);
        if (places.length === 0) return;
        const gone = random.integer(places.length);
        const without = places.filter((_, index) => index !== gone);
        expect(() => orderFromPositions(subject, without)).toThrow('lacks');
        const double = [...places, ...places.slice(gone, gone + 1)];
        expect(() => orderFromPositions(subject, double)).toThrow('already');
      }),
      { seed: 6, numRuns: 200 },
    );
  });
});
