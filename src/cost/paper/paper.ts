/**
 * `paper`: the count that the paper prints (Lohoff and Neftci, arXiv 2406.05027), which is
 * AlphaGrad's, a state machine over 22 sparsity types of edges. Scalar part: `pairs`, but for copies.
 */
import { printId } from '../../graph/topological.ts';
import type { Edge, Graph } from '../../graph/types.ts';
import { UserError } from '../../support/user-error.ts';
import { firstTensor } from '../scalar-graph.ts';
import type { CostModel, EdgeState } from '../types.ts';
import { copy, copyAlgebra, general, generalAlgebra } from './scalar-algebra.ts';

/** Counts as the paper does. */
export const paper: CostModel = {
  name: 'paper',
  summary: "the paper's count (AlphaGrad): pairs of edges, products with copies free",
  graph: 'peer',
  prepare: (graph) => {
    refuseTensors(graph);
    const states = graph.edges.map((edge, index) => scalarState(graph, edge, index));
    const algebra = states.includes(copy) ? copyAlgebra : generalAlgebra;
    return { graph, algebra, states };
  },
};

function refuseTensors(graph: Graph): void {
  const tensor = firstTensor(graph);
  if (tensor === undefined) return;
  const uncoded = graph.edges.findIndex(({ paper: code }) => code === undefined);
  const shape = `vertex ${printId(tensor.id)} has shape [${tensor.shape.join(', ')}]`;
  if (uncoded >= 0) {
    throw new UserError({
      code: 'cost-missing-paper-code',
      message:
        `${shape}, and the count of the paper needs its code "paper" at every edge of a tensor ` +
        `graph; add the codes or use --cost multiplications`,
      at: `edges[${uncoded}]`,
    });
  }
  throw new UserError({
    code: 'cost-tensor-graph',
    message:
      `${shape}, and --cost paper counts scalar graphs only so far; ` +
      'use --cost multiplications',
  });
}

function scalarState(graph: Graph, { paper: code, from, to }: Edge, index: number): EdgeState {
  const type = code?.[0] ?? 1;
  if (type === 1) return general;
  if (type === -1) return copy;
  const ends = [from, to].map((end) => printId(graph.vertices[end]?.id ?? end));
  throw new UserError({
    code: 'cost-paper-type',
    message:
      `the edge ${ends.join(' → ')} between scalars has the paper's type ${type}; ` +
      'there it is 1 (a number) or -1 (a copy), or left out',
    at: `edges[${index}].paper`,
  });
}
