/**
 * Accumulated Jacobians and Hessians of random Programs over tensors, in random orders, against
 * dual and hyper-dual numbers, which share no code with the partials or with index notation.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accumulate, jacobianProgram } from '../../src/accumulate/accumulate.ts';
import { countExecuted } from '../../src/accumulate/count-executed.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import { linearise, type Linearisation } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { dualJacobian, hyperDualHessian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import type { Tensor } from '../../src/program/types.ts';
import { createRandom } from '../../src/support/random.ts';
import { arbitraryTensorProgram } from '../support/arbitrary-tensor-program.ts';
import { expectClose, expectJacobianClose } from '../support/compare.ts';

const numbers = (tensors: readonly Tensor[]): number[] => tensors.flatMap(({ data }) => data);

function someOrders({ graph }: Linearisation, count: number, seed: number): EliminationOrder[] {
  const vertices = eliminableVertices(graph);
  const random = createRandom(seed);
  return [
    vertices,
    vertices.toReversed(),
    ...Array.from({ length: count }, () => random.shuffle(vertices)),
  ].map((positions) => orderFromPositions(graph, positions));
}

describe('for 300 random tensor programs, in any order,', () => {
  it('the Jacobian is that of dual numbers, and as many multiplications run as are counted', () => {
    const model = costModelNamed('multiplications');
    fc.assert(
      fc.property(arbitraryTensorProgram(), fc.nat(), ({ program, sample }, seed) => {
        const linearisation = linearise(program);
        const expected = dualJacobian(program, sample);
        const values = numbers(interpret(program, sample));
        const orders = someOrders(linearisation, 3, seed);
        const counts = referenceEngine.load(model.prepare(linearisation.graph)).count(orders);
        orders.forEach((order, index) => {
          const accumulation = accumulate(linearisation, order);
          const run = countExecuted(accumulation, sample);
          expectJacobianClose(program, run.jacobian, expected, 1e-10);
          expect(numbers(run.values)).toEqual(values);
          expect(run.multiplications).toBe(counts[index]);
          expect(accumulation.multiplications).toBe(counts[index]);
          const dense = jacobianProgram(accumulation, { values: false });
          const flat = numbers(run.jacobian.flat());
          expectClose(numbers(interpret(dense, sample)), flat, 1e-13, 'dense ');
        });
      }),
      { seed: 20243, numRuns: 300 },
    );
  });

  it('the Jacobian linearised again gives the Hessian of hyper-dual numbers', () => {
    fc.assert(
      fc.property(arbitraryTensorProgram({ steps: 5 }), fc.nat(), ({ program, sample }, seed) => {
        const first = linearise(program);
        const wanted = hyperDualHessian(program, sample).flatMap((rows) => rows.flatMap(numbers));
        const order = someOrders(first, 1, seed).at(-1);
        if (order === undefined) throw new Error('no order');
        const second = linearise(jacobianProgram(accumulate(first, order), { values: false }));
        for (const again of someOrders(second, 1, seed).slice(1)) {
          const run = countExecuted(accumulate(second, again), sample);
          expectClose(numbers(run.jacobian.flat()), wanted, 1e-9, 'second derivatives ');
        }
      }),
      { seed: 20244, numRuns: 100 },
    );
  });
});
