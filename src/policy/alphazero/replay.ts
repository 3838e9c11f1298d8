/**
 * The games to learn from: the last ones, and for each position what the network is told of it and
 * what it should say. What it is told is walked along the order once and kept, for it is not in an
 * Episode.
 */
import type { Random } from '../../support/random.ts';
import type { TrainingPosition } from './objective.ts';
import type { Episode } from './self-play.ts';
import type { PlayedTask } from './task.ts';

/** A game of one of the tasks, by index. */
export interface StoredEpisode {
  readonly task: number;
  readonly episode: Episode;
}

/** The games that a run keeps. */
export interface KeptGames {
  readonly replay: readonly StoredEpisode[];
  /** By task: the best game that was played; nothing before the first. */
  readonly favourites: readonly (StoredEpisode | undefined)[];
}

/** Games and their positions. */
export class Replay {
  readonly #tasks: readonly PlayedTask[];
  readonly #most: number;
  #episodes: readonly StoredEpisode[] = [];
  readonly #positions = new WeakMap<Episode, readonly TrainingPosition[]>();

  /** @param most games that are kept */
  constructor(tasks: readonly PlayedTask[], most: number) {
    this.#tasks = tasks;
    this.#most = most;
  }

  get episodes(): readonly StoredEpisode[] {
    return this.#episodes;
  }

  /** Adds a game; the oldest beyond the limit goes. */
  add(stored: StoredEpisode): void {
    this.#episodes = [...this.#episodes, stored].slice(-this.#most);
  }

  /** Positions by chance, those with a choice, each game with the same chance. */
  sample(
    number: number,
    random: Random,
    favourite: { readonly stored: StoredEpisode | undefined; readonly share: number },
  ): readonly TrainingPosition[] {
    // Of a graph without vertices to eliminate there is nothing to learn.
    const playable = this.#episodes.filter(({ episode }) => episode.order.length > 0);
    return Array.from({ length: number }, () => {
      const isFavourite = favourite.share > 0 && random.next() < favourite.share;
      const chosen = playable[random.integer(playable.length)];
      const stored = (isFavourite ? favourite.stored : undefined) ?? chosen;
      if (stored === undefined) throw new Error('there is no game to learn from');
      const positions = this.#positionsOf(stored);
      const position = positions[random.integer(Math.max(1, positions.length - 1))];
      if (position === undefined) throw new Error('a game without positions was stored');
      return position;
    });
  }

  #positionsOf({ task, episode }: StoredEpisode): readonly TrainingPosition[] {
    const known = this.#positions.get(episode);
    if (known !== undefined) return known;
    const played = this.#tasks[task];
    if (played === undefined) throw new Error(`there is no task ${task}`);
    const positions = trainingPositions(played, episode);
    this.#positions.set(episode, positions);
    return positions;
  }
}

/** What a game teaches, position by position. O(moves) evaluations. */
export function trainingPositions(
  { observer, unit }: PlayedTask,
  { order, steps, policies }: Episode,
): readonly TrainingPosition[] {
  const costs = new Map(order.map((vertex, move) => [vertex, (steps[move] ?? 0) / unit]));
  observer.reset();
  return order.map((vertex, move) => {
    const position = observer.observe();
    observer.eliminate(vertex);
    const policy = policies[move];
    if (policy?.length !== position.vertices.length) {
      throw new Error(`move ${move} of a stored game lacks its policy`);
    }
    return {
      position,
      policy,
      costs: Float32Array.from(position.vertices, (one) => costs.get(one) ?? 0),
    };
  });
}
