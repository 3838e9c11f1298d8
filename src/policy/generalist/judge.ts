/**
 * How good a policy is on graphs that it has never seen: one greedy order of each held-out graph,
 * beside a long annealing of the same graph.
 */
import type { NetworkWeights } from '../../core/network-types.ts';
import { createWasmEngine, type WasmEngine } from '../../core/wasm.ts';
import { pairs } from '../../cost/pairs.ts';
import type { CostedGraph } from '../../cost/types.ts';
import { heuristicNamed } from '../../search/heuristics/heuristics.ts';
import { anneal } from '../../search/strategies/anneal.ts';
import { mean } from '../../support/statistics.ts';
import type { HeldOutGraph } from '../imitation/lesson-graphs.ts';

/** Proposals of annealing for each vertex of a graph: three restarts with the standard parameters. */
const proposalsAVertex = 3 * 400 * 8;

/** A held-out graph with what annealing finds. */
export interface JudgedGraph extends HeldOutGraph {
  readonly annealed: number;
}

/** Anneals held-out graphs; about a second each. */
export async function annealHeldOut(
  graphs: readonly HeldOutGraph[],
): Promise<readonly JudgedGraph[]> {
  const judged: JudgedGraph[] = [];
  for (const one of graphs) {
    const { graph } = one.costed;
    const { count } = await anneal.run({
      graph,
      model: pairs,
      budget: { kind: 'evaluations', evaluations: proposalsAVertex * graph.vertices.length },
      seed: 0,
      threads: 1,
      parameters: new Map(),
    });
    judged.push({ ...one, annealed: count });
  }
  return judged;
}

/** What a policy's greedy order costs: the first rollout at temperature 0. */
export function greedyCount(
  engine: WasmEngine,
  costed: CostedGraph,
  weights: NetworkWeights,
): number {
  const play = engine.play(costed, 'degrees');
  play.loadNetwork(weights);
  const [count = NaN] = play.rollouts({ kind: 'network', temperature: 0 }, 1);
  play.dispose();
  return count;
}

/** How much dearer than annealing orders are, as a share: in mean, and in mean of each family. */
export interface Excess {
  readonly mean: number;
  readonly byFamily: Readonly<Record<string, number>>;
}

/** The excess of orders, whose counts stand in the sequence of the graphs. */
export function excessOf(graphs: readonly JudgedGraph[], counts: readonly number[]): Excess {
  const shares = graphs.map(({ annealed }, index) => (counts[index] ?? NaN) / annealed - 1);
  const families = [...new Set(graphs.map(({ family }) => family))];
  const byFamily = families.map((name): [string, number] => [
    name,
    mean(shares.filter((_, index) => graphs[index]?.family === name)),
  ]);
  return { mean: mean(shares), byFamily: Object.fromEntries(byFamily) };
}

/** The excess of a policy's greedy orders. */
export function excessOfPolicy(graphs: readonly JudgedGraph[], weights: NetworkWeights): Excess {
  const engine = createWasmEngine();
  return excessOf(
    graphs,
    graphs.map(({ costed }) => greedyCount(engine, costed, weights)),
  );
}

/** The excess of a heuristic's orders. */
export function excessOfHeuristic(graphs: readonly JudgedGraph[], name: string): Excess {
  const engine = createWasmEngine();
  const counts = graphs.map(({ costed }) => {
    const handle = engine.load(costed);
    const [count = NaN] = handle.count([heuristicNamed(name).order(costed.graph, { seed: 0 })]);
    handle.dispose();
    return count;
  });
  return excessOf(graphs, counts);
}
