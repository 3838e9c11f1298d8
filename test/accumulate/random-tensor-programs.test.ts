/**
 * Accumulated Jacobians and Hessians of random Programs over tensors, in random orders, against
 * dual and hyper-dual numbers, which share no code with the partials or with index notation.
 */
import { describe, expect, it } from 'vitest';
import { accumulate, jacobianProgram } from '../../src/accumulate/accumulate.ts';
import { countExecuted } from '../../src/accumulate/count-executed.ts';
import { linearise, type Linearisation } from '../../src/graph/linearise.ts';
import { add } from '../../src/notation/add.ts';
import type { Block } from '../../src/notation/block.ts';
import { compose } from '../../src/notation/compose.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { dualJacobian, hyperDualHessian } from '../../src/program/dual.ts';
import { interpret } from '../../src/program/interpret.ts';
import { printProgram } from '../../src/program/listing.ts';
import type { Program, Tensor } from '../../src/program/types.ts';
import { createRandom } from '../../src/support/random.ts';
import { expectClose, expectJacobianClose } from '../support/compare.ts';
import { randomTensorProgram } from './tensor-programs.ts';

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

/** Multiplications by the structure alone: the algebra of blocks, without any number. */
function countByStructure({ graph, partials }: Linearisation, order: EliminationOrder): number {
  const edges = new Map<string, { from: number; to: number; block: Block }>();
  graph.edges.forEach(({ from, to }, index) => {
    const block = partials[index]?.block;
    if (block !== undefined) edges.set(`${from} ${to}`, { from, to, block });
  });
  const outputs = new Set<number>(graph.outputs);
  let multiplications = 0;
  for (const vertex of order) {
    const incoming = [...edges.values()].filter(({ to }) => to === vertex);
    const outgoing = [...edges.values()].filter(({ from }) => from === vertex);
    for (const { to, block: outer } of outgoing) {
      for (const { from, block: inner } of incoming) {
        const product = compose(outer, inner);
        if (product === undefined) continue;
        multiplications += product.multiplications;
        const existing = edges.get(`${from} ${to}`);
        const block = existing === undefined ? product.result : add(existing.block, product.result);
        edges.set(`${from} ${to}`, { from, to, block });
      }
    }
    for (const [key, edge] of edges) {
      if (edge.from === vertex || (edge.to === vertex && !outputs.has(vertex))) edges.delete(key);
    }
  }
  return multiplications;
}

/** Runs a check; what it throws names the Program. */
function checked(program: Program, seed: number, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Error(`seed ${seed}:\n${printProgram(program)}`, { cause: error });
  }
}

describe('for 300 random tensor programs, in any order,', () => {
  it('the Jacobian is that of dual numbers, and as many multiplications run as are counted', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const { program, sample } = randomTensorProgram(createRandom(seed));
      checked(program, seed, () => {
        const linearisation = linearise(program);
        const expected = dualJacobian(program, sample);
        const values = numbers(interpret(program, sample));
        for (const order of someOrders(linearisation, 3, seed)) {
          const accumulation = accumulate(linearisation, order);
          const run = countExecuted(accumulation, sample);
          expectJacobianClose(program, run.jacobian, expected, 1e-10);
          expect(numbers(run.values)).toEqual(values);
          expect(run.multiplications).toBe(accumulation.multiplications);
          expect(countByStructure(linearisation, order)).toBe(accumulation.multiplications);
          const dense = jacobianProgram(accumulation, { values: false });
          const flat = numbers(run.jacobian.flat());
          expectClose(numbers(interpret(dense, sample)), flat, 1e-13, 'dense ');
        }
      });
    }
  });

  it('the Jacobian linearised again gives the Hessian of hyper-dual numbers', () => {
    for (let seed = 1000; seed < 1150; seed += 1) {
      const { program, sample } = randomTensorProgram(createRandom(seed), 5);
      checked(program, seed, () => {
        const first = linearise(program);
        const wanted = hyperDualHessian(program, sample).flatMap((rows) => rows.flatMap(numbers));
        const order = someOrders(first, 1, seed).at(-1);
        if (order === undefined) throw new Error('no order');
        const second = linearise(jacobianProgram(accumulate(first, order), { values: false }));
        const again = someOrders(second, 1, seed);
        for (const other of [again.at(1), again.at(2)]) {
          if (other === undefined) throw new Error('no order');
          const run = countExecuted(accumulate(second, other), sample);
          expectClose(numbers(run.jacobian.flat()), wanted, 1e-9, 'second derivatives ');
        }
      });
    }
  });
});
