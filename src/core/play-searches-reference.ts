/**
 * The searches of play-searches.ts as their descriptions read, for checking the core: prices come from
 * eliminating and going back, positions are told apart by all of their edges, rankings are sorted
 * lists, the nesting is a recursion. O(n) eliminations a price.
 */
import type { CostedGraph } from '../cost/types.ts';
import type { Position } from '../graph/types.ts';
import { orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { createRandom, type Random } from '../support/random.ts';
import { ReferencePlay } from './play-reference.ts';
import type {
  BeamOptions,
  BeamPass,
  BeamSearch,
  GreedyOptions,
  GreedySearch,
  NestedOptions,
  NestedSearch,
  PlaySearchEngine,
} from './play-searches.ts';
import { exponentialOfMinus } from './portable.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** A play that knows what its moves promise. */
class PromisingPlay extends ReferencePlay {
  readonly costed: CostedGraph;
  readonly weight: number;

  constructor(costed: CostedGraph, damage: number) {
    super(costed);
    this.costed = costed;
    const open = sum(this.scores('markowitz'));
    const isFree = damage === 0 || open === 0;
    const each = isFree ? 1 : sum(this.remaining().map((vertex) => this.price(vertex))) / open;
    this.weight = damage * each;
  }

  price(vertex: Position): number {
    const home = this.save();
    const cost = this.eliminate(vertex);
    this.restore(home);
    return cost;
  }

  /** The outlook after each vertex that remains, ascending by vertex. */
  outlooks(weight: number): readonly { readonly vertex: Position; readonly outlook: number }[] {
    const open = sum(this.scores('markowitz'));
    return this.remaining().map((vertex) => {
      const outlook = this.cost + this.price(vertex);
      if (weight === 0) return { vertex, outlook };
      const change = (this.damage(vertex) - 5 * this.markowitz(vertex)) / 3;
      return { vertex, outlook: outlook + weight * (open + change) };
    });
  }

  order(): EliminationOrder {
    return orderFromPositions(this.costed.graph, [...this.moves()]);
  }
}

/** All edges of the graph that is left, with their states. */
function edgesOf({ graph, algebra, states }: CostedGraph, moves: readonly Position[]): string {
  const edges = new Map<string, number>();
  const key = (from: number, to: number): string => `${from}>${to}`;
  graph.edges.forEach(({ from, to }, index) => edges.set(key(from, to), states[index] ?? 0));
  const ends = (vertex: number) => {
    const pairs = [...edges].map(([text, state]) => ({ pair: text.split('>').map(Number), state }));
    return {
      incoming: pairs.flatMap(({ pair: [from = 0, to], state }) =>
        to === vertex ? [{ from, state }] : [],
      ),
      outgoing: pairs.flatMap(({ pair: [from, to = 0], state }) =>
        from === vertex ? [{ to, state }] : [],
      ),
    };
  };
  for (const vertex of moves) {
    const { incoming, outgoing } = ends(vertex);
    for (const { from, state: before } of incoming) {
      for (const { to, state: after } of outgoing) {
        const product = algebra.compose(after, before).state;
        if (product === null) continue;
        const existing = edges.get(key(from, to));
        edges.set(
          key(from, to),
          existing === undefined ? product : algebra.add(existing, product).state,
        );
      }
    }
    for (const { to } of outgoing) edges.delete(key(vertex, to));
    if (graph.vertices[vertex]?.kind === 'output') continue;
    for (const { from } of incoming) edges.delete(key(from, vertex));
  }
  return [...edges]
    .map(([text, state]) => `${text}:${state}`)
    .sort()
    .join();
}

interface Kept {
  readonly moves: readonly Position[];
  readonly cost: number;
}

class ReferenceBeam implements BeamSearch {
  readonly #play: PromisingPlay;
  readonly widest = Infinity;
  #pass: BeamPass = { width: 1 };
  #best: Kept = { moves: [], cost: 0 };
  isExhaustive = true;

  constructor(costed: CostedGraph, { damage }: BeamOptions) {
    this.#play = new PromisingPlay(costed, damage);
  }

  start(pass: BeamPass): void {
    this.#pass = pass;
  }

  narrow(): void {
    this.#pass = { ...this.#pass, width: 1 };
  }

  extend(): boolean {
    const { width, seed } = this.#pass;
    const random = seed === undefined ? undefined : createRandom(seed);
    let level: readonly Kept[] = [{ moves: [], cost: 0 }];
    this.isExhaustive = true;
    for (let left = this.#play.length; left > 0; left -= 1) {
      level = this.#next(level, width, random);
    }
    this.#best = level.reduce((best, one) => (one.cost < best.cost ? one : best));
    return true;
  }

  get cost(): number {
    return this.#best.cost;
  }

  order(): EliminationOrder {
    return orderFromPositions(this.#play.costed.graph, [...this.#best.moves]);
  }

  dispose(): void {
    // Nothing to free.
  }

  #goTo(moves: readonly Position[]): void {
    this.#play.reset();
    for (const move of moves) this.#play.eliminate(move);
  }

  #next(level: readonly Kept[], width: number, random: Random | undefined): readonly Kept[] {
    const { costed, weight } = this.#play;
    const choices = level.flatMap(({ moves }, parent) => {
      this.#goTo(moves);
      return this.#play.outlooks(weight).map(({ vertex, outlook }) => {
        const tie = random === undefined ? 0 : random.next();
        return { moves: [...moves, vertex], outlook, tie, parent, vertex };
      });
    });
    choices.sort(
      (a, b) =>
        a.outlook - b.outlook || a.tie - b.tie || a.parent - b.parent || a.vertex - b.vertex,
    );
    const children = new Map<string, Kept>();
    for (const { moves } of choices) {
      const set = moves.toSorted((a, b) => a - b).join();
      const isThere = costed.algebra.uniform && children.has(set);
      if (isThere) continue;
      if (children.size >= width) {
        this.isExhaustive = false;
        break;
      }
      this.#goTo(moves);
      const key = costed.algebra.uniform ? set : `${set}|${edgesOf(costed, moves)}`;
      const known = children.get(key);
      const { cost } = this.#play;
      // A map keeps the place of a key that is set again.
      if (known === undefined || cost < known.cost) children.set(key, { moves, cost });
    }
    return [...children.values()];
  }
}

