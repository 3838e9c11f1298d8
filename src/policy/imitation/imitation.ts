/**
 * Learning by imitation of annealing: lessons (lesson.ts) on the graphs of the tasks in turn, or, where there
 * are none, each on another generated graph (lesson-graphs.ts), and after each some steps on positions of
 * the last lessons. What comes of generated graphs is a generalist: one policy for graphs it has
 * never seen.
 *
 * Everything in a lesson depends on the state before it, the seed and the number of lessons so far
 * alone. No guarantee.
 */
import type { CostedGraph } from '../../cost/types.ts';
import { createWasmEngine } from '../../core/wasm.ts';
import { derivedSeed } from '../../search/derived-seed.ts';
import { createRandom, type Random } from '../../support/random.ts';
import type { TrainingLoss, TrainingPosition } from '../alphazero/objective.ts';
import { learnInSteps } from '../alphazero/steps.ts';
import { RunRecord } from '../learning/record.ts';
import type { BestOrder, CurvePoint, LearningRun, LearningState } from '../learning/types.ts';
import { coreWeights } from '../networks/message-passing.ts';
import type { TensorFlow } from '../tensorflow.ts';
import { Trainer } from '../trainer.ts';
import { Classroom } from './lesson.ts';
import { lessonGraph } from './lesson-graphs.ts';
import { type StoredLesson, writtenMemory } from './memory.ts';
import { type ImitationOptions, learningRateAt } from './parameters.ts';

/** Gradients of a larger norm are scaled down to this. */
const mostNorm = 5;

/** The graph of each lesson by index: the tasks take turns; without any it is a generated one. */
export function graphOfLesson(
  tasks: readonly CostedGraph[],
  seed: number,
): (index: number) => CostedGraph {
  return (index) => tasks[index % Math.max(1, tasks.length)] ?? lessonGraph(seed, index);
}

/** A run in progress. */
export class Imitation implements LearningRun {
  readonly games = 1;
  /** A lesson begins with the weights that the last one left, so they are given one after the other. */
  readonly threads = 1;
  readonly #tasks: number;
  readonly #graphOf: (index: number) => CostedGraph;
  readonly #options: ImitationOptions;
  readonly #seed: number;
  readonly #trainer: Trainer;
  readonly #engine = createWasmEngine();
  readonly #record: RunRecord;
  #lessons: readonly StoredLesson[] = [];
  #positions: readonly (readonly TrainingPosition[])[] = [];

  /** Takes a run up with the lessons that it remembers. */
  constructor(
    tf: TensorFlow,
    graphs: readonly CostedGraph[],
    state: LearningState,
    {
      options,
      lessons,
    }: { readonly options: ImitationOptions; readonly lessons: readonly StoredLesson[] },
  ) {
    this.#tasks = graphs.length;
    this.#graphOf = graphOfLesson(graphs, state.seed);
    this.#options = options;
    this.#seed = state.seed;
    const { learningRate } = options;
    this.#trainer = new Trainer(tf, state.network, { learningRate, mostNorm }, state.trainer);
    this.#record = new RunRecord(state);
    for (const stored of lessons) {
      const room = this.#enter(stored.index);
      this.#remember(stored, room);
      room.dispose();
    }
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

  memory(): unknown {
    return writtenMemory(this.#lessons);
  }

  /** Gives a lesson and learns from it and the ones before. */
  async advance(breathe: () => Promise<void>): Promise<readonly CurvePoint[]> {
    const index = this.curve.length;
    const room = this.#enter(index);
    const given = room.teach(this.#options, derivedSeed(this.#seed, 2 * index));
    this.#remember({ index, lesson: given.lesson }, room);
    room.dispose();
    await breathe();
    const loss = await this.#learn(index, breathe);
    const task = index % Math.max(1, this.#tasks);
    const best = { order: given.lesson.order, count: given.annealed };
    return this.#record.add(
      [{ task, count: given.played, best, evaluations: given.evaluations }],
      loss,
    );
  }

  dispose(): void {
    // Rooms are left after each lesson.
  }

  /** The room of a lesson; what it holds is the caller's to free. */
  #enter(index: number): Classroom {
    return new Classroom(this.#engine, this.#graphOf(index), coreWeights(this.#trainer.policy()));
  }

  #remember(stored: StoredLesson, room: Classroom): void {
    const { replay } = this.#options;
    this.#lessons = [...this.#lessons, stored].slice(-replay);
    this.#positions = [...this.#positions, room.positions(stored.lesson)].slice(-replay);
  }

  async #learn(
    index: number,
    breathe: () => Promise<void>,
  ): Promise<Readonly<Record<keyof TrainingLoss, number>> | undefined> {
    const { gradientSteps, batch, costWeight } = this.#options;
    const all = this.#positions.flat();
    if (gradientSteps === 0 || all.length === 0) return undefined;
    const random = createRandom(derivedSeed(this.#seed, 2 * index + 1));
    return learnInSteps(this.#trainer, () => sample(all, batch, random), {
      ...{ gradientSteps, costWeight, breathe },
      rate: learningRateAt(this.#options, index),
    });
  }
}

function sample<T>(all: readonly T[], number: number, random: Random): readonly T[] {
  return Array.from({ length: number }, () => {
    const one = all[random.integer(all.length)];
    if (one === undefined) throw new Error('there is nothing to learn from');
    return one;
  });
}
