/** The host's side of a play in the WASM core (assembly/play.ts). */
import type { Position } from '../graph/types.ts';
import { orderFromPositions } from '../order/orders.ts';
import type { EliminationOrder } from '../order/types.ts';
import { UserError } from '../support/user-error.ts';
import { outOfMemory } from './algebra-tables.ts';
import type { LoadedGraph } from './anneal.ts';
import { type Core, graphKinds } from './instance.ts';
import { WasmNetwork } from './network.ts';
import type { NetworkEvaluation, NetworkPosition, NetworkWeights } from './network-types.ts';
import type {
  NetworkPlay,
  NetworkRounds,
  PlaySnapshot,
  RolloutPolicy,
  Tracking,
} from './play-types.ts';

/** As in assembly/play-layout.ts. */
const trackings: Readonly<Record<Tracking, number>> = { nothing: 0, degrees: 1, damage: 2 };
const policies = { random: 0, markowitz: 1, damage: 2, network: 3 } as const;

/** Eliminations in one call of rollouts, about a millisecond of work. */
const eliminationsPerCall = 16384;

/** A policy as the core takes it. The damage scores of the core are five times the formula's. */
export function corePolicy(policy: RolloutPolicy): { kind: number; temperature: number } {
  const kind = policies[policy.kind];
  if (policy.kind === 'random') return { kind, temperature: 0 };
  return { kind, temperature: policy.temperature * (policy.kind === 'damage' ? 5 : 1) };
}

/** What a policy needs to be tracked. */
export function trackingOf({ kind }: Pick<RolloutPolicy, 'kind'>): Tracking {
  if (kind === 'random') return 'nothing';
  // A network needs degrees once, for its unit.
  return kind === 'damage' ? 'damage' : 'degrees';
}

class WasmSnapshot implements PlaySnapshot {
  readonly #core: Core;
  readonly #owner: WasmPlay;
  #pointer: number;

  constructor(owner: WasmPlay, core: Core, pointer: number) {
    this.#owner = owner;
    this.#core = core;
    this.#pointer = pointer;
  }

