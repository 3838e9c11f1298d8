/**
 * Rounds of games on this thread and on others beside it. Each takes the next game that nobody plays, and the
 * games stand in the sequence of their plans, so that a round is the same on any number of threads.
 */
import type { CostedGraph } from '../../cost/types.ts';
import type { GameKind } from './makers.ts';
import { takeGame } from './messages.ts';
import type { GameCrew } from './threads.ts';
import type { GameMaker, GamePlan, GameThreads, Pace } from './types.ts';

/** What rounds are played with. */
export interface RoundSetting<Game> {
  readonly kind: GameKind;
  /** Of that kind, on these graphs. */
  readonly maker: GameMaker<Game>;
  readonly graphs: readonly CostedGraph[];
  /** Games in a round, at least 1. */
  readonly games: number;
  /** This one alone if left out. */
  readonly threads?: GameThreads | undefined;
}

/** Plays rounds, one at a time; threads are started with the first. */
export class GameRounds<Game> {
  /** How many threads play, this one among them. */
  readonly threads: number;
  readonly #setting: RoundSetting<Game>;
  #crew: Promise<GameCrew> | undefined;

  constructor(setting: RoundSetting<Game>) {
    this.#setting = setting;
    this.threads = Math.min(setting.threads?.number ?? 1, setting.games);
  }

  /**
   * Plays a round. After each of its games this thread lets others run.
   * @returns nothing where it was over before all games were
   */
  async play(
    weights: Float32Array,
    plans: readonly GamePlan[],
    pace: Pace,
  ): Promise<readonly Game[] | undefined> {
    const { maker } = this.#setting;
    // Memory that threads share is not to be had everywhere, nor needed where there is one.
    const bytes = Int32Array.BYTES_PER_ELEMENT;
    const next = new Int32Array(
      this.threads > 1 ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes),
    );
    const games = new Map<number, Game>();
    const here = async (): Promise<void> => {
      maker.loadWeights(weights);
      for (let taken = takeGame(plans, next); taken; taken = takeGame(plans, next)) {
        games.set(taken.index, maker.play(taken.plan));
        await pace.breathe();
        // What has not begun need not.
        if (pace.isOver()) Atomics.store(next, 0, plans.length);
      }
    };
    const elsewhere = async (): Promise<void> => {
      if (this.threads < 2) return;
      this.#crew ??= this.#startCrew(weights);
      const crew = await this.#crew;
      await crew.play({ weights, plans, next }, (index, game) => {
        // Threads of this kind send games of this kind.
        games.set(index, game as Game);
      });
    };
    await Promise.all([elsewhere(), here()]);
    const all = plans.flatMap((_, index) => games.get(index) ?? []);
    return all.length === plans.length ? all : undefined;
  }

  /** Frees what this thread holds, and ends the others. */
  dispose(): void {
    this.#setting.maker.dispose();
    void this.#crew?.then((crew) => {
      crew.dispose();
    });
  }

  async #startCrew(weights: Float32Array): Promise<GameCrew> {
    const { kind, graphs, threads } = this.#setting;
    if (threads === undefined) throw new Error('there are no threads to start');
    const { GameCrew: Crew } = await import('./threads.ts');
    return new Crew(
      { kind, graphs: graphs.map(({ graph }) => graph), model: threads.model.name, weights },
      this.threads - 1,
    );
  }
}
