import { describe, expect, it } from 'vitest';

import { eliminationHistory } from '../../src/core/fill-in.ts';
import { wasmEngine } from '../../src/core/wasm.ts';
import { costModels } from '../../src/cost/models.ts';
import { pairs } from '../../src/cost/pairs.ts';
import { readGraph } from '../../src/graph/file.ts';
import { randomGraph } from '../../src/graph/generators.ts';
import { orderIds, parseOrder } from '../../src/order/orders.ts';
import { random } from '../../src/search/heuristics/random.ts';
import { reverse } from '../../src/search/heuristics/reverse.ts';
import { taskSubject } from '../../src/subject/task-subject.ts';
import { taskNamed } from '../../tasks/tasks.ts';

const file = JSON.stringify({
  format: 'crosscountry/graph',
  version: 1,
  name: 'two inputs, a chain of two, two outputs',
  vertices: [{ id: 'x' }, { id: 'y' }, { id: 1 }, { id: 2 }, { id: 'a' }, { id: 'b' }],
  edges: [
    { from: 'x', to: 1 },
    { from: 'y', to: 1 },
    { from: 1, to: 2 },
    { from: 2, to: 'a' },
    { from: 2, to: 'b' },
  ],
});

describe('what an elimination leaves', () => {
  it('is told edge by edge', () => {
    const graph = readGraph(file, 'file');
    const { steps, edges } = eliminationHistory(pairs.prepare(graph), parseOrder(graph, [2, 1]));
    const id = (place: number) => graph.vertices[place]?.id;
    expect(steps.map(({ vertex, ...step }) => ({ vertex: id(vertex), ...step }))).toEqual([
      { vertex: 2, cost: 2, inEdges: 1, outEdges: 2, fillIn: 2 },
      { vertex: 1, cost: 4, inEdges: 2, outEdges: 2, fillIn: 4 },
    ]);
    expect(edges.map(({ from, to, born, died }) => [id(from), id(to), born, died])).toEqual([
      ['x', 1, 0, 2],
      ['y', 1, 0, 2],
      [1, 2, 0, 1],
      [2, 'a', 0, 1],
      [2, 'b', 0, 1],
      [1, 'a', 1, 2],
      [1, 'b', 1, 2],
      ['x', 'a', 2, Infinity],
      ['x', 'b', 2, Infinity],
      ['y', 'a', 2, Infinity],
      ['y', 'b', 2, Infinity],
    ]);
  });

  it('costs at each step what the core counts, and is edges from inputs to outputs only', () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const oddities = { outputsFeedOthers: seed % 2 === 1, loose: seed % 3 === 1 };
      const sizes = { inputs: 3, intermediates: 20, outputs: 3, density: 0.2 };
      const graph = randomGraph({ ...sizes, ...oddities, seed });
      const order = random.order(graph, { seed });
      const costed = pairs.prepare(graph);
      const { steps, edges } = eliminationHistory(costed, order);
      const handle = wasmEngine.load(costed);
      expect(steps.map(({ cost }) => cost)).toEqual([...handle.steps(order)]);
      handle.dispose();
      for (const { from, to, died } of edges.filter(({ died: end }) => end === Infinity)) {
        expect([graph.vertices[from]?.kind, graph.vertices[to]?.kind, died]).toEqual([
          'input',
          'output',
          Infinity,
        ]);
      }
      const pairsMade = new Set(edges.map(({ from, to }) => `${from} ${to}`));
      expect(pairsMade.size).toBe(edges.length);
    }
  });

  it('is counted alike on tensors, under every cost model', () => {
    for (const name of ['Perceptron', 'Encoder']) {
      const subject = taskSubject(taskNamed(name));
      for (const model of costModels) {
        const graph = subject.graph(model);
        const order = parseOrder(graph, orderIds(graph, reverse.order(graph, { seed: 0 })));
        const costed = model.prepare(graph);
        const handle = wasmEngine.load(costed);
        const { steps } = eliminationHistory(costed, order);
        expect(steps.map(({ cost }) => cost)).toEqual([...handle.steps(order)]);
        handle.dispose();
      }
    }
  });
});
