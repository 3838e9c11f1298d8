import { describe, expect, it } from 'vitest';
import { accumulate } from '../../src/accumulate/accumulate.ts';
import type { Accumulation } from '../../src/accumulate/types.ts';
import { wasmEngine } from '../../src/core/wasm.ts';
import { flops } from '../../src/cost/flops.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { elementCount } from '../../src/notation/block.ts';
import { eliminableVertices, orderFromPositions } from '../../src/order/orders.ts';
import { primitiveNamed } from '../../src/program/primitives.ts';
import { createRandom } from '../../src/support/random.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { scalarTasks } from '../golden/golden.ts';
import { tensorTasks } from '../golden/tensor-graphs.ts';

/** Additions that the accumulation's own equations execute. */
function executedAdditions({ program, primalEquations, partialEquations }: Accumulation): number {
  const shapes = [...program.inputs, ...program.equations].map(({ type }) => type.shape);
  return program.equations
    .slice(primalEquations + partialEquations)
    .reduce((sum, { primitive, operands, parameters, type }) => {
      if (primitive === 'add' || primitive === 'sub') return sum + elementCount(type.shape);
      const found = primitiveNamed(primitive);
      if (found.class !== 'structural') return sum;
      const own = operands.map((operand) =>
        operand.kind === 'literal' ? operand.shape : (shapes[operand.id] ?? []),
      );
      const structure = found.structure(own, parameters);
      switch (structure.kind) {
        case 'bilinear':
          return sum + elementCount(structure.sizes) - elementCount(type.shape);
        case 'linear':
          // Elements of the result that nothing is moved to stay 0.
          return structure.blocks.reduce((added, { to, sizes }) => {
            const targets = new Set(to.flat().map(({ index }) => index));
            const hit = elementCount([...targets].map((index) => sizes[index] ?? 1));
            return added + elementCount(sizes) - hit;
          }, sum);
        case 'extreme':
          throw new Error('an accumulation takes no extremes');
      }
    }, 0);
}

describe.each([...scalarTasks, ...tensorTasks])('an accumulation of %s', (name) => {
  it('executes the additions that flops counts, in 6 orders', () => {
    const linearisation = linearise(taskNamed(name).program());
    const { graph } = linearisation;
    const random = createRandom(5);
    const eliminable = eliminableVertices(graph);
    const orders = [
      eliminable,
      eliminable.toReversed(),
      ...Array.from({ length: 4 }, () => random.shuffle(eliminable)),
    ].map((order) => orderFromPositions(graph, order));
    const [all, products] = [flops, multiplications].map((model) => {
      const handle = wasmEngine.load(model.prepare(graph));
      const counts = [...handle.count(orders)];
      handle.dispose();
      return counts;
    });
    expect(orders.map((order) => executedAdditions(accumulate(linearisation, order)))).toEqual(
      all?.map((count, index) => count - (products?.[index] ?? Number.NaN)),
    );
  });
});
