/**
 * VertexGame: vertex elimination as a game for agents of any kind, in the manner of Gymnasium's vector
 * environments (Towers et al., arXiv 2407.17032): `reset`, `step`, `observe`, several games of one
 * graph side by side. An action is the place of a vertex among those that an order has to hold; a
 * move is the elimination of a vertex that remains, and nothing else is one: the mask tells which,
 * and `step` refuses the others before anything has changed. Every game of a graph has the same
 * number of moves, so they end together.
 *
 * The reward of a move is minus its cost under the cost model; or moves are free and the last one is
 * rewarded with minus a cost of the whole order, whatever that is: the count under `compiled`, or a
 * measured run time. The return is minus the count of the order either way. States live in the
 * WebAssembly core.
 */
import { parseWeights, networkSizes, weightCount } from '../../core/network-types.ts';
import type { NetworkPlay } from '../../core/play-types.ts';
import { createWasmEngine } from '../../core/wasm.ts';
import type { CostedGraph } from '../../cost/types.ts';
import type { Position } from '../../graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../../order/orders.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { UserError } from '../../support/user-error.ts';
import { AdjacencyTensor } from './adjacency.ts';

/** What a game is made with. */
export interface VertexGameOptions {
  /** How many games there are side by side, B; 1 if left out. */
  readonly games?: number;
  /**
   * Cost of a whole order, in the place of the costs of moves: a count under `compiled`, a measured
   * run time.
   */
  readonly terminalCost?: (order: EliminationOrder) => number;
  /** What observations hold beside the mask; the features if left out. */
  readonly observe?: { readonly features?: boolean; readonly adjacency?: boolean };
}

/** What an agent sees of all games. A vertices stand in an order. */
export interface Observation {
  /** [B, A]: 1 where a vertex remains, 0 where it is gone. */
  readonly legal: Uint8Array;
  /** [B, A, 24]: assembly/vertex-features.ts; zeros where a vertex is gone. */
  readonly features?: Float32Array;
  /** [B, 5, I + V + 1, V]: adjacency.ts. */
  readonly adjacency?: Int32Array;
}

/** What a move brought. */
export interface GameStep {
  readonly observation: Observation;
  /** [B], ≤ 0. */
  readonly rewards: Float64Array;
  /** Whether the games have come to their end. */
  readonly done: boolean;
}

/** One game: its play in the core, and the tensor where it is observed. */
interface OneGame {
  readonly play: NetworkPlay;
  readonly adjacency: AdjacencyTensor | undefined;
}

/** Several games of one graph. */
export class VertexGame {
  /** The vertices that actions stand for, by action. */
  readonly vertices: readonly Position[];
  readonly #costed: CostedGraph;
  readonly #options: VertexGameOptions;
  readonly #games: readonly OneGame[];
  /** By position in the graph. */
  readonly #actions: ReadonlyMap<Position, number>;

