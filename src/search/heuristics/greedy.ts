/**
 * Greedy elimination: always the vertex with the least score in the current graph, among equals the
 * lowest or the highest position. Scores are kept and only those that an elimination can have changed
 * are taken anew; choosing is a scan, O(V²) in all. Large scalar graphs go to the core, which gives
 * the same order from lists and a heap (assembly/greedy-lists.ts).
 */
import type { GreedyWeights, TieRule } from '../../core/types.ts';
import { wasmEngine } from '../../core/wasm.ts';
import { pairs } from '../../cost/pairs.ts';
import { isScalarGraph } from '../../cost/scalar-graph.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { Graph, Position } from '../../graph/types.ts';
import { orderFromPositions } from '../../order/orders.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { EliminationState } from './state.ts';
import type { Heuristic } from './types.ts';

/**
 * Whose scores can change when v is eliminated, beside its neighbours: `neighbours` no others,
 * `second-neighbours` the neighbours of all neighbours, `across-remaining` the neighbours of those
 * neighbours that remain to be eliminated themselves.
 */
export type ScoreReach = 'neighbours' | 'second-neighbours' | 'across-remaining';

/** What a greedy heuristic minimises. */
export interface GreedyRule {
  readonly name: string;
  /** What the score is and where it is from; the tie rule is added. */
  readonly summary: string;
  readonly reach: ScoreReach;
  /** Where scores depend on what edges are and not only on which there are: the model of edges. */
  costed?(graph: Graph): CostedGraph | undefined;
  /** The same score on scalar graphs, as the core takes it. */
  weights?(graph: Graph): GreedyWeights;
  /** Called once a graph; what it gives scores a remaining vertex in the current graph. */
  scorer(graph: Graph): (state: EliminationState, vertex: Position) => number;
}

/** The two heuristics of a rule: `name` takes the lowest of equals, `name-high` the highest. */
export function greedyHeuristics(rule: GreedyRule): readonly [low: Heuristic, high: Heuristic] {
  const heuristic = (name: string, tie: TieRule): Heuristic => ({
    name,
    summary: `${rule.summary}; among equals the ${tie}est position`,
    random: false,
    order: (graph) => greedyOrder(graph, rule, tie),
  });
  return [heuristic(rule.name, 'low'), heuristic(`${rule.name}-high`, 'high')];
}

/** Graphs of more vertices are eliminated in the core: below, it takes milliseconds either way. */
const mostHere = 1000;

function greedyOrder(graph: Graph, rule: GreedyRule, tie: TieRule): EliminationOrder {
  if (graph.vertices.length > mostHere && rule.weights !== undefined && isScalarGraph(graph)) {
    return wasmEngine.greedyOrder(pairs.prepare(graph), rule.weights(graph), tie);
  }
  return greedyByDefinition(graph, rule, tie);
}

/** The order as the rule's definition reads, for graphs of all kinds. */
export function greedyByDefinition(graph: Graph, rule: GreedyRule, tie: TieRule): EliminationOrder {
  const state = new EliminationState(graph, rule.costed?.(graph));
  const score = rule.scorer(graph);
  const scores = new Float64Array(graph.vertices.length);
  for (const vertex of state.remaining) scores[vertex] = score(state, vertex);
  const order: Position[] = [];
  while (state.remaining.size > 0) {
    const chosen = leastScore(state.remaining, scores, tie);
    const changed = [...state.predecessors(chosen), ...state.successors(chosen)];
    state.eliminate(chosen);
    order.push(chosen);
    for (const vertex of affected(state, changed, rule.reach)) {
      if (state.remaining.has(vertex)) scores[vertex] = score(state, vertex);
    }
  }
  return orderFromPositions(graph, order);
}

function leastScore(
  remaining: ReadonlySet<Position>,
  scores: Float64Array,
  tie: TieRule,
): Position {
  let chosen: Position | undefined;
  let least = Infinity;
  for (const vertex of remaining) {
    const score = scores[vertex] ?? Infinity;
    if (chosen === undefined || score < least || (score === least && tie === 'high')) {
      chosen = vertex;
      least = score;
    }
  }
  if (chosen === undefined) throw new Error('no vertex remains');
  return chosen;
}

function affected(
  state: EliminationState,
  changed: readonly Position[],
  reach: ScoreReach,
): Iterable<Position> {
  if (reach === 'neighbours') return changed;
  const result = new Set(changed);
  for (const vertex of changed) {
    if (reach === 'across-remaining' && !state.remaining.has(vertex)) continue;
    for (const predecessor of state.predecessors(vertex)) result.add(predecessor);
    for (const successor of state.successors(vertex)) result.add(successor);
  }
  return result;
}
