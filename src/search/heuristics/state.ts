/**
 * The graph during vertex elimination, as sets of neighbours. Eliminating v connects every
 * predecessor with every successor and takes v out (Griewank and Walther, Evaluating Derivatives,
 * 2nd ed., section 9.1); an output that feeds others keeps its in-edges, only its out-edges go. Clear
 * before fast: expected O(|P|·|S|) an elimination. Counting orders is the engines' work (src/core).
 */
import type { Graph, Position } from '../../graph/types.ts';
import { eliminableVertices } from '../../order/orders.ts';

/** One graph under elimination. Vertices are positions in `Graph.vertices`. */
export class EliminationState {
  readonly #predecessors: readonly Set<Position>[];
  readonly #successors: readonly Set<Position>[];
  readonly #outputs: ReadonlySet<Position>;
  readonly #remaining: Set<Position>;

  /** The whole graph, nothing eliminated; O(V + E). */
  constructor(graph: Graph) {
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

  /** The Markowitz degree |P(v)|·|S(v)|: what eliminating v costs now. */
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
        reached.add(successor);
        neighbours(this.#predecessors, successor).add(predecessor);
      }
      if (!this.#outputs.has(vertex)) reached.delete(vertex);
    }
    for (const successor of after) neighbours(this.#predecessors, successor).delete(vertex);
    after.clear();
    if (!this.#outputs.has(vertex)) before.clear();
  }
}

function neighbours(table: readonly Set<Position>[], vertex: Position): Set<Position> {
  const found = table[vertex];
  if (found === undefined) throw new Error(`there is no vertex ${vertex}`);
  return found;
}
