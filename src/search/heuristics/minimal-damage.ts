/**
 * Minimal damage: least 0.6·D(v) + 0.4·|P(v)|·|S(v)|, with D(v) of damage.ts. The same rule as
 * lowest-markowitz-minimal-damage with more weight on the damage, 1.5 instead of 1; on the paper's
 * functions it gives the better orders of the two. Scored times five, to stay in whole numbers, so
 * ties are exact.
 */
import { damage } from './damage.ts';
import { greedyHeuristics } from './greedy.ts';

/** `minimal-damage` and `minimal-damage-high`. */
export const minimalDamage = greedyHeuristics({
  name: 'minimal-damage',
  summary: 'least 0.6 × damage + 0.4 × Markowitz degree',
  reach: 'across-remaining',
  weights: () => ({ degree: 2, damage: 3, fill: 0 }),
  scorer: () => (state, vertex) => 3 * damage(state, vertex) + 2 * state.degree(vertex),
});
