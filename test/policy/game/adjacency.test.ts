import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AdjacencyTensor, adjacencyShape } from '../../../src/policy/game/adjacency.ts';
import { paper } from '../../../src/cost/paper/paper.ts';
import { eliminableVertices } from '../../../src/order/orders.ts';
import { taskSubject } from '../../../src/subject/task-subject.ts';
import { taskNamed } from '../../../tasks/tasks.ts';
import { paperTasks, readGolden } from '../../golden/golden.ts';
import { z } from 'zod';

const tables = z
  .object({ mul_type: z.array(z.array(z.number())), add_type: z.array(z.array(z.number())) })
  .parse(
    JSON.parse(readFileSync(new URL('../../golden/data/tables.json', import.meta.url), 'utf8')),
  );

/** Dense [5, rows, columns] of nested lists. */
type Nested = number[][][];

/**
 * The observation from a golden file, by the rules of RULES.md and the layout of AlphaGrad's program:
 * edges as a dictionary by names, written out at every state. Nothing of the product is used.
 */
function* expectedObservations(task: string, vertices: readonly number[]): Generator<Nested> {
  const { inputs, outputs, vertices: all, edges } = readGolden(task);
  const equations = all.filter(({ prim }) => prim !== 'input').map(({ id }) => id);
  let codes = new Map(edges.map(({ from, to, ag }) => [`${from} ${to}`, [...ag]]));
  const eliminated: number[] = [];
  const write = (): Nested => {
    const rows = ['info', ...inputs, ...equations];
    const tensor = Array.from({ length: 5 }, (_, channel) =>
      rows.map((from) => equations.map((to) => codes.get(`${from} ${to}`)?.[channel] ?? 0)),
    );
    const put = (channel: number, column: number, number: number): void => {
      const row = tensor[channel]?.[0];
      if (row !== undefined) row[column] = number;
    };
    [inputs.length, equations.length - outputs.length, outputs.length].forEach((number, index) => {
      put(0, index, number);
    });
    for (const output of outputs) {
      put(1, equations.indexOf(output), 1);
      put(2, equations.indexOf(output), 1);
    }
    eliminated.forEach((vertex, move) => {
      put(1, vertex - 1, 1);
      put(3, move, vertex);
    });
    return tensor;
  };
  const typeOf = (table: readonly (readonly number[])[], row = 0, column = 0): number =>
    table[row + 10]?.[column + 10] ?? NaN;
  yield write();
  for (const vertex of vertices) {
    const name = equations[vertex - 1] ?? '';
    const next = new Map(codes);
    for (const [incomingKey, incoming] of codes) {
      const [from = '', middle] = incomingKey.split(' ');
      if (middle !== name) continue;
      for (const [outgoingKey, outgoing] of codes) {
        const [source, to = ''] = outgoingKey.split(' ');
        if (source !== name) continue;
        const product = typeOf(tables.mul_type, incoming[0], outgoing[0]);
        const type = typeOf(tables.add_type, codes.get(`${from} ${to}`)?.[0], product);
        next.set(`${from} ${to}`, [type, ...outgoing.slice(1, 3), ...incoming.slice(3)]);
      }
    }
    codes = new Map([...next].filter(([key]) => !key.split(' ').includes(name)));
    eliminated.push(vertex);
    yield write();
  }
}

/** A flat tensor as nested lists. */
function nested(tensor: AdjacencyTensor): Nested {
  const [channels, rows, columns] = tensor.shape;
  const flat = tensor.read();
  return Array.from({ length: channels }, (_, channel) =>
    Array.from({ length: rows }, (__, row) => {
      const start = (channel * rows + row) * columns;
      return [...flat.subarray(start, start + columns)];
    }),
  );
}

/** Positions of equations, 1, 2, 3 …, of a task's graph. */
function graphOf(name: string) {
  const graph = taskSubject(taskNamed(name)).graph(paper);
  const equations = [...graph.vertices.keys()].filter(
    (position) => graph.vertices[position]?.kind !== 'input',
  );
  return { graph, equations };
}

describe.each(paperTasks.filter((name) => name !== 'BlackScholes_Jacobian'))(
  "the paper's observation of %s",
  (name) => {
    it('is the one of the golden file at the first states of every order', () => {
      const { orders } = readGolden(name);
      for (const { order } of [orders.rev, orders.published]) {
        const { graph, equations } = graphOf(name);
        const tensor = new AdjacencyTensor(graph);
        // The first state, and those after one, two, … moves.
        const moves = order.slice(0, name === 'HumanHeartDipole' ? 12 : 3);
        const expected = [...expectedObservations(name, moves)];
        expect(nested(tensor), 'the first state').toEqual(expected[0]);
        moves.forEach((vertex, move) => {
          tensor.eliminate((equations[vertex - 1] ?? -1) as Parameters<typeof tensor.eliminate>[0]);
          expect(nested(tensor), `after move ${move + 1}`).toEqual(expected[move + 1]);
        });
        tensor.reset();
        expect(nested(tensor)).toEqual(expected[0]);
      }
    });
  },
);

describe("the paper's observation", () => {
  it('of HumanHeartDipole has 5 channels, 8 inputs and 86 vertices', () => {
    expect(adjacencyShape(graphOf('HumanHeartDipole').graph)).toEqual([5, 95, 86]);
  });

  it('has no edges left but those from inputs to outputs when the game is over', () => {
    const { graph } = graphOf('RoeFlux_1d');
    const tensor = new AdjacencyTensor(graph);
    for (const vertex of eliminableVertices(graph)) tensor.eliminate(vertex);
    const [types = []] = nested(tensor);
    const inputs = graph.inputs.length;
    const isLeft = types
      .slice(1)
      .map((row, index) => [index < inputs, row.some((type) => type !== 0)]);
    for (const [isInput, hasEdges] of isLeft) if (isInput !== true) expect(hasEdges).toBe(false);
  });
});
