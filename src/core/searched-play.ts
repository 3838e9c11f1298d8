/** A play in the WASM core that a search has to itself: what the searches have in common. */
import { orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import type { LoadedGraph } from './anneal.ts';
import { outOfMemory } from './algebra-tables.ts';
import type { Core } from './instance.ts';
import { pricePerProduct } from './network.ts';
import { createPlay } from './play.ts';
import type { Tracking } from './play-types.ts';

/** Most units of work in one call of the core: what a number of it holds. */
export const mostACall = 0xffffffff;

/** A search's block in the core, with the play that it stands on. */
export class SearchedPlay {
  readonly #loaded: LoadedGraph;
  readonly #play: number;
  readonly #free: (core: Core, pointer: number) => void;
  /** Of the search's block. */
  readonly pointer: number;
  /** w of assembly/outlook.ts. */
  readonly weight: number;
  #disposed = false;

  /**
   * Takes the loaded graph over, and frees it where that fails.
   * `create` makes the search's block of a play, 0 where memory ends.
   * @throws UserError for graphs that the core keeps as lists, and where memory ends
   */
  constructor(
    loaded: LoadedGraph,
    { damage, tracking }: { readonly damage: number; readonly tracking: Tracking },
    block: {
      create(core: Core, play: number): number;
      free(core: Core, pointer: number): void;
    },
  ) {
    this.#loaded = loaded;
    this.#free = (core, pointer) => {
      block.free(core, pointer);
    };
    const { core } = loaded;
    let play = 0;
    try {
      play = createPlay(loaded, tracking);
      this.weight = damage === 0 ? 0 : damage * pricePerProduct(loaded, play);
      this.pointer = block.create(core, play) >>> 0;
      if (this.pointer === 0) throw outOfMemory();
    } catch (error) {
      if (play !== 0) core.disposePlay(play);
      loaded.dispose();
      throw error;
    }
    this.#play = play;
  }

  /** @throws Error where the search was disposed */
  get core(): Core {
    if (this.#disposed) {
      throw new Error(`the search on ${this.#loaded.graph.name} was disposed`);
    }
    return this.#loaded.core;
  }

  /** Number of vertices of the graph. */
  get vertices(): number {
    return this.#loaded.graph.vertices.length;
  }

  /** What the moves so far cost. */
  get cost(): number {
    return this.core.playCost(this.#play);
  }

  /** Whether all vertices are eliminated. */
  get isComplete(): boolean {
    return this.core.playLength(this.#play) === this.#loaded.length;
  }

  /** The moves of a complete play. */
  order(): EliminationOrder {
    return this.orderAt(this.core.playOrder(this.#play));
  }

  /** A complete order (u32) in the core. */
  orderAt(at: number): EliminationOrder {
    const { graph, length } = this.#loaded;
    const order = new Uint32Array(this.core.memory.buffer, at >>> 0, length);
    return orderFromPositions(graph, [...order]);
  }

  /** Whether the last call stopped for the host; then what it lacked is there now. */
  resolveStop(): boolean {
    if (this.core.stopReason(this.#loaded.pointer) === 0) return false;
    this.#loaded.resolveStop();
    return true;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#free(this.core, this.pointer);
    this.core.disposePlay(this.#play);
    this.#disposed = true;
    this.#loaded.dispose();
  }
}
