/**
 * Lowest Markowitz, minimal damage: least |P(v)|·|S(v)| + D(v), with D(v) of damage.ts. The weight 1
 * of the damage is the one of the authors' library ANGEL (Naumann, Albrecht and Gottschling 2002;
 * Albrecht, Gottschling and Naumann, ICCS 2003).
 */
import { damage } from './damage.ts';
import { greedyHeuristics } from './greedy.ts';

/** `lowest-markowitz-minimal-damage` and `lowest-markowitz-minimal-damage-high`. */
export const lowestMarkowitzMinimalDamage = greedyHeuristics({
  name: 'lowest-markowitz-minimal-damage',
  summary: 'least Markowitz degree plus damage (Naumann, Albrecht and Gottschling 2002)',
  reach: 'across-remaining',
  weights: () => ({ degree: 1, damage: 1, fill: 0 }),
  scorer: () => (state, vertex) => state.degree(vertex) + damage(state, vertex),
});
