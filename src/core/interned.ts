/** The host's side of interned functions in the WASM core (assembly/compiled.ts). */
import type { Graph } from '../graph/types.ts';
import { orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { UserError } from '../support/user-error.ts';
import type { Annealer } from './annealer.ts';
import { type Core, instantiateCore } from './instance.ts';

/** Kinds of nodes, as in assembly/compiled-layout.ts. */
export const nodeKinds = {
  input: 0,
  constant: 1,
  product: 2,
  sum: 3,
  reciprocal: 4,
  function: 5,
} as const;

/** Flags beside a node's kind, as in assembly/compiled-layout.ts. */
export const nodeFlags = {
  minus: 8,
  fixed: 16,
  naturalMinus: 32,
  odd: 64,
  even: 128,
  root: 256,
} as const;

/** One node as the core has it; operands are signed nodes, 2 · node and 1 more for −. */
export interface NodeRecord {
  readonly key: bigint;
  /** First operand; of a function the place of its operands in `operands`. */
  readonly left: number;
  /** Second operand; of a function how many operands it has. */
  readonly right: number;
  /** Kind and flags. */
  readonly info: number;
}

/** An interned function, as the core takes it. */
export interface InternedFunction {
  readonly name: string;
  readonly vertices: number;
  readonly nodes: readonly NodeRecord[];
  readonly edges: readonly { readonly from: number; readonly to: number; readonly worth: number }[];
  readonly operands: readonly number[];
  readonly outputs: readonly number[];
  readonly results: readonly number[];
}

/** Orders in one call, so that a call takes about a millisecond. */
const ordersPerCall = 64;
const nodeBytes = 24;
/** Most proposals in one call of the core: what a number of it holds. */
const mostProposals = 0x7fffffff;

/** An interned function loaded into a core of its own. */
export class InternedHandle {
  readonly #core: Core = instantiateCore();
  readonly #name: string;
  readonly #pointer: number;

  /** @throws UserError where it does not fit in the core's memory */
  constructor(loaded: InternedFunction) {
    this.#name = loaded.name;
    this.#pointer = this.#load(loaded);
  }

  /**
   * Weighted operations of each order.
   * @throws UserError where the fill-in does not fit in the core's memory
   */
  count(orders: readonly EliminationOrder[]): Float64Array {
    const core = this.#core;
    const counts = new Float64Array(orders.length);
    const length = orders[0]?.length ?? 0;
    for (let start = 0; start < orders.length; start += ordersPerCall) {
      const part = orders.slice(start, start + ordersPerCall);
      const at = this.#place(new Uint32Array(part.flat()));
      const results = this.#allocate(8 * part.length);
      const done = core.countInterned(this.#pointer, at, length, part.length, results);
      counts.set(new Float64Array(core.memory.buffer, results, part.length), start);
      core.release(at);
      core.release(results);
      if (done !== part.length) throw this.#noMemory();
    }
    return counts;
  }

  /**
   * Makes an annealer, which has the handle to itself until it is disposed, and disposes it too.
   * @param graph the graph whose orders are annealed
   * @param tries proposals made at each place of the order
   */
  annealer(graph: Graph, length: number, tries: number): Annealer {
    const core = this.#core;
    const annealer = core.createInternedAnnealer(this.#pointer, length, tries) >>> 0;
    if (annealer === 0) throw this.#noMemory();
    const read = (at: number): EliminationOrder =>
      orderFromPositions(graph, [...new Uint32Array(core.memory.buffer, at >>> 0, length)]);
    return {
      start: (order, seed) => {
        if (order.length !== length) throw new Error(`an order is not one of ${graph.name}`);
        const at = this.#place(new Uint32Array(order));
        const cost = core.startInternedAnnealer(annealer, at, seed);
        core.release(at);
        if (cost < 0) throw this.#noMemory();
        return cost;
      },
      sweep: (temperature, limit = mostProposals) => {
        const made = core.annealInterned(annealer, Math.min(limit, mostProposals), temperature);
        if (made < 0) throw this.#noMemory();
        return made;
      },
      get sweeping(): boolean {
        return core.isSweepingInterned(annealer) !== 0;
      },
      get cost(): number {
        return core.internedCost(annealer);
      },
      get bestCost(): number {
        return core.bestInternedCost(annealer);
      },
      order: () => read(core.internedOrder(annealer)),
      bestOrder: () => read(core.bestInternedOrder(annealer)),
      dispose: () => {
        core.disposeInternedAnnealer(annealer);
        this.dispose();
      },
    };
  }

  /** Frees what the core holds; the handle must not be used afterwards. */
  dispose(): void {
    this.#core.disposeInterned(this.#pointer);
  }

  #load({ vertices, nodes, edges, operands, outputs, results }: InternedFunction): number {
    const packed = new DataView(new ArrayBuffer(nodeBytes * nodes.length));
    nodes.forEach(({ key, left, right, info }, index) => {
      packed.setBigUint64(nodeBytes * index, key, true);
      [left, right, info].forEach((field, place) => {
        packed.setUint32(nodeBytes * index + 8 + 4 * place, field, true);
      });
    });
    const blocks = [
      new Uint32Array(packed.buffer),
      new Uint32Array(edges.flatMap(({ from, to, worth }) => [from, to, worth])),
      new Uint32Array(operands),
      new Uint32Array(outputs),
      new Uint32Array(results),
    ].map((numbers) => this.#place(numbers));
    const [nodesAt = 0, edgesAt = 0, operandsAt = 0, outputsAt = 0, resultsAt = 0] = blocks;
    const pointer =
      this.#core.createInterned(
        vertices,
        nodesAt,
        nodes.length,
        edgesAt,
        edges.length,
        operandsAt,
        operands.length,
        outputsAt,
        outputs.length,
        resultsAt,
        results.length,
      ) >>> 0;
    for (const block of blocks) this.#core.release(block);
    if (pointer === 0) throw this.#noMemory();
    return pointer;
  }

  #place(numbers: Uint32Array): number {
    const at = this.#allocate(numbers.byteLength);
    new Uint32Array(this.#core.memory.buffer, at, numbers.length).set(numbers);
    return at;
  }

  #allocate(bytes: number): number {
    const at = this.#core.allocate(Math.max(bytes, 8)) >>> 0;
    if (at === 0) throw this.#noMemory();
    return at;
  }

  #noMemory(): UserError {
    return new UserError({
      code: 'core-memory',
      message:
        `the values of ${this.#name} do not fit in the core's memory of 2 GiB; ` +
        'choose another order or a smaller function',
    });
  }
}
