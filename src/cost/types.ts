/**
 * Cost models. Elimination is the same machine under all of them: an edge carries a small integer
 * (its state), and an algebra says what composing and adding two states gives and costs.
 */
import type { Graph } from '../graph/types.ts';

/** State of an edge under a cost model; 0 … size−1, interned by the algebra. */
export type EdgeState = number;

/** What a product or a sum gives. */
export interface Step {
  readonly state: EdgeState;
  readonly cost: number;
}

/** A product that is structurally zero: no edge comes of it. */
export interface ZeroStep {
  readonly state: null;
  readonly cost: number;
}

/**
 * What happens to edge states when a vertex v is eliminated: for every in-edge u → v and out-edge
 * v → w, `compose` prices the product and gives the state of the new edge u → w; where u → w
 * exists already, `add` gives the state of the sum.
 */
export interface EdgeAlgebra {
  /** How many states exist by now; grows when compose or add meet a new one. */
  size(): number;
  /**
   * Product of v → w (`outgoing`) after u → v (`incoming`); without a state where it is structurally
   * zero (windows that do not meet): it then makes no edge and changes none. Cost: operations, ≥ 0,
   * exact.
   */
  compose(outgoing: EdgeState, incoming: EdgeState): Step | ZeroStep;
  /** Sum of an existing edge and a new product; additions cost what the model says. */
  add(existing: EdgeState, added: EdgeState): Step;
  /**
   * True where every product costs 1 and there is one state: a scalar graph under `pairs`. The
   * core then needs bitsets only.
   */
  readonly uniform: boolean;
}

/** A graph made ready for elimination under one model: one state an edge. */
export interface CostedGraph {
  readonly graph: Graph;
  readonly algebra: EdgeAlgebra;
  /** Aligned with `graph.edges`. */
  readonly states: readonly EdgeState[];
}

/** A way of counting; one file each, listed in models.ts. */
export interface CostModel {
  readonly name: string;
  /** One line for help texts. */
  readonly summary: string;
  /**
   * Which of a task's graphs is counted: `peer` is the graph as the paper's program builds it
   * (differs for BlackScholes_Jacobian only), `true` is the graph of the function.
   */
  readonly graph: 'peer' | 'true';
  /**
   * Prepares a graph for counting.
   * @throws UserError where the graph lacks what the model needs.
   */
  prepare(graph: Graph): CostedGraph;
}
