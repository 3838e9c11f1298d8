/** The host's side of an annealer in the WASM core (assembly/anneal.ts). */
import type { Graph } from '../graph/types.ts';
import { orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { UserError } from '../support/user-error.ts';
import { type Annealer, logarithms, type Proposals } from './annealer.ts';
import { outOfMemory } from './algebra-tables.ts';
import { type Core, graphKinds, stopReasons } from './instance.ts';

/** Most proposals in one call of the core: what a number of it holds. */
const mostProposals = 0xffffffff;

/** A graph that lives in the core, as its handle knows it. */
export interface LoadedGraph {
  readonly core: Core;
  readonly graph: Graph;
  readonly pointer: number;
  /** Number of vertices in an order. */
  readonly length: number;
  /** Copies an order to the core and returns where it is. */
  place(order: EliminationOrder): number;
  /** Fills in the table entry that the last call lacked. */
  resolveStop(): void;
  dispose(): void;
}

/** An annealer on a graph that nobody else uses. */
export class WasmAnnealer implements Annealer {
  readonly #loaded: LoadedGraph;
  readonly #pointer: number;
  #disposed = false;

  /**
   * Takes the loaded graph over, and frees it where that fails.
   * @throws UserError for graphs that the core keeps as lists
   */
  constructor(loaded: LoadedGraph, proposals: Proposals) {
    this.#loaded = loaded;
    try {
      this.#pointer = createAnnealer(loaded, proposals);
    } catch (error) {
      loaded.dispose();
      throw error;
    }
  }

  start(order: EliminationOrder, seed: number): number {
    const core = this.#core();
    const at = this.#loaded.place(order);
    for (;;) {
      const cost = core.startAnnealer(this.#pointer, at, seed);
      if (cost >= 0) return cost;
      this.#loaded.resolveStop();
    }
  }

  sweep(temperature: number, limit = mostProposals): number {
    const core = this.#core();
    let made = 0;
    for (;;) {
      const most = Math.min(limit - made, mostProposals);
      made += core.anneal(this.#pointer, most, temperature) >>> 0;
      if (core.stopReason(this.#loaded.pointer) === stopReasons.none) return made;
      this.#loaded.resolveStop();
    }
  }

  get sweeping(): boolean {
    return this.#core().isSweeping(this.#pointer) !== 0;
  }

  get cost(): number {
    return this.#core().currentCost(this.#pointer);
  }

  get bestCost(): number {
    return this.#core().bestCost(this.#pointer);
  }

  order(): EliminationOrder {
    return this.#read(this.#core().currentOrder(this.#pointer));
  }

  bestOrder(): EliminationOrder {
    return this.#read(this.#core().bestOrder(this.#pointer));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#core().disposeAnnealer(this.#pointer);
    this.#disposed = true;
    this.#loaded.dispose();
  }

  #core(): Core {
    if (this.#disposed) {
      throw new Error(`the annealer of ${this.#loaded.graph.name} was disposed`);
    }
    return this.#loaded.core;
  }

  #read(at: number): EliminationOrder {
    const { core, graph, length } = this.#loaded;
    return orderFromPositions(graph, [...new Uint32Array(core.memory.buffer, at >>> 0, length)]);
  }
}

function createAnnealer(
  { core, graph, pointer, length }: LoadedGraph,
  { tries, farthest = Math.max(1, length) }: Proposals,
): number {
  if (core.kindOf(pointer) === graphKinds.lists) {
    throw new UserError({
      code: 'anneal-too-large',
      message:
        `annealing takes graphs of up to 4,096 vertices so far, and ${graph.name} has ` +
        `${graph.vertices.length}; use a heuristic`,
    });
  }
  const table = core.allocate(logarithms.byteLength) >>> 0;
  if (table === 0) throw outOfMemory();
  new Float64Array(core.memory.buffer, table, logarithms.length).set(logarithms);
  const annealer = core.createAnnealer(pointer, tries, farthest, table) >>> 0;
  core.release(table);
  if (annealer === 0) throw outOfMemory();
  return annealer;
}