  /** @throws Error where the snapshot is another play's, or was disposed */
  pointerFor(play: WasmPlay): number {
    if (this.#pointer === 0) throw new Error('the snapshot was disposed');
    if (play !== this.#owner) throw new Error('the snapshot is of another play');
    return this.#pointer;
  }

  dispose(): void {
    this.#core.release(this.#pointer);
    this.#pointer = 0;
  }
}

/** A play on a graph that nobody else uses. */
export class WasmPlay implements NetworkPlay {
  readonly #loaded: LoadedGraph;
  readonly #pointer: number;
  readonly #tracking: Tracking;
  readonly #snapshots = new Set<WasmSnapshot>();
  #network: WasmNetwork | undefined;
  #disposed = false;

  /**
   * Takes the loaded graph over, and frees it where that fails.
   * @param most vertices for which whoever loads it asks for rows
   * @throws UserError for graphs that the core keeps as lists
   */
  constructor(loaded: LoadedGraph, tracking: Tracking, most = mostRowVertices) {
    this.#loaded = loaded;
    this.#tracking = tracking;
    try {
      this.#pointer = createPlay(loaded, tracking, most);
    } catch (error) {
      loaded.dispose();
      throw error;
    }
    this.seed(0);
  }

  /** Where the play is in the core's memory. */
  get pointer(): number {
    return this.#pointer;
  }

  get length(): number {
    return this.#loaded.length;
  }

  get eliminated(): number {
    return this.#core().playLength(this.#pointer);
  }

  get cost(): number {
    return this.#core().playCost(this.#pointer);
  }

  reset(): void {
    this.#core().resetPlay(this.#pointer);
  }

  eliminate(vertex: Position): number {
    const core = this.#core();
    if (!this.#remains(vertex)) throw new Error(`vertex ${vertex} does not remain`);
    for (;;) {
      const cost = core.playMove(this.#pointer, vertex);
      if (cost >= 0) return cost;
      this.#loaded.resolveStop();
    }
  }

  remaining(): readonly Position[] {
    const vertices = [...this.#loaded.graph.vertices.keys()] as Position[];
    return vertices.filter((vertex) => this.#remains(vertex));
  }

  moves(): readonly Position[] {
    const core = this.#core();
    const at = core.playOrder(this.#pointer) >>> 0;
    return [...new Uint32Array(core.memory.buffer, at, this.eliminated)] as Position[];
  }

  markowitz(vertex: Position): number {
    this.#require('degrees');
    return this.#float(this.#core().playMarkowitz(this.#pointer), vertex);
  }

  damage(vertex: Position): number {
    this.#require('damage');
    return this.#float(this.#core().playDamage(this.#pointer), vertex);
  }

  degrees(vertex: Position): { readonly in: number; readonly out: number } {
    this.#require('degrees');
    const core = this.#core();
    const vertices = this.#loaded.graph.vertices.length;
    const padded = 4 * Math.ceil(Math.max(1, vertices) / 4);
    const at = core.playDegrees(this.#pointer) >>> 0;
    const all = new Uint32Array(core.memory.buffer, at, 2 * padded);
    return { in: all[vertex] ?? 0, out: all[padded + vertex] ?? 0 };
  }

  save(snapshot?: PlaySnapshot): PlaySnapshot {
    const core = this.#core();
    const own = snapshot === undefined ? this.#createSnapshot() : ours(snapshot);
    core.savePosition(this.#pointer, own.pointerFor(this));
    return own;
  }

  restore(snapshot: PlaySnapshot): void {
    const core = this.#core();
    core.restorePosition(this.#pointer, ours(snapshot).pointerFor(this));
  }

  seed(seed: number): void {
    this.#core().seedPlay(this.#pointer, seed);
  }

  rollouts(policy: RolloutPolicy | NetworkRounds, number: number): Float64Array {
    const core = this.#core();
    this.#require(trackingOf(policy));
    if (policy.kind === 'network' && this.#network === undefined) throw noNetwork(this.#loaded);
    const { kind, temperature } = corePolicy(policy);
    const share = 'share' in policy ? policy.share : 0;
    const most = Math.max(1, Math.floor(eliminationsPerCall / Math.max(1, this.length)));
    const results = core.allocate(8 * most) >>> 0;
    if (results === 0) throw outOfMemory();
    try {
      const costs = new Float64Array(number);
      for (let done = 0; done < number;) {
        const wanted = Math.min(most, number - done);
        const made = core.rollOut(this.#pointer, kind, temperature, share, wanted, results);
        costs.set(new Float64Array(core.memory.buffer, results, made), done);
        done += made;
        if (made < wanted) this.#loaded.resolveStop();
      }
      return costs;
    } finally {
      core.release(results);
    }
  }

  /**
   * Gives the play a network, or its network other weights; the first time before the first move.
   * @throws Error where a play that tracks no degrees is given one
   */
  loadNetwork(weights: NetworkWeights): void {
    this.#core();
    if (this.#network !== undefined) {
      this.#network.load(weights);
      return;
    }
    this.#require('degrees');
    this.#network = new WasmNetwork(this.#loaded, this.#pointer, weights);
  }

  /** @throws Error where the play has no network */
  evaluate(): NetworkEvaluation {
    const remaining = this.remaining();
    if (this.#network === undefined) throw noNetwork(this.#loaded);
    return this.#network.evaluate(remaining);
  }

  /** @throws Error where the play has no network */
  networkPosition(): NetworkPosition & NetworkEvaluation {
    const remaining = this.remaining();
    if (this.#network === undefined) throw noNetwork(this.#loaded);
    return this.#network.position(remaining);
  }

  get bestCost(): number {
    return this.#core().bestRolloutCost(this.#pointer);
  }

  bestOrder(): EliminationOrder {
    const core = this.#core();
    const { graph, length } = this.#loaded;
    if (this.bestCost === Infinity) throw new Error(`there was no rollout on ${graph.name}`);
    const at = core.bestRollout(this.#pointer) >>> 0;
    return orderFromPositions(graph, [...new Uint32Array(core.memory.buffer, at, length)]);
  }

  forgetBest(): void {
    this.#core().forgetBest(this.#pointer);
  }

  dispose(): void {
    if (this.#disposed) return;
    for (const snapshot of this.#snapshots) snapshot.dispose();
    this.#core().disposePlay(this.#pointer);
    this.#disposed = true;
    this.#loaded.dispose();
  }

  #createSnapshot(): WasmSnapshot {
    const core = this.#core();
    const pointer = core.createSnapshot(this.#pointer) >>> 0;
    if (pointer === 0) throw outOfMemory();
    const snapshot = new WasmSnapshot(this, core, pointer);
    this.#snapshots.add(snapshot);
    return snapshot;
  }

  #remains(vertex: Position): boolean {
    const core = this.#core();
    if (!(vertex >= 0 && vertex < this.#loaded.graph.vertices.length)) return false;
    const at = core.playRemaining(this.#pointer) >>> 0;
    const bytes = new Uint8Array(core.memory.buffer, at + (vertex >>> 3), 1);
    return (((bytes[0] ?? 0) >>> (vertex & 7)) & 1) === 1;
  }

  #float(at: number, vertex: Position): number {
    const { core, graph } = this.#loaded;
    const all = new Float64Array(core.memory.buffer, at >>> 0, graph.vertices.length);
    return all[vertex] ?? Infinity;
  }

  #require(tracking: Tracking): void {
    if (trackings[this.#tracking] >= trackings[tracking]) return;
    throw new Error(`a play that tracks ${this.#tracking} knows no ${tracking}`);
  }

  #core(): Core {
    if (this.#disposed) throw new Error(`the play of ${this.#loaded.graph.name} was disposed`);
    return this.#loaded.core;
  }
}

function noNetwork({ graph }: LoadedGraph): Error {
  return new Error(`the play of ${graph.name} has no network`);
}

function ours(snapshot: PlaySnapshot): WasmSnapshot {
  if (snapshot instanceof WasmSnapshot) return snapshot;
  throw new Error('the snapshot is of another engine');
}

/** As MOST_ROW_VERTICES and MOST_ASKED_ROW_VERTICES in assembly/layout.ts. */
export const mostRowVertices = 4096;
export const mostPlayedVertices = 16_384;

/** @throws UserError for graphs that the core keeps as lists */
function refuseLists({ core, graph, pointer }: LoadedGraph, most: number): void {
  if (core.kindOf(pointer) !== graphKinds.lists) return;
  throw new UserError({
    code: 'play-too-large',
    message:
      `this takes graphs of up to ${most.toLocaleString('en')} vertices, and ${graph.name} has ` +
      `${graph.vertices.length}; use a heuristic`,
  });
}

/**
 * A play's block in the core, which the caller frees.
 * @throws UserError for graphs that the core keeps as lists
 */
export function createPlay(
  loaded: LoadedGraph,
  tracking: Tracking,
  most = mostRowVertices,
): number {
  refuseLists(loaded, most);
  const play = loaded.core.createPlay(loaded.pointer, trackings[tracking]) >>> 0;
  if (play === 0) throw outOfMemory();
  return play;
}
