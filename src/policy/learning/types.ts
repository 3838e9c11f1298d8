/**
 * What learning is to everything around it: an algorithm takes a run up, from nothing or from a file,
 * and the run plays games and learns from them until somebody says enough. One folder an algorithm,
 * listed in algorithms.ts; command-line choices, search strategies, files and conformance tests are
 * made from the list.
 */
import type { CostedGraph } from '../../cost/types.ts';
import type { EliminationOrder } from '../../order/types.ts';
import type { ParameterValue, StrategyParameter } from '../../search/strategy.ts';
import type { GameThreads } from '../games/types.ts';
import type { PolicyNetwork } from '../networks/policy-network.ts';
import type { TensorFlow } from '../tensorflow.ts';
import type { TrainerState } from '../trainer.ts';

/** A point of the learning curve: a game. */
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
  /** Mean losses by name of the steps of learning after this game; none where there were none. */
  readonly loss?: Readonly<Record<string, number>>;
}

/** The best order of a task. */
export interface BestOrder {
  readonly order: EliminationOrder;
  readonly count: number;
}

/** What every run is between two advances, whatever the algorithm. */
export interface LearningState {
  readonly seed: number;
  readonly network: PolicyNetwork;
  readonly trainer: TrainerState;
  /** By task: the best order met; nothing before the first. */
  readonly best: readonly (BestOrder | undefined)[];
  readonly curve: readonly CurvePoint[];
}

/** A run in progress. */
export interface LearningRun {
  /** Games in one advance, at least 1. */
  readonly games: number;
  /** How many threads play its games, this one among them; what comes of it does not depend on it. */
  readonly threads: number;
  /** One point a game. */
  readonly curve: readonly CurvePoint[];
  /** The best order of a task so far. */
  best(task: number): BestOrder | undefined;
  /**
   * Plays the next games and learns from them. What happens depends on the state before it and the
   * number of games so far alone, so a run that is stopped here goes on as if it had not been.
   * @param breathe called now and then, to let others run
   * @param isOver whether nobody waits for the games any more; who plays long asks now and then
   * @returns a point for each of the games; none, with nothing changed, where it was over before
   */
  advance(breathe: () => Promise<void>, isOver: () => boolean): Promise<readonly CurvePoint[]>;
  /** Between two advances. */
  state(): LearningState;
  /** What is remembered beside the state, as JSON; nothing where that is all. */
  memory(): unknown;
  /** Frees what the core holds. */
  dispose(): void;
}

/** Says what whole orders cost, in the place of the cost model. */
export interface OrderJudge {
  /** By task: what a cost of 1 is under the cost model, > 0. */
  readonly scales: readonly number[];
  /** What orders of one task cost, each > 0; what is measured differs from call to call. */
  costs(task: number, orders: readonly EliminationOrder[]): readonly number[];
}

/** What a run is taken up with. */
export interface LearningSetting {
  readonly tf: TensorFlow;
  /** The tasks. */
  readonly graphs: readonly CostedGraph[];
  /** Values by name; the others have their standard. */
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly state: LearningState;
  /** What `memory` told when the run was written; left out before the first game. */
  readonly memory?: unknown;
  /** What its games may be played on; this thread alone if left out. */
  readonly threads?: GameThreads;
  /** Of algorithms that take one: judges the orders that are played; the cost model does if left out. */
  readonly judge?: OrderJudge;
}

/** A way of learning. */
export interface LearningAlgorithm {
  /** Name on the command line and in files. */
  readonly name: string;
  /** One line with the source. */
  readonly summary: string;
  readonly parameters: readonly StrategyParameter[];
  /** The parameter that at 0 plays the same without learning: the untrained control. */
  readonly control: string;
  /** Whether it can learn from what a judge says of whole orders. */
  readonly takesJudge: boolean;
  /**
   * Of one that learns without any task, from graphs that it makes itself: how many games it plays
   * where nobody says.
   */
  readonly gamesWithoutTask?: (parameters: ReadonlyMap<string, ParameterValue>) => number;
  /**
   * Takes a run up.
   * @throws UserError for graphs of more than 4,096 vertices, and where the memory is not of this
   *   algorithm
   */
  open(setting: LearningSetting): Promise<LearningRun>;
}
