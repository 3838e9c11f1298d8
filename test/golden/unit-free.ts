/**
 * The count that the project's plan calls "±1 free", naively: a product with ±1 is free, every other
 * costs 1, constants too. And the Markowitz orders that its table has for it: always the vertex whose
 * elimination costs least by this count.
 */
import type { TieRule } from '../../src/core/types.ts';
import type { Graph, Position } from '../../src/graph/types.ts';
import { eliminableVertices } from '../../src/order/orders.ts';

/** Whether each edge is ±1, from → to. */
type Units = Map<Position, Map<Position, boolean>>;

class UnitFreeState {
  readonly #into: Units = new Map();
  readonly #outOf: Units = new Map();
  readonly #outputs: ReadonlySet<Position>;

  constructor(graph: Graph) {
    this.#outputs = new Set(graph.outputs);
    for (const { from, to, partial } of graph.edges) {
      this.#set(from, to, partial.coefficient.kind === 'unit');
    }
  }

  cost(vertex: Position): number {
    const general = (edges: Units): number =>
      [...(edges.get(vertex)?.values() ?? [])].filter((unit) => !unit).length;
    return general(this.#into) * general(this.#outOf);
  }

  eliminate(vertex: Position): void {
    const incoming = [...(this.#into.get(vertex) ?? [])];
    const outgoing = [...(this.#outOf.get(vertex) ?? [])];
    for (const [from, first] of incoming) {
      for (const [to, second] of outgoing) {
        const existing = this.#outOf.get(from)?.get(to);
        this.#set(from, to, existing === undefined && first && second);
      }
    }
    for (const [to] of outgoing) this.#into.get(to)?.delete(vertex);
    this.#outOf.delete(vertex);
    if (this.#outputs.has(vertex)) return;
    for (const [from] of incoming) this.#outOf.get(from)?.delete(vertex);
    this.#into.delete(vertex);
  }

  #set(from: Position, to: Position, unit: boolean): void {
    const put = (edges: Units, key: Position, other: Position): void => {
      edges.set(key, (edges.get(key) ?? new Map<Position, boolean>()).set(other, unit));
    };
    put(this.#outOf, from, to);
    put(this.#into, to, from);
  }
}

/** Counts an order. */
export function countUnitFree(graph: Graph, order: readonly Position[]): number {
  const state = new UnitFreeState(graph);
  return order.reduce((sum, vertex) => {
    const cost = state.cost(vertex);
    state.eliminate(vertex);
    return sum + cost;
  }, 0);
}

/** Always the cheapest vertex; among equals the lowest or the highest. */
export function cheapestUnitFree(graph: Graph, tie: TieRule): Position[] {
  const state = new UnitFreeState(graph);
  const left = new Set(eliminableVertices(graph));
  const order: Position[] = [];
  while (left.size > 0) {
    const costs = [...left].map((vertex) => ({ vertex, cost: state.cost(vertex) }));
    const least = Math.min(...costs.map(({ cost }) => cost));
    const equals = costs.filter(({ cost }) => cost === least);
    const chosen = tie === 'low' ? equals.at(0) : equals.at(-1);
    if (chosen === undefined) throw new Error('nothing is cheapest');
    state.eliminate(chosen.vertex);
    left.delete(chosen.vertex);
    order.push(chosen.vertex);
  }
  return order;
}
