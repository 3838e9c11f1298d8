/**
 * Games of self-play, wherever they are played. A game is what its graph, the weights and its plan say,
 * so that a round of games is the same on any number of threads.
 */
import type { CostModel } from '../../cost/types.ts';

/** Which game is played. */
export interface GamePlan {
  /** The task, by index. */
  readonly task: number;
  /** Seed of the round of games. */
  readonly seed: number;
  /** 0, 1, 2 … in the round. */
  readonly game: number;
}

/** Plays games of some graphs with a network that the core evaluates. */
export interface GameMaker<Game> {
  /** The weights of all games from now on. */
  loadWeights(weights: Float32Array): void;
  /** Plays a game to its end; plain data, which other threads can be told. */
  play(plan: GamePlan): Game;
  /** Frees what the core holds. */
  dispose(): void;
}

/** How a round that takes long lets others run, and knows that nobody waits for it any more. */
export interface Pace {
  breathe(): Promise<void>;
  isOver(): boolean;
}

/** The threads that a run may use. */
export interface GameThreads {
  /** This thread and others beside it; 1 for none. */
  readonly number: number;
  /** The graphs' cost model, which others find by its name. */
  readonly model: Pick<CostModel, 'name'>;
}
