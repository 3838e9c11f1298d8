/** Random tensor graphs, and what elimination really costs on them: slow and obvious. */
import fc from 'fast-check';

import { flops } from '../../../src/cost/flops.ts';
import { multiplications } from '../../../src/cost/multiplications.ts';
import { pairs } from '../../../src/cost/pairs.ts';
import { lineariseWithCodes } from '../../../src/cost/paper/encode.ts';
import { hasPaperCodes, paper } from '../../../src/cost/paper/paper.ts';
import type { CostedGraph } from '../../../src/cost/types.ts';
import type { Graph } from '../../../src/graph/types.ts';
import { eliminableVertices } from '../../../src/order/orders.ts';
import { arbitraryTensorProgram } from '../../support/arbitrary-tensor-program.ts';

/** Graphs of random Programs with at least two and at most `most` vertices to eliminate. */
export function tensorGraphs(seed: number, count: number, steps: number, most: number): Graph[] {
  return fc
    .sample(arbitraryTensorProgram({ steps }), { numRuns: count, seed })
    .map(({ program }) => lineariseWithCodes(program).graph)
    .filter((graph) => {
      const { length } = eliminableVertices(graph);
      return length >= 2 && length <= most;
    });
}

/** A graph under every model that counts it. */
export function costedGraphs(graph: Graph): readonly CostedGraph[] {
  const models = [pairs, multiplications, flops, ...(hasPaperCodes(graph) ? [paper] : [])];
  return models.map((model) => model.prepare(graph));
}

/** Edge states at `from to`. */
export type Edges = ReadonlyMap<string, number>;

/** The states of the graph's own edges. */
export function startEdges({ graph, states }: CostedGraph): Edges {
  return new Map(graph.edges.map(({ from, to }, index) => [`${from} ${to}`, states[index] ?? -1]));
}

/** Eliminates v: what it costs, products and sums, and the edges afterwards. */
export function eliminateOne(
  { graph, algebra }: CostedGraph,
  edges: Edges,
  v: number,
): { readonly products: number; readonly cost: number; readonly edges: Edges } {
  const next = new Map(edges);
  let products = 0;
  let sums = 0;
  for (const [into, incoming] of edges) {
    const [u, first] = into.split(' ').map(Number);
    if (first !== v) continue;
    for (const [out, outgoing] of edges) {
      const [second, w] = out.split(' ').map(Number);
      if (second !== v) continue;
      const { state, cost } = algebra.compose(outgoing, incoming);
      products += cost;
      if (state === null) continue;
      const known = next.get(`${u} ${w}`);
      const sum = known === undefined ? undefined : algebra.add(known, state);
      sums += sum?.cost ?? 0;
      next.set(`${u} ${w}`, sum?.state ?? state);
    }
  }
  const stays = graph.vertices[v]?.kind === 'output';
  for (const key of edges.keys()) {
    const [from, to] = key.split(' ').map(Number);
    if (from === v || (to === v && !stays)) next.delete(key);
  }
  return { products, cost: products + sums, edges: next };
}

/** The least cost over all orders, by trying them: states may depend on the order. */
export function leastCost(costed: CostedGraph): number {
  const vertices = eliminableVertices(costed.graph);
  const known = new Map<string, number>();
  const solve = (gone: number, edges: Edges): number => {
    if (gone === 2 ** vertices.length - 1) return 0;
    const key = `${gone} ${[...edges]
      .map(([ends, state]) => `${ends}:${state}`)
      .sort()
      .join()}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const costs = vertices.flatMap((v, bit) => {
      if ((gone & (1 << bit)) !== 0) return [];
      const step = eliminateOne(costed, edges, v);
      return [step.cost + solve(gone | (1 << bit), step.edges)];
    });
    const least = Math.min(...costs);
    known.set(key, least);
    return least;
  };
  return solve(0, startEdges(costed));
}
