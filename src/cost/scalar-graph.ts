/** Which graphs the scalar algebras count. */
import { isScalarShape } from '../graph/partial.ts';
import type { Graph, Vertex } from '../graph/types.ts';

/** The first vertex with an axis longer than 1 (or of length 0), which counts as a tensor. */
export function firstTensor(graph: Graph): Vertex | undefined {
  return graph.vertices.find(({ shape }) => !isScalarShape(shape));
}

/** True where every vertex counts as a scalar. */
export function isScalarGraph(graph: Graph): boolean {
  return firstTensor(graph) === undefined;
}
