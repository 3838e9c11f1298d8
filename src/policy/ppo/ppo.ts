/**
 * PPO for elimination orders (Schulman et al., arXiv 1707.06347; the second agent of Lohoff and
 * Neftci): some games are played by drawing moves from the policy (rollout.ts), their moves are judged
 * against what the network expected (advantages.ts), and the policy goes a clipped step towards those
 * that did better (objective.ts). The critic is the network's expected cost of each vertex that
 * remains, in sum; it learns what they cost in the end, which is the return vertex by vertex.
 *
 * Everything in a round of games depends on the state before it, the seed and the number of games so
 * far alone. No guarantee; the best order met is kept.
 */
import type { CostedGraph } from '../../cost/types.ts';
import { derivedSeed } from '../../search/derived-seed.ts';
import { createRandom, type Random } from '../../support/random.ts';
import { GameRounds } from '../games/rounds.ts';
import { RunRecord } from '../learning/record.ts';
import type {
  BestOrder,
  CurvePoint,
  LearningRun,
  LearningSetting,
  LearningState,
  OrderJudge,
} from '../learning/types.ts';
import { coreWeights } from '../networks/message-passing.ts';
import { unitOf } from '../unit.ts';
import { parsePolicy } from '../networks/policy-network.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { Trainer } from '../trainer.ts';
import { advantagesOf, standardised } from './advantages.ts';
import { type PlayedMove, type PpoLoss, ppoObjective } from './objective.ts';
import type { PpoOptions } from './options.ts';
import { drawnGames } from './drawn-games.ts';
import { judgedRollout } from './judged.ts';
import type { Rollout } from './rollout.ts';

/** Gradients of a larger norm are scaled down to this. */
const mostNorm = 0.5;

/** What a run may have beside its state. */
type Around = {
  readonly [Key in 'threads' | 'judge']?: LearningSetting[Key] | undefined;
};

/** A run in progress. */
export class Ppo implements LearningRun {
  readonly #tasks: number;
  readonly #rounds: GameRounds<Rollout>;
  readonly #options: PpoOptions;
  readonly #seed: number;
  readonly #trainer: Trainer;
  readonly #record: RunRecord;
  readonly #judge: OrderJudge | undefined;
  /** By task: what one unit of cost is in the cost model. */
  readonly #units: readonly number[];

  /**
   * Loads the graphs and takes a run up.
   * @param around what games are played on, and who judges them; this thread and the cost model
   *   if left out
   * @throws UserError for graphs of more than 4,096 vertices
   */
  constructor(
    tf: TensorFlow,
    graphs: readonly CostedGraph[],
    state: LearningState,
    options: PpoOptions,
    around: Around = {},
  ) {
    const { network, trainer, seed } = state;
    const weights = coreWeights(parsePolicy(network, trainer.weights));
    this.#options = options;
    this.#seed = seed;
    this.#tasks = graphs.length;
    this.#judge = around.judge;
    this.#units = graphs.map(unitOf);
    this.#rounds = new GameRounds({
      kind: { name: 'drawn' },
      maker: drawnGames(graphs, weights),
      ...{ graphs, games: options.games, threads: around.threads },
    });
    const { learningRate } = options;
    this.#trainer = new Trainer(tf, network, { learningRate, mostNorm }, trainer);
    this.#record = new RunRecord(state);
  }

  get games(): number {
    return this.#options.games;
  }

  get threads(): number {
    return this.#rounds.threads;
  }

  get curve(): readonly CurvePoint[] {
    return this.#record.curve;
  }

  best(task: number): BestOrder | undefined {
    return this.#record.best(task);
  }

  state(): LearningState {
    return {
      seed: this.#seed,
      network: this.#trainer.network,
      trainer: this.#trainer.state(),
      ...this.#record.state(),
    };
  }

  /** Games are learned from once and forgotten. */
  memory(): undefined {
    return undefined;
  }

  /** Plays a round of games of one task, the tasks taking turns, and learns from it. */
  async advance(
    breathe: () => Promise<void>,
    isOver: () => boolean,
  ): Promise<readonly CurvePoint[]> {
    const round = this.curve.length / this.games;
    const task = round % this.#tasks;
    const seed = derivedSeed(this.#seed, 2 * round);
    const plans = Array.from({ length: this.games }, (_, game) => ({ task, seed, game }));
    const weights = coreWeights(this.#trainer.policy());
    const played = await this.#rounds.play(weights, plans, { breathe, isOver });
    if (played === undefined) return [];
    const rollouts = this.#judged(task, played);
    const shuffles = createRandom(derivedSeed(this.#seed, 2 * round + 1));
    const loss = await this.#learn(rollouts, shuffles, breathe);
    const games = rollouts.map(({ order, count, moves }) => ({
      task,
      count,
      best: { order, count },
      evaluations: moves.length,
    }));
    return this.#record.add(games, loss);
  }

  dispose(): void {
    this.#rounds.dispose();
  }

  #judged(task: number, played: readonly Rollout[]): readonly Rollout[] {
    const judge = this.#judge;
    if (judge === undefined) return played;
    const orders = played.map(({ order }) => order);
    const costs = judge.costs(task, orders);
    const scale = (judge.scales[task] ?? NaN) / (this.#units[task] ?? NaN);
    return played.map((rollout, index) => {
      const count = costs[index] ?? NaN;
      return { ...judgedRollout(rollout, scale * count), count };
    });
  }

  async #learn(
    rollouts: readonly Rollout[],
    random: Random,
    breathe: () => Promise<void>,
  ): Promise<PpoLoss | undefined> {
    const { epochs, batch, lambda } = this.#options;
    const moves = playedMoves(rollouts, lambda);
    const losses: PpoLoss[] = [];
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      const shuffled = random.shuffle(moves);
      for (let start = 0; start < shuffled.length; start += batch) {
        const part = shuffled.slice(start, start + batch);
        const positions = part.map(({ position }) => position);
        losses.push(this.#trainer.step(positions, ppoObjective(part, this.#options)));
        await breathe();
      }
    }
    return losses.length === 0 ? undefined : meanLoss(losses);
  }
}

/**
 * The moves of some games with what each of them was worth, those with a choice. Advantages are
 * brought to mean 0 and deviation 1 over all of them, so that steps are as long on every graph.
 */
export function playedMoves(rollouts: readonly Rollout[], lambda: number): readonly PlayedMove[] {
  const moves = rollouts.flatMap(({ moves: own, order }) => {
    const advantages = advantagesOf(
      own.map(({ reward }) => reward),
      own.map(({ value }) => value),
      lambda,
    );
    const costs = new Map(order.map((vertex, move) => [vertex, 0 - (own[move]?.reward ?? 0)]));
    const played = own.map(({ position, row, logChance }, move) => ({
      position,
      row,
      logChance,
      advantage: advantages[move] ?? 0,
      costs: Float32Array.from(position.vertices, (vertex) => costs.get(vertex) ?? 0),
    }));
    return played.filter(({ position }) => position.vertices.length > 1);
  });
  const advantages = standardised(moves.map(({ advantage }) => advantage));
  return moves.map((move, index) => ({ ...move, advantage: advantages[index] ?? 0 }));
}

function meanLoss(losses: readonly PpoLoss[]): PpoLoss {
  const mean = (name: keyof PpoLoss): number =>
    losses.reduce((sum, loss) => sum + loss[name], 0) / losses.length;
  return { policy: mean('policy'), cost: mean('cost'), entropy: mean('entropy') };
}