class ReferenceGreedy implements GreedySearch {
  readonly #play: PromisingPlay;
  readonly #options: GreedyOptions;
  #random = createRandom(0);
  #weight = 0;
  #ties = new Map<Position, number>();

  constructor(costed: CostedGraph, options: GreedyOptions) {
    this.#play = new PromisingPlay(costed, options.damage);
    this.#options = options;
  }

  start(seed: number, share = 1): void {
    this.#play.reset();
    this.#random = createRandom(seed);
    this.#weight = this.#play.weight * share;
  }

  extend(most: number): boolean {
    for (let made = 0; made < most; made += 1) {
      const remaining = this.#play.remaining();
      if (remaining.length === 0) break;
      this.#ties = new Map(remaining.map((vertex) => [vertex, this.#random.next()]));
      this.#play.eliminate(this.#choose(this.#options.depth).vertex);
    }
    return this.#play.remaining().length === 0;
  }

  get cost(): number {
    return this.#play.cost;
  }

  order(): EliminationOrder {
    return this.#play.order();
  }

  dispose(): void {
    // Nothing to free.
  }

  /** The vertex that is best after looking so deep, and the outlook that it leads to. */
  #choose(depth: number): { readonly vertex: Position; readonly outlook: number } {
    const tie = (vertex: Position): number => this.#ties.get(vertex) ?? NaN;
    const ranked = this.#play
      .outlooks(this.#weight)
      .toSorted(
        (a, b) => a.outlook - b.outlook || tie(a.vertex) - tie(b.vertex) || a.vertex - b.vertex,
      );
    const looked =
      depth === 0
        ? ranked
        : ranked.slice(0, this.#options.breadth).map(({ vertex }) => {
            const home = this.#play.save();
            this.#play.eliminate(vertex);
            const isLast = this.#play.remaining().length === 0;
            const outlook = isLast ? this.#play.cost : this.#choose(depth - 1).outlook;
            this.#play.restore(home);
            return { vertex, outlook };
          });
    return looked.reduce((best, one) => (one.outlook < best.outlook ? one : best));
  }
}

/** What a level has come to. */
interface Level {
  policy: number[];
  order: readonly Position[];
  cost: number;
}

class ReferenceNested implements NestedSearch {
  readonly #play: PromisingPlay;
  readonly #options: NestedOptions;
  #random = createRandom(0);
  #rollouts: Iterator<undefined> = [][Symbol.iterator]();
  #levels: Level[] = [];
  #best: readonly Position[] | undefined;
  bestCost = Infinity;
  isFinished = false;

