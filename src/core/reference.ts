/**
 * The elimination engine as the definition reads, for checking the others: maps and sets, one
 * algebra call a product. Eliminating v (Griewank and Walther, Evaluating Derivatives, 2nd ed.,
 * section 9.2) multiplies every out-edge v → w with every in-edge u → v, puts the product on u → w,
 * added to what is there, and takes v's edges away; an output keeps its in-edges. A product that is
 * structurally zero makes no edge.
 */
import type { CostedGraph, EdgeAlgebra, EdgeState } from '../cost/types.ts';
import type { Position } from '../graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { refuseTensors } from './refuse-tensors.ts';
import type { EliminationEngine, EliminationHandle, TieRule } from './types.ts';

/** A graph from which vertices are being eliminated. */
export class EliminationState {
  readonly #costed: CostedGraph;
  /** State of the edge u → w under the keys u, then w. */
  readonly #out = new Map<Position, Map<Position, EdgeState>>();
  readonly #in = new Map<Position, Set<Position>>();

  constructor(costed: CostedGraph) {
    this.#costed = costed;
    costed.graph.edges.forEach(({ from, to }, index) => {
      const state = costed.states[index];
      if (state === undefined) throw new Error(`edge ${index} has no state`);
      this.#setEdge(from, to, state);
    });
  }

  /** |P(v)|·|S(v)|. */
  degree(vertex: Position): number {
    return this.#predecessors(vertex).length * this.#successors(vertex).length;
  }

  /** P(v). */
  predecessors(vertex: Position): readonly Position[] {
    return this.#predecessors(vertex).map(([predecessor]) => predecessor);
  }

  /** S(v). */
  successors(vertex: Position): readonly Position[] {
    return this.#successors(vertex).map(([successor]) => successor);
  }

  /** Eliminates a vertex and returns what it cost. */
  eliminate(vertex: Position): number {
    const { algebra, graph } = this.#costed;
    let cost = 0;
    for (const [predecessor, incoming] of this.#predecessors(vertex)) {
      for (const [successor, outgoing] of this.#successors(vertex)) {
        const product = algebra.compose(outgoing, incoming);
        cost += product.cost;
        // Structurally zero: nothing is added, and no edge comes of it.
        if (product.state === null) continue;
        const existing = this.#out.get(predecessor)?.get(successor);
        if (existing === undefined) {
          this.#setEdge(predecessor, successor, product.state);
        } else {
          const sum = algebra.add(existing, product.state);
          cost += sum.cost;
          this.#setEdge(predecessor, successor, sum.state);
        }
      }
    }
    for (const [successor] of this.#successors(vertex)) this.#removeEdge(vertex, successor);
    if (graph.vertices[vertex]?.kind !== 'output') {
      for (const [predecessor] of this.#predecessors(vertex)) {
        this.#removeEdge(predecessor, vertex);
      }
    }
    return cost;
  }

  #successors(vertex: Position): readonly (readonly [Position, EdgeState])[] {
    return [...(this.#out.get(vertex) ?? [])];
  }

  #predecessors(vertex: Position): readonly (readonly [Position, EdgeState])[] {
    return [...(this.#in.get(vertex) ?? [])].map((predecessor) => {
      const state = this.#out.get(predecessor)?.get(vertex);
      if (state === undefined) throw new Error(`edge ${predecessor} → ${vertex} is half there`);
      return [predecessor, state];
    });
  }

  #setEdge(from: Position, to: Position, state: EdgeState): void {
    const targets = this.#out.get(from) ?? new Map<Position, EdgeState>();
    this.#out.set(from, targets.set(to, state));
    this.#in.set(to, (this.#in.get(to) ?? new Set()).add(from));
  }

  #removeEdge(from: Position, to: Position): void {
    this.#out.get(from)?.delete(to);
    this.#in.get(to)?.delete(from);
  }
}

function referenceHandle(costed: CostedGraph): EliminationHandle {
  const steps = (order: EliminationOrder): Float64Array => {
    const state = new EliminationState(costed);
    return Float64Array.from(order, (vertex) => state.eliminate(vertex));
  };
  return {
    steps,
    count: (orders) =>
      Float64Array.from(orders, (order) => steps(order).reduce((sum, cost) => sum + cost, 0)),
    markowitz: (tie) => markowitz(costed, tie),
    dispose: () => undefined,
  };
}

/** For Markowitz, which asks which edges there are and not what they are: no product vanishes. */
const edgesOnly: EdgeAlgebra = {
  uniform: true,
  size: () => 1,
  compose: () => ({ state: 0, cost: 1 }),
  add: () => ({ state: 0, cost: 0 }),
};

function markowitz({ graph }: CostedGraph, tie: TieRule): EliminationOrder {
  refuseTensors(graph);
  const state = new EliminationState({
    graph,
    algebra: edgesOnly,
    states: graph.edges.map(() => 0),
  });
  const left = new Set(eliminableVertices(graph));
  const order: Position[] = [];
  while (left.size > 0) {
    const degrees = [...left].map((vertex) => ({ vertex, degree: state.degree(vertex) }));
    const least = degrees.reduce((best, one) => Math.min(best, one.degree), Infinity);
    const choices = degrees.filter(({ degree }) => degree === least);
    const choice = tie === 'low' ? choices.at(0) : choices.at(-1);
    if (choice === undefined) throw new Error('no vertex has the least degree');
    order.push(choice.vertex);
    left.delete(choice.vertex);
    state.eliminate(choice.vertex);
  }
  return orderFromPositions(graph, order);
}

/** Slow and obvious; no limits but the host's memory. */
export const referenceEngine: EliminationEngine = { name: 'reference', load: referenceHandle };
