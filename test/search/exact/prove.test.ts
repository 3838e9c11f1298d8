import { describe, expect, it } from 'vitest';

import { pairs } from '../../../src/cost/pairs.ts';
import { referenceEngine } from '../../../src/core/reference.ts';
import { randomGraph } from '../../../src/graph/generators.ts';
import type { Graph } from '../../../src/graph/types.ts';
import { PartitionFinder } from '../../../src/search/exact/partition-finder.ts';
import { type Proof, prove, reduceGraph } from '../../../src/search/exact/prove.ts';
import type { ProofOptions } from '../../../src/search/exact/prove-part.ts';
import { reverse } from '../../../src/search/heuristics/reverse.ts';
import { taskGraphs } from '../../golden/graphs.ts';

const options: Omit<ProofOptions, 'onProgress'> = {
  effort: 'full',
  seed: 1,
  memory: 1e8,
  shouldStop: () => false,
  timeUsed: () => 0,
};

function proveFromReverse(graph: Graph, changes: Partial<typeof options> = {}): Proof {
  const known = reverse.order(graph, { seed: 0 });
  return prove(pairs.prepare(graph), known, { ...options, ...changes });
}

/** Seventeen of its eighteen vertices are taken by no reduction, and the groups leave a gap. */
const medium = randomGraph({
  seed: 2,
  inputs: 5,
  intermediates: 18,
  outputs: 4,
  density: 0.25,
});

describe('a proof', () => {
  it.each([
    ['HumanHeartDipole', 148],
    ['PropaneCombustion', 88],
    ['RobotArm_6DOF', 221],
  ])('of %s finds the optimum of the prototype, with an order that counts it', (name, optimum) => {
    const graph = taskGraphs(name).peer;
    const proof = proveFromReverse(graph);
    expect([proof.lower, proof.upper]).toEqual([optimum, optimum]);
    expect(referenceEngine.load(pairs.prepare(graph)).count([proof.order])[0]).toBe(optimum);
  });

  it('does not depend on the seed, the memory or the order that was known', () => {
    const values = [1, 2].flatMap((seed) =>
      [30_000, 1e8].map((memory) => proveFromReverse(medium, { seed, memory })),
    );
    const [first] = values;
    if (first === undefined) throw new Error('nothing was proved');
    values.push(prove(pairs.prepare(medium), first.order, options));
    const uppers = values.map(({ upper }) => upper);
    expect(values.map(({ lower }) => lower)).toEqual(uppers);
    expect(new Set(uppers).size).toBe(1);
  });

  it('expands as many states when it is run again', () => {
    const states = (): number[] => proveFromReverse(medium).parts.map((part) => part.states);
    expect(states()).toEqual(states());
    expect(Math.max(...states())).toBeGreaterThan(0);
  });

  it('that is stopped at once still gives true bounds and an order that counts the upper one', () => {
    const { lower, upper } = proveFromReverse(medium);
    for (const patience of [0, 1, 10, 100]) {
      let asked = 0;
      const proof = proveFromReverse(medium, {
        shouldStop: () => {
          asked += 1;
          return asked > patience;
        },
      });
      expect(proof.lower).toBeLessThanOrEqual(lower);
      expect(proof.upper).toBeGreaterThanOrEqual(upper);
      const count = referenceEngine.load(pairs.prepare(medium)).count([proof.order])[0];
      expect(count).toBe(proof.upper);
    }
  });

  it('takes graphs with nothing to eliminate', () => {
    const graph = randomGraph({ seed: 1, inputs: 2, intermediates: 0, outputs: 1, density: 1 });
    expect(proveFromReverse(graph)).toMatchObject({ lower: 0, upper: 0, order: [], parts: [] });
  });
});

describe('partitions', () => {
  const [instance] = reduceGraph(pairs.prepare(taskGraphs('g').peer)).parts;
  if (instance === undefined) throw new Error('g reduces to nothing');

  it('have every vertex of g once, in groups of at most 14, and a bound far above Menger’s 177', () => {
    expect(instance.size).toBe(42);
    const finder = new PartitionFinder(instance, 3, () => false);
    const { groups, bound } = finder.round(1);
    expect(groups.flat().toSorted((a, b) => a - b)).toEqual(instance.positions.map((_, v) => v));
    expect(Math.max(...groups.map((group) => group.length))).toBeLessThanOrEqual(14);
    expect(bound).toBeGreaterThan(285);
    expect(bound).toBeLessThanOrEqual(324);
  });

  it('are the same for the same seed and round, whatever ran before', () => {
    const [small] = reduceGraph(pairs.prepare(medium)).parts;
    if (small === undefined) throw new Error('the graph reduces to nothing');
    const one = new PartitionFinder(small, 3, () => false);
    const other = new PartitionFinder(small, 3, () => false);
    other.round(0);
    expect(other.round(1)).toEqual(one.round(1));
  });
});
