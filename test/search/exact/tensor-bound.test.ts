/** Lower bounds by the states of edges: tensor graphs. */
import { describe, expect, it } from 'vitest';

import { WeightedCut } from '../../../src/search/exact/tensor/weighted-cut.ts';
import { createRandom } from '../../../src/support/random.ts';
import { checkBound, checkPrices } from './tensor-checks.ts';
import { costedGraphs, tensorGraphs } from './tensor-graphs.ts';

describe('weighted cuts', () => {
  it('are the least of all sets that cut the source off', () => {
    const random = createRandom(5);
    for (let trial = 0; trial < 1000; trial += 1) {
      const size = 2 + random.integer(5);
      const next = Array.from({ length: size }, (_, vertex) =>
        Array.from({ length: size }, (__, other) => other).filter(
          (other) => other > vertex && random.next() < 0.5,
        ),
      );
      const weights = Float64Array.from({ length: 2 * size }, () => random.integer(5));
      const ends = Uint8Array.from({ length: size }, (_, vertex) =>
        vertex > 0 && random.next() < 0.4 ? 1 : 0,
      );
      // Bits 0 … size − 1 cut vertices, the others edges from the source.
      let least = Infinity;
      for (let set = 0; set < 2 ** (2 * size); set += 1) {
        if ((set & 1) !== 0 || (set & (1 << size)) !== 0) continue;
        const isCut = (bit: number): boolean => (set & (1 << bit)) !== 0;
        let weight = 0;
        for (let vertex = 1; vertex < size; vertex += 1) {
          if (isCut(size + vertex)) weight += weights[2 * vertex] ?? 0;
          if (isCut(vertex)) weight += weights[2 * vertex + 1] ?? 0;
        }
        if (weight >= least) continue;
        const met = new Set(
          (next[0] ?? []).filter((vertex) => !isCut(size + vertex) && !isCut(vertex)),
        );
        for (const vertex of met) {
          for (const other of next[vertex] ?? []) if (!isCut(other)) met.add(other);
        }
        if (![...met].some((vertex) => ends[vertex] === 1)) least = weight;
      }
      expect(new WeightedCut({ size, next }).weight(weights, ends)).toBe(least);
    }
  });
});

describe('bounds of tensor graphs', () => {
  it('foresee every state, and no elimination costs less than they say', () => {
    tensorGraphs(1, 150, 8, 18).forEach((graph, index) => {
      for (const costed of costedGraphs(graph)) {
        expect(checkPrices(costed, index, 3), `graph ${index}`).toEqual([]);
      }
    });
  });

  it('are never above the least cost of all orders, and often meet it', () => {
    const shares: number[] = [];
    tensorGraphs(2, 500, 4, 6).forEach((graph, index) => {
      for (const costed of costedGraphs(graph)) {
        const { problems, share } = checkBound(costed, index);
        expect(problems, `graph ${index}`).toEqual([]);
        shares.push(share);
      }
    });
    expect(shares.length).toBeGreaterThan(800);
    expect(shares.filter((share) => share === 1).length / shares.length).toBeGreaterThan(0.5);
  });
});
