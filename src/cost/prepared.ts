/** Graphs made ready once: states keep their numbers for as long as the graph lives. */
import type { Graph } from '../graph/types.ts';
import type { CostedGraph } from './types.ts';

/**
 * The same costed graph for the same graph: who counts, chooses orders and searches shares one
 * algebra, and with it the look-up tables that the engines have filled. Nothing outlives the graph.
 */
export function onceAGraph<T extends CostedGraph>(
  prepare: (graph: Graph) => T,
): (graph: Graph) => T {
  const prepared = new WeakMap<Graph, T>();
  return (graph) => {
    const known = prepared.get(graph);
    if (known !== undefined) return known;
    const made = prepare(graph);
    prepared.set(graph, made);
    return made;
  };
}
