import { describe, expect, it } from 'vitest';
import { randomGraph } from '../../../src/graph/generators.ts';
import type { Graph } from '../../../src/graph/types.ts';
import { eliminableVertices } from '../../../src/order/orders.ts';
import { heuristicNamed, heuristics } from '../../../src/search/heuristics/heuristics.ts';
import { UserError } from '../../../src/support/user-error.ts';
import {
  damageBySimulation,
  degree,
  fillBySimulation,
  greedyByDefinition,
  lastDegreeBySimulation,
  type NaiveState,
} from './naive.ts';

const seed = 1;

/** Small graphs with every oddity: feeding outputs, dead and constant vertices, inputs as outputs. */
const graphs: readonly Graph[] = Array.from({ length: 200 }, (_, index) =>
  randomGraph({
    seed: index,
    inputs: 1 + (index % 4),
    intermediates: index % 9,
    outputs: 1 + (index % 3),
    density: 0.15 + 0.1 * (index % 5),
    outputsFeedOthers: index % 2 === 0,
    loose: index % 3 === 0,
    inputIsOutput: index % 7 === 0,
    doubleOutput: index % 5 === 0,
  }),
);

type Score = (graph: Graph) => (state: NaiveState, vertex: number) => number;

const definitions: readonly (readonly [name: string, score: Score])[] = [
  ['markowitz', () => degree],
  [
    'relative-markowitz',
    (graph) => {
      const last = graph.vertices.map((_, vertex) => lastDegreeBySimulation(graph, vertex));
      return (state, vertex) => degree(state, vertex) - (last[vertex] ?? Number.NaN);
    },
  ],
  ['minimum-fill', (graph) => (state, vertex) => fillBySimulation(graph, state, vertex)],
  [
    'lowest-markowitz-minimal-damage',
    (graph) => (state, vertex) => degree(state, vertex) + damageBySimulation(graph, state, vertex),
  ],
  [
    'minimal-damage',
    // 0.6 D + 0.4 |P||S| in tenths.
    (graph) => (state, vertex) =>
      6 * damageBySimulation(graph, state, vertex) + 4 * degree(state, vertex),
  ],
  [
    'maximal-markowitz-reduction',
    (graph) => (state, vertex) => damageBySimulation(graph, state, vertex) - degree(state, vertex),
  ],
];

describe('a greedy heuristic', () => {
  it.each(definitions)('%s is its definition, with both tie rules', (name, score) => {
    for (const graph of graphs) {
      const options = { seed };
      const scored = score(graph);
      expect(heuristicNamed(name).order(graph, options)).toEqual(
        greedyByDefinition(graph, 'low', scored),
      );
      expect(heuristicNamed(`${name}-high`).order(graph, options)).toEqual(
        greedyByDefinition(graph, 'high', scored),
      );
    }
  });
});

describe('every heuristic', () => {
  it.each(heuristics.map(({ name }) => name))('%s gives a complete and legal order', (name) => {
    for (const graph of graphs) {
      const order = heuristicNamed(name).order(graph, { seed });
      expect([...order].sort((a, b) => a - b)).toEqual(eliminableVertices(graph));
    }
  });

  it('says where the lowest or the highest of equals is taken', () => {
    for (const { name, summary, random } of heuristics) {
      if (random || name === 'forward' || name === 'reverse') continue;
      expect(summary).toContain(name.endsWith('-high') ? 'highest' : 'lowest');
    }
  });

  it('has a name of its own', () => {
    expect(new Set(heuristics.map(({ name }) => name)).size).toBe(heuristics.length);
  });
});

describe('forward and reverse', () => {
  it('are mirror images', () => {
    for (const graph of graphs) {
      const ahead = heuristicNamed('forward').order(graph, { seed });
      expect(heuristicNamed('reverse').order(graph, { seed })).toEqual(ahead.toReversed());
      expect(ahead).toEqual(eliminableVertices(graph));
    }
  });
});

describe('random', () => {
  const graph = randomGraph({ seed, inputs: 3, intermediates: 30, outputs: 3, density: 0.1 });

  it('repeats itself by the seed and differs between seeds', () => {
    const shuffled = heuristicNamed('random');
    expect(shuffled.random).toBe(true);
    expect(shuffled.order(graph, { seed: 7 })).toEqual(shuffled.order(graph, { seed: 7 }));
    expect(shuffled.order(graph, { seed: 7 })).not.toEqual(shuffled.order(graph, { seed: 8 }));
  });
});

describe('a misspelt heuristic', () => {
  it('is refused with the nearest name', () => {
    expect(() => heuristicNamed('markovitz')).toThrow(UserError);
    expect(() => heuristicNamed('markovitz')).toThrow(/Did you mean "markowitz"\?/);
    expect(() => heuristicNamed('__proto__')).toThrow(/no heuristic "__proto__"/);
  });
});
