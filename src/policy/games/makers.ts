/** What plays games, by name: a thread is told a name and plain numbers, for functions do not travel. */
import type { CostedGraph } from '../../cost/types.ts';
import { searchedGames } from '../alphazero/searched-games.ts';
import type { AlphaZeroOptions } from '../alphazero/options.ts';
import type { PlayedEpisode } from '../alphazero/self-play.ts';
import { drawnGames } from '../ppo/drawn-games.ts';
import type { Rollout } from '../ppo/rollout.ts';
import type { GameMaker } from './types.ts';

/** Games under Gumbel search (AlphaZero), or of moves drawn from the policy (PPO). */
export type GameKind =
  { readonly name: 'searched'; readonly options: AlphaZeroOptions } | { readonly name: 'drawn' };

/**
 * A maker of games on this thread.
 * @throws UserError for graphs of more than 4,096 vertices
 */
export function createMaker(
  kind: GameKind,
  graphs: readonly CostedGraph[],
  weights: Float32Array,
): GameMaker<PlayedEpisode> | GameMaker<Rollout> {
  switch (kind.name) {
    case 'searched':
      return searchedGames(graphs, kind.options, weights);
    case 'drawn':
      return drawnGames(graphs, weights);
  }
}
