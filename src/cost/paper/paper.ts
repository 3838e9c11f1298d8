/**
 * `paper`: the count that the paper prints (Lohoff and Neftci, arXiv 2406.05027), which is
 * AlphaGrad's state machine (machine.ts) run on the codes of the edges. On scalars that is `pairs`,
 * but for copies.
 */
import { printId } from '../../graph/topological.ts';
import type { Graph, PaperCode } from '../../graph/types.ts';
import { UserError } from '../../support/user-error.ts';
import { onceAGraph } from '../prepared.ts';
import { firstTensor } from '../scalar-graph.ts';
import type { CostedGraph, CostModel, EdgeState } from '../types.ts';
import {
  isEdgeType,
  isScalarNumber,
  paperAlgebra,
  scalarNumber,
  scalarNumberAlgebra,
} from './machine.ts';

/** A graph under the state machine; heuristics read codes back. */
export interface PaperGraph extends CostedGraph {
  /** The code of a state. */
  codeOf(state: EdgeState): PaperCode;
}

/** True where the count of the paper is defined: on scalars, and where every edge has a code. */
export function hasPaperCodes(graph: Graph): boolean {
  return (
    firstTensor(graph) === undefined || graph.edges.every(({ paper: code }) => code !== undefined)
  );
}

/**
 * Prepares a graph; an edge of a scalar graph that has no code is a number.
 * @throws UserError cost-missing-paper-code, cost-paper-type
 */
export const preparePaper: (graph: Graph) => PaperGraph = onceAGraph((graph) => {
  refuseWithoutCodes(graph);
  const codes = graph.edges.map((edge, index) => {
    const code = edge.paper ?? scalarNumber;
    if (!isEdgeType(code[0])) throw wrongType(graph, index, code[0]);
    return code;
  });
  if (codes.every(isScalarNumber)) {
    const algebra = scalarNumberAlgebra;
    return { graph, algebra, states: codes.map(() => 0), codeOf: () => scalarNumber };
  }
  const algebra = paperAlgebra();
  return {
    graph,
    algebra,
    states: codes.map((code) => algebra.intern(code)),
    codeOf: (state) => algebra.structureOf(state),
  };
});

/** Counts as the paper does. */
export const paper: CostModel = {
  name: 'paper',
  summary: "the paper's count (AlphaGrad): pairs of edges, by its own table of sparsity types",
  graph: 'peer',
  prepare: preparePaper,
};

function refuseWithoutCodes(graph: Graph): void {
  if (hasPaperCodes(graph)) return;
  const uncoded = graph.edges.findIndex(({ paper: code }) => code === undefined);
  const tensor = firstTensor(graph);
  const id = printId(tensor?.id ?? '');
  const op = graph.vertices[graph.edges[uncoded]?.to ?? -1]?.op;
  throw new UserError({
    code: 'cost-missing-paper-code',
    message:
      `vertex ${id} has shape [${tensor?.shape.join(', ') ?? ''}], and the count of the paper ` +
      'needs its code "paper" at every edge of a tensor graph; the edge ' +
      `${printEnds(graph, uncoded)} has none` +
      (op === undefined ? '' : ` (AlphaGrad has no rule for ${op} there)`) +
      '; use --cost multiplications',
    at: `edges[${uncoded}]`,
  });
}

function printEnds(graph: Graph, index: number): string {
  const edge = graph.edges[index];
  if (edge === undefined) throw new Error(`there is no edge ${index}`);
  return [edge.from, edge.to].map((end) => printId(graph.vertices[end]?.id ?? end)).join(' → ');
}

function wrongType(graph: Graph, index: number, type: number): UserError {
  return new UserError({
    code: 'cost-paper-type',
    message:
      `the edge ${printEnds(graph, index)} has the paper's type ${type}, which no edge has; ` +
      'leave the edge out, or give it a type from -10 to 11',
    at: `edges[${index}].paper`,
  });
}
