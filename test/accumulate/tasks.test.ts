/** Every task in every order: the Jacobian of dual numbers, and the published multiplications. */
import { describe, expect, it } from 'vitest';
import { accumulate } from '../../src/accumulate/accumulate.ts';
import { countExecuted, type CountedRun } from '../../src/accumulate/count-executed.ts';
import { attachPaperCodes } from '../../src/cost/paper/encode.ts';
import { isScalarGraph } from '../../src/cost/scalar-graph.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { shareDeadVertices } from '../../src/graph/transforms.ts';
import {
  eliminableVertices,
  orderFromPositions,
  orderIds,
  parseOrder,
} from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { centralDifferences } from '../../src/program/differences.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import type { Tensor } from '../../src/program/types.ts';
import { heuristicNamed, heuristics } from '../../src/search/heuristics/heuristics.ts';
import { createRandom } from '../../src/support/random.ts';
import { tasks } from '../../tasks/tasks.ts';
import { expectJacobianClose } from '../support/compare.ts';

/**
 * True multiplications in forward, reverse, Markowitz and the published order, as the project's
 * plan lists them from an independent prototype (shared rules: golden/RULES.md, true mode).
 */
const multiplications: Readonly<Record<string, readonly [number, number, number, number]>> = {
  HumanHeartDipole: [48, 60, 48, 48],
  PropaneCombustion: [26, 26, 24, 24],
  RoeFlux_1d: [362, 234, 278, 217],
  RobotArm_6DOF: [227, 221, 179, 165],
  g: [442, 334, 334, 301],
  BlackScholes_Jacobian: [385, 379, 274, 252],
  RoeFlux_3d: [676, 518, 495, 446],
  f: [12424, 5747, 9618, 5175],
  Perceptron: [4904, 199, 1888, 199],
  Encoder: [91848, 3632, 49744, 3928],
};

describe.each(tasks.map((task) => [task.name, task] as const))('%s', (name, task) => {
  const program = task.program();
  const linearisation = linearise(program);
  const { graph } = linearisation;
  const sample = task.inputs.map(({ shape }, input): Tensor => ({
    shape,
    data: task.sample[input] ?? [],
  }));
  // Equations on tensors are interpreted element by element, and a test should not take a minute.
  const randomOrders = isScalarGraph(graph) ? 200 : 5;
  const expected = dualJacobian(program, sample);
  const run = (order: EliminationOrder): CountedRun =>
    countExecuted(accumulate(linearisation, order), sample);

  it('has the Jacobian of dual numbers in every named order', () => {
    const named = heuristics.map((heuristic) => heuristic.order(graph, { seed: 1 }));
    const published =
      task.publishedOrder === undefined ? [] : [parseOrder(graph, task.publishedOrder)];
    for (const order of [...named, ...published]) {
      expectJacobianClose(program, run(order).jacobian, expected, 1e-10);
    }
  });

  it(`has the Jacobian of dual numbers in ${randomOrders} random orders`, () => {
    const random = createRandom(7);
    const vertices = eliminableVertices(graph);
    for (let count = 0; count < randomOrders; count += 1) {
      const order = orderFromPositions(graph, random.shuffle(vertices));
      expectJacobianClose(program, run(order).jacobian, expected, 1e-10);
    }
  });

  // Differences see through the stopGradient of f, which changes its derivatives (those of softmax
  // don't).
  it.skipIf(name === 'f')('has, loosely, the Jacobian of central differences', () => {
    const found = run(heuristicNamed('markowitz').order(graph, { seed: 1 })).jacobian;
    expectJacobianClose(program, found, centralDifferences(program, sample), 1e-5);
  });

  const known = multiplications[name];
  it.runIf(known !== undefined && task.publishedOrder !== undefined)(
    'executes the multiplications that an independent prototype counted',
    () => {
      const orders = [
        // The peer's Markowitz degrees see the peer's graph, its codes and shared dead vertices.
        ...['forward', 'reverse', 'markowitz'].map((heuristic) => {
          const coded = attachPaperCodes(graph, program);
          const chosenOn = task.peerSharesDeadVertices === true ? shareDeadVertices(coded) : coded;
          const order = heuristicNamed(heuristic).order(chosenOn, { seed: 1 });
          return parseOrder(graph, orderIds(chosenOn, order));
        }),
        parseOrder(graph, task.publishedOrder ?? []),
      ];
      expect(orders.map((order) => run(order).multiplications)).toEqual(known);
    },
  );
});
