/**
 * A tree search in the WASM core whose leaves the host evaluates: the search stops where it comes to a
 * leaf, tells the moves that lead there, and goes on when it is answered. So a host has leaves of many
 * games at once, and can evaluate them together. Between an answer and the next leaf the tree does what
 * it does with a network of the core.
 */
import type { Position } from '../graph/types.ts';
import type { LoadedGraph } from './anneal.ts';
import { stopReasons } from './instance.ts';
import { WasmPlay } from './play.ts';
import { createCoreSearch, WasmTree } from './tree.ts';
import type { HostedTreeOptions, HostedTreeSearch } from './tree-types.ts';

/** POLICY_HOST of assembly/play-layout.ts. */
const hostPolicy = { kind: 5, temperature: 1 } as const;

/** Most simulations in one call of the core: what a number of it holds. */
const mostSimulations = 0xffffffff;

/** A tree search on a graph that nobody else uses. */
export class WasmHostedTree extends WasmTree implements HostedTreeSearch {
  /** What is asked of the move in hand: its root has to be prepared first. */
  #simulations = 0;
  #isPrepared = false;

  /**
   * Takes the loaded graph over, and frees it where that fails.
   * @throws UserError for graphs that the core keeps as lists, and where memory ends
   */
  constructor(loaded: LoadedGraph, { method, bytes }: HostedTreeOptions) {
    super(loaded, new WasmPlay(loaded, 'nothing'), (core, play) =>
      createCoreSearch(core, play, { method, prior: hostPolicy, rollout: hostPolicy, bytes }),
    );
  }

  beginMove(simulations: number): void {
    this.#simulations = simulations;
    this.#isPrepared = false;
  }

  nextLeaf(): readonly Position[] | undefined {
    const core = this.core();
    for (;;) {
      if (!this.#isPrepared && core.prepareRoot(this.pointer) >= 0) {
        this.#isPrepared = true;
        core.beginMove(this.pointer, this.#simulations);
      }
      if (this.#isPrepared) {
        core.searchMove(this.pointer, mostSimulations);
        if (core.stopReason(this.loaded.pointer) === stopReasons.none) return undefined;
      }
      if (core.stopReason(this.loaded.pointer) === stopReasons.leaf) return this.ownPlay.moves();
      this.loaded.resolveStop();
    }
  }

  answer(logits: ArrayLike<number>, rest: number): void {
    const core = this.core();
    const remaining = this.ownPlay.remaining();
    if (logits.length < remaining.length) {
      throw new Error(`${logits.length} logits for ${remaining.length} vertices`);
    }
    // As many scores as there are vertices, rounded up to a multiple of 4.
    const padded = Math.ceil(this.loaded.graph.vertices.length / 4) * 4;
    const at = core.hostScores(this.pointer) >>> 0;
    const scores = new Float64Array(core.memory.buffer, at, padded).fill(Infinity);
    remaining.forEach((vertex, index) => {
      scores[vertex] = -(logits[index] ?? NaN);
    });
    core.answerLeaf(this.pointer, rest);
  }
}
