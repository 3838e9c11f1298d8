/**
 * The Markowitz rule: least degree (markowitz-degree.ts), the price of eliminating v now (Markowitz,
 * The elimination form of the inverse and its application to linear programming, Management Science
 * 3, 1957; for Jacobians: Griewank and Reese, On the calculation of Jacobian matrices by the
 * Markowitz rule, 1991). Ties decide much: the published figures take the lowest vertex number.
 */
import { greedyHeuristics } from './greedy.ts';
import { markowitzDegree } from './markowitz-degree.ts';

/** `markowitz` and `markowitz-high`. */
export const markowitz = greedyHeuristics({
  name: 'markowitz',
  summary: 'least Markowitz degree, in × out neighbours by their sizes (Griewank and Reese 1991)',
  reach: 'neighbours',
  costed: (graph) => markowitzDegree(graph).costed,
  weights: () => ({ degree: 1, damage: 0, fill: 0 }),
  scorer: (graph) => markowitzDegree(graph).degree,
});
