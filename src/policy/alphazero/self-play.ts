/**
 * Self-play: one game under Gumbel search with the network, each move after some simulations, with
 * the improved policy of every position that was moved from (Danihelka, Guez, Schrittwieser and
 * Silver, Policy improvement by planning with Gumbel, ICLR 2022, equation 11). Sequential halving and
 * completed values are the core's (assembly/tree-select.ts).
 */
import type { Position } from '../../graph/types.ts';
import { orderFromPositions } from '../../order/orders.ts';
import type { EliminationOrder } from '../../order/types.ts';
import type { PlayedTask } from './task.ts';

/** A game that was played. */
export interface Episode {
  readonly order: EliminationOrder;
  /** What the order costs. */
  readonly count: number;
  /** What each of its eliminations costs. */
  readonly steps: Float64Array;
  /** The improved policy before each move, over the vertices that remained, ascending. */
  readonly policies: readonly Float32Array[];
}

/** What a game found and took. */
export interface PlayedEpisode {
  readonly episode: Episode;
  /** The best order that its search met; mostly the one that was played. */
  readonly best: { readonly order: EliminationOrder; readonly count: number };
  /** Evaluations of the network. */
  readonly evaluations: number;
}

/** Plays a game from the start. O(moves · simulations) evaluations. */
export function playEpisode(
  { tree, handle, costed }: PlayedTask,
  { simulations, seed }: { readonly simulations: number; readonly seed: number },
): PlayedEpisode {
  tree.start(seed);
  const moves: Position[] = [];
  const policies: Float32Array[] = [];
  let evaluations = 0;
  for (let remaining = tree.remaining; remaining > 0; remaining -= 1) {
    evaluations += tree.beginMove(simulations);
    evaluations += tree.search(Infinity);
    policies.push(Float32Array.from(tree.improvedPolicy()));
    moves.push(tree.play());
  }
  const order = orderFromPositions(costed.graph, moves);
  const steps = handle.steps(order);
  const count = steps.reduce((sum, one) => sum + one, 0);
  return {
    episode: { order, count, steps, policies },
    // Where there is nothing to eliminate, nothing was searched.
    best: moves.length === 0 ? { order, count } : { order: tree.bestOrder(), count: tree.bestCost },
    evaluations,
  };
}
