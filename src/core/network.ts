/** The host's side of a network in the WASM core (assembly/network.ts). */
import type { Position } from '../graph/types.ts';
import { outOfMemory } from './algebra-tables.ts';
import type { LoadedGraph } from './anneal.ts';
import { vertexStatics } from './network-statics.ts';
import type { Core } from './instance.ts';
import {
  networkSizes,
  type NetworkEvaluation,
  type NetworkPosition,
  type NetworkWeights,
} from './network-types.ts';

/** A network that evaluates the positions of one play, and is freed with it. */
export class WasmNetwork {
  readonly #loaded: LoadedGraph;
  readonly #play: number;
  readonly unit: number;

  /**
   * @param play a play of the graph that tracks degrees
   * @throws UserError core-memory
   */
  constructor(loaded: LoadedGraph, play: number, weights: NetworkWeights) {
    const { core, graph } = loaded;
    this.#loaded = loaded;
    this.#play = play;
    if (core.createNetwork(play) >>> 0 === 0) throw outOfMemory();
    const statics = vertexStatics(graph);
    const at = core.networkStatics(play) >>> 0;
    new Float32Array(core.memory.buffer, at, statics.length).set(statics);
    // Where every product is free, any unit will do.
    this.unit = pricePerProduct(loaded, play) || 1;
    core.setNetworkUnit(play, this.unit);
    this.load(weights);
  }

  /** Takes other weights. */
  load(weights: NetworkWeights): void {
    const { core } = this.#loaded;
    const at = core.networkWeights(this.#play) >>> 0;
    new Float32Array(core.memory.buffer, at, weights.length).set(weights);
  }

  /** What the network is told of the position at which the play stands, and what it says of it. */
  position(remaining: readonly Position[]): NetworkPosition & NetworkEvaluation {
    const evaluation = this.evaluate(remaining);
    return { ...evaluation, edges: readEdges(this.#loaded.core, this.#play) };
  }

  /** Evaluates the position at which the play stands, where `remaining` are left. */
  evaluate(remaining: readonly Position[]): NetworkEvaluation {
    const { core } = this.#loaded;
    while (core.evaluatePosition(this.#play) === 0) this.#loaded.resolveStop();
    const rows = remaining.length;
    const copy = (at: number, length: number): Float32Array =>
      new Float32Array(core.memory.buffer, at >>> 0, length).slice();
    return {
      vertices: remaining,
      features: copy(core.networkFeatures(this.#play), networkSizes.features * rows),
      logits: copy(core.networkLogits(this.#play), rows),
      costs: copy(core.networkCosts(this.#play), rows),
      unit: this.unit,
      rest: core.expectedRest(this.#play),
    };
  }
}

/** The edges between the vertices that remain, after an evaluation. */
function readEdges(core: Core, play: number): Uint32Array {
  const count = core.networkEdges(play, 0, 0);
  const buffer = core.allocate(8 * count) >>> 0;
  if (buffer === 0) throw outOfMemory();
  core.networkEdges(play, buffer, count);
  const edges = new Uint32Array(core.memory.buffer, buffer, 2 * count).slice();
  core.release(buffer);
  return edges;
}

/**
 * What a product costs on average in the whole graph, before the first move of a play that tracks
 * degrees (assembly/outlook.ts).
 */
export function pricePerProduct(loaded: LoadedGraph, play: number): number {
  for (;;) {
    const price = loaded.core.pricePerProduct(play);
    if (price >= 0) return price;
    loaded.resolveStop();
  }
}
