/** Which graphs the scalar algebras count. */
import { printId } from '../graph/topological.ts';
import { isScalarShape } from '../graph/partial.ts';
import type { Graph, Vertex } from '../graph/types.ts';
import { UserError } from '../support/user-error.ts';

/** The first vertex with an axis longer than 1 (or of length 0), which counts as a tensor. */
export function firstTensor(graph: Graph): Vertex | undefined {
  return graph.vertices.find(({ shape }) => !isScalarShape(shape));
}

/**
 * Refuses graphs with tensor vertices.
 * @throws UserError cost-tensor-graph
 */
export function requireScalarGraph(graph: Graph, model: string): void {
  const tensor = firstTensor(graph);
  if (tensor === undefined) return;
  throw new UserError({
    code: 'cost-tensor-graph',
    message:
      `--cost ${model} counts scalar graphs only so far, and vertex ${printId(tensor.id)} of ` +
      `${JSON.stringify(graph.name)} has shape [${tensor.shape.join(', ')}]; ` +
      'write the function out in scalars',
  });
}
