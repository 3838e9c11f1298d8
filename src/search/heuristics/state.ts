/**
 * The graph during vertex elimination, as sets of neighbours. Eliminating v connects every
 * predecessor with every successor and takes v out (Griewank and Walther, Evaluating Derivatives,
 * 2nd ed., section 9.1); an output that feeds others keeps its in-edges, only its out-edges go. Clear
 * before fast: expected O(|P|·|S|) an elimination. Counting orders is the engines' work (src/core).
 *
 * Neighbours are combinatorial: every path makes an edge. Only where a cost model is given do edges
 * have states, and products that are structurally zero make none.
 */
import type { CostedGraph, EdgeState } from '../../cost/types.ts';
import type { Graph, Position } from '../../graph/types.ts';
import { eliminableVertices } from '../../order/orders.ts';

/** One graph under elimination. Vertices are positions in `Graph.vertices`. */
export class EliminationState {
  readonly #predecessors: readonly Set<Position>[];
  readonly #successors: readonly Set<Position>[];
  readonly #outputs: ReadonlySet<Position>;
  readonly #remaining: Set<Position>;
  readonly #costed: CostedGraph | undefined;
  /** State of u → w at u, then w; empty without a cost model. */
  readonly #states: readonly Map<Position, EdgeState>[];

  /**
   * The whole graph, nothing eliminated; O(V + E).
   * @param costed the graph under a cost model, where edges are to have states
   */
  constructor(graph: Graph, costed?: CostedGraph) {
    this.#costed = costed;
    this.#states = costed === undefined ? [] : graph.vertices.map(() => new Map());
    costed?.states.forEach((state, index) => {
      const edge = graph.edges[index];
      if (edge !== undefined) this.#states[edge.from]?.set(edge.to, state);
    });
    this.#predecessors = graph.vertices.map(() => new Set());
    this.#successors = graph.vertices.map(() => new Set());
    for (const { from, to } of graph.edges) {
      this.#predecessors[to]?.add(from);
      this.#successors[from]?.add(to);
    }
    this.#outputs = new Set(graph.outputs);
    this.#remaining = new Set(eliminableVertices(graph));
  }

  /** Vertices still to be eliminated, ascending. */
  get remaining(): ReadonlySet<Position> {
    return this.#remaining;
  }

  /** P(v): current predecessors. */
  predecessors(vertex: Position): ReadonlySet<Position> {
    return neighbours(this.#predecessors, vertex);
  }

  /** S(v): current successors. */
  successors(vertex: Position): ReadonlySet<Position> {
    return neighbours(this.#successors, vertex);
  }

  /** True for an output, which stays a successor when it has been eliminated. */
  isOutput(vertex: Position): boolean {
    return this.#outputs.has(vertex);
  }

  /**
   * State of an edge under the cost model.
   * @throws Error where there is no such edge, or no cost model
   */
  edgeState(from: Position, to: Position): EdgeState {
    const state = this.#states[from]?.get(to);
    if (state === undefined) throw new Error(`no state of an edge ${from} → ${to}`);
    return state;
  }

  /** |P(v)|·|S(v)|: the Markowitz degree of scalars. */
  degree(vertex: Position): number {
    return this.predecessors(vertex).size * this.successors(vertex).size;
  }

  /** Eliminates a vertex that remains. */
  eliminate(vertex: Position): void {
    if (!this.#remaining.delete(vertex)) throw new Error(`vertex ${vertex} does not remain`);
    const before = neighbours(this.#predecessors, vertex);
    const after = neighbours(this.#successors, vertex);
    for (const predecessor of before) {
      const reached = neighbours(this.#successors, predecessor);
      for (const successor of after) {
        if (!this.#join(predecessor, vertex, successor)) continue;
        reached.add(successor);
        neighbours(this.#predecessors, successor).add(predecessor);
      }
      if (this.#outputs.has(vertex)) continue;
      reached.delete(vertex);
      this.#states[predecessor]?.delete(vertex);
    }
    for (const successor of after) neighbours(this.#predecessors, successor).delete(vertex);
    after.clear();
    this.#states[vertex]?.clear();
    if (!this.#outputs.has(vertex)) before.clear();
  }

  /** Puts the product over `vertex` on its edge; false where it makes none. */
  #join(predecessor: Position, vertex: Position, successor: Position): boolean {
    if (this.#costed === undefined) return true;
    const { algebra } = this.#costed;
    const outgoing = this.edgeState(vertex, successor);
    const product = algebra.compose(outgoing, this.edgeState(predecessor, vertex)).state;
    if (product === null) return false;
    const existing = this.#states[predecessor]?.get(successor);
    const sum = existing === undefined ? product : algebra.add(existing, product).state;
    this.#states[predecessor]?.set(successor, sum);
    return true;
  }
}

function neighbours(table: readonly Set<Position>[], vertex: Position): Set<Position> {
  const found = table[vertex];
  if (found === undefined) throw new Error(`there is no vertex ${vertex}`);
  return found;
}
