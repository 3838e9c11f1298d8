/**
 * The Markowitz rule: least |P(v)|·|S(v)|, the price of eliminating v now (Markowitz, The
 * elimination form of the inverse and its application to linear programming, Management Science 3,
 * 1957; for Jacobians: Griewank and Reese, On the calculation of Jacobian matrices by the Markowitz
 * rule, 1991). Ties decide much: the published figures take the lowest vertex number.
 */
import { greedyHeuristics } from './greedy.ts';

/** `markowitz` and `markowitz-high`. */
export const markowitz = greedyHeuristics({
  name: 'markowitz',
  summary: 'least Markowitz degree, in × out neighbours (Griewank and Reese 1991)',
  reach: 'neighbours',
  scorer: () => (state, vertex) => state.degree(vertex),
});
