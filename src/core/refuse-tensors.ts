/** Engines choose by the Markowitz degree of scalars only; that of tensors has one home elsewhere. */
import { isScalarGraph } from '../cost/scalar-graph.ts';
import type { Graph } from '../graph/types.ts';

/**
 * Refuses `markowitz` on a graph of tensors, where in × out is not the degree that orders go by.
 * @throws Error for a graph with a tensor
 */
export function refuseTensors(graph: Graph): void {
  if (isScalarGraph(graph)) return;
  throw new Error(`${graph.name} has tensors; the heuristic markowitz knows their degrees`);
}
