/** What priors and rollouts of tree search go by (RolloutPolicy in src/core/play-types.ts). */
export const policyWords = ['random', 'markowitz', 'damage'] as const;
