/** What plays the games of a run: in the core, on any number of threads, or with TensorFlow.js beside it. */
import type { CostedGraph } from '../../cost/types.ts';
import { GameRounds } from '../games/rounds.ts';
import type { GameThreads } from '../games/types.ts';
import type { Policy } from '../networks/policy-network.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { type HostedPlayer, hostedPlayer } from './hosted-self-play.ts';
import type { AlphaZeroOptions } from './options.ts';
import { searchedGames } from './searched-games.ts';
import type { PlayedTask } from './task.ts';

/** Plays rounds of games of several graphs, each round of one; frees other threads too. */
export interface EpisodePlayer extends HostedPlayer {
  /** How many threads play, this one among them. */
  readonly threads: number;
}

/** What is played. */
interface Played {
  readonly graphs: readonly CostedGraph[];
  readonly tasks: readonly PlayedTask[];
  readonly options: AlphaZeroOptions;
  readonly threads: GameThreads | undefined;
}

/**
 * The player of a network; where the core does not evaluate it, on this thread.
 * @throws UserError for graphs of more than 4,096 vertices, and for those that the network can't take
 */
export function openPlayer(
  tf: TensorFlow,
  { network, weights }: Policy,
  { graphs, tasks, options, threads }: Played,
): EpisodePlayer {
  if (network.architecture.inCore) {
    const maker = searchedGames(graphs, options, weights);
    const kind = { name: 'searched', options } as const;
    const rounds = new GameRounds({ kind, maker, graphs, games: options.games, threads });
    return {
      threads: rounds.threads,
      play: (policy, plans, pace) => rounds.play(policy.weights, plans, pace),
      dispose: () => {
        rounds.dispose();
      },
    };
  }
  const players = graphs.map((costed, task) => {
    const unit = tasks[task]?.unit ?? NaN;
    return hostedPlayer(tf, costed, options, { network, unit });
  });
  return {
    threads: 1,
    play: (policy, plans, pace) => {
      const player = players[plans[0]?.task ?? 0];
      if (player === undefined) throw new Error('there is nothing to play');
      return player.play(policy, plans, pace);
    },
    dispose: () => {
      for (const player of players) player.dispose();
    },
  };
}
