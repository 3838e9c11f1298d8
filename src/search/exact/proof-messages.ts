/** What a proof and the thread that it runs on say to each other; structured clones. */
import type { Graph } from '../../graph/types.ts';
import type { ProofBudget } from './proof-clock.ts';
import type { Proof, ProofProgress } from './prove.ts';

/** Given to the thread when it starts. */
export interface ProofStart {
  readonly graph: Graph;
  /** Name of the cost model. */
  readonly model: string;
  /** Vertex positions of an order of the graph. */
  readonly known: readonly number[];
  readonly seed: number;
  readonly memory: number;
  /** What is left of it for the thread. */
  readonly budget: ProofBudget;
  /** One 32-bit word that becomes 1 when the proof has to end. */
  readonly stop: SharedArrayBuffer;
}

/** From the thread. */
export type ProofMessage =
  | { readonly kind: 'progress'; readonly progress: ProofProgress }
  | { readonly kind: 'proof'; readonly proof: Proof };
