/** The host's side of nested rollout policy adaptation in the WASM core (assembly/nested.ts). */
import type { EliminationOrder } from '../order/types.ts';
import type { LoadedGraph } from './anneal.ts';
import type { NestedOptions, NestedSearch } from './play-searches.ts';
import type { Tracking } from './play-types.ts';
import { mostACall, SearchedPlay } from './searched-play.ts';

function trackingFor({ strength, damage }: NestedOptions): Tracking {
  if (strength === 0) return 'nothing';
  return damage > 0 ? 'damage' : 'degrees';
}

/** A nested search on a graph that nobody else uses. */
export class WasmNested implements NestedSearch {
  readonly #search: SearchedPlay;
  readonly #options: NestedOptions;

  /**
   * Takes the loaded graph over, and frees it where that fails.
   * @throws UserError for graphs that the core keeps as lists
   */
  constructor(loaded: LoadedGraph, options: NestedOptions) {
    this.#options = options;
    const tracking = trackingFor(options);
    this.#search = new SearchedPlay(
      loaded,
      { damage: tracking === 'damage' ? options.damage : 0, tracking },
      {
        create: (core, play) => core.createNested(play, options.levels, options.iterations),
        free: (core, pointer) => {
          core.disposeNested(pointer);
        },
      },
    );
  }

  start(seed: number): void {
    const { core, pointer, weight } = this.#search;
    core.startNested(pointer, this.#options.rate, this.#options.strength, weight, seed);
  }

  search(most: number): number {
    const { core, pointer } = this.#search;
    let made = 0;
    do made += core.searchNested(pointer, Math.min(most - made, mostACall)) >>> 0;
    while (this.#search.resolveStop());
    return made;
  }

  get isFinished(): boolean {
    return this.#search.core.isNestedFinished(this.#search.pointer) !== 0;
  }

  get bestCost(): number {
    return this.#search.core.bestNestedCost(this.#search.pointer);
  }

  bestOrder(): EliminationOrder {
    if (this.bestCost === Infinity) throw new Error('there was no rollout');
    return this.#search.orderAt(this.#search.core.bestNestedOrder(this.#search.pointer));
  }

  policy(level: number): readonly number[] {
    const { core, pointer, vertices } = this.#search;
    const at = core.nestedPolicy(pointer, level) >>> 0;
    return [...new Float64Array(core.memory.buffer, at, vertices)];
  }

  dispose(): void {
    this.#search.dispose();
  }
}
