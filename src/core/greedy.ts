/** The host's side of greedy orders with look-ahead in the WASM core (assembly/greedy.ts). */
import type { EliminationOrder } from '../order/types.ts';
import type { LoadedGraph } from './anneal.ts';
import type { GreedyOptions, GreedySearch } from './play-searches.ts';
import { mostACall, SearchedPlay } from './searched-play.ts';

/** Greedy orders of a graph that nobody else uses. */
export class WasmGreedy implements GreedySearch {
  readonly #search: SearchedPlay;

  /**
   * Takes the loaded graph over, and frees it where that fails.
   * @throws UserError for graphs that the core keeps as lists
   */
  constructor(loaded: LoadedGraph, { damage, depth, breadth }: GreedyOptions) {
    this.#search = new SearchedPlay(
      loaded,
      { damage, tracking: damage > 0 ? 'damage' : 'degrees' },
      {
        create: (core, play) => core.createGreedy(play, depth, breadth),
        free: (core, pointer) => {
          core.disposeGreedy(pointer);
        },
      },
    );
  }

  start(seed: number, share = 1): void {
    const { core, pointer, weight } = this.#search;
    core.startGreedy(pointer, weight * share, seed);
  }

  extend(most: number): boolean {
    const { core, pointer } = this.#search;
    let made = 0;
    do made += core.extendGreedy(pointer, Math.min(most - made, mostACall));
    while (this.#search.resolveStop());
    return this.#search.isComplete;
  }

  get cost(): number {
    return this.#search.cost;
  }

  order(): EliminationOrder {
    return this.#search.order();
  }

  dispose(): void {
    this.#search.dispose();
  }
}
