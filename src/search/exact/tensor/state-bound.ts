/**
 * Lower bounds for graphs whose edges have states that no law is known of: tensor graphs, and any
 * graph under a model whose sums cost something. Prices are those of the least states that can occur
 * (least-tensor-price.ts); sums are taken to be free, which can only lower the bound. Nothing is
 * assumed of the algebra: orders of the same vertices may lead to different states.
 */
import type { CostedGraph } from '../../../cost/types.ts';
import { eliminableVertices } from '../../../order/orders.ts';
import { TensorPrices } from './least-tensor-price.ts';
import { reachableStates } from './reachable-states.ts';
import { TensorGroups } from './tensor-groups.ts';
import { findTensorPartition, type TensorPartition } from './tensor-partition.ts';

/** Most vertices of a graph, all counted: states are kept of all pairs. */
export const largestStateGraph = 1024;

/** Most vertices in a group that a record may have: 2^12 · 12 prices. */
export const largestTensorGroup = 12;

function groupsOf(costed: CostedGraph): TensorGroups {
  const prices = new TensorPrices(costed, reachableStates(costed));
  return new TensorGroups(prices, costed.graph.vertices.length);
}

/** What a partition proves; vertices in no group count nothing. */
export function stateBoundOf(
  costed: CostedGraph,
  partition: readonly (readonly number[])[],
): number {
  const groups = groupsOf(costed);
  return partition.reduce((sum, group) => sum + groups.bound(group), 0);
}

/** How long to look for a partition. */
export interface StateBoundOptions {
  readonly effort: 'quick' | 'full';
  readonly seed: number;
  /** A bound that is good enough: what an order costs. */
  readonly target: number;
  readonly shouldStop: (evaluations?: number) => boolean;
  /** Share of the time that is used up. */
  readonly timeUsed: () => number;
  readonly onBound: (bound: number) => void;
}

/** Finds a partition that proves much; with `quick` effort that of single vertices. */
export function findStateBound(costed: CostedGraph, options: StateBoundOptions): TensorPartition {
  const vertices = eliminableVertices(costed.graph);
  const singles = vertices.map((vertex) => [vertex]);
  // Heuristics' orders alone may have used the time up.
  if (options.shouldStop()) return { groups: [], bound: 0 };
  const groups = groupsOf(costed);
  let told = 0;
  const shouldStop = (): boolean => {
    const made = groups.priced - told;
    told = groups.priced;
    return options.shouldStop(1 + made);
  };
  if (options.effort === 'quick') {
    const kept = singles.filter((group) => !shouldStop() && groups.bound(group) > 0);
    return { groups: kept, bound: kept.reduce((sum, group) => sum + groups.bound(group), 0) };
  }
  const before = options.timeUsed();
  let least = 0;
  return findTensorPartition(groups, vertices, {
    edges: costed.graph.edges,
    seed: options.seed,
    shouldStop: () => shouldStop() || least >= options.target,
    timeUsed: () => (options.timeUsed() - before) / Math.max(1e-9, 1 - before),
    onBound: (bound) => {
      least = bound;
      options.onBound(bound);
    },
  });
}
