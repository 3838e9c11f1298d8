/**
 * Simulated annealing under the cost model `compiled`: short restarts from the orders of heuristics,
 * from orders annealed under `pairs` and `multiplications`, which are cheaper and lead near, and from
 * orders that the caller knows. They take turns, the cheapest start first; short restarts do better
 * than one long run. Restarts run on threads (restarts.ts), so the same seed and number of evaluations
 * give the same order on any number of them. No guarantee; never worse than its starts.
 */
import { loadInterned, internedFunction } from '../../compiled/load.ts';
import type { InternedLinearisation } from '../../compiled/intern-linearisation.ts';
import { createWasmEngine } from '../../core/wasm.ts';
import { multiplications } from '../../cost/multiplications.ts';
import { pairs } from '../../cost/pairs.ts';
import type { CostModel } from '../../cost/types.ts';
import type { Graph } from '../../graph/types.ts';
import type { EliminationOrder } from '../../order/types.ts';
import { UserError } from '../../support/user-error.ts';
import { batches } from '../batches.ts';
import { derivedSeed } from '../derived-seed.ts';
import { heuristics } from '../heuristics/heuristics.ts';
import { clockTime } from '../clock.ts';
import { searchByRestarts } from '../restart-strategy.ts';
import type { SearchContext, SearchOutcome } from '../strategy.ts';
import type { CompiledRestartData } from './restart-data.ts';

/** What is annealed, and how orders of the subject's graph are orders of it. */
export interface CompiledSearchSubject {
  readonly interned: InternedLinearisation;
  elements(order: EliminationOrder): EliminationOrder;
  /** Orders of the subject's graph to begin at beside the others, such as the published one. */
  readonly starts?: readonly EliminationOrder[];
}

/** Weighted operations that a proposal may cost more, at first and at last. */
const temperatures = { hot: 2, cold: 0.15 };
const tries = 8;
/** Of a restart where evaluations are the budget, and where time is. */
const proposalsARestart = 40000;
const secondsARestart = 1;
/** Proposals for starts that are annealed under other models: at most so many sweeps. */
const startSweeps = 200;
const startProposals = 400_000;

/**
 * Searches.
 * @throws UserError compiled-tensors where vertices are tensors
 */
export async function annealCompiled(
  context: SearchContext,
  subject: CompiledSearchSubject,
): Promise<SearchOutcome> {
  const { graph, budget, clock = 'wall', seed } = context;
  const began = clockTime(clock);
  const compiled = restartData(graph, seed, subject);
  const own =
    budget.kind === 'time'
      ? { secondsARestart: Math.min(secondsARestart, budget.seconds / 4) }
      : { proposalsARestart };
  return searchByRestarts(context, {
    runner: 'anneal-compiled',
    parameters: { tries, ...temperatures, ...own },
    // There is nothing to propose in an order of fewer than two.
    ...batches(budget, proposalsARestart, compiled.places.length < 2),
    compiled,
    began,
  });
}

/** What the restarts work on, computed once. */
function restartData(
  graph: Graph,
  seed: number,
  subject: CompiledSearchSubject,
): CompiledRestartData {
  const { interned } = subject;
  const named = heuristics
    .filter((rule) => !rule.random)
    .map((rule) => rule.order(graph, { seed }));
  const [first] = named;
  if (first === undefined) throw new Error('there are no heuristics');
  const own = subject.elements(first);
  if (first.length !== own.length || graph.vertices.some(({ shape }) => shape.length > 0)) {
    throw new UserError({
      code: 'compiled-tensors',
      message:
        `vertices of ${graph.name} are tensors, and under the cost model compiled orders of single ` +
        'elements are searched; add --granularity scalar',
    });
  }
  const annealed = [pairs, multiplications].map((model) =>
    annealedUnder(model, graph, named, seed),
  );
  const starts = [...named, ...annealed, ...(subject.starts ?? [])].map((order) =>
    subject.elements(order),
  );
  const handle = loadInterned(interned);
  const counts = handle.count(starts);
  handle.dispose();
  const costOf = (index: number): number => counts[index] ?? Infinity;
  return {
    interned: internedFunction(interned),
    elements: interned.linearisation.graph,
    places: first.flatMap((vertex, index) => {
      const element = own[index];
      return element === undefined ? [] : [[vertex, element] as const];
    }),
    starts: starts
      .map((order, index) => ({ order, index }))
      .sort((a, b) => costOf(a.index) - costOf(b.index))
      .map(({ order }) => order),
  };
}

/** The best of some orders under another model, and annealed under it for a moment. */
function annealedUnder(
  model: CostModel,
  graph: Graph,
  orders: readonly EliminationOrder[],
  seed: number,
): EliminationOrder {
  const engine = createWasmEngine();
  const costed = model.prepare(graph);
  const handle = engine.load(costed);
  const counts = handle.count(orders);
  handle.dispose();
  const best = orders[counts.indexOf(Math.min(...counts))];
  if (best === undefined) throw new Error('there are no heuristics');
  const annealer = engine.annealer(costed, { tries, farthest: Math.max(1, best.length) });
  annealer.start(best, derivedSeed(seed, 0xffffffff));
  const { hot, cold } = { hot: 3, cold: 0.15 };
  const sweeps = Math.min(startSweeps, Math.ceil(startProposals / (tries * best.length + 1)));
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    annealer.sweep(hot * (cold / hot) ** (sweep / sweeps));
  }
  const annealed = annealer.bestOrder();
  annealer.dispose();
  return annealed;
}
