/**
 * Maximal overall Markowitz degree reduction: the vertex whose elimination lowers the sum of all
 * Markowitz degrees most, i.e. most |P(v)|·|S(v)| − D(v), with D(v) of damage.ts (Albrecht,
 * Gottschling and Naumann, ICCS 2003).
 */
import { damage } from './damage.ts';
import { greedyHeuristics } from './greedy.ts';

/** `maximal-markowitz-reduction` and `maximal-markowitz-reduction-high`. */
export const maximalMarkowitzReduction = greedyHeuristics({
  name: 'maximal-markowitz-reduction',
  summary: 'most reduction of all Markowitz degrees (Albrecht, Gottschling and Naumann 2003)',
  reach: 'across-remaining',
  weights: () => ({ degree: -1, damage: 1, fill: 0 }),
  scorer: () => (state, vertex) => damage(state, vertex) - state.degree(vertex),
});
