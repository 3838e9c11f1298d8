import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { costModelNamed, costModels } from '../../src/cost/models.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { paper } from '../../src/cost/paper/paper.ts';
import { buildGraph, type EdgeSpecification } from '../../src/graph/build.ts';
import { constant, scalarPartial, unit, variable } from '../../src/graph/partial.ts';
import { eliminableVertices } from '../../src/order/orders.ts';
import { UserError } from '../../src/support/user-error.ts';
import { arbitraryGraph } from '../graph/arbitrary-graph.ts';
import { eliminateAll } from '../graph/simple-elimination.ts';
import type { Coefficient, Graph } from '../../src/graph/types.ts';

type Weight = Coefficient | 'copy';

/** x → 1 → 2 with a second edge x → 2 where a third weight is given. */
function triangle(...weights: readonly Weight[]): Graph {
  const ends = [
    ['x', 1],
    [1, 2],
    ['x', 2],
  ] as const;
  const edges = weights.map((weight, index): EdgeSpecification => {
    const [from, to] = ends[index] ?? ends[0];
    return weight === 'copy'
      ? { from, to, partial: scalarPartial(unit()), paper: [-1, 1, 1, 1, 1] }
      : { from, to, partial: scalarPartial(weight) };
  });
  return buildGraph({ name: 'triangle', vertices: [{ id: 'x' }, { id: 1 }, { id: 2 }], edges });
}

function costOf(model: typeof pairs, graph: Graph): number {
  return eliminateAll(model.prepare(graph), eliminableVertices(graph)).cost;
}

function stateLeft(model: typeof pairs, graph: Graph): number | undefined {
  const { links } = eliminateAll(model.prepare(graph), eliminableVertices(graph));
  return links[0]?.state;
}

const stateOf = (model: typeof pairs, graph: Graph): number | undefined =>
  model.prepare(graph).states[0];

describe('cost models', () => {
  it('are found by name, and a misspelling gets a suggestion', () => {
    expect(costModels.map(({ name }) => costModelNamed(name).name)).toEqual([
      'paper',
      'pairs',
      'multiplications',
      'flops',
    ]);
    expect(() => costModelNamed('pair')).toThrow('Did you mean "pairs"?');
    expect(() => costModelNamed('__proto__')).toThrow(UserError);
  });

  it.each(costModels.map((model) => [model.name, model] as const))(
    '%s: states are closed under products and sums, and costs are whole and not negative',
    (_, model) => {
      fc.assert(
        fc.property(arbitraryGraph(5), (graph) => {
          const { algebra, states } = model.prepare(graph);
          expect(states).toHaveLength(graph.edges.length);
          for (let a = 0; a < algebra.size(); a += 1) {
            for (let b = 0; b < algebra.size(); b += 1) {
              for (const { state, cost } of [algebra.compose(a, b), algebra.add(a, b)]) {
                // No product of scalars vanishes by its structure.
                expect(state).toBeGreaterThanOrEqual(0);
                expect(state).toBeLessThan(algebra.size());
                expect(Number.isInteger(cost) && cost >= 0).toBe(true);
              }
            }
          }
        }),
        { seed: 8, numRuns: 20 },
      );
    },
  );

  it('refuse states they never gave out', () => {
    const { algebra } = multiplications.prepare(triangle(variable, variable));
    expect(() => algebra.compose(0, 3)).toThrow('no such edge states');
    expect(() => algebra.add(3, 0)).toThrow('no such edge states');
  });

  it('count at most as many multiplications as pairs', () => {
    fc.assert(
      fc.property(arbitraryGraph(6), (graph) => {
        expect(costOf(multiplications, graph)).toBeLessThanOrEqual(costOf(pairs, graph));
        expect(costOf(paper, graph)).toBeLessThanOrEqual(costOf(pairs, graph));
      }),
      { seed: 9, numRuns: 200 },
    );
  });

  it('give one graph one algebra, and its states keep their numbers', () => {
    const graph = triangle('copy', variable, unit());
    for (const model of costModels) {
      const first = model.prepare(graph);
      eliminateAll(first, eliminableVertices(graph));
      expect(model.prepare(graph)).toBe(first);
    }
  });

  it('paper refuses a tensor graph without codes, and says what to do', () => {
    const graph = buildGraph({
      name: 'tensor',
      vertices: [
        { id: 'x', shape: [3] },
        { id: 1, shape: [1] },
      ],
      edges: [
        {
          from: 'x',
          to: 1,
          partial: {
            to: [[{ index: 0, offset: 0 }]],
            from: [[{ index: 1, offset: 0 }]],
            value: [1],
            sizes: [1, 3],
            coefficient: variable,
          },
        },
      ],
    });
    expect(() => paper.prepare(graph)).toThrow(
      expect.objectContaining({ code: 'cost-missing-paper-code', at: 'edges[0]' }),
    );
    expect(() => paper.prepare(graph)).toThrow('use --cost multiplications');
  });

  it('take axes of length 1 for scalars', () => {
    const graph = buildGraph({
      name: 'ones',
      vertices: [{ id: 'x', shape: [1] }, { id: 1, shape: [1, 1] }, { id: 2 }],
      edges: [
        { from: 'x', to: 1 },
        { from: 1, to: 2 },
      ],
    });
    expect(costModels.map((model) => costOf(model, graph))).toEqual([1, 1, 1, 1]);
  });
});

