import { describe, expect, it } from 'vitest';
import { attachPaperCodes } from '../../src/cost/paper/encode.ts';
import { isScalarGraph } from '../../src/cost/scalar-graph.ts';
import { shareDeadVertices } from '../../src/graph/transforms.ts';
import { linearise } from '../../src/graph/linearise.ts';
import { taskNamed } from '../../tasks/tasks.ts';
import { paperTasks, readGolden, vertexName } from './golden.ts';

const scalarNumber = [1, 1, 1, 1, 1];

describe.each(paperTasks)('the edges of %s', (name) => {
  const task = taskNamed(name);
  const program = task.program();

  it("have the codes of AlphaGrad's graph builder", () => {
    const coded = attachPaperCodes(linearise(program).graph, program);
    const graph = task.peerSharesDeadVertices === true ? shareDeadVertices(coded) : coded;
    const codes = graph.edges.map(({ from, to, paper }) => [
      `${vertexName(graph, from)} → ${vertexName(graph, to)}`,
      // In a graph of scalars an edge without a code is a number.
      isScalarGraph(graph) ? (paper ?? scalarNumber) : paper,
    ]);
    const golden = readGolden(name).edges.map(({ from, to, ag }) => [`${from} → ${to}`, ag]);
    expect(Object.fromEntries(codes)).toEqual(Object.fromEntries(golden));
  });
});
