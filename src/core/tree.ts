/**
 * The host's side of a tree search in the WASM core (assembly/tree.ts). hosted-tree.ts is the one whose
 * leaves the host evaluates.
 */
import type { Position } from '../graph/types.ts';
import type { EliminationOrder } from '../order/types.ts';
import { outOfMemory } from './algebra-tables.ts';
import type { LoadedGraph } from './anneal.ts';
import type { Core } from './instance.ts';
import { corePolicy, trackingOf, WasmPlay } from './play.ts';
import type { RolloutPolicy, Tracking } from './play-types.ts';
import type { NetworkWeights } from './network-types.ts';
import type { NetworkTreeSearch, TreeChild, TreeNode, TreeOptions } from './tree-types.ts';

/** As in assembly/tree-layout.ts. */
const methods = { uct: 0, gumbel: 1 } as const;
const nodeHeaderBytes = 32;
const childBytes = 32;
/** POLICY_VALUE of assembly/play-layout.ts. */
const valuePolicy = { kind: 4, temperature: 0 } as const;

/** Most simulations in one call of the core: what a number of it holds. */
const mostSimulations = 0xffffffff;

/** What all searches of trees on a graph that nobody else uses have in common. */
export class WasmTree {
  protected readonly loaded: LoadedGraph;
  protected readonly ownPlay: WasmPlay;
  protected readonly pointer: number;
  #disposed = false;

  /**
   * Takes the loaded graph with its play over, and frees them where `create` makes no search of them.
   * @throws UserError where memory ends
   */
  constructor(loaded: LoadedGraph, play: WasmPlay, create: (core: Core, play: number) => number) {
    this.loaded = loaded;
    this.ownPlay = play;
    this.pointer = create(loaded.core, play.pointer);
    if (this.pointer === 0) {
      this.ownPlay.dispose();
      throw outOfMemory();
    }
    this.start(0);
  }

  start(seed: number): void {
    this.core().startSearch(this.pointer, seed);
  }

  get remaining(): number {
    return this.core().rootRemaining(this.pointer);
  }

  play(): Position {
    const core = this.core();
    if (this.remaining === 0) throw new Error(`nothing remains of ${this.loaded.graph.name}`);
    return this.untilDone(() => core.playChosen(this.pointer)) as Position;
  }

  get bestCost(): number {
    return this.ownPlay.bestCost;
  }

  bestOrder(): EliminationOrder {
    return this.ownPlay.bestOrder();
  }

  improvedPolicy(): Float64Array {
    const core = this.core();
    const children = this.remaining;
    if (children === 0 || core.rootNode(this.pointer) === 0) return new Float64Array();
    const at = core.rootPolicy(this.pointer) >>> 0;
    return new Float64Array(core.memory.buffer, at, children).slice();
  }

  get nodes(): number {
    return this.core().nodesInUse(this.pointer);
  }

  root(): TreeNode | undefined {
    const core = this.core();
    return this.#readNode(new DataView(core.memory.buffer), core.rootNode(this.pointer) >>> 0);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.core().disposeSearch(this.pointer);
    this.#disposed = true;
    this.ownPlay.dispose();
  }

  /** Calls again and again, after each stop; what is below 0 is one. */
  protected untilDone(call: () => number): number {
    for (;;) {
      const result = call();
      if (result >= 0) return result;
      this.loaded.resolveStop();
    }
  }

  #readNode(view: DataView, at: number): TreeNode | undefined {
    if (at === 0) return undefined;
    const children = Array.from({ length: view.getUint32(at + 4, true) }, (_, index) =>
      this.#readChild(view, at + nodeHeaderBytes + childBytes * index),
    );
    return {
      visits: view.getUint32(at, true),
      sum: view.getFloat64(at + 8, true),
      first: view.getFloat64(at + 16, true),
      children,
    };
  }

  #readChild(view: DataView, at: number): TreeChild {
    return {
      vertex: view.getUint32(at, true) as Position,
      prior: view.getFloat64(at + 24, true),
      visits: view.getUint32(at + 8, true),
      sum: view.getFloat64(at + 16, true),
      node: this.#readNode(view, view.getUint32(at + 4, true)),
    };
  }

  protected core(): Core {
    if (this.#disposed) {
      throw new Error(`the tree search of ${this.loaded.graph.name} was disposed`);
    }
    return this.loaded.core;
  }
}

/** A tree search by rules or by a network of the core. */
export class WasmTreeSearch extends WasmTree implements NetworkTreeSearch {
  readonly #hasNetwork: boolean;

  /**
   * Takes the loaded graph over, and frees it where that fails.
   * @throws UserError for graphs that the core keeps as lists, and where memory ends
   */
  constructor(loaded: LoadedGraph, options: TreeOptions) {
    const play = new WasmPlay(loaded, widest(options));
    if (options.network !== undefined) play.loadNetwork(options.network);
    super(loaded, play, (core, pointer) => createSearch(core, pointer, options));
    this.#hasNetwork = options.network !== undefined;
  }

  beginMove(simulations: number): number {
    const core = this.core();
    const made = this.untilDone(() => core.prepareRoot(this.pointer));
    core.beginMove(this.pointer, simulations);
    return made;
  }

  search(limit: number): number {
    const core = this.core();
    let made = 0;
    for (;;) {
      const most = Math.min(limit - made, mostSimulations);
      made += core.searchMove(this.pointer, most) >>> 0;
      if (core.stopReason(this.loaded.pointer) === 0) return made;
      this.loaded.resolveStop();
    }
  }

  loadNetwork(weights: NetworkWeights): void {
    if (!this.#hasNetwork) throw new Error('a tree search by rules has no network');
    this.ownPlay.loadNetwork(weights);
  }
}

/** What prior and rollouts need to be tracked. */
function widest({ prior, rollout }: TreeOptions): Tracking {
  const needs = [trackingOf(prior), trackingOf(rollout.kind === 'value' ? valued : rollout)];
  if (needs.includes('damage')) return 'damage';
  return needs.includes('degrees') ? 'degrees' : 'nothing';
}

/** Leaves that are valued need what a network does. */
const valued: RolloutPolicy = { kind: 'network', temperature: 0 };

function createSearch(core: Core, play: number, options: TreeOptions): number {
  const { method, bytes } = options;
  const prior = corePolicy(options.prior);
  const rollout = options.rollout.kind === 'value' ? valuePolicy : corePolicy(options.rollout);
  const isNetworks = [options.prior.kind, options.rollout.kind].some(
    (kind) => kind === 'network' || kind === 'value',
  );
  if (isNetworks && options.network === undefined) throw new Error('a network has to have weights');
  if (prior.temperature <= 0 && options.prior.kind !== 'random') {
    throw new Error('the temperature of priors has to be above 0');
  }
  return createCoreSearch(core, play, { method, prior, rollout, bytes });
}

/** A policy as the core takes it. */
export interface CorePolicy {
  readonly kind: number;
  readonly temperature: number;
}

/** Makes a search's block; 0 where memory ends. */
export function createCoreSearch(
  core: Core,
  play: number,
  options: Pick<TreeOptions, 'method' | 'bytes'> & {
    readonly prior: CorePolicy;
    readonly rollout: CorePolicy;
  },
): number {
  const { method, prior, rollout, bytes } = options;
  return (
    core.createSearch(
      play,
      methods[method.kind],
      prior.kind,
      prior.temperature,
      rollout.kind,
      rollout.temperature,
      method.kind === 'uct' ? method.exploration : method.scale,
      method.kind === 'gumbel' ? method.considered : 0,
      bytes,
    ) >>> 0
  );
}