describe('pairs', () => {
  it('is uniform and prices every product 1', () => {
    expect(pairs.prepare(triangle(unit(), unit())).algebra.uniform).toBe(true);
    expect(costOf(pairs, triangle(unit(), unit()))).toBe(1);
  });
});

describe('paper', () => {
  it('is uniform without copies and not with them', () => {
    expect(paper.prepare(triangle(unit(), unit())).algebra.uniform).toBe(true);
    expect(paper.prepare(triangle('copy', unit())).algebra.uniform).toBe(false);
  });

  it('gives products with a copy free, and units not', () => {
    expect(costOf(paper, triangle('copy', variable))).toBe(0);
    expect(costOf(paper, triangle(variable, 'copy'))).toBe(0);
    expect(costOf(paper, triangle('copy', 'copy'))).toBe(0);
    expect(costOf(paper, triangle(unit(), variable))).toBe(1);
  });

  it('keeps a copy through copies only', () => {
    const copy = stateOf(paper, triangle('copy', 'copy'));
    expect(stateLeft(paper, triangle('copy', 'copy'))).toBe(copy);
    expect(stateLeft(paper, triangle('copy', 'copy', 'copy'))).toBe(copy);
    expect(stateLeft(paper, triangle('copy', variable))).not.toBe(copy);
    expect(stateLeft(paper, triangle('copy', 'copy', variable))).not.toBe(copy);
  });

  it('refuses the type that says there is no edge', () => {
    const graph = buildGraph({
      name: 'odd',
      vertices: [{ id: 'x' }, { id: 1 }],
      edges: [{ from: 'x', to: 1, paper: [0, 1, 1, 1, 1] }],
    });
    expect(() => paper.prepare(graph)).toThrow(
      expect.objectContaining({ code: 'cost-paper-type', at: 'edges[0].paper' }),
    );
  });
});

describe('multiplications', () => {
  it.each([
    ['units', unit(-1), unit(), 0],
    ['a unit and a constant', unit(), constant(2), 0],
    ['a unit and a variable', unit(), variable, 0],
    ['two constants', constant(2), constant(3), 0],
    ['a constant and a variable', constant(2), variable, 1],
    ['two variables', variable, variable, 1],
  ])('prices the product of %s', (_, a, b, cost) => {
    expect(costOf(multiplications, triangle(a, b))).toBe(cost);
    expect(costOf(multiplications, triangle(b, a))).toBe(cost);
  });

  it('sums two units to a constant, whatever their signs', () => {
    const constantState = stateOf(multiplications, triangle(constant(2), unit()));
    expect(stateLeft(multiplications, triangle(unit(), unit(), unit(-1)))).toBe(constantState);
    expect(stateLeft(multiplications, triangle(unit(), unit(), constant(4)))).toBe(constantState);
  });
});
