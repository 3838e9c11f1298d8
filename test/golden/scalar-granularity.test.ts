/**
 * The tensor tasks element by element, held to the figures of an independent prototype (the
 * project's plan, algorithms.md, "Scalar granularity of the tensor tasks").
 */
import { describe, expect, it } from 'vitest';
import { accumulate, jacobianProgram } from '../../src/accumulate/accumulate.ts';
import { targetNamed } from '../../src/compile/targets.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { pairs } from '../../src/cost/pairs.ts';
import type { CostModel } from '../../src/cost/types.ts';
import { eliminableVertices } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import type { Tensor } from '../../src/program/types.ts';
import { heuristicNamed } from '../../src/search/heuristics/heuristics.ts';
import { pointInLayout, resultsFromLayout } from '../../src/subject/layout.ts';
import { expectJacobianClose } from '../support/compare.ts';
import { countOrders, elementsOf, expectJacobiansInOrders } from './scalar-jacobians.ts';
import { cheapestUnitFree, countUnitFree } from './unit-free.ts';

interface Figures {
  /** Inputs, intermediates, outputs, edges. */
  readonly size: readonly [number, number, number, number];
  /** Forward, reverse, Markowitz low and high, every pair costing 1. */
  readonly pairs: readonly [number, number, number, number];
  /** The same with ±1 free; Markowitz by this cost. */
  readonly unitFree: readonly [number, number, number, number];
}

const figures: Readonly<Record<string, Figures>> = {
  RoeFlux_3d: {
    size: [10, 152, 5, 284],
    pairs: [1362, 875, 721, 639],
    unitFree: [676, 518, 500, 536],
  },
  f: {
    size: [30, 359, 24, 922],
    pairs: [15856, 8046, 6697, 6666],
    unitFree: [12130, 5969, 6408, 6319],
  },
  Perceptron: {
    size: [86, 112, 1, 309],
    pairs: [7542, 308, 600, 484],
    unitFree: [4684, 199, 509, 439],
  },
  Encoder: {
    size: [154, 748, 2, 2410],
    pairs: [131130, 4616, 14716, 5298],
    unitFree: [88280, 3632, 11672, 9184],
  },
};

describe.each(Object.entries(figures))('%s element by element', (name, expected) => {
  const subject = elementsOf(name);
  const program = subject.program();
  const sample = subject.sample ?? [];
  const linearisation = subject.linearisation();
  const { graph } = linearisation;
  const named = ['forward', 'reverse', 'markowitz', 'markowitz-high'].map((heuristic) =>
    heuristicNamed(heuristic).order(graph, { seed: 1 }),
  );
  const count = (model: CostModel, orders: readonly EliminationOrder[]): number[] =>
    countOrders(graph, model, orders);

  it('has the vertices and edges of the prototype', () => {
    const intermediates = eliminableVertices(graph).length;
    expect([
      graph.inputs.length,
      intermediates,
      new Set(graph.outputs).size,
      graph.edges.length,
    ]).toEqual(expected.size);
  });

  it('costs what it costs there where every pair counts', () => {
    expect(count(pairs, named)).toEqual(expected.pairs);
  });

  it('costs what it costs there where ±1 is free', () => {
    const [forward = [], reverse = []] = named;
    const orders = [
      forward,
      reverse,
      cheapestUnitFree(graph, 'low'),
      cheapestUnitFree(graph, 'high'),
    ];
    expect(orders.map((order) => countUnitFree(graph, order))).toEqual(expected.unitFree);
    // No two constants meet in forward and reverse order, so that folding them changes nothing.
    expect(count(multiplications, named.slice(0, 2))).toEqual(expected.unitFree.slice(0, 2));
  });

  // A random order of the Encoder executes a quarter of a million multiplications: the other 19
  // run in the soak.
  const randomOrders = name === 'Encoder' ? 1 : 20;

  it(`has the Jacobian of dual numbers, by as many multiplications as counted, in named and random orders`, () => {
    expectJacobiansInOrders(subject, named, randomOrders);
  });

  it('has the Jacobian of dual numbers in compiled code', () => {
    const order = named[1];
    if (order === undefined) throw new Error('there is no reverse order');
    const compiled = targetNamed('js').compile(
      jacobianProgram(accumulate(linearisation, order), { values: true }),
    );
    const columns = pointInLayout(subject, sample).map(({ data }: Tensor) => data);
    const { jacobian } = resultsFromLayout(subject, compiled.batch(columns, 1));
    compiled.dispose();
    expectJacobianClose(program, jacobian, dualJacobian(program, sample), 1e-10);
  });
});
