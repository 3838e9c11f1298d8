/**
 * The elimination engine on the WASM core (assembly/). Graphs are loaded once and live in the core's
 * memory until they are disposed; orders go in and counts come out in batches.
 */
import type { CostedGraph, EdgeAlgebra } from '../cost/types.ts';
import type { Graph } from '../graph/types.ts';
import { eliminableVertices, orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { UserError } from '../support/user-error.ts';
import { AlgebraTables, outOfMemory } from './algebra-tables.ts';
import { type LoadedGraph, WasmAnnealer } from './anneal.ts';
import type { Annealer, AnnealingEngine, Proposals } from './annealer.ts';
import { type Core, graphKinds, instantiateCore, stopReasons } from './instance.ts';
import { WasmBeam } from './beam.ts';
import { WasmGreedy } from './greedy.ts';
import { WasmNested } from './nested.ts';
import { mostPlayedVertices, mostRowVertices, WasmPlay } from './play.ts';
import type {
  BeamOptions,
  BeamSearch,
  GreedyOptions,
  GreedySearch,
  NestedOptions,
  NestedSearch,
  PlaySearchEngine,
} from './play-searches.ts';
import type { NetworkPlay, PlayEngine, Tracking } from './play-types.ts';
import { WasmHostedTree } from './hosted-tree.ts';
import { WasmTreeSearch } from './tree.ts';
import type {
  HostedTreeOptions,
  HostedTreeSearch,
  NetworkTreeSearch,
  TreeOptions,
  TreeSearchEngine,
} from './tree-types.ts';
import { OrderWalk } from './order-walk.ts';
import { refuseTensors } from './refuse-tensors.ts';
import type { EliminationEngine, EliminationHandle, GreedyWeights, TieRule } from './types.ts';

/**
 * Positions handed over in one call: about a millisecond of work. More would be lost on the
 * optimising compiler, which does not replace code that is running.
 */
const positionsPerCall = 32768;

/** Least representation of a loaded graph, for tests of the wider ones on small graphs. */
export type LeastKind = keyof typeof graphKinds;

/** The WASM core as an engine, with what only it can do. */
export interface WasmEngine
  extends EliminationEngine, AnnealingEngine, PlayEngine, PlaySearchEngine, TreeSearchEngine {
  load(costed: CostedGraph, leastKind?: LeastKind): EliminationHandle;
  annealer(costed: CostedGraph, proposals: Proposals, leastKind?: LeastKind): Annealer;
  /** Of graphs of up to 16,384 vertices, which are kept as rows. */
  play(costed: CostedGraph, tracking: Tracking, leastKind?: LeastKind): NetworkPlay;
  beam(costed: CostedGraph, options: BeamOptions, leastKind?: LeastKind): BeamSearch;
  greedy(costed: CostedGraph, options: GreedyOptions, leastKind?: LeastKind): GreedySearch;
  nested(costed: CostedGraph, options: NestedOptions, leastKind?: LeastKind): NestedSearch;
  treeSearch(costed: CostedGraph, options: TreeOptions, leastKind?: LeastKind): NetworkTreeSearch;
  hostedTreeSearch(
    costed: CostedGraph,
    options: HostedTreeOptions,
    leastKind?: LeastKind,
  ): HostedTreeSearch;
  /**
   * Greedy elimination of a scalar graph of any size; O((|P| + |S|)·log n) a vertex with degrees
   * alone (assembly/greedy-lists.ts).
   * @param costed any counting of the graph; only its edges matter
   * @throws UserError core-memory
   */
  greedyOrder(costed: CostedGraph, weights: GreedyWeights, tie: TieRule): EliminationOrder;
  /** Walks along orders of a graph, which is kept as lists whatever its size. */
  walk(costed: CostedGraph): OrderWalk;
  /** Bytes that handles and buffers hold at the moment. */
  bytesInUse(): number;
  /** Size of the whole memory; it never shrinks. */
  memoryBytes(): number;
}

/** One instance of the core with its buffers; handles share the buffers, calls never overlap. */
class Engine implements WasmEngine {
  readonly name = 'wasm';
  #core: Core | undefined;
  #orders = 0;
  #results = 0;
  #capacity = 0;
  readonly #tables = new Map<EdgeAlgebra, AlgebraTables>();

  get core(): Core {
    this.#core ??= instantiateCore();
    return this.#core;
  }

  bytesInUse(): number {
    return this.core.bytesInUse() >>> 0;
  }

  memoryBytes(): number {
    return this.core.memory.buffer.byteLength;
  }

  annealer(costed: CostedGraph, proposals: Proposals, leastKind?: LeastKind): Annealer {
    return new WasmAnnealer(this.load(costed, leastKind), proposals);
  }

  play(costed: CostedGraph, tracking: Tracking, leastKind?: LeastKind): NetworkPlay {
    // A play needs rows, also where counting would do without.
    const isLarge = costed.graph.vertices.length > mostRowVertices;
    const kind = leastKind ?? (isLarge ? 'wideRows' : undefined);
    return new WasmPlay(this.load(costed, kind), tracking, mostPlayedVertices);
  }

  beam(costed: CostedGraph, options: BeamOptions, leastKind?: LeastKind): BeamSearch {
    return new WasmBeam(this.load(costed, leastKind), options);
  }

  greedy(costed: CostedGraph, options: GreedyOptions, leastKind?: LeastKind): GreedySearch {
    return new WasmGreedy(this.load(costed, leastKind), options);
  }

  nested(costed: CostedGraph, options: NestedOptions, leastKind?: LeastKind): NestedSearch {
    return new WasmNested(this.load(costed, leastKind), options);
  }

  treeSearch(costed: CostedGraph, options: TreeOptions, leastKind?: LeastKind): NetworkTreeSearch {
    return new WasmTreeSearch(this.load(costed, leastKind), options);
  }

  hostedTreeSearch(
    costed: CostedGraph,
    options: HostedTreeOptions,
    leastKind?: LeastKind,
  ): HostedTreeSearch {
    return new WasmHostedTree(this.load(costed, leastKind), options);
  }

  walk(costed: CostedGraph): OrderWalk {
    return new OrderWalk(this.load(costed, 'lists'), costed);
  }

  greedyOrder(costed: CostedGraph, weights: GreedyWeights, tie: TieRule): EliminationOrder {
    const handle = this.load(costed, 'lists');
    try {
      return handle.greedy(weights, tie);
    } finally {
      handle.dispose();
    }
  }

  load(costed: CostedGraph, leastKind?: LeastKind): Handle {
    const { graph, algebra, states } = costed;
    if (states.length !== graph.edges.length) {
      throw new Error(`${states.length} states for ${graph.edges.length} edges of ${graph.name}`);
    }
    const eliminable = eliminableVertices(graph);
    const tables = algebra.uniform ? undefined : this.#acquire(algebra);
    try {
      const atLeast = leastKind === undefined ? 0 : graphKinds[leastKind];
      const pointer = this.#createGraph(costed, eliminable, tables?.pointer ?? 0, atLeast);
      return new Handle(this, graph, eliminable.length, pointer, tables, () => {
        this.core.disposeGraph(pointer);
        if (tables !== undefined) this.#release(algebra, tables);
      });
    } catch (error) {
      if (tables !== undefined) this.#release(algebra, tables);
      throw error;
    }
  }

  /** Pointers to room for `length` positions and as many results. */
  buffers(length: number): { readonly orders: number; readonly results: number } {
    if (length > this.#capacity || this.#orders === 0) {
      this.core.release(this.#orders);
      this.core.release(this.#results);
      this.#capacity = 0;
      const capacity = Math.max(length, positionsPerCall);
      this.#orders = this.core.allocate(4 * capacity) >>> 0;
      this.#results = this.core.allocate(8 * capacity) >>> 0;
      if (this.#orders === 0 || this.#results === 0) throw outOfMemory();
      this.#capacity = capacity;
    }
    return { orders: this.#orders, results: this.#results };
  }

  #createGraph(
    { graph, states }: CostedGraph,
    eliminable: readonly number[],
    tables: number,
    atLeast: number,
  ): number {
    const { core } = this;
    const outputs = graph.vertices.flatMap(({ kind }, index) => (kind === 'output' ? [index] : []));
    const words = 3 * graph.edges.length + eliminable.length + outputs.length;
    const buffer = core.allocate(4 * words) >>> 0;
    if (buffer === 0) throw tooLarge(graph);
    const view = new Uint32Array(core.memory.buffer, buffer, words);
    let next = 0;
    graph.edges.forEach(({ from, to }, index) => {
      view[next] = from;
      view[next + 1] = to;
      view[next + 2] = states[index] ?? 0;
      next += 3;
    });
    view.set(eliminable, next);
    view.set(outputs, next + eliminable.length);
    const eliminableAt = buffer + 4 * next;
    const pointer = core.createGraph(
      graph.vertices.length,
      buffer,
      graph.edges.length,
      eliminableAt,
      eliminable.length,
      eliminableAt + 4 * eliminable.length,
      outputs.length,
      tables,
      atLeast,
    );
    core.release(buffer);
    if (pointer === 0) throw tooLarge(graph);
    return pointer >>> 0;
  }

  #acquire(algebra: EdgeAlgebra): AlgebraTables {
    let tables = this.#tables.get(algebra);
    if (tables === undefined) {
      tables = new AlgebraTables(this.core, algebra);
      this.#tables.set(algebra, tables);
    }
    tables.acquire();
    return tables;
  }

  #release(algebra: EdgeAlgebra, tables: AlgebraTables): void {
    if (tables.release()) this.#tables.delete(algebra);
  }
}

class Handle implements EliminationHandle, LoadedGraph {
  readonly #engine: Engine;
  readonly graph: Graph;
  readonly length: number;
  readonly pointer: number;
  readonly #tables: AlgebraTables | undefined;
  #free: (() => void) | undefined;

  constructor(
    engine: Engine,
    graph: Graph,
    length: number,
    pointer: number,
    tables: AlgebraTables | undefined,
    free: () => void,
  ) {
    this.#engine = engine;
    this.graph = graph;
    this.length = length;
    this.pointer = pointer;
    this.#tables = tables;
    this.#free = free;
  }

  get core(): Core {
    return this.#engine.core;
  }

  place(order: EliminationOrder): number {
    const { orders } = this.#engine.buffers(this.length);
    this.#write([order], 0, 1, orders);
    return orders;
  }

  count(orders: readonly EliminationOrder[]): Float64Array {
    const core = this.#alive();
    const length = this.length;
    const counts = new Float64Array(orders.length);
    const most = Math.max(1, Math.floor(positionsPerCall / Math.max(1, length)));
    const at = this.#engine.buffers(length);
    for (let start = 0; start < orders.length; start += most) {
      const number = Math.min(most, orders.length - start);
      this.#write(orders, start, number, at.orders);
      let done = 0;
      for (;;) {
        const from = at.orders + 4 * done * length;
        done += core.count(this.pointer, from, length, number - done, at.results + 8 * done);
        if (done === number) break;
        this.resolveStop();
      }
      counts.set(new Float64Array(core.memory.buffer, at.results, number), start);
    }
    return counts;
  }

  steps(order: EliminationOrder): Float64Array {
    const core = this.#alive();
    const at = this.#engine.buffers(this.length);
    this.#write([order], 0, 1, at.orders);
    while (core.steps(this.pointer, at.orders, this.length, at.results) === 0) {
      this.resolveStop();
    }
    return new Float64Array(core.memory.buffer, at.results, this.length).slice();
  }

  markowitz(tie: TieRule): EliminationOrder {
    const core = this.#alive();
    refuseTensors(this.graph);
    if (core.kindOf(this.pointer) === graphKinds.lists) {
      return this.greedy({ degree: 1, damage: 0, fill: 0 }, tie);
    }
    const { orders } = this.#engine.buffers(this.length);
    core.markowitz(this.pointer, tie === 'high' ? 1 : 0, orders);
    return this.#read(orders);
  }

  /** Of a graph that is kept as lists. */
  greedy({ degree, damage, fill, offsets }: GreedyWeights, tie: TieRule): EliminationOrder {
    const core = this.#alive();
    const { orders } = this.#engine.buffers(this.length);
    const numbers = [degree, damage, fill];
    const block = core.allocate(8 * (numbers.length + (offsets?.length ?? 0))) >>> 0;
    if (block === 0) throw outOfMemory();
    try {
      new Float64Array(core.memory.buffer, block, numbers.length).set(numbers);
      const offsetsAt = offsets === undefined ? 0 : block + 8 * numbers.length;
      if (offsets !== undefined) {
        new Float64Array(core.memory.buffer, offsetsAt, offsets.length).set(offsets);
      }
      if (core.greedy(this.pointer, block, offsetsAt, tie === 'high' ? 1 : 0, orders) === 0) {
        // There are no tables to fill in: memory has ended.
        this.resolveStop();
      }
    } finally {
      core.release(block);
    }
    return this.#read(orders);
  }

  #read(orders: number): EliminationOrder {
    const order = new Uint32Array(this.#engine.core.memory.buffer, orders, this.length);
    return orderFromPositions(this.graph, Array.from(order));
  }

  dispose(): void {
    this.#free?.();
    this.#free = undefined;
  }

  #alive(): Core {
    if (this.#free === undefined) {
      throw new Error(`the handle of ${this.graph.name} was disposed; load the graph again`);
    }
    return this.#engine.core;
  }

  /** Copies orders into the buffer. Only what could write outside the graph's block is checked. */
  #write(orders: readonly EliminationOrder[], start: number, number: number, at: number): void {
    const length = this.length;
    const vertices = this.graph.vertices.length;
    const view = new Uint32Array(this.#engine.core.memory.buffer, at, number * length);
    let next = 0;
    for (let index = start; index < start + number; index += 1) {
      const order = orders[index];
      if (order?.length !== length) throw notAnOrder(this.graph);
      for (let place = 0; place < length; place += 1) {
        const vertex = order[place] ?? vertices;
        if (!(vertex < vertices)) throw notAnOrder(this.graph);
        view[next] = vertex;
        next += 1;
      }
    }
  }

  resolveStop(): void {
    const core = this.#engine.core;
    const left = core.missingLeft(this.pointer);
    const right = core.missingRight(this.pointer);
    switch (core.stopReason(this.pointer)) {
      case stopReasons.composeMissing:
        this.#tables?.fillCompose(left, right);
        return;
      case stopReasons.addMissing:
        this.#tables?.fillAdd(left, right);
        return;
      case stopReasons.noMemory:
        throw new UserError({
          code: 'core-memory',
          message:
            `the fill-in of graph ${this.graph.name} does not fit in the core's memory of 2 GiB; ` +
            'choose another order or a smaller graph',
        });
      default:
        throw new Error(`the core stopped on ${this.graph.name} without a reason`);
    }
  }
}

function tooLarge(graph: Graph): UserError {
  return new UserError({
    code: 'core-memory',
    message:
      `graph ${graph.name} (${graph.vertices.length} vertices, ${graph.edges.length} edges) does ` +
      "not fit in the core's memory of 2 GiB; use a smaller graph",
  });
}

function notAnOrder(graph: Graph): Error {
  return new Error(`an order is not one of graph ${graph.name}`);
}

/** An engine of its own, with an instance and a memory of its own. */
export function createWasmEngine(): WasmEngine {
  return new Engine();
}

/** The process's engine; the core is compiled at the first load. */
export const wasmEngine: WasmEngine = createWasmEngine();
