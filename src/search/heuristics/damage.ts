/**
 * Damage: what eliminating v does to the others. D(v) is the change of the sum of the Markowitz
 * degrees of v's neighbours (v itself left out): a predecessor p gains the successors of v that it
 * lacks and loses v, at |P(p)| each; a successor likewise (Albrecht, Gottschling and Naumann,
 * Markowitz-type heuristics for computing Jacobian matrices efficiently, ICCS 2003). Inputs and
 * outputs have degree 0 and take no harm. May be negative. O(|P|·|S|).
 */
import type { Position } from '../../graph/types.ts';
import type { EliminationState } from './state.ts';

/** D(v) in the current graph. */
export function damage(state: EliminationState, vertex: Position): number {
  const before = state.predecessors(vertex);
  const after = state.successors(vertex);
  // An output that feeds others stays a successor of its predecessors.
  const lost = state.isOutput(vertex) ? 0 : 1;
  let sum = 0;
  for (const predecessor of before) {
    const weight = state.predecessors(predecessor).size;
    if (weight === 0) continue;
    sum += weight * (lacking(after, state.successors(predecessor)) - lost);
  }
  for (const successor of after) {
    const weight = state.successors(successor).size;
    if (weight === 0) continue;
    sum += weight * (lacking(before, state.predecessors(successor)) - 1);
  }
  return sum;
}

function lacking(wanted: ReadonlySet<Position>, present: ReadonlySet<Position>): number {
  let count = 0;
  for (const vertex of wanted) if (!present.has(vertex)) count += 1;
  return count;
}
