/**
 * What an elimination does to the graph, step by step: which vertex goes, what that costs, and from
 * when to when each edge is there. Fill-in are the edges that a step adds (Griewank and Walther,
 * Evaluating Derivatives, 2nd ed., section 9.2). For people to look at: it eliminates by the reference
 * (reference.ts), O(Σ |P(v)|·|V|) an order.
 */
import type { CostedGraph } from '../cost/types.ts';
import type { Position } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import { EliminationState } from './reference.ts';

/** One elimination. */
export interface EliminationStep {
  readonly vertex: Position;
  readonly cost: number;
  /** |P(v)| and |S(v)| when it is eliminated. */
  readonly inEdges: number;
  readonly outEdges: number;
  /** Edges that are there after it and were not before. */
  readonly fillIn: number;
}

/**
 * An edge while it is there: after `born` steps it is there for the first time, after `died` steps no
 * more. Edges of the graph are born at 0, the last ones die at infinity. An edge ends for good when
 * one of its ends is eliminated, so it has one life.
 */
export interface EdgeLife {
  readonly from: Position;
  readonly to: Position;
  readonly born: number;
  readonly died: number;
}

/** A whole elimination: what is left of the edges are the entries of the Jacobian. */
export interface EliminationHistory {
  readonly steps: readonly EliminationStep[];
  /** By birth. */
  readonly edges: readonly EdgeLife[];
}

/** Eliminates in the order and keeps what happened. */
export function eliminationHistory(
  costed: CostedGraph,
  order: EliminationOrder,
): EliminationHistory {
  const { graph } = costed;
  const state = new EliminationState(costed);
  const edges: { from: Position; to: Position; born: number; died: number }[] = [];
  const living = new Map<Position, Map<Position, (typeof edges)[number]>>(
    graph.vertices.map((_, vertex) => [vertex as Position, new Map()]),
  );
  const bear = (from: Position, to: Position, born: number): void => {
    const edge = { from, to, born, died: Infinity };
    edges.push(edge);
    living.get(from)?.set(to, edge);
  };
  for (const { from, to } of graph.edges) bear(from, to, 0);
  const steps = order.map((vertex, index): EliminationStep => {
    const predecessors = state.predecessors(vertex);
    const outEdges = state.successors(vertex).length;
    const cost = state.eliminate(vertex);
    const before = edges.length;
    for (const from of [...predecessors, vertex]) {
      const now = new Set(state.successors(from));
      const known = living.get(from);
      for (const [to, edge] of known ?? []) {
        if (now.has(to)) continue;
        edge.died = index + 1;
        known?.delete(to);
      }
      for (const to of now) if (known?.has(to) !== true) bear(from, to, index + 1);
    }
    const fillIn = edges.length - before;
    return { vertex, cost, inEdges: predecessors.length, outEdges, fillIn };
  });
  return { steps, edges };
}
