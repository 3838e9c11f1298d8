/**
 * The elimination game as its description reads (play-types.ts), for checking the others: a position
 * is its moves, played again on the reference engine whenever somebody asks; degrees and damage are
 * counted from the neighbours.
 */
import type { CostedGraph } from '../cost/types.ts';
import type { Position } from '../graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { createRandom, type Random } from '../support/random.ts';
import type { NetworkEvaluation } from './network-types.ts';
import type { NetworkRounds, Play, PlayEngine, PlaySnapshot, RolloutPolicy } from './play-types.ts';
import { exponentialOfMinus } from './portable.ts';
import { EliminationState } from './reference.ts';

/** What a network says of the position at which a play stands. */
export type Evaluator = (play: Play) => Pick<NetworkEvaluation, 'logits' | 'rest'>;

const noNetwork: Evaluator = () => {
  throw new Error('a play by rules has no network');
};

class ReferenceSnapshot implements PlaySnapshot {
  readonly moves: readonly Position[];

  constructor(moves: readonly Position[]) {
    this.moves = moves;
  }

  dispose(): void {
    // Nothing to free.
  }
}

/** One game, played again from the start whenever a position is gone back to. */
export class ReferencePlay implements Play {
  readonly #costed: CostedGraph;
  readonly #eliminable: readonly Position[];
  readonly #evaluate: Evaluator;
  #random: Random = createRandom(0);
  #state: EliminationState;
  #moves: Position[] = [];
  #best: EliminationOrder | undefined;
  cost = 0;
  bestCost = Infinity;

  constructor(costed: CostedGraph, evaluate: Evaluator = noNetwork) {
    this.#costed = costed;
    this.#evaluate = evaluate;
    this.#eliminable = eliminableVertices(costed.graph);
    this.#state = new EliminationState(costed);
  }

  get length(): number {
    return this.#eliminable.length;
  }

  get eliminated(): number {
    return this.#moves.length;
  }

  reset(): void {
    this.#playAgain([]);
  }

  eliminate(vertex: Position): number {
    if (!this.remaining().includes(vertex)) throw new Error(`vertex ${vertex} does not remain`);
    const cost = this.#state.eliminate(vertex);
    this.#moves.push(vertex);
    this.cost += cost;
    return cost;
  }

  remaining(): readonly Position[] {
    return this.#eliminable.filter((vertex) => !this.#moves.includes(vertex));
  }

