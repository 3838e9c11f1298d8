/** Rewriting a graph of values: its books are right after every step, and guards hold. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latencyOf } from '../../src/optimise/critical-path.ts';
import { pointsOfDomain } from '../../src/optimise/points.ts';
import { readProgram } from '../../src/optimise/read-program.ts';
import { Resubstitution } from '../../src/optimise/resubstitute.ts';
import {
  arithmeticResidues,
  canonical,
  cancellation,
  kinds,
  type ValueGraph,
} from '../../src/optimise/value-graph.ts';
import { parseProgram } from '../../src/program/listing.ts';
import { arbitraryProgram } from '../support/arbitrary-program.ts';

/** Every use counted anew. */
function recountedUses(graph: ValueGraph): number[] {
  const uses = new Array<number>(graph.size).fill(0);
  const add = (packed: number): void => {
    uses[packed >> 1] = (uses[packed >> 1] ?? 0) + 1;
  };
  for (const output of graph.outputs) add(output);
  for (const node of graph.liveOrder()) graph.forOperands(node, add);
  return uses;
}

/** Names of the hazards below a node, found by walking down. */
function hazardsBelow(graph: ValueGraph, node: number): Set<number> {
  const found = new Set<number>();
  const visit = (each: number): void => {
    const kind = graph.kind[each];
    const primitive = graph.functions.get(each)?.primitive ?? '';
    const isFunction =
      kind === kinds.function && /sqrt|cbrt|log|pow|tan|acos|asin/i.test(primitive);
    const harmless = ['tanh', 'atan', 'asinh'].includes(primitive);
    if (kind === kinds.reciprocal || (isFunction && !harmless)) found.add(each);
    graph.forOperands(each, (packed) => {
      visit(packed >> 1);
    });
  };
  visit(node);
  return found;
}

/** Cycles of the longest chain, counted from every output down. */
function longestChain(graph: ValueGraph): number {
  const chain = (node: number): number => {
    let longest = 0;
    graph.forOperands(node, (packed) => {
      longest = Math.max(longest, chain(packed >> 1));
    });
    return longest + latencyOf(graph, node);
  };
  return Math.max(0, ...graph.outputs.map((output) => chain(output >> 1)));
}

describe('resubstitution in a random program', () => {
  it('keeps weight, uses and meaning, loses little to cancellation, opens no domain, waits no longer', () => {
    let accepted = 0;
    fc.assert(
      fc.property(arbitraryProgram(), fc.nat(), ({ program, sample }, seed) => {
        const points = pointsOfDomain(
          program,
          sample.flatMap(({ data }) => [...data]),
          6,
          1,
        );
        if (points.length === 0) return;
        const graph = readProgram(program, points);
        const original = graph.size;
        const search = new Resubstitution(graph, seed);
        const longest = longestChain(graph);
        const first = new Map(graph.outputs.map((out) => [out, hazardsBelow(graph, out >> 1)]));
        for (let move = 0; move < 60 && search.canMove; move += 1) {
          if (!search.propose(0.6)) continue;
          accepted += 1;
          expect(graph.weight).toBe(graph.recountedWeight());
          expect(longestChain(graph)).toBeLessThanOrEqual(longest);
          const uses = recountedUses(graph);
          expect([...graph.uses.subarray(0, graph.size)]).toEqual(uses);
          for (const node of graph.liveOrder()) {
            const kind = graph.kind[node] ?? 0;
            if (kind !== kinds.product && kind !== kinds.sum) continue;
            const definition = graph.definition(node);
            expect(canonical(arithmeticResidues(graph, definition))).toEqual({
              key: graph.key[node],
              negative: definition.negative,
            });
            if (kind === kinds.sum && node >= original) {
              const { left, right } = definition;
              expect(cancellation(graph, left, right)).toBeLessThanOrEqual(64);
            }
          }
          for (const [out, allowed] of first) {
            for (const hazard of hazardsBelow(graph, out >> 1)) expect(allowed).toContain(hazard);
          }
        }
      }),
      { seed: 61, numRuns: 600 },
    );
    expect(accepted).toBeGreaterThan(1000);
  });
});

/** The least weight met in many moves from a listing. */
function lightest(listing: string, points: readonly (readonly number[])[]): number {
  const search = new Resubstitution(readProgram(parseProgram(listing), points), 1);
  let least = search.graph.weight;
  for (let move = 0; move < 4000 && search.canMove; move += 1) {
    search.propose(0.5);
    least = Math.min(least, search.graph.weight);
  }
  return least;
}

const points = [
  [1.25, 0.5, 2.5],
  [0.75, 2.25, 1.5],
];

