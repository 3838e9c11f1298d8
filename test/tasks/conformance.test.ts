/**
 * The paper's ten tasks, whole tensors: in any order the accumulated Jacobian is the one of dual
 * numbers, and accumulation executes as many multiplications as the cost model counts.
 */
import { describe, expect, it } from 'vitest';
import { accumulate } from '../../src/accumulate/accumulate.ts';
import { countExecuted } from '../../src/accumulate/count-executed.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { eliminableVertices, orderFromPositions, parseOrder } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { dualJacobian } from '../../src/program/dual.ts';
import { createRandom } from '../../src/support/random.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { paperTasks, readGolden } from '../golden/golden.ts';
import { expectJacobianClose } from '../support/compare.ts';

const named = ['fwd', 'rev', 'markowitz', 'published'] as const;

describe.each(paperTasks)('%s on whole tensors', (name) => {
  const task = taskNamed(name);
  const program = task.program();
  const linearisation = linearise(program);
  const { graph } = linearisation;
  const sample = task.inputs.map(({ shape }, input) => ({ shape, data: task.sample[input] ?? [] }));
  const expected = dualJacobian(program, sample);
  const counted = (order: EliminationOrder): number => {
    const handle = referenceEngine.load(multiplications.prepare(graph));
    const [count = NaN] = handle.count([order]);
    handle.dispose();
    return count;
  };

  /** Multiplications executed in this order, which has to give the Jacobian. */
  function executed(order: EliminationOrder): number {
    const accumulation = accumulate(linearisation, order);
    const run = countExecuted(accumulation, sample);
    expectJacobianClose(program, run.jacobian, expected, 1e-10);
    expect(accumulation.multiplications).toBe(run.multiplications);
    return run.multiplications;
  }

  it.each(named)('has the Jacobian of dual numbers for the golden count: %s', (key) => {
    const golden = readGolden(name).orders[key];
    const order = parseOrder(graph, golden.order);
    expect(executed(order)).toBe(golden.true_total);
    expect(counted(order)).toBe(golden.true_total);
  });

  it('has it for the counted multiplications in 20 random orders', () => {
    const random = createRandom(17);
    for (let each = 0; each < 20; each += 1) {
      const order = orderFromPositions(graph, random.shuffle(eliminableVertices(graph)));
      expect(executed(order)).toBe(counted(order));
    }
  });
});
