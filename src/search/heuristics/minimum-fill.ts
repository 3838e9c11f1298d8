/**
 * Minimum fill: least number of edges that eliminating v makes anew, i.e. of pairs (p, s) in
 * P(v) × S(v) that no edge joins yet (Tinney and Walker's third scheme of 1967 for sparse matrices;
 * for computational graphs: Albrecht, Gottschling and Naumann, Markowitz-type heuristics for
 * computing Jacobian matrices efficiently, ICCS 2003). O(|P|·|S|) a score.
 */
import type { Position } from '../../graph/types.ts';
import { greedyHeuristics } from './greedy.ts';
import type { EliminationState } from './state.ts';

/** Number of edges that eliminating the vertex would add. */
export function fillIn(state: EliminationState, vertex: Position): number {
  const after = state.successors(vertex);
  let missing = 0;
  for (const predecessor of state.predecessors(vertex)) {
    const reached = state.successors(predecessor);
    for (const successor of after) if (!reached.has(successor)) missing += 1;
  }
  return missing;
}

/** `minimum-fill` and `minimum-fill-high`. */
export const minimumFill = greedyHeuristics({
  name: 'minimum-fill',
  summary: 'least fill-in (Albrecht, Gottschling and Naumann 2003)',
  reach: 'second-neighbours',
  weights: () => ({ degree: 0, damage: 0, fill: 1 }),
  scorer: () => fillIn,
});