  /**
   * @throws UserError for graphs of more than 4,096 vertices, and where the adjacency is asked for and
   *   an edge lacks the peer's code
   */
  constructor(costed: CostedGraph, options: VertexGameOptions = {}) {
    const { games = 1, observe = {} } = options;
    if (!Number.isInteger(games) || games < 1) {
      throw new UserError({
        code: 'game-number',
        message: `the number of games has to be a whole number from 1 on, not ${games}`,
      });
    }
    this.#costed = costed;
    this.#options = options;
    this.vertices = eliminableVertices(costed.graph);
    this.#actions = new Map(this.vertices.map((vertex, action) => [vertex, action]));
    const engine = createWasmEngine();
    this.#games = Array.from({ length: games }, () => {
      const play = engine.play(costed, 'degrees');
      // Features are written by evaluations; what this network thinks of them is of no interest.
      if (observe.features !== false) play.loadNetwork(parseWeights(new Float32Array(weightCount)));
      const adjacency = observe.adjacency === true ? new AdjacencyTensor(costed.graph) : undefined;
      return { play, adjacency };
    });
  }

  /** Number of games, B. */
  get games(): number {
    return this.#games.length;
  }

  /** Number of actions, A, which is the number of moves too. */
  get actions(): number {
    return this.vertices.length;
  }

  /** Shape of the adjacency of one game, where it is observed. */
  get adjacencyShape(): readonly [number, number, number] | undefined {
    return this.#games[0]?.adjacency?.shape;
  }

  /** Begins all games anew. */
  reset(): Observation {
    for (const { play, adjacency } of this.#games) {
      play.reset();
      adjacency?.reset();
    }
    return this.observe();
  }

  /**
   * Moves in every game.
   * @param actions one for each game, each a vertex that remains there
   * @throws UserError game-illegal-move, with nothing changed in any game
   */
  step(actions: ArrayLike<number>): GameStep {
    const moves = this.#games.map((game, index) => this.#moveOf(game, index, actions));
    const rewards = new Float64Array(this.#games.length);
    this.#games.forEach(({ play, adjacency }, index) => {
      const vertex = moves[index];
      if (vertex === undefined) return;
      const cost = play.eliminate(vertex);
      adjacency?.eliminate(vertex);
      const { terminalCost } = this.#options;
      if (terminalCost === undefined) rewards[index] = 0 - cost;
      else if (this.#isDone(play)) rewards[index] = 0 - terminalCost(this.#orderOf(play));
    });
    const done = this.#games.every(({ play }) => this.#isDone(play));
    return { observation: this.observe(), rewards, done };
  }

  /** What there is to see now; copies. O(B·A·24), or O(B·5·V²) with the adjacency. */
  observe(): Observation {
    const { observe = {} } = this.#options;
    const legal = new Uint8Array(this.games * this.actions);
    this.#games.forEach(({ play }, game) => {
      for (const vertex of play.remaining()) {
        legal[game * this.actions + (this.#actions.get(vertex) ?? 0)] = 1;
      }
    });
    return {
      legal,
      ...(observe.features === false ? {} : { features: this.#features() }),
      ...(observe.adjacency === true ? { adjacency: this.#adjacency() } : {}),
    };
  }

  /** What the moves of each game have cost so far under the cost model. */
  costs(): Float64Array {
    return Float64Array.from(this.#games, ({ play }) => play.cost);
  }

  /**
   * The orders that were played.
   * @throws Error before the end
   */
  orders(): readonly EliminationOrder[] {
    return this.#games.map(({ play }) => {
      if (!this.#isDone(play)) throw new Error('the games have not come to their end');
      return this.#orderOf(play);
    });
  }

  /** Frees what the core holds; the games must not be used afterwards. */
  dispose(): void {
    for (const { play } of this.#games) play.dispose();
  }

  #isDone(play: NetworkPlay): boolean {
    return play.eliminated === play.length;
  }

  #orderOf(play: NetworkPlay): EliminationOrder {
    return orderFromPositions(this.#costed.graph, play.moves());
  }

  #moveOf({ play }: OneGame, game: number, actions: ArrayLike<number>): Position {
    const action = actions[game];
    const vertex = action === undefined ? undefined : this.vertices[action];
    if (vertex !== undefined && actions.length === this.games) {
      if (play.remaining().includes(vertex)) return vertex;
    }
    throw new UserError({
      code: 'game-illegal-move',
      message:
        actions.length === this.games
          ? `action ${String(action)} is no vertex that remains in game ${game}; choose where legal is 1`
          : `there are ${this.games} games and ${actions.length} actions; give one for each game`,
    });
  }

  #features(): Float32Array {
    const { features: width } = networkSizes;
    const all = new Float32Array(this.games * this.actions * width);
    this.#games.forEach(({ play }, game) => {
      const { vertices, features } = play.evaluate();
      vertices.forEach((vertex, row) => {
        const place = game * this.actions + (this.#actions.get(vertex) ?? 0);
        all.set(features.subarray(row * width, (row + 1) * width), place * width);
      });
    });
    return all;
  }

  #adjacency(): Int32Array {
    const tensors = this.#games.map(({ adjacency }) => adjacency?.read() ?? new Int32Array());
    const size = tensors[0]?.length ?? 0;
    const all = new Int32Array(size * tensors.length);
    tensors.forEach((tensor, game) => {
      all.set(tensor, game * size);
    });
    return all;
  }
}
