/**
 * The Markowitz degree of a vertex, the price of eliminating it now (Griewank and Walther,
 * Evaluating Derivatives, 2nd ed., section 10.2). There is one definition for each kind of graph:
 *
 * - scalars: |P(v)|·|S(v)|;
 * - tensors with the paper's codes at all edges: AlphaGrad's, which gives the orders that the paper
 *   calls Markowitz. It is the sum over out-edges of f(e, in-sizes) times the sum over in-edges of
 *   f(e, out-sizes), where f is the product of those sizes for a dense edge (type 1), 1 for types 6,
 *   7 and 8, and one of the edge's out-sizes for all others, in both sums alike, which is the peer's
 *   own quirk. Codes are those of the moment: the state machine runs along with the elimination;
 * - other tensors: what `pairs` prices the elimination at, each product by its distinct indices.
 *
 * O(|P| + |S|) a degree with codes, O(|P|·|S|) look-ups without.
 */
import { pairs } from '../../cost/pairs.ts';
import { hasPaperCodes, type PaperGraph, preparePaper } from '../../cost/paper/paper.ts';
import { isScalarGraph } from '../../cost/scalar-graph.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { Graph, PaperCode, Position } from '../../graph/types.ts';
import type { EliminationState } from './state.ts';

/** How degrees are taken on one graph. */
export interface MarkowitzDegree {
  /** What the elimination has to keep edge states of; nothing on scalars. */
  readonly costed: CostedGraph | undefined;
  /** Degree of a vertex that remains. */
  readonly degree: (state: EliminationState, vertex: Position) => number;
}

/** The degree that goes with a graph. */
export function markowitzDegree(graph: Graph): MarkowitzDegree {
  if (isScalarGraph(graph)) {
    return { costed: undefined, degree: (state, vertex) => state.degree(vertex) };
  }
  return hasPaperCodes(graph) ? peerDegree(preparePaper(graph)) : pairsDegree(pairs.prepare(graph));
}

function peerDegree(costed: PaperGraph): MarkowitzDegree {
  const degree = (state: EliminationState, vertex: Position): number => {
    let outgoing = 0;
    for (const successor of state.successors(vertex)) {
      const code = costed.codeOf(state.edgeState(vertex, successor));
      outgoing += peerWeight(code, code[3] * code[4]);
    }
    let incoming = 0;
    for (const predecessor of state.predecessors(vertex)) {
      const code = costed.codeOf(state.edgeState(predecessor, vertex));
      incoming += peerWeight(code, code[1] * code[2]);
    }
    return outgoing * incoming;
  };
  return { costed, degree };
}

/** AlphaGrad's count of one edge; `dense` is what a dense one counts. */
function peerWeight([type, o1, o2]: PaperCode, dense: number): number {
  switch (type) {
    case 1:
      return dense;
    case 6:
    case 7:
    case 8:
      return 1;
    case 3:
    case 4:
    case -1:
      return o1;
    default:
      return o2;
  }
}

function pairsDegree(costed: CostedGraph): MarkowitzDegree {
  const { algebra } = costed;
  const degree = (state: EliminationState, vertex: Position): number => {
    let price = 0;
    for (const successor of state.successors(vertex)) {
      const outgoing = state.edgeState(vertex, successor);
      for (const predecessor of state.predecessors(vertex)) {
        price += algebra.compose(outgoing, state.edgeState(predecessor, vertex)).cost;
      }
    }
    return price;
  };
  return { costed, degree };
}
