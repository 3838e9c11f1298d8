/**
 * A lesson: the policy plays a graph up to some position, annealing finishes the game from there, and
 * positions on that way are labelled: imitation of an expert at states that the learner visits (Ross,
 * Gordon and Bagnell, A reduction of imitation learning and structured prediction to no-regret online
 * learning, AISTATS 2011). The target of a position spreads over the vertices that can go next at no
 * extra cost; each vertex's cost is what it costs in the annealed order.
 */
import type { NetworkWeights } from '../../core/network-types.ts';
import type { NetworkPlay } from '../../core/play-types.ts';
import type { EliminationHandle } from '../../core/types.ts';
import type { WasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { Position } from '../../graph/types.ts';
import { orderFromPositions } from '../../order/orders.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { createRandom, type Random } from '../../support/random.ts';
import type { TrainingPosition } from '../alphazero/objective.ts';
import type { ImitationOptions } from './parameters.ts';
import { Teacher } from './teacher.ts';

/** Proposals a place, and temperatures in units: a policy's order is not melted wholly. */
const annealing = { tries: 8, hot: 2, cold: 0.15 } as const;

/** What a lesson leaves behind, enough to make its positions again on the same graph. */
export interface Lesson {
  /** The policy's first moves and the annealed rest. */
  readonly order: EliminationOrder;
  /** Places in the order before which a position is learned from, ascending. */
  readonly places: readonly number[];
}

/** A lesson that was just given. */
export interface GivenLesson {
  readonly lesson: Lesson;
  /** What the policy's own order costs after the same first moves, and what the lesson's does. */
  readonly played: number;
  readonly annealed: number;
  /** Evaluations of the network. */
  readonly evaluations: number;
}

/** A vertex with a chance proportional to e^(logit / temperature); the best one at 0. */
function drawMove(play: NetworkPlay, temperature: number, random: Random): Position {
  const { vertices, logits } = play.evaluate();
  const most = logits.reduce((best, logit) => Math.max(best, logit), -Infinity);
  const weights = Array.from(logits, (logit) =>
    temperature === 0 ? Number(logit === most) : Math.exp((logit - most) / temperature),
  );
  let draw = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  const chosen = weights.findIndex((weight) => {
    draw -= weight;
    return draw < 0;
  });
  const vertex = vertices[chosen < 0 ? vertices.length - 1 : chosen];
  if (vertex === undefined) throw new Error('nothing remains to be moved');
  return vertex;
}

/** Some of the places first … last, the first among them, by chance. */
function choosePlaces(first: number, last: number, number: number, random: Random): number[] {
  const others = Array.from({ length: Math.max(0, last - first) }, (_, step) => first + 1 + step);
  return [first, ...random.shuffle(others).slice(0, number - 1)].sort((a, b) => a - b);
}

/** A graph under study. */
export class Classroom {
  readonly #costed: CostedGraph;
  readonly #play: NetworkPlay;
  readonly #handle: EliminationHandle;
  readonly #teacher: Teacher;
  readonly #unit: number;

  /**
   * @throws UserError for graphs of more than 16,384 vertices
   */
  constructor(engine: WasmEngine, costed: CostedGraph, weights: NetworkWeights) {
    this.#costed = costed;
    this.#play = engine.play(costed, 'degrees');
    this.#play.loadNetwork(weights);
    this.#unit = this.#play.evaluate().unit;
    this.#handle = engine.load(costed);
    this.#teacher = new Teacher(engine, costed);
  }

  /** Plays, anneals, and says what there is to learn. O(n) evaluations. */
  teach(
    {
      temperature,
      sweeps,
      positions,
    }: Pick<ImitationOptions, 'temperature' | 'sweeps' | 'positions'>,
    seed: number,
  ): GivenLesson {
    const random = createRandom(seed);
    const play = this.#play;
    const last = play.length - 1;
    const first = random.integer(Math.max(1, last));
    play.reset();
    for (let move = 0; move < first; move += 1) play.eliminate(drawMove(play, temperature, random));
    const moves = play.moves();
    play.forgetBest();
    play.seed(random.integer(2 ** 31));
    play.rollouts({ kind: 'network', temperature: 0 }, 1);
    const played = play.bestOrder();
    const [hot, cold] = [annealing.hot * this.#unit, annealing.cold * this.#unit];
    const schedule = { tries: annealing.tries, sweeps, hot, cold };
    const rest = this.#teacher.improve(
      moves,
      played.slice(first),
      schedule,
      random.integer(2 ** 31),
    );
    const improved = orderFromPositions(this.#costed.graph, [...moves, ...rest]);
    const [before = 0, after = 0] = this.#handle.count([played, improved]);
    return {
      lesson: {
        // Where edges carry states, what looked better by itself may not be so in the whole.
        order: after <= before ? improved : played,
        // There is nothing to choose before the last move.
        places: last < 1 ? [] : choosePlaces(first, last - 1, positions, random),
      },
      played: before,
      annealed: Math.min(before, after),
      evaluations: play.length,
    };
  }

  /** The labelled positions of a lesson. O(n²·degree²) a position. */
  positions({ order, places }: Lesson): readonly TrainingPosition[] {
    const steps = this.#handle.steps(order);
    const costs = new Map(order.map((vertex, place) => [vertex, (steps[place] ?? 0) / this.#unit]));
    const play = this.#play;
    play.reset();
    return places.map((place) => {
      for (const vertex of order.slice(play.eliminated, place)) play.eliminate(vertex);
      const position = play.networkPosition();
      const good = this.#teacher.goodMoves(order.slice(0, place), order.slice(place));
      return {
        position,
        policy: Float32Array.from(position.vertices, (vertex) =>
          good.has(vertex) ? 1 / good.size : 0,
        ),
        costs: Float32Array.from(position.vertices, (vertex) => costs.get(vertex) ?? 0),
      };
    });
  }

  dispose(): void {
    this.#teacher.dispose();
    this.#handle.dispose();
    this.#play.dispose();
  }
}
