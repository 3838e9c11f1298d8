/**
 * The multiplications of the tensor tasks recounted from their elements. A number that a tensor edge
 * stores is one value however many entries it fills; eliminating a vertex, each pair of a value on an
 * out-edge and one on an in-edge that meet at an element of the vertex is one product. Enumerated
 * element by element, where the cost model multiplies the lengths of indices.
 */
import { describe, expect, it } from 'vitest';
import { countNumbered } from '../../src/accumulate/value-numbering.ts';
import { referenceEngine } from '../../src/core/reference.ts';
import { multiplications } from '../../src/cost/multiplications.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { blockOf } from '../../src/graph/partial.ts';
import type { Graph, Position } from '../../src/graph/types.ts';
import { add } from '../../src/notation/add.ts';
import type { Block } from '../../src/notation/block.ts';
import { compose } from '../../src/notation/compose.ts';
import { flatPosition, forEachIndex, valuePosition } from '../../src/notation/dense.ts';
import { orderFromPositions, parseOrder } from '../../src/order/orders.ts';
import type { EliminationOrder } from '../../src/order/types.ts';
import { elementElimination } from '../../src/subject/granularity.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { orderNames, readGolden, tensorTasks } from './golden.ts';

/** For each element of one side, the places of the stored numbers that its entries hold. */
function storedAt(block: Block, side: 'to' | 'from'): ReadonlyMap<number, ReadonlySet<number>> {
  const shape = side === 'to' ? block.toShape : block.fromShape;
  const places = new Map<number, Set<number>>();
  forEachIndex(block.sizes, (indices) => {
    const element = flatPosition(block[side], shape, block.sizes, indices);
    const found = places.get(element) ?? new Set();
    places.set(element, found.add(valuePosition(block, indices)));
  });
  return places;
}

function productsOf(outer: Block, inner: Block): number {
  const coefficients = [outer.coefficient, inner.coefficient];
  if (coefficients.includes('unit') || !coefficients.includes('variable')) return 0;
  const into = storedAt(inner, 'to');
  const products = new Set<string>();
  for (const [element, outgoing] of storedAt(outer, 'from')) {
    for (const left of outgoing) {
      for (const right of into.get(element) ?? []) products.add(`${left} ${right}`);
    }
  }
  return products.size;
}

function recount(graph: Graph, order: EliminationOrder): number[] {
  const into = graph.vertices.map(() => new Map<Position, Block>());
  const outOf = graph.vertices.map(() => new Map<Position, Block>());
  const set = (from: Position, to: Position, block: Block): void => {
    into[to]?.set(from, block);
    outOf[from]?.set(to, block);
  };
  for (const edge of graph.edges) set(edge.from, edge.to, blockOf(graph, edge));
  const outputs = new Set(graph.outputs);
  return order.map((vertex) => {
    let products = 0;
    for (const [to, outer] of outOf[vertex] ?? []) {
      for (const [from, inner] of into[vertex] ?? []) {
        products += productsOf(outer, inner);
        const made = compose(outer, inner)?.result;
        if (made === undefined) continue;
        const existing = outOf[from]?.get(to);
        set(from, to, existing === undefined ? made : add(existing, made));
      }
      into[to]?.delete(vertex);
    }
    outOf[vertex]?.clear();
    if (outputs.has(vertex)) return products;
    for (const from of into[vertex]?.keys() ?? []) outOf[from]?.delete(vertex);
    into[vertex]?.clear();
    return products;
  });
}

describe.each(tensorTasks)('the elements of %s', (name) => {
  const golden = readGolden(name);
  const subject = taskSubject(taskNamed(name));
  const { graph } = linearise(subject.program());
  const { linearisation, groups } = elementElimination(subject);
  const orders = Object.entries(orderNames).map(([key, order]) => {
    const { order: ids, true_steps: steps } = golden.orders[key as keyof typeof orderNames];
    return { name: order, steps, order: parseOrder(graph, ids) };
  });

  it.each(orders)('give every step of the tensor count: $name', ({ order, steps }) => {
    expect(recount(graph, order)).toEqual(steps);
  });

  it.each(orders)('cost no more when equal values are one: $name', ({ order }) => {
    const elements = groups(order);
    const plain = referenceEngine.load(multiplications.prepare(linearisation.graph));
    const [plainly] = plain.count([orderFromPositions(linearisation.graph, elements.flat())]);
    plain.dispose();
    expect(countNumbered(linearisation, elements).count).toBeLessThanOrEqual(plainly ?? NaN);
  });
});

describe('value numbering', () => {
  // In reverse order no structure is loosened and no equal values meet by chance. In forward order
  // tensors also multiply entries that are zero, and values that only happen to be equal.
  it.each(['f', 'Perceptron', 'Encoder'] as const)(
    'counts a reverse order of the tensors of %s as the tensors themselves do, step by step',
    (name) => {
      const { order, true_steps, true_total } = readGolden(name).orders.rev;
      const subject = taskSubject(taskNamed(name));
      const { linearisation, groups } = elementElimination(subject);
      const elements = groups(parseOrder(linearise(subject.program()).graph, order));
      expect(countNumbered(linearisation, elements)).toEqual({
        count: true_total,
        steps: true_steps,
      });
    },
  );
});