  moves(): readonly Position[] {
    return [...this.#moves];
  }

  degrees(vertex: Position): { readonly in: number; readonly out: number } {
    return {
      in: this.#state.predecessors(vertex).length,
      out: this.#state.successors(vertex).length,
    };
  }

  markowitz(vertex: Position): number {
    return this.remaining().includes(vertex) ? this.#state.degree(vertex) : Infinity;
  }

  damage(vertex: Position): number {
    if (!this.remaining().includes(vertex)) return Infinity;
    const before = this.#state.predecessors(vertex);
    const after = this.#state.successors(vertex);
    const isOutput = this.#costed.graph.vertices[vertex]?.kind === 'output';
    const lacking = (wanted: readonly Position[], present: readonly Position[]): number =>
      wanted.filter((one) => !present.includes(one)).length;
    let damage = 0;
    for (const predecessor of before) {
      // An output stays a successor of its predecessors.
      const gained = lacking(after, this.#state.successors(predecessor)) - (isOutput ? 0 : 1);
      damage += gained * this.degrees(predecessor).in;
    }
    for (const successor of after) {
      const gained = lacking(before, this.#state.predecessors(successor)) - 1;
      damage += gained * this.degrees(successor).out;
    }
    return 3 * damage + 2 * this.markowitz(vertex);
  }

  save(): PlaySnapshot {
    return new ReferenceSnapshot(this.moves());
  }

  restore(snapshot: PlaySnapshot): void {
    if (!(snapshot instanceof ReferenceSnapshot)) {
      throw new Error('the snapshot is of another engine');
    }
    this.#playAgain(snapshot.moves);
  }

  seed(seed: number): void {
    this.#random = createRandom(seed);
  }

  /** The stream that choices are drawn from. */
  get random(): Random {
    return this.#random;
  }

  rollouts(policy: RolloutPolicy | NetworkRounds, number: number): Float64Array {
    const home = this.moves();
    return Float64Array.from({ length: number }, () => {
      const cost = this.playOut(policy);
      this.#playAgain(home);
      return cost;
    });
  }

  /** Plays to the end; returns what the whole order costs. */
  playOut(policy: RolloutPolicy | NetworkRounds): number {
    while (this.eliminated < this.length) {
      if ('share' in policy) this.#playRound(policy);
      else this.eliminate(this.#choose(policy));
    }
    if (this.cost < this.bestCost) {
      this.bestCost = this.cost;
      this.#best = orderFromPositions(this.#costed.graph, this.#moves.slice());
    }
    return this.cost;
  }

  /** What its network expects the rest to cost. */
  expectedRest(): number {
    return this.#evaluate(this).rest;
  }

  /** Scores of the remaining vertices, ascending by vertex. */
  scores(kind: 'markowitz' | 'damage' | 'network'): readonly number[] {
    if (kind === 'network') return Array.from(this.#evaluate(this).logits, (logit) => -logit);
    return this.remaining().map((vertex) =>
      kind === 'markowitz' ? this.markowitz(vertex) : this.damage(vertex),
    );
  }

  bestOrder(): EliminationOrder {
    if (this.#best === undefined) throw new Error('there was no rollout');
    return this.#best;
  }

  forgetBest(): void {
    this.bestCost = Infinity;
    this.#best = undefined;
  }

  dispose(): void {
    // Nothing to free.
  }

  #playAgain(moves: readonly Position[]): void {
    this.#state = new EliminationState(this.#costed);
    this.#moves = [];
    this.cost = 0;
    for (const move of moves) this.eliminate(move);
  }

  #choose(policy: RolloutPolicy): Position {
    const remaining = this.remaining();
    const chosen =
      policy.kind === 'random'
        ? this.#random.integer(remaining.length)
        : this.#chooseByScore(this.scores(policy.kind), policy);
    const vertex = remaining[chosen];
    if (vertex === undefined) throw new Error('nothing remains to choose from');
    return vertex;
  }

  /** Moves after one evaluation: each is chosen among those that are no neighbours of another's. */
  #playRound(policy: NetworkRounds): void {
    const open = this.remaining();
    const scores = new Map(this.scores('network').map((score, row) => [open[row], score]));
    const most = Math.max(1, Math.floor(policy.share * open.length));
    const closed = new Set<Position>();
    for (let move = 0; move < most; move += 1) {
      const left = open.filter((vertex) => !closed.has(vertex));
      if (left.length === 0) return;
      const chosen = this.#chooseByScore(
        left.map((vertex) => scores.get(vertex) ?? Infinity),
        policy,
      );
      const vertex = left[chosen];
      if (vertex === undefined) throw new Error('nothing remains to choose from');
      const neighbours = [...this.#state.predecessors(vertex), ...this.#state.successors(vertex)];
      for (const one of [vertex, ...neighbours]) closed.add(one);
      this.eliminate(vertex);
    }
  }

  #chooseByScore(
    scores: readonly number[],
    { kind, temperature }: Exclude<RolloutPolicy, { readonly kind: 'random' }>,
  ): number {
    const least = Math.min(...scores);
    if (temperature === 0) {
      const equals = [...scores.keys()].filter((index) => scores[index] === least);
      return equals[equals.length > 1 ? this.#random.integer(equals.length) : 0] ?? 0;
    }
    // Scores of damage are five times the formula's.
    const scale = temperature * (kind === 'damage' ? 5 : 1);
    const weights = scores.map((score) => exponentialOfMinus((score - least) / scale));
    const drawn = this.#random.next() * weights.reduce((sum, weight) => sum + weight, 0);
    let sum = 0;
    const found = weights.findIndex((weight) => {
      sum += weight;
      return weight > 0 && sum > drawn;
    });
    return found >= 0 ? found : weights.findLastIndex((weight) => weight > 0);
  }
}

/** Slow and obvious. */
export const referencePlaying: PlayEngine = {
  name: 'reference',
  play: (costed) => new ReferencePlay(costed),
};