  constructor(costed: CostedGraph, options: NestedOptions) {
    this.#options = options;
    this.#play = new PromisingPlay(costed, options.strength === 0 ? 0 : options.damage);
  }

  start(seed: number): void {
    const vertices = this.#play.costed.graph.vertices.length;
    this.#random = createRandom(seed);
    this.#best = undefined;
    this.bestCost = Infinity;
    this.isFinished = false;
    const even = Array.from({ length: vertices }, () => 0);
    this.#levels = Array.from({ length: this.#options.levels + 1 }, () => ({
      policy: even,
      order: [],
      cost: Infinity,
    }));
    this.#rollouts = this.#nest(this.#options.levels, even);
  }

  search(most: number): number {
    let made = 0;
    while (made < most && this.#rollouts.next().done !== true) {
      made += 1;
    }
    return made;
  }

  bestOrder(): EliminationOrder {
    if (this.#best === undefined) throw new Error('there was no rollout');
    return orderFromPositions(this.#play.costed.graph, [...this.#best]);
  }

  policy(level: number): readonly number[] {
    return this.#levels[level]?.policy ?? [];
  }

  dispose(): void {
    // Nothing to free.
  }

  /** Stops after every rollout, once all levels that it completes have been adapted. */
  *#nest(level: number, policy: readonly number[]): Generator<undefined, Level> {
    if (level === 0) return this.#rollOut(policy);
    const own: Level = { policy: [...policy], order: [], cost: Infinity };
    this.#levels[level] = own;
    for (let iteration = 0; iteration < this.#options.iterations; iteration += 1) {
      const below = yield* this.#nest(level - 1, own.policy);
      if (below.cost <= own.cost) Object.assign(own, { order: below.order, cost: below.cost });
      own.policy = this.#adapted(own);
      const isLast = iteration === this.#options.iterations - 1;
      // What completes a level is told when the level above has learnt from it.
      if (isLast && level < this.#options.levels) break;
      this.isFinished = isLast;
      for (const lower of this.#levels.slice(1, level)) lower.policy = own.policy;
      yield undefined;
    }
    return own;
  }

  #weights(policy: readonly number[]): { readonly vertex: Position; readonly weight: number }[] {
    const { strength } = this.#options;
    const preferences =
      strength === 0
        ? this.#play.remaining().map((vertex) => ({ vertex, value: policy[vertex] ?? NaN }))
        : this.#play.outlooks(this.#play.weight).map(({ vertex, outlook }) => ({
            vertex,
            value: (policy[vertex] ?? NaN) - strength * outlook,
          }));
    const most = Math.max(...preferences.map(({ value }) => value));
    return preferences.map(({ vertex, value }) => ({
      vertex,
      weight: exponentialOfMinus(most - value),
    }));
  }

  #rollOut(policy: readonly number[]): Level {
    this.#play.reset();
    while (this.#play.remaining().length > 0) {
      const weights = this.#weights(policy);
      const drawn = this.#random.next() * sum(weights.map(({ weight }) => weight));
      let passed = 0;
      const possible = weights.filter(({ weight }) => weight > 0);
      const found = possible.find(({ weight }) => {
        passed += weight;
        return passed > drawn;
      });
      const chosen = found ?? possible.at(-1);
      if (chosen === undefined) throw new Error('nothing remains to choose from');
      this.#play.eliminate(chosen.vertex);
    }
    const result = { policy: [], order: this.#play.moves(), cost: this.#play.cost };
    if (result.cost < this.bestCost) {
      this.bestCost = result.cost;
      this.#best = result.order;
    }
    return result;
  }

  #adapted({ policy, order }: Level): number[] {
    const { rate } = this.#options;
    const result = [...policy];
    this.#play.reset();
    for (const taken of order) {
      const weights = this.#weights(policy);
      const share = rate / sum(weights.map(({ weight }) => weight));
      for (const { vertex, weight } of weights) {
        result[vertex] = (result[vertex] ?? NaN) - share * weight;
      }
      result[taken] = (result[taken] ?? NaN) + rate;
      this.#play.eliminate(taken);
    }
    return result;
  }
}

/** Slow and obvious; a beam's pass is one call whatever it is asked for. */
export const referencePlaySearches: PlaySearchEngine = {
  name: 'reference',
  beam: (costed, options) => new ReferenceBeam(costed, options),
  greedy: (costed, options) => new ReferenceGreedy(costed, options),
  nested: (costed, options) => new ReferenceNested(costed, options),
};
