/**
 * Self-play: games under Gumbel search with the network, each move after some simulations, with the
 * improved policy of every position that was moved from (Danihelka, Guez, Schrittwieser and Silver,
 * Policy improvement by planning with Gumbel, ICLR 2022, equation 11). Sequential halving and completed
 * values are the core's (assembly/tree-select.ts). searched-games.ts has games with a network that the core
 * evaluates, hosted-self-play.ts those with any other.
 */
import { derivedSeed } from '../../search/derived-seed.ts';
import type { EliminationOrder } from '../../order/types.ts';
import type { GamePlan } from '../games/types.ts';

/** A game that was played. */
export interface Episode {
  readonly order: EliminationOrder;
  /** What the order costs. */
  readonly count: number;
  /** What each of its eliminations costs. */
  readonly steps: Float64Array;
  /** The improved policy before each move, over the vertices that remained, ascending. */
  readonly policies: readonly Float32Array[];
}

/** What a game found and took. */
export interface PlayedEpisode {
  readonly episode: Episode;
  /** The best order that its search met; mostly the one that was played. */
  readonly best: { readonly order: EliminationOrder; readonly count: number };
  /** Evaluations of the network. */
  readonly evaluations: number;
}

/** Seed of a game, by that of its round. */
export function seedOfGame({ seed, game }: Pick<GamePlan, 'seed' | 'game'>): number {
  return game === 0 ? seed : derivedSeed(seed, game);
}

/** What a game was, from its moves and policies and the steps' costs. */
export function playedEpisode(
  order: EliminationOrder,
  steps: Float64Array,
  policies: readonly Float32Array[],
): Episode {
  const count = steps.reduce((sum, one) => sum + one, 0);
  return { order, count, steps, policies };
}
