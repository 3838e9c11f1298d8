/**
 * Gumbel AlphaZero for elimination orders (Silver et al., Science 362, 2018; Danihelka et al., ICLR
 * 2022), from scratch: games are played by searching with the network (self-play.ts), and the network
 * learns the improved policies and what each vertex cost in the end (trainer.ts).
 *
 * An episode is some games side by side and the steps of learning after them. Everything in episode k depends on the
 * state before it, the seed and k alone, so a run that is stopped between episodes goes on as if it
 * had not been. No guarantee; the best order met is kept.
 */
import type { CostedGraph } from '../../cost/types.ts';
import { derivedSeed } from '../../search/derived-seed.ts';
import { createRandom } from '../../support/random.ts';
import type { GameThreads } from '../games/types.ts';
import { RunRecord } from '../learning/record.ts';
import { startLearning } from '../learning/start.ts';
import type { BestOrder, CurvePoint, LearningRun, LearningState } from '../learning/types.ts';
import { type Policy, parsePolicy } from '../networks/policy-network.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { Trainer } from '../trainer.ts';
import { writtenMemory } from './memory.ts';
import type { TrainingLoss } from './objective.ts';
import type { AlphaZeroOptions } from './options.ts';
import { type EpisodePlayer, openPlayer } from './players.ts';
import { learnInSteps } from './steps.ts';
import { type KeptGames, Replay, type StoredEpisode } from './replay.ts';
import { loadTask, type PlayedTask } from './task.ts';

/** Gradients of a larger norm are scaled down to this. */
const mostNorm = 5;

/** All that a run is, between two episodes. */
export interface AlphaZeroState extends LearningState, KeptGames {
  readonly options: AlphaZeroOptions;
}

/** A run before its first episode. */
export function startAlphaZero(
  tasks: number,
  options: AlphaZeroOptions,
  seed: number,
  policy?: Policy,
): AlphaZeroState {
  return {
    ...startLearning(tasks, seed, policy),
    options,
    replay: [],
    favourites: Array.from({ length: tasks }, () => undefined),
  };
}

/** A run in progress. */
export class AlphaZero implements LearningRun {
  readonly games: number;
  readonly #tasks: readonly PlayedTask[];
  readonly #player: EpisodePlayer;
  readonly #trainer: Trainer;
  readonly #replay: Replay;
  readonly #options: AlphaZeroOptions;
  readonly #seed: number;
  readonly #record: RunRecord;
  readonly #favourites: (StoredEpisode | undefined)[];

  /**
   * Loads the graphs and takes a run up.
   * @param threads what games are played on; this one alone if left out
   * @throws UserError for graphs of more than 4,096 vertices
   */
  constructor(
    tf: TensorFlow,
    graphs: readonly CostedGraph[],
    state: AlphaZeroState,
    threads?: GameThreads,
  ) {
    const { options, network, trainer } = state;
    const policy = parsePolicy(network, trainer.weights);
    this.games = options.games;
    this.#options = options;
    this.#seed = state.seed;
    this.#tasks = graphs.map((costed) => loadTask(costed, network));
    this.#player = openPlayer(tf, policy, { graphs, tasks: this.#tasks, options, threads });
    const { learningRate } = options;
    this.#trainer = new Trainer(tf, network, { learningRate, mostNorm }, trainer);
    this.#replay = new Replay(this.#tasks, options.replay);
    for (const stored of state.replay) this.#replay.add(stored);
    this.#record = new RunRecord(state);
    this.#favourites = [...state.favourites];
  }

  state(): AlphaZeroState {
    return {
      options: this.#options,
      seed: this.#seed,
      network: this.#trainer.network,
      trainer: this.#trainer.state(),
      replay: this.#replay.episodes,
      favourites: [...this.#favourites],
      ...this.#record.state(),
    };
  }

  memory(): unknown {
    return writtenMemory({ replay: this.#replay.episodes, favourites: this.#favourites });
  }

  get threads(): number {
    return this.#player.threads;
  }

  get curve(): readonly CurvePoint[] {
    return this.#record.curve;
  }

  best(task: number): BestOrder | undefined {
    return this.#record.best(task);
  }

  /** Plays the next games and learns. */
  async advance(
    breathe: () => Promise<void>,
    isOver: () => boolean,
  ): Promise<readonly CurvePoint[]> {
    const round = this.curve.length / this.games;
    const task = round % this.#tasks.length;
    const seed = derivedSeed(this.#seed, 2 * round);
    const plans = Array.from({ length: this.games }, (_, game) => ({ task, seed, game }));
    const games = await this.#player.play(this.#trainer.policy(), plans, { breathe, isOver });
    if (games === undefined) return [];
    for (const { episode } of games) {
      const stored = { task, episode };
      this.#replay.add(stored);
      const favourite = this.#favourites[task]?.episode.count ?? Infinity;
      if (episode.count < favourite) this.#favourites[task] = stored;
    }
    await breathe();
    const random = createRandom(derivedSeed(this.#seed, 2 * round + 1));
    const loss = await this.#learn(task, random, breathe);
    return this.#record.add(
      games.map(({ episode, best, evaluations }) => ({
        task,
        count: episode.count,
        best,
        evaluations,
      })),
      loss,
    );
  }

  dispose(): void {
    this.#player.dispose();
    for (const { observer } of this.#tasks) observer.dispose();
  }

  async #learn(
    task: number,
    random: ReturnType<typeof createRandom>,
    breathe: () => Promise<void>,
  ): Promise<Readonly<Record<keyof TrainingLoss, number>> | undefined> {
    const { gradientSteps, batch, costWeight, imitation } = this.#options;
    const hasPositions = this.#replay.episodes.some(({ episode }) => episode.order.length > 0);
    if (gradientSteps === 0 || !hasPositions) return undefined;
    const favourite = { stored: this.#favourites[task], share: imitation };
    return learnInSteps(this.#trainer, () => this.#replay.sample(batch, random, favourite), {
      gradientSteps,
      costWeight,
      breathe,
    });
  }
}