describe('a value', () => {
  const head = 'program p\nin a, b, c\n';

  it('is made by one operation on what is there', () => {
    // a·c + b·c is (a + b)·c, and a + b is an output.
    const listing = `${head}v1 = mul a c\nv2 = mul b c\nv3 = add v1 v2\nv4 = add a b\nout x = v3\nout y = v4\n`;
    expect(lightest(listing, points)).toBe(2);
  });

  it('is made through the product or sum of a pair', () => {
    // Nothing is a + b yet.
    const listing = `${head}v1 = mul a c\nv2 = mul b c\nv3 = add v1 v2\nout x = v3\n`;
    expect(lightest(listing, points)).toBe(2);
  });

  it('is not the difference of nearly equal values', () => {
    // b·c = (a + b·c) − a would leave out v2's product: 3 instead of 4 operations.
    const listing = `${head}v1 = mul b c\nv2 = mul v1 c\nv3 = mul v2 b\nv4 = add a v3\nout x = v4\nout y = v3\n`;
    const near = [
      [1e6, 0.5, 2.5],
      [2e6, 2.25, 1.5],
    ];
    const graph = readProgram(parseProgram(listing), near);
    const search = new Resubstitution(graph, 1);
    for (let move = 0; move < 4000; move += 1) {
      search.propose(2);
      for (const node of graph.liveOrder()) {
        if (graph.kind[node] !== kinds.sum) continue;
        expect(
          cancellation(graph, graph.left[node] ?? 0, graph.right[node] ?? 0),
        ).toBeLessThanOrEqual(64);
      }
    }
  });

  it('is not taken from a quotient that is not defined where it is', () => {
    // With y = a·b·c / c there, a·b would be y·…: it must not depend on 1/c.
    // The exponential makes the longest chain long enough for others to become longer.
    const listing = `${head}v1 = mul a b\nv2 = add v1 c\nv3 = mul v2 v2\nv4 = div v3 c\nv5 = exp v3\nout x = v4\nout y = v3\nout z = v5\n`;
    const graph = readProgram(parseProgram(listing), points);
    const search = new Resubstitution(graph, 3);
    for (let move = 0; move < 4000; move += 1) {
      search.propose(3);
      expect(hazardsBelow(graph, (graph.outputs[1] ?? 0) >> 1)).toEqual(new Set());
    }
    expect(search.accepted).toBeGreaterThan(0);
  });

  it('keeps an earlier expression of its own where that one is less well defined', () => {
    // (a² − 1)/(a − 1) is a + 1, but not at a = 1.
    const listing =
      'program p\nin a\nv1 = mul a a\nv2 = sub v1 1.0\nv3 = sub a 1.0\nv4 = div v2 v3\nv5 = add a 1.0\nout x = v4\nout y = v5\n';
    const graph = readProgram(parseProgram(listing), [[3], [0.25]]);
    expect(hazardsBelow(graph, (graph.outputs[1] ?? 0) >> 1).size).toBe(0);
    expect(lightest(listing, [[3], [0.25]])).toBeLessThan(9);
  });
});

describe('a guard', () => {
  const head = 'program p\nin a, b, c\n';
  const searched = (listing: string, at: readonly (readonly number[])[]): Resubstitution => {
    const search = new Resubstitution(readProgram(parseProgram(listing), at), 5);
    for (let move = 0; move < 3000 && search.canMove; move += 1) search.propose(3);
    return search;
  };

  it('refuses sums that cancel, and says how many', () => {
    // b·c is (a + b)·c − a·c, which says nothing where a is much larger than b.
    const listing = `${head}v1 = add a b\nv2 = mul v1 c\nv3 = mul a c\nv4 = mul b c\nout x = v2\nout y = v3\nout z = v4\n`;
    const harmless = searched(listing, points);
    const near = searched(listing, [
      [1e6, 0.5, 2.5],
      [2e6, 2.25, 1.5],
    ]);
    expect(near.counts.cancelling).toBeGreaterThan(0);
    expect(harmless.counts.cancelling).toBe(0);
  });

  it('refuses a quotient where there was none', () => {
    // a·b + c is (a·b + c)²/(a·b + c), of which x has the first and y the reciprocal.
    const listing = `${head}v1 = mul a b\nv2 = add v1 c\nv3 = div c v2\nv4 = mul v2 c\nv5 = mul v4 v4\nout x = v3\nout y = v5\nout z = v4\n`;
    const { graph, counts } = searched(listing, points);
    expect(counts.hazardous).toBeGreaterThan(0);
    expect(hazardsBelow(graph, (graph.outputs[1] ?? 0) >> 1).size).toBe(0);
    expect(hazardsBelow(graph, (graph.outputs[2] ?? 0) >> 1).size).toBe(0);
  });

  it('refuses what overflows at a point that is watched', () => {
    // (a·b)·c is finite, b·c is not.
    const listing = `${head}v1 = mul a b\nv2 = mul v1 c\nout x = v2\n`;
    const huge = [[1e-200, 1e200, 1e200]];
    expect(searched(listing, huge).counts.disagreeing).toBeGreaterThan(0);
    expect(searched(listing, points).counts.disagreeing).toBe(0);
  });
});

describe('a denominator', () => {
  it('counts by its factors', () => {
    // 1/(a·b) is (1/a)·(1/b): two reciprocals and a product, where each is wanted.
    const listing =
      'program p\nin a, b\nv1 = mul a b\nv2 = div 1.0 v1\nv3 = div 1.0 a\nv4 = div 1.0 b\nout x = v2\nout y = v3\nout z = v4\n';
    const at = [
      [1.25, 0.5],
      [0.75, 2.25],
    ];
    // 1/(a·b) once, and a and b times it: 6 + 1 + 2 is less, but a = 0 is no business of 1/b.
    expect(lightest(listing, at)).toBe(13);
  });
});
