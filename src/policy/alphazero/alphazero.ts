/**
 * Gumbel AlphaZero for elimination orders (Silver et al., Science 362, 2018; Danihelka et al., ICLR
 * 2022), from scratch: games are played by searching with the network (self-play.ts), and the network
 * learns the improved policies and what each vertex cost in the end (trainer.ts).
 *
 * An episode is a game and the steps of learning after it. Everything in episode k depends on the
 * state before it, the seed and k alone, so a run that is stopped between episodes goes on as if it
 * had not been. No guarantee; the best order met is kept.
 */
import type { CostedGraph } from '../../cost/types.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { derivedSeed } from '../../search/derived-seed.ts';
import { createRandom } from '../../support/random.ts';
import { coreWeights, messagePassingNetwork } from '../networks/message-passing.ts';
import { type Policy, type PolicyNetwork, parsePolicy } from '../networks/policy-network.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { startTraining, Trainer, type TrainerState } from '../trainer.ts';
import { alphaZeroObjective, type TrainingLoss } from './objective.ts';
import type { AlphaZeroOptions } from './options.ts';
import { Replay, type StoredEpisode } from './replay.ts';
import { playEpisode } from './self-play.ts';
import { loadTask, type PlayedTask } from './task.ts';

/** Gradients of a larger norm are scaled down to this. */
const mostNorm = 5;

/** A point of the learning curve. */
export interface CurvePoint {
  /** 1, 2, 3 … */
  readonly episode: number;
  /** Which task was played. */
  readonly task: number;
  /** What the order that was played costs. */
  readonly count: number;
  /** The least count of this task so far. */
  readonly best: number;
  /** Evaluations of the network so far, in all games. */
  readonly evaluations: number;
  /** Mean losses of this episode's steps; none where it never learns. */
  readonly loss?: TrainingLoss;
}

/** The best order of a task, and the game that led there. */
export interface BestOrder {
  readonly order: EliminationOrder;
  readonly count: number;
}

/** All that a run is, between two episodes. */
export interface AlphaZeroState {
  readonly options: AlphaZeroOptions;
  readonly seed: number;
  readonly network: PolicyNetwork;
  readonly trainer: TrainerState;
  readonly replay: readonly StoredEpisode[];
  /** By task: the best order met, and the best game that was played; nothing before the first. */
  readonly best: readonly (BestOrder | undefined)[];
  readonly favourites: readonly (StoredEpisode | undefined)[];
  readonly curve: readonly CurvePoint[];
}

/** A network before any training, as a run of this seed begins with it. */
export function freshPolicy(network: PolicyNetwork, seed: number): Policy {
  return parsePolicy(network, network.initialWeights(derivedSeed(seed, -1)));
}

/** A run before its first episode. */
export function startAlphaZero(
  tasks: number,
  options: AlphaZeroOptions,
  seed: number,
  policy: Policy = freshPolicy(messagePassingNetwork, seed),
): AlphaZeroState {
  return {
    options,
    seed,
    network: policy.network,
    trainer: startTraining(policy.weights),
    replay: [],
    best: Array.from({ length: tasks }, () => undefined),
    favourites: Array.from({ length: tasks }, () => undefined),
    curve: [],
  };
}

/** A run in progress. */
export class AlphaZero {
  readonly #tasks: readonly PlayedTask[];
  readonly #trainer: Trainer;
  readonly #replay: Replay;
  readonly #options: AlphaZeroOptions;
  readonly #seed: number;
  readonly #best: (BestOrder | undefined)[];
  readonly #favourites: (StoredEpisode | undefined)[];
  #curve: readonly CurvePoint[];

  /**
   * Loads the graphs and takes a run up.
   * @throws UserError for graphs of more than 4,096 vertices
   */
  constructor(tf: TensorFlow, graphs: readonly CostedGraph[], state: AlphaZeroState) {
    const { options, network, trainer } = state;
    const policy = parsePolicy(network, trainer.weights);
    this.#options = options;
    this.#seed = state.seed;
    this.#tasks = graphs.map((costed) => loadTask(costed, options, policy));
    const { learningRate } = options;
    this.#trainer = new Trainer(tf, network, { learningRate, mostNorm }, trainer);
    this.#replay = new Replay(this.#tasks, options.replay);
    for (const stored of state.replay) this.#replay.add(stored);
    this.#best = [...state.best];
    this.#favourites = [...state.favourites];
    this.#curve = state.curve;
  }

  /** Between two episodes. */
  state(): AlphaZeroState {
    return {
      options: this.#options,
      seed: this.#seed,
      network: this.#trainer.network,
      trainer: this.#trainer.state(),
      replay: this.#replay.episodes,
      best: [...this.#best],
      favourites: [...this.#favourites],
      curve: this.#curve,
    };
  }

  /** One point an episode. */
  get curve(): readonly CurvePoint[] {
    return this.#curve;
  }

  /** The best order of a task so far. */
  best(task: number): BestOrder | undefined {
    return this.#best[task];
  }

  /** Plays the next game and learns; `breathe` is called now and then, to let others run. */
  async episode(breathe: () => Promise<void>): Promise<CurvePoint> {
    const index = this.#curve.length;
    const task = index % this.#tasks.length;
    const played = this.#tasks[task];
    if (played === undefined) throw new Error('there is nothing to play');
    played.tree.loadNetwork(coreWeights(this.#trainer.policy()));
    const seed = derivedSeed(this.#seed, 2 * index);
    const { simulations } = this.#options;
    const { episode, best, evaluations } = playEpisode(played, { simulations, seed });
    const stored = { task, episode };
    this.#replay.add(stored);
    this.#keep(task, stored, best);
    await breathe();
    const loss = await this.#learn(
      task,
      createRandom(derivedSeed(this.#seed, 2 * index + 1)),
      breathe,
    );
    const point: CurvePoint = {
      episode: index + 1,
      task,
      count: episode.count,
      best: this.#best[task]?.count ?? episode.count,
      evaluations: (this.#curve.at(-1)?.evaluations ?? 0) + evaluations,
      ...(loss === undefined ? {} : { loss }),
    };
    this.#curve = [...this.#curve, point];
    return point;
  }

  /** Frees what the core holds. */
  dispose(): void {
    for (const task of this.#tasks) task.dispose();
  }

  #keep(task: number, stored: StoredEpisode, best: BestOrder): void {
    if (best.count < (this.#best[task]?.count ?? Infinity)) this.#best[task] = best;
    const favourite = this.#favourites[task]?.episode.count ?? Infinity;
    if (stored.episode.count < favourite) this.#favourites[task] = stored;
  }

  async #learn(
    task: number,
    random: ReturnType<typeof createRandom>,
    breathe: () => Promise<void>,
  ): Promise<TrainingLoss | undefined> {
    const { gradientSteps, batch, costWeight, imitation } = this.#options;
    const hasPositions = this.#replay.episodes.some(({ episode }) => episode.order.length > 0);
    if (gradientSteps === 0 || !hasPositions) return undefined;
    const favourite = { stored: this.#favourites[task], share: imitation };
    let [policy, cost] = [0, 0];
    for (let step = 0; step < gradientSteps; step += 1) {
      const examples = this.#replay.sample(batch, random, favourite);
      const loss = this.#trainer.step(
        examples.map(({ position }) => position),
        alphaZeroObjective(examples, costWeight),
      );
      policy += loss.policy / gradientSteps;
      cost += loss.cost / gradientSteps;
      await breathe();
    }
    return { policy, cost };
  }
}
