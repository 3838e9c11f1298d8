/**
 * Accumulated Jacobians and Hessians of random programs, in random orders, against dual and
 * hyper-dual numbers, which share no code with the partials.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accumulate, jacobianProgram } from '../../src/accumulate/accumulate.ts';
import { countExecuted } from '../../src/accumulate/count-executed.ts';
import { compileJavaScript } from '../../src/compile/js/compile.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { costModelNamed } from '../../src/cost/models.ts';
import { linearise, type Linearisation } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { dualJacobian, hyperDualHessian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import { simplify } from '../../src/program/simplify.ts';
import type { Tensor } from '../../src/program/types.ts';
import { createRandom } from '../../src/support/random.ts';
import { arbitraryProgram } from '../support/arbitrary-program.ts';
import { expectClose, expectJacobianClose } from '../support/compare.ts';

const numbers = (tensors: readonly Tensor[]): number[] => tensors.flatMap(({ data }) => data);

/** Forward, reverse, and `count` random orders: each permutation of the vertices is legal. */
function someOrders({ graph }: Linearisation, count: number, seed: number): EliminationOrder[] {
  const vertices = eliminableVertices(graph);
  const random = createRandom(seed);
  return [
    vertices,
    vertices.toReversed(),
    ...Array.from({ length: count }, () => random.shuffle(vertices)),
  ].map((positions) => orderFromPositions(graph, positions));
}

describe('for 500 random programs, in any order,', () => {
  it('the Jacobian is that of dual numbers, and as many multiplications run as are counted', () => {
    const model = costModelNamed('multiplications');
    fc.assert(
      fc.property(arbitraryProgram(), fc.nat(), ({ program, sample }, seed) => {
        const linearisation = linearise(program);
        const orders = someOrders(linearisation, 3, seed);
        const expected = dualJacobian(program, sample);
        const values = numbers(interpret(program, sample));
        const counts = referenceEngine.load(model.prepare(linearisation.graph)).count(orders);
        orders.forEach((order, index) => {
          const accumulation = accumulate(linearisation, order);
          const run = countExecuted(accumulation, sample);
          expectJacobianClose(program, run.jacobian, expected, 1e-10);
          expect(numbers(run.values)).toEqual(values);
          expect(run.multiplications).toBe(counts[index]);
          expect(accumulation.multiplications).toBe(counts[index]);
        });
      }),
      { seed: 20240, numRuns: 500 },
    );
  });

  it('the compiled Jacobian is the interpreted one', () => {
    fc.assert(
      fc.property(arbitraryProgram(), fc.nat(), ({ program, sample }, seed) => {
        const linearisation = linearise(program);
        const [, , order] = someOrders(linearisation, 1, seed);
        if (order === undefined) throw new Error('no order');
        const dense = jacobianProgram(accumulate(linearisation, order), { values: true });
        const expected = numbers(interpret(dense, sample));
        const point = numbers(sample);
        expect(compileJavaScript(dense, { strict: true }).point(point)).toEqual(expected);
        const simplified = compileJavaScript(dense);
        expect(simplified.point(point)).toEqual(numbers(interpret(simplify(dense), sample)));
        expectClose(simplified.point(point), expected, 1e-11, 'outputs');
        const batch = simplified.batch(
          point.map((x) => [x, x, x]),
          3,
        );
        expect(batch.map((column) => column[2])).toEqual(simplified.point(point));
      }),
      { seed: 20241, numRuns: 500 },
    );
  });
});

describe('linearising the Jacobian again', () => {
  it('gives the Hessian of hyper-dual numbers for random programs, whatever the two orders', () => {
    fc.assert(
      fc.property(arbitraryProgram({ steps: 8 }), fc.nat(), ({ program, sample }, seed) => {
        const first = linearise(program);
        const expected = hyperDualHessian(program, sample);
        const [forward] = someOrders(first, 0, seed);
        const [, , random] = someOrders(first, 1, seed);
        for (const order of [forward, random]) {
          if (order === undefined) throw new Error('no order');
          const gradient = simplify(jacobianProgram(accumulate(first, order), { values: false }));
          const second = linearise(gradient);
          const [, reverse, other] = someOrders(second, 1, seed);
          const again = order === forward ? reverse : other;
          if (again === undefined) throw new Error('no order');
          const run = countExecuted(accumulate(second, again), sample);
          const found = numbers(run.jacobian.flat());
          const wanted = expected.flatMap((rows) => rows.flatMap(numbers));
          expectClose(found, wanted, 1e-9, 'second derivatives ');
        }
      }),
      { seed: 20242, numRuns: 200 },
    );
  });
});
